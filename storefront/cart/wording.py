"""What the cart says of what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from storefront.cart.carts import Change
from storefront.catalogue.products import queries
from storefront.web.i18n import localized, price


@dataclass(frozen=True)
class CartNotice:
    """One thing the shopper just did: the sentence, and how to undo it."""

    kind: str
    text: str
    sku: str = ""
    quantity: int = 0


def news(happened: Sequence[tuple[str, str]], total: int) -> CartNotice | None:
    """The last thing that was done, in words."""
    if not happened:
        return None
    kind, about = happened[-1]
    if kind == "added":
        return CartNotice(kind, _("%(name)sをカートに入れました", name=queries.name_of(about)))
    if kind == "removed":
        sku, _colon, quantity = about.rpartition(":")
        name = queries.name_of(sku)
        text = _("%(name)sを削除しました。合計は%(total)sです", name=name, total=price(total))
        return CartNotice(kind, text, sku, int(quantity))
    text = _("数量を%(n)sにしました。合計は%(total)sです", n=about, total=price(total))
    return CartNotice("changed", text)


def change(what: Change) -> str:
    """What the cart says of a change, and how the shopper sees it was taken care of."""
    name = localized(what.product, "name")
    if what.what == "price":
        return _(
            "「%(name)s」の価格が変わりました(%(old)s→%(new)s)",
            name=name,
            old=price(what.old),
            new=price(what.new),
        )
    if what.what == "gone":
        return _("「%(name)s」は販売を終了したため、カートから削除しました", name=name)
    if what.new == 0:
        return _("「%(name)s」は在庫がなくなったため、カートから削除しました", name=name)
    return _("「%(name)s」の在庫が不足しています。数量を%(n)sにしました", name=name, n=what.new)
