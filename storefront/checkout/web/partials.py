"""The small partials of the order form: the address of a postal code, the quote, one field."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from storefront.checkout import store
from storefront.checkout.forms import binding, cards, email_suggestions
from storefront.checkout.forms.forms import OrderForm
from storefront.checkout.journey import Journey
from storefront.checkout.steps import Step, of_path
from storefront.checkout.web import bp, screens
from storefront.checkout.web.drafts import typed_at
from storefront.checkout.web.guard import go, opens
from storefront.core import japanese
from storefront.shipping import postal_codes
from storefront.shipping.postal_codes import Address
from storefront.web.error_pages import not_found
from storefront.web.rendering import errors_of, has_old_token

CHECKED = ("postal_code", "ship_postal_code", "tel", "ship_tel", "sms_tel", "email", "name_kana")
GROUPS = ("", "ship_")


@bp.get("/address")
@opens(None)
def address(journey: Journey) -> ResponseReturnValue:
    """The address fields of a postal code; what the shopper typed in them is not overwritten."""
    prefix = "ship_" if "ship_postal_code" in request.args else ""
    form = OrderForm(formdata=request.args)
    binding.offer_choices(form, journey)
    towns = postal_codes.find(japanese.digits(request.args.get(f"{prefix}postal_code", "")))
    _fill_in(form, prefix, towns)
    return render_template(
        "checkout/_address.html",
        journey=journey,
        form=form,
        prefix=prefix,
        towns=towns,
        is_answer=True,
    )


@bp.post("/address")
@opens(None)
def fill_in_address(journey: Journey) -> ResponseReturnValue:
    """The button 住所を入力 without JavaScript."""
    form = screens.order_form(journey)
    form.validate()
    if has_old_token(form):
        return screens.order_input(journey, form)
    for prefix in GROUPS:
        towns = postal_codes.find(form[f"{prefix}postal_code"].data or "")
        picked = [town for town in towns if town.town == request.form.get(f"{prefix}town")]
        _fill_in(form, prefix, picked or towns)
    store.keep_typed(journey.checkout, form.answers(), typed_at())
    return go("checkout.order_input")


def _fill_in(form: OrderForm, prefix: str, towns: list[Address]) -> None:
    if not towns:
        return
    found = {"prefecture": towns[0].prefecture, "city": towns[0].city}
    if len(towns) == 1:
        found["street"] = towns[0].town
    for name, value in found.items():
        field = form[prefix + name]
        field.data = field.data or value


@bp.post("/quote")
@opens(None)
def quote(journey: Journey) -> ResponseReturnValue:
    form = screens.order_form(journey)
    chosen = journey.find_method(request.form.get("payment", ""))
    as_typed = binding.as_typed(journey, form)
    return render_template(
        "checkout/_quote.html",
        journey=journey,
        as_typed=as_typed,
        offer=as_typed.offer_by(chosen),
        deliveries=cards.delivery_cards(as_typed, form),
        chosen=chosen,
        step=Step.INPUT,
        steps=of_path(as_typed, chosen),
        is_answer=True,
    )


@bp.post("/validate/<field>")
@opens(None)
def validate(journey: Journey, field: str) -> ResponseReturnValue:
    if field not in CHECKED:
        return not_found()
    form = OrderForm()
    binding.offer_choices(form, journey)
    form.validate()
    errors = dict(errors_of(form)) if form[field].data else {}
    is_found = field.endswith("postal_code") and not errors.get(field) and form[field].data
    return render_template(
        "checkout/_check.html",
        field=form[field],
        error=errors.get(field),
        is_found=bool(is_found),
        suggestion=email_suggestions.suggest(form.email.data) if field == "email" else None,
    )
