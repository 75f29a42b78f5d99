"""Limits on texts with codes and on orders without a code, and how far the first are used up."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from storefront.admin.auth import audit
from storefront.admin.auth.gate import owner_only
from storefront.admin.delivery.forms import GIVEN, amount, whole
from storefront.admin.forms import AdminForm
from storefront.ports.plugin import Place
from storefront.ports.registry import providers
from storefront.shop import profile, settings
from storefront.verification.usage import usage
from storefront.web.rendering import errors_of, has_old_token, page

bp = Blueprint("limits", __name__, url_prefix="/settings/sms-limits")
CAPS = (  # fields of the shop
    *("texts_per_10_minutes", "texts_per_day", "yen_per_text"),
    *("orders_per_hour", "orders_per_day", "orders_per_person", "unpaid_per_person"),
)


class LimitsForm(AdminForm):
    """The limits as numbers of texts, yen and orders, each within a range that neither stops a day
    of sales nor ruins the shop."""

    texts_per_10_minutes = amount(_l("10分あたりの上限"), GIVEN, whole(5, 300))
    texts_per_day = amount(_l("24時間あたりの上限"), GIVEN, whole(10, 3_000))
    yen_per_text = amount(_l("1通の料金"), GIVEN, whole(1, 100))
    orders_per_hour = amount(_l("同じ回線から1時間あたり"), GIVEN, whole(1, 1_000))
    orders_per_day = amount(_l("同じ回線から24時間あたり"), GIVEN, whole(1, 3_000))
    orders_per_person = amount(
        _l("同じメールアドレス・電話番号で24時間あたり"), GIVEN, whole(1, 100)
    )
    unpaid_per_person = amount(
        _l("同じメールアドレス・電話番号で、ご入金待ちのまま"), GIVEN, whole(1, 100)
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check all fields, and that no limit for a longer time is below that for a shorter one."""
        if not super().validate(extra_validators):
            return False
        if int(self.texts_per_day.data) < int(self.texts_per_10_minutes.data):
            self.texts_per_day.errors = (_("10分あたりの上限以上にしてください"),)
        if int(self.orders_per_day.data) < int(self.orders_per_hour.data):
            self.orders_per_day.errors = (_("1時間あたりの上限以上にしてください"),)
        return not self.errors

    def numbers(self) -> dict[str, int]:
        """The limits by the names of the shop's columns."""
        return {name: int(self[name].data) for name in CAPS}


@bp.get("")
@owner_only
def show() -> ResponseReturnValue:
    kept = {name: str(value) for name, value in _kept().items()}
    return _page(LimitsForm(formdata=None, data=kept))


@bp.post("")
@owner_only
def save() -> ResponseReturnValue:
    form = LimitsForm()
    if not form.validate():
        return _page(form, 422)
    before, after = _kept(), form.numbers()
    settings.set_caps(after)
    told = audit.changes(before, after)
    audit.record("sms.limits", before=told["before"], after=told["after"])
    flash(_("登録しました"))
    return redirect(url_for(".show"), 303)


def _kept() -> dict[str, Any]:
    shop = profile.shop()
    return {name: getattr(shop, name) for name in CAPS}


def _page(form: LimitsForm, status: int = 200) -> ResponseReturnValue:
    return page(
        "admin/limits/show.html",
        status,
        form=form,
        shop=profile.shop(),
        usage=usage(),
        notes=providers().notes(Place.CODE_LIMITS),
        is_relaxed=current_app.config["SETTINGS"].limits == "relaxed",
        errors=errors_of(form),
        old_token=has_old_token(form),
    )
