"""Bringing a guest of the running shop into a state of the gallery."""

import itertools
import secrets
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask

from storefront.gallery.customer import Customer
from storefront.gallery.inside import Inside, OneGuestsOwner
from storefront.gallery.page import Page
from storefront.gallery.states import State
from storefront.gallery.visitor import CODE, Visitor
from storefront.sandbox import guests

BLOCKS = 1_000  # of numbers that do what 090-0000 does
NEXT = itertools.count(secrets.randbelow(BLOCKS))


class LeadsElsewhere(Exception):
    """The shop as it is does not lead to this state; the words say where the way ended, on which
    page."""

    def __init__(self, words: str, page: Page | None) -> None:
        super().__init__(words)
        self.page = page


@dataclass(frozen=True)
class Arrival:
    """What a program needs to go on from there: an address, cookies by their names, the phone
    number and the mail address that were typed last, the code of the phone's newest text, and the
    order's number."""

    url: str
    cookies: dict[str, str]
    tel: str
    email: str
    code: str | None
    number: str | None


class Guest(Visitor):
    """Time goes on for what the guest has begun, and for nobody else."""

    def wait(self, seconds: int) -> None:
        mine = {"order": self.order} if self.order else {"checkout": self._checkout()}
        self._reach.tell("/sandbox/clock", {"advance": seconds, **(mine if seconds else {})})

    def _checkout(self) -> str:
        """Its id, as the shop's signed cookie names it."""
        names = [name for name in self.page.cookies if "checkout" in name]
        signed = self.page.cookies[names[0]] if names else ""
        return signed.rpartition(".")[0].removeprefix("c:")

    def newest_code(self) -> str | None:
        texts = self._reach.ask("/sandbox/phone.json", to=self.tel) if self.tel else []
        found = CODE.search(texts[0]["text"]) if texts else None
        return found[1] if found else None


@dataclass(frozen=True)
class Walked:
    """A guest at the end of their way, and the page that they see there."""

    guest: Guest
    token: str
    page: Page
    cookies: dict[str, str]


def bring(state: State, language: str, app: Flask, url: str, client_address: str) -> Arrival:
    """Walk as a customer whom nobody else is; raises LeadsElsewhere."""
    walked = walk(state, language, app, url, client_address)
    guest, page = walked.guest, walked.page
    if not page.is_mail:  # which is read in the mailbox
        guests.keep_page(walked.token, page)
    code, number = guest.newest_code(), guest.order or None
    return Arrival(page.address, walked.cookies, guest.tel, guest.email, code, number)


def walk(state: State, language: str, app: Flask, url: str, client_address: str) -> Walked:
    """The same, for whoever wants to see the page only; raises LeadsElsewhere."""
    token = guests.receive()
    reach = Inside(app, url, client_address, token)
    guest = Guest(reach, language, OneGuestsOwner(app, token), _somebody())
    try:
        page = state.how(guest)
    except LookupError as why:
        raise LeadsElsewhere(f"{state.slug}: {why}", getattr(guest, "page", None)) from why
    if (page.status, page.shown) != (state.status, state.shown):
        seen = f"{page.status} {HTTPStatus(page.status).phrase}, {page.shown}"
        raise LeadsElsewhere(f"{state.slug}: the way ended at {page.address} with {seen}", page)
    return Walked(guest, token, page, reach.cookies)


def _somebody() -> Customer:
    """With numbers and mail addresses of one's own."""
    ordinary = f"080{1_000 + secrets.randbelow(9_000)}{secrets.randbelow(10_000):04}"
    block = f"070-0{next(NEXT) % BLOCKS:03}"
    return Customer(block, ordinary, tag=secrets.token_hex(4))
