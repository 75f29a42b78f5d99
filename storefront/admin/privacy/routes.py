"""The months that personal data are kept for, and erasing one person who asks for it."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from storefront.admin.auth import audit
from storefront.admin.auth.gate import owner_only, proven
from storefront.admin.delivery.forms import GIVEN, amount, whole
from storefront.admin.forms import AdminForm, line, mail_address
from storefront.admin.orders.access import opened, sealed
from storefront.privacy import erasure_requests, person, retention
from storefront.privacy.person import Person
from storefront.shop import profile, settings
from storefront.web.rendering import errors_of, has_old_token, page

bp = Blueprint("privacy", __name__, url_prefix="/settings/privacy")
WHO = "person-to-erase"


class MonthsForm(AdminForm):
    """For how many months personal data are kept."""

    keep_months = amount(_l("保存する月数"), GIVEN, whole(retention.FEWEST, retention.MOST))


class PersonForm(AdminForm):
    """Who is to be erased: told by either or both."""

    email = StringField(filters=[mail_address])
    phone = StringField(filters=[line])

    def read(self) -> Person | None:
        """The person; None with an error at the field where neither field can be read."""
        try:
            return person.read(self.email.data or "", self.phone.data or "")
        except person.Nobody:
            words = _("メールアドレスか日本の電話番号を、正しく入力してください")
            field = self.phone if self.phone.data and not self.email.data else self.email
            field.errors = (words,)
            return None


@bp.get("")
@owner_only
def show() -> ResponseReturnValue:
    return _page()


@bp.post("")
@owner_only
@proven
def save() -> ResponseReturnValue:
    form = MonthsForm()
    if not form.validate():
        return _page(months=form)
    before, after = profile.shop().keep_months, int(form.keep_months.data)
    settings.change({"keep_months": after})
    audit.record("privacy.months", before={"months": before}, after={"months": after})
    flash(_("登録しました"))
    return redirect(url_for(".show"), 303)


@bp.post("/find")
@owner_only
@proven
def find() -> ResponseReturnValue:
    """Lead to what is known of the person, sealed, since an address must not name anybody."""
    form = PersonForm()
    one = form.read() if form.validate() else None
    if one is None:
        return _page(who=form)
    token = sealed(f"{one.email} {one.phone}", WHO)
    return redirect(url_for(".look", who=token), 303)


@bp.get("/person")
@owner_only
@proven
def look() -> ResponseReturnValue:
    """What is known of the person."""
    return _person(request.args.get("who", ""))


@bp.post("/person")
@owner_only
@proven
def erase() -> ResponseReturnValue:
    """Erase the person."""
    token = request.form.get("who", "")
    form, one = AdminForm(), _opened(token)
    if one is None:
        return _page(who=_unread())
    if not form.validate():
        return _person(token, form)
    done = erasure_requests.erase(one, audit.record_erasure)
    return page("admin/privacy/erased.html", found=done)


def _unread() -> PersonForm:
    """For a press that tells nobody any more."""
    form = PersonForm(None)
    form.email.errors = (_("どなたの情報を消すのか読み取れませんでした。もう一度探してください"),)
    return form


def _opened(token: str) -> Person | None:
    email, _space, phone = opened(token, WHO).partition(" ")
    return Person(email, phone) if email or phone else None


def _person(token: str, form: AdminForm | None = None) -> ResponseReturnValue:
    """422 with the same orders where the form was too old."""
    one = _opened(token)
    if one is None:  # an address that was cut off, or somebody else's
        return redirect(url_for(".show"), 303)
    return page(
        "admin/privacy/person.html",
        422 if form else 200,
        found=erasure_requests.look_up(one),
        email=audit.masked_email(one.email) if one.email else "",
        phone=audit.masked_phone(one.phone) if one.phone else "",
        who=token,
        old_token=form is not None and has_old_token(form),
    )


def _page(months: MonthsForm | None = None, who: PersonForm | None = None) -> ResponseReturnValue:
    refused = months or who
    shop = profile.shop()
    return page(
        "admin/privacy/show.html",
        422 if refused else 200,
        months=months or MonthsForm(None, data={"keep_months": f"{shop.keep_months}"}),
        who=who or PersonForm(None),
        erased_on=shop.erased_on,
        errors=errors_of(refused) if refused else [],
        old_token=refused is not None and has_old_token(refused),
    )
