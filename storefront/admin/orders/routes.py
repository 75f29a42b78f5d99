"""The list of orders, the search for a person's, and where their payments stand."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from storefront.admin.auth.gate import me
from storefront.admin.orders import bp, bulk_jobs, list_screen
from storefront.admin.orders.access import find, sealed
from storefront.admin.orders.filters import SEARCH, narrowed
from storefront.admin.orders.forms import ChosenForm, SearchForm


@bp.get("")
def listing() -> ResponseReturnValue:
    return list_screen.show(narrowed(request.args))


@bp.post("/search")
def search() -> ResponseReturnValue:
    """What was typed goes on sealed: an address names no person. A number leads to its order."""
    form = SearchForm()
    kept = {name: request.form[name] for name in list_screen.KEPT if request.form.get(name)}
    if not form.validate():
        return list_screen.show(narrowed(kept), form=form)
    words = str(form.words.data)
    order = find(words) if words else None
    if order is not None:
        return redirect(url_for(".show", number=order.number), 303)
    there: dict[str, Any] = {**kept, "q": sealed(words, SEARCH)} if words else {**kept}
    return redirect(url_for(".listing", **there), 303)


@bp.post("/chosen")
def chosen() -> ResponseReturnValue:
    """The ticked orders and a button: what needs more to be typed has a page for it."""
    form = ChosenForm()
    if not form.validate():
        return list_screen.show(narrowed(request.form), chosen=form)
    return bulk_jobs.begin(str(form.do.data), list(form.n.data or []), me().id)


@bp.get("/payments")
def payments() -> ResponseReturnValue:
    return list_screen.payments(narrowed(request.args))
