"""The form of a payment method, with what shoppers will see beside it."""

from dataclasses import asdict

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import owner_only
from storefront.admin.payment_methods import bp, form_mapping, screens, wording
from storefront.admin.payment_methods.forms import YES, value
from storefront.admin.payment_methods.routes import back, with_method
from storefront.checkout import store
from storefront.payments import method_settings
from storefront.payments.kinds import KINDS, Kind
from storefront.payments.method_settings import Already, Details
from storefront.payments.models import PaymentMethod
from storefront.payments.publishing import NotPublishable

# what a shopper in the checkout has read or chosen by
SEEN_TEXTS = ("name", "name_en", "payment_time", "payment_time_en")
SEEN = (*SEEN_TEXTS, "days_to_pay", "fee", "minimum", "maximum", "delivery_methods", "published")


def _kind() -> Kind:
    return KINDS.get(request.args.get("type", "")) or abort(404)


@bp.get("/new")
@owner_only
def new() -> ResponseReturnValue:
    """The form of a new method, filled in with its kind's draft."""
    kind = _kind()
    if not method_settings.may_register(kind):
        flash(wording.already())
        return back()
    return screens.form_page(form_mapping.new_form(kind), kind)


@bp.post("/new")
@owner_only
def register() -> ResponseReturnValue:
    """Register the method; 422 where it is not well-formed, or cannot be public."""
    kind = _kind()
    form = form_mapping.sent_form(kind)
    if not form.validate() or not form_mapping.has_good_logo(form):
        return screens.form_page(form, kind, status=422)
    try:
        method = method_settings.register(kind, form_mapping.details(form))
    except Already:
        form.name.errors = (wording.already(),)
        return screens.form_page(form, kind, status=422)
    except NotPublishable as refused:
        return screens.form_page(form, kind, status=422, refused=refused)
    method_settings.place(method.code, value(form.position) or 1)
    audit.record("payment-method.register", method.code, after=asdict(form_mapping.details(form)))
    flash(_("登録しました"))
    return back()


@bp.post("/new/preview")
@owner_only
def preview_new() -> ResponseReturnValue:
    kind = _kind()
    return screens.form_page(form_mapping.sent_form(kind), kind)


@bp.get("/<code>")
@owner_only
@with_method
def edit(method: PaymentMethod) -> ResponseReturnValue:
    return screens.form_page(form_mapping.form_of(method), KINDS[method.kind], method)


@bp.post("/<code>")
@owner_only
@with_method
def change(method: PaymentMethod) -> ResponseReturnValue:
    """Change the method. Where shoppers have just chosen it, a second press confirms a change that
    they would notice."""
    kind = KINDS[method.kind]
    form = form_mapping.sent_form(kind)
    if not form.validate() or not form_mapping.has_good_logo(form):
        return screens.form_page(form, kind, method, 422)
    details = form_mapping.details(form, method.logo)
    before = {name: getattr(method, name) for name in asdict(details)}
    holders = _holders(method, before, details)
    if holders and form.confirmed.data != YES:
        return screens.form_page(form, kind, method, 422, holders=holders)
    try:
        method_settings.change(method.code, details)
    except NotPublishable as refused:
        return screens.form_page(form, kind, method, 422, refused=refused)
    method_settings.place(method.code, value(form.position) or 1)
    told = audit.changes(before, asdict(details))
    audit.record("payment-method.change", method.code, told["before"], told["after"])
    flash(_("登録しました"))
    return back()


@bp.post("/<code>/preview")
@owner_only
@with_method
def preview(method: PaymentMethod) -> ResponseReturnValue:
    """The form with what was typed, beside the method as shoppers would see it."""
    kind = KINDS[method.kind]
    return screens.form_page(form_mapping.sent_form(kind), kind, method)


def _holders(method: PaymentMethod, before: dict[str, object], details: Details) -> int:
    """How many are in the checkout with it, where they would notice the change."""
    after = asdict(details)
    is_seen = method.published and any(before[name] != after[name] for name in SEEN)
    return store.holding(method.code) if is_seen else 0
