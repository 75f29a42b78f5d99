"""What the pages' script asks for and sends, as JSON."""

from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import validate_csrf
from wtforms.validators import ValidationError

from storefront.admin.auth import audit, demo_credentials, passkeys, sessions
from storefront.admin.auth.gate import me, within
from storefront.admin.auth.passkeys import PasskeyRefused
from storefront.cart.cookie import lacks_cookies
from storefront.shop import profile

bp = Blueprint("passkeys", __name__, url_prefix="/passkeys")


@bp.before_request
def check_token() -> ResponseReturnValue | None:
    """Refuse a request without a good CSRF token in its header, as JSON."""
    try:
        validate_csrf(request.headers.get("X-CSRF-Token"))
    except ValidationError:
        return _refuse(_("Cookieを有効にしてください")) if lacks_cookies() else _refuse()
    return None


@bp.post("/ask")
def ask_to_sign_in() -> ResponseReturnValue:
    """Options for navigator.credentials.get."""
    return passkeys.ask_to_sign_in()


@bp.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Nothing is counted: a signature cannot be guessed, and nobody is to be locked out of it."""
    try:
        person = passkeys.who_signed(_answer())
    except PasskeyRefused:
        return _refuse()
    if demo_credentials.stands_open(person):
        return _refuse()
    sessions.begin(person, is_whole=True)
    audit.record("sign-in.passkey", who=person.email)
    return {"next": within(request.args.get("next", ""))}


@bp.post("/prove")
def prove() -> ResponseReturnValue:
    """Shows once more who is signed in, as the password does."""
    try:
        person = passkeys.who_signed(_answer())
    except PasskeyRefused:
        return _refuse()
    if person.id != me().id:
        return _refuse()
    audit.record("proof.passkey")
    sessions.prove_again()
    return {"next": within(request.args.get("next", ""))}


@bp.post("/new")
def ask_for_new() -> ResponseReturnValue:
    """Options for navigator.credentials.create."""
    return passkeys.ask_for_new(me(), profile.shop().name)


@bp.post("/keep")
def keep() -> ResponseReturnValue:
    """Register the passkey that has signed, and say where to go."""
    person, is_first = me(), not me().has_second_factor
    name = request.user_agent.string.partition(" ")[2].partition(")")[0].lstrip("(")
    try:
        passkeys.keep(person, _answer(), name or _("パスキー"))
    except PasskeyRefused:
        return _refuse()
    audit.record("second-factor.passkey")
    sessions.begin(person, is_whole=True)
    return {"next": url_for("admin.account.recovery_codes" if is_first else "admin.account.show")}


def _answer() -> dict[str, Any]:
    """Raises PasskeyRefused for what is no JSON object."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        raise PasskeyRefused
    return given


def _refuse(why: str = "") -> ResponseReturnValue:
    words = _("パスキーを使えませんでした。もう一度試すか、パスワードをお使いください。")
    return {"error": why or words}, 422
