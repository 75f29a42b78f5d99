"""The small partials of the order form: the address of a postal code, the quote, one field; and
the buttons that keep the form as it stands."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from storefront.checkout import store
from storefront.checkout.forms import address_lookup, binding, cards, email_suggestions
from storefront.checkout.forms.address_lookup import CUSTOMER, RECIPIENT
from storefront.checkout.forms.forms import OrderForm
from storefront.checkout.journey import Journey
from storefront.checkout.steps import Step, of_path
from storefront.checkout.web import bp, screens
from storefront.checkout.web.drafts import typed_at
from storefront.checkout.web.guard import go, opens
from storefront.web.error_pages import not_found
from storefront.web.rendering import errors_of, has_old_token

CHECKED = ("postal_code", "ship_postal_code", "tel", "ship_tel", "sms_tel", "email", "name_kana")


@bp.get("/address")
@opens(None)
def address(journey: Journey) -> ResponseReturnValue:
    """The address fields of a postal code, as the look-up leaves them."""
    prefix = RECIPIENT if "ship_postal_code" in request.args else CUSTOMER
    form = OrderForm(formdata=request.args)
    binding.offer_choices(form, journey)
    _look_up(form, prefix)
    address_lookup.tell(form, prefix)
    part = screens.address_part(form, prefix)
    return render_template("checkout/_address.html", journey=journey, form=form, part=part)


@bp.post("/address")
@opens(None)
def fill_in_address(journey: Journey) -> ResponseReturnValue:
    """The button 住所を入力 without JavaScript."""
    form = screens.order_form(journey)
    form.validate()
    if has_old_token(form):
        return screens.order_input(journey, form)
    for prefix in (CUSTOMER, RECIPIENT):
        _look_up(form, prefix)
    store.keep_typed(journey.checkout, form.answers(), typed_at())
    return go("checkout.order_input")


@bp.post("/leave")
@opens(None)
def leave(journey: Journey) -> ResponseReturnValue:
    """The button カートに戻る: what was typed is there when the shopper comes back."""
    form = screens.order_form(journey)
    form.validate()
    if has_old_token(form):
        return screens.order_input(journey, form)
    store.keep_typed(journey.checkout, form.answers(), typed_at())
    return go("cart.show")


def _look_up(form: OrderForm, prefix: str) -> None:
    """By the code alone, by the button beside it, or by one of the places to choose from."""
    picked = request.values.get(f"{prefix}town", "")
    address_lookup.fill_in(form, prefix, picked, f"{prefix}fill_in" in request.values)


@bp.post("/quote")
@opens(None)
def quote(journey: Journey) -> ResponseReturnValue:
    """Totals and delivery cards by what the form holds."""
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
    """The error of one field of the form, or what the field's text was found to be; 404 for a field
    that is not checked while it is typed."""
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
