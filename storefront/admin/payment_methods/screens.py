"""The screen of one payment method's form."""

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from storefront.admin.payment_methods import choices, form_mapping, wording
from storefront.admin.payment_methods.forms import MethodForm
from storefront.admin.plugin import plugin_of
from storefront.checkout.forms import cards
from storefront.orders.queries.payment_use import is_used
from storefront.payments import bank_account, methods, publishing, requirements
from storefront.payments.kinds import Check, Kind
from storefront.payments.models import PaymentMethod
from storefront.payments.publishing import NotPublishable
from storefront.payments.wording import payment_time
from storefront.ports.codes import LIFETIME
from storefront.web.rendering import errors_of, has_old_token, page


def form_page(
    form: MethodForm,
    kind: Kind,
    method: PaymentMethod | None = None,
    status: int = 200,
    refused: NotPublishable | None = None,
    holders: int = 0,
) -> ResponseReturnValue:
    """The form of a method, or of a new one of this kind.

    refused says why it cannot be public; holders is how many shoppers have just chosen it, which
    asks for a second press.
    """
    shown = _as_it_would_be(form, kind, method)
    missing = publishing.missing(shown, requirements.standing())
    errors = errors_of(form)
    if refused:
        errors += [("published", one) for one in wording.all_missing(refused.missing)]
    return page(
        "admin/payment_methods/form.html",
        status,
        form=form,
        kind=kind,
        method=method,
        errors=errors,
        old_token=has_old_token(form),
        missing=wording.all_missing(one for one in missing if one != NO_TEXT),
        holders=wording.holders(holders) if holders else "",
        is_used=method is not None and is_used(method.code),
        account_kinds=list(bank_account.kinds().items()),
        deliveries=choices.deliveries(),
        shown=shown,
        text=payment_time(shown),
        card=cards.method_card(shown, is_chosen=True),
        **_addresses(kind, method),
        **_about_codes(shown),
    )


NO_TEXT = requirements.Missing.PAYMENT_TIME  # which the field itself says


def _as_it_would_be(form: MethodForm, kind: Kind, method: PaymentMethod | None) -> PaymentMethod:
    """A method on paper, as shoppers would meet it."""
    details = form_mapping.details(form, method.logo if method else None)
    code = method.code if method else kind.code
    return PaymentMethod(code=code, kind=kind.code, **details.of(kind))


def _addresses(kind: Kind, method: PaymentMethod | None) -> dict[str, Any]:
    if method is None:
        here = "admin.payment_methods"
        return {
            "send_to": url_for(f"{here}.register", type=kind.code),
            "preview_at": url_for(f"{here}.preview_new", type=kind.code),
        }
    return {
        "send_to": url_for("admin.payment_methods.change", code=method.code),
        "preview_at": url_for("admin.payment_methods.preview", code=method.code),
    }


def _about_codes(shown: PaymentMethod) -> dict[str, Any]:
    """Template values on codes and their sender: minutes is how long a code is good; code_note and
    cautions are sentences of the provider's; may_collect is whether the shop may ask for the money
    itself, and by_provider labels the choice that it does not."""
    credit, plugin = methods.credit_of(shown), plugin_of(methods.kind_of(shown))
    lifetime = credit.code_lifetime if credit else LIFETIME
    return {
        "code_note": plugin.code_note() if plugin and credit else "",
        "cautions": plugin.cautions(methods.kind_of(shown)) if plugin else [],
        "minutes": int(lifetime.total_seconds() // 60),
        "may_collect": methods.kind_of(shown).check is Check.CREDIT_AND_CODE,
        "by_provider": wording.by_provider(methods.kind_of(shown)),
    }
