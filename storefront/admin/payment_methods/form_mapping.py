"""Between the form of a payment method and what the rules take."""

from dataclasses import asdict
from typing import Any

from flask import request

from storefront.admin.payment_methods import wording
from storefront.admin.payment_methods.forms import NO, YES, MethodForm, value
from storefront.core.extensions import transaction
from storefront.payments import collectors, logos, method_settings, publishing, requirements
from storefront.payments.collectors import Collector
from storefront.payments.kinds import KINDS, Kind
from storefront.payments.logos import Unfit
from storefront.payments.method_settings import Details
from storefront.payments.models import PaymentMethod


def new_form(kind: Kind) -> MethodForm:
    """The form filled in with the kind's draft; public where nothing is missing for that."""
    details = method_settings.draft(kind)
    method = PaymentMethod(code=kind.code, kind=kind.code, **details.of(kind))
    is_ready = not publishing.missing(method, requirements.standing())
    place = len(method_settings.all_methods()) + 1
    return _filled(kind, {**asdict(details), "published": is_ready}, place)


def form_of(method: PaymentMethod) -> MethodForm:
    """The form filled in from a method."""
    kind = KINDS[method.kind]
    place = method_settings.place_of(method_settings.all_methods(), method.code) + 1
    names = asdict(Details(method.name))
    return _filled(kind, {name: getattr(method, name) for name in names}, place)


def _filled(kind: Kind, values: dict[str, Any], place: int) -> MethodForm:
    text = {name: _as_typed(one) for name, one in values.items() if name != "account"}
    kept = values["account"]
    account = {f"account_{part}": one for part, one in kept.items()} if kept else {}
    form = MethodForm(formdata=None, data={**text, **account, "position": str(place)})
    form.highest = kind.highest
    return form


def _as_typed(one: object) -> object:
    if isinstance(one, bool):
        return YES if one else NO
    if isinstance(one, int):
        return str(one)
    return "" if one is None else one


def sent_form(kind: Kind) -> MethodForm:
    """The form as it was sent, with the limits of its kind."""
    form = MethodForm()
    form.highest = kind.highest
    form.provider_names = collectors.names_of_provider(kind)
    return form


def has_good_logo(form: MethodForm) -> bool:
    """Keep the picture that was sent; False with an error at its field where it cannot be used."""
    sent = request.files.get("logo")
    if sent is None or not sent.filename:
        return True
    try:
        png = logos.drawn_anew(sent.read(logos.LARGEST + 1))
    except Unfit as unfit:
        form.logo.errors = (wording.logo(str(unfit)),)
        return False
    with transaction():
        form.logo.data = logos.keep(png)
    return True


def details(form: MethodForm, logo: str | None = None) -> Details:
    """The values for method_settings; logo is the method's picture until now."""
    kept = None if form.logo_off.data == YES else logo
    return Details(
        name=form.name.data or "",
        name_en=form.name_en.data or "",
        summary=form.summary.data or "",
        summary_en=form.summary_en.data or "",
        payment_time=form.payment_time.data or "",
        payment_time_en=form.payment_time_en.data or "",
        instructions=form.instructions.data or "",
        instructions_en=form.instructions_en.data or "",
        fee=value(form.fee) or 0,
        minimum=value(form.minimum) or 0,
        maximum=value(form.maximum),
        delivery_methods=list(form.delivery_methods.data or []),
        published=form.published.data == YES,
        sms_check=form.sms_check.data == YES,
        sms_tries=value(form.sms_tries) or 1,
        sms_sends=value(form.sms_sends) or 1,
        sms_wait=value(form.sms_wait) or 30,
        days_to_pay=value(form.days_to_pay) or method_settings.DAYS,
        collector=form.collector.data or Collector.PROVIDER,
        logo=form.logo.data or kept,
        account=form.account,
    )
