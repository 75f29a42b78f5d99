"""Entering an order for a shopper who called: goods, address, method, sums, and then the order."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import StringField

from storefront.admin.auth import audit
from storefront.admin.forms import plain
from storefront.admin.orders import bp
from storefront.cart.carts import TooMany
from storefront.checkout import staff_orders
from storefront.checkout.forms import address_lookup, binding
from storefront.checkout.forms.address_lookup import CUSTOMER, AddressPart
from storefront.checkout.forms.forms import OrderForm
from storefront.checkout.journey import Journey
from storefront.checkout.placing import Changed, SoldOut
from storefront.checkout.validation import problems
from storefront.orders.details import OrderDetails
from storefront.payments import methods
from storefront.shop import profile
from storefront.web.i18n import localized
from storefront.web.rendering import errors_of, has_old_token, page

ROWS = range(1, 6)


class StaffOrderForm(OrderForm):
    """As the shopper's own, with the goods in front."""

    sku_1 = StringField(filters=[plain])
    sku_2 = StringField(filters=[plain])
    sku_3 = StringField(filters=[plain])
    sku_4 = StringField(filters=[plain])
    sku_5 = StringField(filters=[plain])
    quantity_1 = StringField(filters=[plain])
    quantity_2 = StringField(filters=[plain])
    quantity_3 = StringField(filters=[plain])
    quantity_4 = StringField(filters=[plain])
    quantity_5 = StringField(filters=[plain])

    def pieces(self) -> dict[str, int]:
        """SKU to pieces; what is no number says so beside it."""
        found: dict[str, int] = {}
        for row in ROWS:
            sku, typed = self[f"sku_{row}"].data, self[f"quantity_{row}"].data or "1"
            if sku and not (typed.isascii() and typed.isdigit() and 1 <= int(typed) <= 99):
                self[f"quantity_{row}"].errors = (_("1から99までの数字で入力してください"),)
            elif sku:
                found[sku] = found.get(sku, 0) + int(typed)
        return found

    def say_unknown(self, skus: list[str]) -> None:
        """Put a sentence beside each SKU that is not for sale."""
        for row in ROWS:
            if self[f"sku_{row}"].data in skus:
                self[f"sku_{row}"].errors = (_("このSKUの商品は販売していません"),)

    def say_goods(self, sentence: str) -> None:
        """Put the sentence beside the first product."""
        self.sku_1.errors = (sentence,)


@bp.get("/new")
def new() -> ResponseReturnValue:
    return _page(_form(empty=True))


@bp.get("/address")
def address() -> ResponseReturnValue:
    """The address fields of a postal code, as the look-up leaves them."""
    form = StaffOrderForm(formdata=request.args)
    form.offer_choices({}, {})
    _look_up(form)
    address_lookup.tell(form, CUSTOMER)
    return render_template("admin/orders/_address.html", form=form, part=_address(form))


@bp.post("/new")
def enter() -> ResponseReturnValue:
    """The form's buttons: look up an address, show what the order would cost, place it."""
    form = _form()
    if {"fill_in", "town"} & request.form.keys():
        _look_up(form)
        return _page(form)
    address_lookup.fill_in_unanswered(form)
    journey = _read(form)
    if journey is None:
        return _page(form, 422)
    return _page(form, journey=journey) if "preview" in request.form else _place(form, journey)


def _place(form: StaffOrderForm, journey: Journey) -> ResponseReturnValue:
    answers = journey.answers
    try:
        order = staff_orders.enter(_goods(journey), answers) if answers else None
    except (SoldOut, TooMany):
        form.say_goods(_("在庫が足りません。数量を確かめてください"))
        return _page(form, 422)
    except Changed:
        form.say_goods(_("商品や料金が変わりました。金額を確かめて、もう一度登録してください"))
        return _page(form, 422)
    if order is None:
        return _page(form, 422)
    audit.record("order.enter", order.number, after={"payment": order.payment_code})
    flash(_("注文%(number)sを登録しました", number=order.number))
    return redirect(url_for("admin.orders.show", number=order.number), 303)


def _look_up(form: StaffOrderForm) -> None:
    """By the code alone, by the button beside it, or by one of the places to choose from."""
    picked = request.values.get("town", "")
    address_lookup.fill_in(form, CUSTOMER, picked, "fill_in" in request.values)


def _address(form: StaffOrderForm) -> AddressPart:
    look_up, to_fill = url_for("admin.orders.address"), url_for("admin.orders.enter")
    return address_lookup.part(form, CUSTOMER, look_up, to_fill, "off")


def _form(empty: bool = False) -> StaffOrderForm:
    form = StaffOrderForm(formdata=None) if empty else StaffOrderForm()
    shop, offered = profile.terms()
    names = {one.code: localized(one, "name") for one in staff_orders.possible(offered)}
    form.offer_choices({}, names, [one.code for one in shop.offered])
    if len(shop.offered) == 1:
        form.delivery_method.data = shop.offered[0].code
    return form


def _read(form: StaffOrderForm) -> Journey | None:
    """The order on paper; None where something is wrong, which the form then says."""
    is_well_formed = form.validate()
    goods, unknown = staff_orders.goods_of(form.pieces())
    form.say_unknown(unknown)
    if not goods and not unknown:
        form.say_goods(_("商品のSKUを入力してください"))
    if not is_well_formed or errors_of(form):
        return None
    journey = staff_orders.drafted(goods, OrderDetails.load(form.answers()))
    wrong = problems(journey)
    if wrong:
        binding.attach_errors(form, journey, wrong)
    return None if wrong else journey


def _goods(journey: Journey) -> staff_orders.Goods:
    return [(one.variant, one.quantity) for one in journey.cart]


def _page(
    form: StaffOrderForm, status: int = 200, journey: Journey | None = None
) -> ResponseReturnValue:
    shop, offered = profile.terms()
    context: dict[str, Any] = {
        "form": form,
        "address": _address(form),
        "errors": errors_of(form),
        "old_token": has_old_token(form),
        "rows": ROWS,
        "offer": journey.offer if journey else None,
        "refused": [one for one in offered if not staff_orders.is_possible(one)],
        "always_checks": lambda one: methods.kind_of(one).always_checks_sms,
        "deliveries": [(one.code, localized(one, "name")) for one in shop.offered],
        "methods": [(one.code, localized(one, "name")) for one in staff_orders.possible(offered)],
    }
    return page("admin/orders/new.html", status, **context)
