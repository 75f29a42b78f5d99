"""The variables of the lists of orders and payments."""

from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import me
from storefront.admin.orders import detail_screen, wording
from storefront.admin.orders.filters import Narrowed
from storefront.admin.orders.forms import ChosenForm, SearchForm
from storefront.orders import receipt
from storefront.orders.models import Order
from storefront.orders.queries import listing
from storefront.orders.queries.listing import Wanted
from storefront.payments import requirements
from storefront.ports.plugin import Place
from storefront.ports.registry import providers
from storefront.web.rendering import errors_of, has_old_token, page

KEPT = ("group", "status", "payment", "method", "since", "until")  # by a search, besides its words


def show(
    narrowed: Narrowed, form: SearchForm | None = None, chosen: ChosenForm | None = None
) -> ResponseReturnValue:
    """The list of orders; 422 with a search or a choice of orders that was refused."""
    return page(
        "admin/orders/listing.html",
        200 if form is None and chosen is None else 422,
        form=form or SearchForm(None, words=narrowed.typed),
        **_list(narrowed, narrowed.wanted, "admin.orders.listing", form or chosen),
        chosen=set(chosen.n.data or []) if chosen else set(),
        notes=providers().notes(Place.STAFF_ORDERS),
    )


def payments(narrowed: Narrowed) -> ResponseReturnValue:
    """The list of orders that a provider carries the credit of."""
    context = _list(narrowed, narrowed.on_credit, "admin.orders.payments", None)
    context |= {"standing_words": wording.standings(), "contract": requirements.current()}
    context |= {"credit_services": wording.credit_services()}
    context |= {"credit_providers": wording.credit_providers()}
    return page("admin/orders/payments.html", chosen=set(), **context)


def _list(narrowed: Narrowed, wanted: Wanted, endpoint: str, form: Any) -> dict[str, Any]:
    listed = listing.listed(wanted, narrowed.before, narrowed.after)
    return {
        "asked": narrowed.asked,
        "orders": listed.orders,
        "count": listing.count(wanted),
        "most": listing.MOST_COUNTED,
        "names": {order.id: _masked_name(order) for order in listed.orders},
        "newer": _page(listed.newer, endpoint, narrowed, "after"),
        "older": _page(listed.older, endpoint, narrowed, "before"),
        "all_ticked": request.args.get("all") == "1",
        "here_with": {**narrowed.asked, **_place(narrowed)},
        "methods": detail_screen.method_names(),
        "group_words": wording.groups(),
        "status_words": wording.statuses(),
        "payment_words": wording.payments(),
        "tone": wording.tone,
        "is_owner": me().is_owner,
        "errors": errors_of(form) if form is not None else [],
        "old_token": form is not None and has_old_token(form),
        "here": url_for(endpoint),
    }


def _masked_name(order: Order) -> str:
    if order.erased_at:
        return _("削除済み")
    return audit.masked_text(receipt.answers_of(order).customer.addressee)


def _page(place: str, endpoint: str, narrowed: Narrowed, way: str) -> str:
    there: dict[str, Any] = {**narrowed.asked, way: place}
    return url_for(endpoint, **there) if place else ""


def _place(narrowed: Narrowed) -> dict[str, str]:
    places = {"before": narrowed.before, "after": narrowed.after}
    return {name: value for name, value in places.items() if value}
