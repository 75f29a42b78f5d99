"""A person's own account: password, authenticator app, passkeys, recovery codes, other browsers."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from storefront.admin.account.forms import NewPasswordForm
from storefront.admin.auth import (
    accounts,
    audit,
    authenticator_apps,
    passkeys,
    second_factor,
    sessions,
)
from storefront.admin.auth.gate import me, proven
from storefront.admin.held_requests.screen import require_fresh_token
from storefront.admin.onboarding.forms import NewAppForm
from storefront.admin.onboarding.routes import app_page
from storefront.core.extensions import transaction
from storefront.shop import profile
from storefront.web.rendering import errors_of, has_old_token, page

bp = Blueprint("account", __name__, url_prefix="/account")


@bp.get("")
def show() -> ResponseReturnValue:
    return page(
        "admin/account/show.html",
        person=me(),
        codes_left=second_factor.recovery_codes_left(me()),
        may_use_passkeys=passkeys.are_possible(),
    )


@bp.get("/password")
@proven
def password() -> ResponseReturnValue:
    return _password_page(NewPasswordForm(formdata=None))


@bp.post("/password")
@proven
def change_password() -> ResponseReturnValue:
    """Set the password; all other sessions of the person end."""
    person, form = me(), NewPasswordForm()
    form.about = (person.email, person.name, profile.shop().name_en)
    if not form.validate():
        return _password_page(form, 422)
    accounts.set_password(person, str(form.password.data))
    audit.record("password.change")
    sessions.begin(person, is_whole=True)
    flash(_("パスワードを変更しました。ほかの端末ではサインアウトされました"))
    return redirect(url_for(".show"), 303)


@bp.get("/app")
@proven
def app() -> ResponseReturnValue:
    return app_page("admin/account/app.html", NewAppForm(formdata=None))


@bp.post("/app")
@proven
def change_app() -> ResponseReturnValue:
    """Replace the authenticator app once a code of the new one was right."""
    form = NewAppForm()
    if form.validate():
        if authenticator_apps.keep(me(), str(form.code.data)):
            audit.record("second-factor.app")
            flash(_("認証アプリを登録しました"))
            return redirect(url_for(".show"), 303)
        form.say_wrong()
    return app_page("admin/account/app.html", form, 422)


@bp.get("/passkey")
@proven
def passkey() -> ResponseReturnValue:
    return page("admin/account/passkey.html", may_use_passkeys=passkeys.are_possible())


@bp.post("/passkey/<int:passkey_id>/forget")
@proven
def forget_passkey(passkey_id: int) -> ResponseReturnValue:
    """Delete a passkey, unless it is the only second factor."""
    require_fresh_token()
    person = me()
    is_last = person.totp_secret is None and len(person.passkeys) < 2
    if not is_last:
        found = passkeys.forget(person, passkey_id)
        if found is not None:
            audit.record("second-factor.forget-passkey", found.name)
            flash(_("パスキーを削除しました"))
    else:
        flash(_("最後の認証手段は削除できません。先に認証アプリを登録してください"))
    return redirect(url_for(".show"), 303)


@bp.get("/recovery-codes")
@proven
def recovery_codes() -> ResponseReturnValue:
    return page("admin/account/recovery_codes.html", codes=None)


@bp.post("/recovery-codes")
@proven
def make_recovery_codes() -> ResponseReturnValue:
    """Make new codes, which this answer alone shows."""
    require_fresh_token()
    codes = second_factor.new_recovery_codes(me())
    audit.record("second-factor.recovery-codes")
    return page("admin/account/recovery_codes.html", codes=codes)


@bp.post("/sign-out-others")
def sign_out_others() -> ResponseReturnValue:
    """End all sessions but this one."""
    require_fresh_token()
    found = sessions.current()
    with transaction():
        sessions.end_all_of(me().id, but=found.digest if found else "")
        audit.record("sign-out.others")
    flash(_("ほかの端末をサインアウトしました"))
    return redirect(url_for(".show"), 303)


def _password_page(form: NewPasswordForm, status: int = 200) -> ResponseReturnValue:
    form.password.data = form.again.data = ""
    return page(
        "admin/account/password.html",
        status,
        form=form,
        errors=errors_of(form),
        old_token=has_old_token(form),
        must=me().is_password_new,
    )
