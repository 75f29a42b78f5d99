"""Who is signed in, in which browser, and for how long."""

import hashlib
import secrets
from datetime import timedelta

import sqlalchemy as sa
from flask import g, session

from storefront.admin.auth import known_browsers
from storefront.admin.auth.models import AdminSession, Person
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.web.cookies import SignedCookie

COOKIE = SignedCookie("admin")
IDLE, WHOLE_DAY = timedelta(minutes=15), timedelta(hours=8)
HALFWAY = timedelta(minutes=10)  # between password and second factor
KNOWN = timedelta(days=3)  # after its beginning it is known whose a session was, over or not
SEEN_EVERY = timedelta(seconds=30)  # not each request writes that somebody is there
PROOF, PROOF_OF_FORM = timedelta(minutes=5), timedelta(minutes=20)  # a form takes time to fill in


def begin(person: Person, is_whole: bool) -> None:
    """Begin a session under a new cookie, which ends the browser's former session.

    A whole session is one of both factors; it counts as just proven.
    """
    token = secrets.token_urlsafe(32)
    now = clock.now()
    with transaction():
        _end_here()
        db.session.add(
            AdminSession(
                digest=_digest(token),
                person_id=person.id,
                is_whole=is_whole,
                began_at=now,
                seen_at=now,
                proven_at=now if is_whole else None,
            )
        )
    COOKIE.write(token)
    if is_whole:
        known_browsers.remember(person.id)
    session.pop("csrf_token", None)  # a form from before belongs to somebody else
    g.pop("csrf_token", None)
    g.pop("admin_session", None)


def current() -> AdminSession | None:
    """The request's session, read once; None where there is none or it has ended."""
    if "admin_session" not in g:
        g.admin_session = _read()
    return g.admin_session if g.admin_session is not None else None


def whose() -> AdminSession | None:
    """The session that the cookie names, even an ended one: it tells who was here, no more."""
    token = COOKIE.read()
    return _find(AdminSession.digest == _digest(token)) if token else None


def note_seen(found: AdminSession) -> None:
    """Keep when the session was last used, at most once every SEEN_EVERY."""
    if found.seen_at < clock.now() - SEEN_EVERY:
        mine = sa.update(AdminSession).where(AdminSession.digest == found.digest)
        with transaction():
            db.session.execute(mine.values(seen_at=clock.now()))


def prove_again() -> None:
    """Begin the session anew after a proof of identity; the cookie changes."""
    found = current()
    if found is not None:
        begin(found.person, is_whole=True)


def is_proven(found: AdminSession, is_form: bool) -> bool:
    """Whether the last proof is less than 5 minutes old, for sending a form 20 minutes."""
    within = PROOF_OF_FORM if is_form else PROOF
    return found.proven_at is not None and found.proven_at > clock.now() - within


def end() -> None:
    """End the browser's session.

    The cookie stays, so that a form of another tab is kept for the person who was signed in.
    """
    with transaction():
        _end_here()
    g.pop("admin_session", None)


def end_all_of(person_id: int, but: str = "") -> None:
    """End all sessions of a person but that of one digest, inside the caller's transaction."""
    theirs = (AdminSession.person_id == person_id) & (AdminSession.digest != but)
    _end(theirs)


def purge() -> None:
    """Delete sessions that began more than three days ago, inside the caller's transaction."""
    old = AdminSession.began_at < clock.now() - KNOWN
    db.session.execute(sa.delete(AdminSession).where(old))


def _end_here() -> None:
    token = COOKIE.read()
    if token:
        _end(AdminSession.digest == _digest(token))


def _end(which: sa.ColumnElement[bool]) -> None:
    db.session.execute(sa.update(AdminSession).where(which).values(is_over=True))


def _read() -> AdminSession | None:
    token = COOKIE.read()
    return _find((AdminSession.digest == _digest(token)) & _is_alive()) if token else None


def _find(which: sa.ColumnElement[bool]) -> AdminSession | None:
    found = sa.select(AdminSession).join(Person).where(which, Person.left_at.is_(None))
    return db.session.scalar(found.execution_options(populate_existing=True))


def _is_alive() -> sa.ColumnElement[bool]:
    now = clock.now()
    begun = AdminSession.began_at > now - WHOLE_DAY
    seen = AdminSession.seen_at > now - IDLE
    halfway = AdminSession.is_whole | (AdminSession.began_at > now - HALFWAY)
    return begun & seen & halfway & ~AdminSession.is_over


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
