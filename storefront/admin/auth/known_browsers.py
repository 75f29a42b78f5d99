"""Browsers that somebody was signed in with before: what strangers try counts apart from them."""

import secrets

from storefront.web.cookies import SignedCookie

COOKIE = SignedCookie("known", max_age=180 * 24 * 3600)
MOST = 5  # people of one browser


def remember(person_id: int) -> None:
    """With the answer of this request; only for who has shown everything that is asked for."""
    name, people = _read()
    others = [one for one in people if one != str(person_id)]
    COOKIE.write("|".join([name or secrets.token_hex(16), str(person_id), *others[: MOST - 1]]))


def browser_of(person_id: int) -> str:
    """The name of this browser where that person was signed in with it; else empty."""
    name, people = _read()
    return name if str(person_id) in people else ""


def _read() -> tuple[str, list[str]]:
    name, *people = (COOKIE.read() or "").split("|")
    return name, people
