"""The one gate before every page of the owner's side."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from storefront.admin.auth import held_requests, sessions
from storefront.admin.auth.models import AdminSession, Person

View = Callable[..., ResponseReturnValue]

OPEN = {"admin.signing_in.login", "admin.signing_in.give_password"}
OPEN |= {"admin.passkeys.ask_to_sign_in", "admin.passkeys.sign_in"}
# between password and second factor, and until a new person has chosen both
HALFWAY = {"admin.signing_in.code", "admin.signing_in.give_code", "admin.signing_in.logout"}
FIRST_FACTOR = {"admin.beginning.second_factor_page", "admin.beginning.keep_app"}
NEW_PASSKEY = {"admin.passkeys.ask_for_new", "admin.passkeys.keep"}
# for whom another has chosen the password
CHANGING = {"admin.account.password", "admin.account.change_password", "admin.signing_in.logout"}
CHANGING |= {"admin.account.recovery_codes"}


def stand_in_the_way() -> ResponseReturnValue | None:
    """Runs before every view of the owner's side; None lets the view run.

    Otherwise it returns a redirect: to the sign-in, to the second factor, or to the change of a
    password that somebody else has chosen.
    """
    if request.endpoint in OPEN:
        return None
    found = sessions.current()
    if found is None:
        return redirect(
            url_for("admin.signing_in.login", next=_onward(sessions.whose()) or None), 303
        )
    stands = _whole(found) if found.is_whole else _halfway(found)
    if stands is None and found.is_whole:
        sessions.note_seen(found)
    return stands


def _whole(found: AdminSession) -> ResponseReturnValue | None:
    """For a session with both factors: None, or a redirect where a step is done or missing."""
    if request.endpoint in FIRST_FACTOR:
        return redirect(url_for("admin.account.show"), 303)
    if request.endpoint in NEW_PASSKEY and not sessions.is_proven(found, is_form=True):
        return redirect(
            url_for("admin.signing_in.prove", next=url_for("admin.account.passkey")), 303
        )
    if found.person.is_password_new and request.endpoint not in CHANGING:
        _onward(found)
        return redirect(url_for("admin.account.password"), 303)
    return None


def keep_private(response: Response) -> Response:
    """Forbid browsers to store pages of the owner's side; a 422 is kept, for what was typed."""
    if response.status_code != 422:
        response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def me() -> Person:
    """The person who is signed in; 403 where nobody is, which the gate prevents."""
    found = sessions.current()
    if found is None:
        abort(403)
    return found.person


def owner_only(view: View) -> View:
    """Let a view run only for an owner; 403 for staff."""

    @wraps(view)
    def guarded(**values: Any) -> ResponseReturnValue:
        if not me().is_owner:
            abort(403)
        return view(**values)

    guarded.__dict__["is_owner_only"] = True
    return guarded


def proven(view: View) -> View:
    """Let a view run only within 5 minutes of the last proof of identity, 20 for a form.

    Otherwise the person is asked for a proof first and then led on to this page.
    """

    @wraps(view)
    def guarded(**values: Any) -> ResponseReturnValue:
        found = sessions.current()
        if found is None or not sessions.is_proven(found, is_form=request.method == "POST"):
            return redirect(url_for("admin.signing_in.prove", next=_onward(found)), 303)
        return view(**values)

    guarded.__dict__["asks_for_proof"] = True
    return guarded


def within(target: str) -> str:
    """The target, where it is a path of the owner's side; else the first page's address."""
    return target if _is_ours(target) else url_for("admin.home.show")


def asked_for() -> str:
    """The path in the address's next, or "" where it is none of the owner's side."""
    target = request.args.get("next", "")
    return target if _is_ours(target) else ""


def _is_ours(target: str) -> bool:
    parts = urlsplit(target)
    is_a_path = not parts.scheme and not parts.netloc and "\\" not in target
    return is_a_path and parts.path.startswith(HOMES) and len(target) <= LONGEST


HOMES = ("/admin", "/en/admin")
LONGEST = 500  # characters of the address that a sign-in or a proof leads on to


def _halfway(found: AdminSession) -> ResponseReturnValue | None:
    """For a session with the password alone: a redirect to where the second factor is given.

    A person without one is led to choose it. None lets the few pages between the factors run.
    """
    begins = not found.person.has_second_factor
    if request.endpoint in HALFWAY and not (begins and request.endpoint != LOGOUT):
        return None
    if begins and request.endpoint in FIRST_FACTOR | NEW_PASSKEY:
        return None
    where = "admin.beginning.second_factor_page" if begins else "admin.signing_in.code"
    return redirect(url_for(where, next=_onward(found) or None), 303)


LOGOUT = "admin.signing_in.logout"


def _onward(found: AdminSession | None) -> str:
    """Where to go on once it is shown who asks: this page, or what was pressed, which is kept."""
    if str(request.endpoint).startswith(ASKING):
        return asked_for()
    if request.method == "GET":
        # a stranger's address is nobody's search: its path is enough
        return _short(request.script_root + (request.full_path if found else request.path))
    if found is None or not _is_of_this_site():
        return ""
    return url_for("admin.again.show", token=held_requests.keep(found.person_id))


def _short(page: str) -> str:
    """The path, without its query where it is longer than LONGEST; "" where it still is."""
    fits = (one for one in (page.rstrip("?"), page.partition("?")[0]) if len(one) <= LONGEST)
    return next(fits, "")


def _is_of_this_site() -> bool:
    """Whether the form was sent from a page of this shop; other sites' forms are not kept."""
    sender = urlsplit(request.origin or request.host_url)
    return sender.hostname == urlsplit(request.host_url).hostname


ASKING = ("admin.signing_in.", "admin.passkeys.", "admin.beginning.")
