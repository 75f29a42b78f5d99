"""Browsers that somebody was signed in with before: what strangers try counts apart from them."""

import secrets

from storefront.web.cookies import SignedCookie

COOKIE = SignedCookie("known", max_age=180 * 24 * 3600)
MOST = 5  # people of one browser


def remember(person_id: int) -> None:
    """Write the person into this browser's cookie, after a sign-in with both factors."""
    name, people = _read()
    others = [one for one in people if one != str(person_id)]
    COOKIE.write("|".join([name or secrets.token_hex(16), str(person_id), *others[: MOST - 1]]))


def browser_of(person_id: int) -> str:
    """This browser's name where the person has been signed in with it; else empty."""
    name, people = _read()
    return name if str(person_id) in people else ""


def _read() -> tuple[str, list[str]]:
    name, *people = (COOKIE.read() or "").split("|")
    return name, people
