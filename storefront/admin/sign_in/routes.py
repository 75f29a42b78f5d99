"""Password, second factor, and out again."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from storefront.admin.auth import (
    accounts,
    audit,
    demo_credentials,
    known_browsers,
    second_factor,
    sessions,
)
from storefront.admin.auth.gate import asked_for, me, within
from storefront.admin.auth.passwords import is_right
from storefront.admin.auth.throttling import TooManyTries, one_try
from storefront.admin.held_requests.screen import require_fresh_token
from storefront.admin.sign_in.forms import CodeForm, PasswordForm, ProofForm
from storefront.ports.mail import comparable
from storefront.web.forms import ShopForm
from storefront.web.rendering import errors_of, has_old_token, page

bp = Blueprint("signing_in", __name__)

LOGIN = "admin/signing_in/login.html"
CODE = "admin/signing_in/code.html"
PROVE = "admin/signing_in/prove.html"


@bp.get("/login")
def login() -> ResponseReturnValue:
    return _page(LOGIN, PasswordForm(formdata=None))


@bp.post("/login")
def give_password() -> ResponseReturnValue:
    """The first step; leads to the second factor, or to the choice of one."""
    form = PasswordForm()
    if form.validate() and _is_password_right(form):
        return redirect(url_for(".code", next=asked_for() or None), 303)
    form.password.data = ""
    return _page(LOGIN, form, 422)


@bp.get("/login/code")
def code() -> ResponseReturnValue:
    return _page(CODE, CodeForm(formdata=None))


@bp.post("/login/code")
def give_code() -> ResponseReturnValue:
    """The second step; leads to the page that was asked for."""
    form = CodeForm()
    if form.validate() and _is_code_right(form):
        sessions.begin(me(), is_whole=True)
        return redirect(within(request.args.get("next", "")), 303)
    return _page(CODE, form, 422)


@bp.get("/prove")
def prove() -> ResponseReturnValue:
    """The page that asks for a fresh proof of identity."""
    return _page(PROVE, ProofForm(formdata=None))


@bp.post("/prove")
def give_proof() -> ResponseReturnValue:
    """Renew the proof and lead on to the page that asked for it."""
    form = ProofForm()
    if form.validate() and _is_proof_right(form):
        sessions.prove_again()
        return redirect(within(request.args.get("next", "")), 303)
    form.password.data = ""
    return _page(PROVE, form, 422)


@bp.post("/logout")
def logout() -> ResponseReturnValue:
    """End this browser's session."""
    require_fresh_token()
    audit.record("sign-out")
    sessions.end()
    return redirect(url_for(".login"), 303)


@bp.get("/alive")
def alive() -> ResponseReturnValue:
    """Keep the session alive while somebody types into a page."""
    return "", 204


def _is_password_right(form: PasswordForm) -> bool:
    email = comparable(str(form.email.data))
    try:
        person = accounts.by_email(email)
        browser = known_browsers.browser_of(person.id) if person else ""
        with one_try("password", email, browser) as tried:
            password_hash = person.password_hash if person else None
            is_known = is_right(str(form.password.data), password_hash)
            tried.succeeded = is_known and not (person and demo_credentials.stands_open(person))
    except TooManyTries:
        form.say_too_many()
        return False
    if person is None or not tried.succeeded:
        audit.record("sign-in.refused", audit.masked_email(email)[:120])
        form.say_wrong_pair()
        return False
    sessions.begin(person, is_whole=False)
    return True


def _is_code_right(form: CodeForm) -> bool:
    person = me()
    try:
        with one_try("code", person.email, known_browsers.browser_of(person.id)) as tried:
            tried.succeeded = second_factor.spend_code(person, str(form.code.data))
    except TooManyTries:
        form.say_too_many()
        return False
    audit.record("sign-in" if tried.succeeded else "sign-in.wrong-code")
    if not tried.succeeded:
        form.say_wrong()
    return tried.succeeded


def _is_proof_right(form: ProofForm) -> bool:
    person, found = me(), sessions.current()
    try:
        with one_try("proof", person.email, found.digest if found else "") as tried:
            tried.succeeded = is_right(str(form.password.data), person.password_hash)
    except TooManyTries:
        form.say_too_many()
        return False
    audit.record("proof" if tried.succeeded else "proof.refused")
    if not tried.succeeded:
        form.say_wrong()
    return tried.succeeded


def _page(template: str, form: ShopForm, status: int = 200) -> ResponseReturnValue:
    return page(
        template,
        status,
        form=form,
        errors=errors_of(form),
        old_token=has_old_token(form),
        next=asked_for(),
    )
