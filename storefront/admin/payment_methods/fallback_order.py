"""Which methods shoppers are offered first after a failure, and how that will look."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.auth import audit
from storefront.admin.auth.gate import owner_only
from storefront.admin.payment_methods import bp, wording
from storefront.admin.payment_methods.forms import StepForm
from storefront.checkout import preview
from storefront.checkout import wording as shoppers
from storefront.payments import fallback, methods
from storefront.payments.fallback import FIRST
from storefront.payments.kinds import Check
from storefront.payments.models import PaymentMethod
from storefront.ports.failure_reasons import FailureGroup
from storefront.web.rendering import has_old_token, page


@bp.get("/after-failure")
@owner_only
def after_failure() -> ResponseReturnValue:
    """The order in which methods are offered after a failure."""
    return _page(_failure())


@bp.post("/after-failure")
@owner_only
def order_after_failure() -> ResponseReturnValue:
    """Move a method in that order, or take the shop's own order again."""
    form, failure = StepForm(), _failure()
    if not form.validate():
        return _page(failure, 422, has_old_token(form))
    codes = [one.code for one in fallback.in_order(methods.on_offer(), failure)]
    after = [] if form.as_shop.data else _stepped(codes, form)
    fallback.set_order(failure, after)
    audit.record("payment-method.order-after-failure", failure, {"order": codes}, {"order": after})
    flash(_("順番を変更しました"))
    return redirect(url_for("admin.payment_methods.after_failure", after=failure), 303)


def _stepped(codes: list[str], form: StepForm) -> list[str]:
    code, by = (form.up.data, -1) if form.up.data else (form.down.data, 1)
    if code not in codes:
        return codes
    here = codes.index(code)
    there = max(0, min(here + by, len(codes) - 1))
    codes = [*codes]
    codes.insert(there, codes.pop(here))
    return codes


def _failure() -> FailureGroup:
    asked = request.args.get("after", "")
    return FailureGroup(asked) if asked in FIRST else FailureGroup.PHONE


def _page(failure: FailureGroup, status: int = 200, old_token: bool = False) -> ResponseReturnValue:
    offered = fallback.in_order(methods.on_offer(), failure)
    return page(
        "admin/payment_methods/after_failure.html",
        status,
        offered=offered,
        failures=[(one, wording.failure(one)) for one in FIRST],
        failure_kind=failure,
        is_own=any(failure in (one.ranks or {}) for one in offered),
        old_token=old_token,
        **_banner(offered, failure),
    )


def _banner(offered: list[PaymentMethod], failure: FailureGroup) -> dict[str, object]:
    """What the banner's own template reads, for the first method that can fail so."""
    chosen = next((one for one in offered if _can_fail(one)), offered[0] if offered else None)
    if chosen is None:
        return {"journey": None}
    reason = FIRST[failure]
    journey = preview.of_sample_goods(offered, chosen, reason)
    return {
        "journey": journey,
        "failure": reason,
        "ng": shoppers.failure(reason, journey),
        "ng_title": shoppers.failure_title(reason, journey),
        "others": journey.others_after(reason),
    }


def _can_fail(method: PaymentMethod) -> bool:
    return methods.kind_of(method).check in {Check.CREDIT, Check.CREDIT_AND_CODE}
