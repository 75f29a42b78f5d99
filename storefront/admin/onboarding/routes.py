"""A new person chooses how to prove who they are, besides the password."""

import segno
from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from storefront.admin.auth import audit, authenticator_apps, passkeys, second_factor, sessions
from storefront.admin.auth.gate import me
from storefront.admin.onboarding.forms import NewAppForm
from storefront.shop import profile
from storefront.web.rendering import errors_of, has_old_token, page

bp = Blueprint("beginning", __name__, url_prefix="/beginning")


@bp.get("")
def second_factor_page() -> ResponseReturnValue:
    return app_page("admin/beginning/second_factor.html", NewAppForm(formdata=None))


@bp.post("")
def keep_app() -> ResponseReturnValue:
    """Register the app once its code was right, and lead to the recovery codes."""
    form = NewAppForm()
    if form.validate():
        if authenticator_apps.keep(me(), str(form.code.data), is_first=True):
            audit.record("second-factor.app")
            sessions.begin(me(), is_whole=True)
            return redirect(url_for("admin.account.recovery_codes"), 303)
        form.say_wrong()
    return app_page("admin/beginning/second_factor.html", form, 422)


def app_page(template: str, form: NewAppForm, status: int = 200) -> ResponseReturnValue:
    """The page that shows the app's secret, as a picture and in letters."""
    secret = authenticator_apps.offered_secret(me())
    uri = second_factor.uri(secret, me().email, profile.shop().name)
    return page(
        template,
        status,
        form=form,
        errors=errors_of(form),
        old_token=has_old_token(form),
        picture=segno.make(uri).svg_data_uri(scale=5, border=2, dark="#000", light="#fff"),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        may_use_passkeys=passkeys.are_possible(),
    )
