"""What the cart shows."""

from collections.abc import Sequence
from typing import Any

from flask.typing import ResponseReturnValue

from storefront.cart import carts, wording
from storefront.cart.carts import Change
from storefront.cart.cookie import CART
from storefront.cart.models import CartLine
from storefront.shop import profile
from storefront.web.rendering import page

Refused = tuple[str, list[tuple[str, str]]]


def show(
    lines: Sequence[CartLine] | None = None,
    changes: Sequence[Change] = (),
    happened: Sequence[Any] = (),
    refused: Refused | None = None,
    typed: str = "",
    old_token: bool = False,
) -> ResponseReturnValue:
    """A cart that was just read is not read again."""
    if lines is None:
        lines = carts.lines(CART.read())
    shop = profile.shop()
    goods = carts.goods(lines)
    terms = shop.delivery_terms
    shipping = terms.fee_of(goods) if lines else 0
    return page(
        "cart/show.html",
        200 if refused is None else 422,
        lines=lines,
        pieces=sum(line.quantity for line in lines),
        goods=goods,
        shipping=shipping,
        total=goods + shipping,
        missing=terms.missing(goods),
        shipping_varies=terms.varies,
        changes=[wording.change(change) for change in changes],
        news=wording.news(happened, goods + shipping),
        refused_sku=refused[0] if refused else None,
        errors=_anchored(refused),
        typed=typed,
        old_token=old_token,
        shop=shop,
        here="/cart",
    )


def _anchored(refused: Refused | None) -> list[tuple[str, str]]:
    return [(f"quantity-{refused[0]}", text) for _name, text in refused[1]] if refused else []
