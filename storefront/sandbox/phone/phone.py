"""The sandbox's phone: the port SmsSender whose texts can be read at /sandbox/phone, and the
delivery reports that follow."""

import re
import time
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from storefront.core import clock, phones
from storefront.core.extensions import db, transaction
from storefront.ports.sms import (
    PATIENCE,
    Delivery,
    NumberRefused,
    Receipt,
    SmsUnavailable,
    SmsUnknown,
)
from storefront.sandbox.models import SandboxText
from storefront.sandbox.phone import scenarios
from storefront.verification import delivery_reports

UNDELIVERED, NO_SUCH_NUMBER, NO_SMS, BUSY, FIRST_DOWN, SLOW, HANGS, BILL_BOUNCES = (
    "0003",
    "0004",
    "0005",
    "0007",
    "0008",
    "0009",
    "0010",
    "0032",
)
YAMATO = "yamato"  # who sends what none of the shop's senders did
DELAY = timedelta(seconds=20)  # until a slow text arrives
FAILS_AFTER = timedelta(seconds=2)
CODE = re.compile(r"#(\d+)\s*$", re.ASCII)  # the last line ties the code to our host


@dataclass(frozen=True)
class SandboxSms:
    """An SmsSender. Some numbers fail on purpose, see scenarios.py."""

    name: str
    is_first: bool = True
    patience: float = PATIENCE  # as for a real provider
    is_down = False

    def send(self, to: str, text: str, valid_for: int, patience: float = PATIENCE) -> Receipt:
        """Keep the text, or raise the error that the number stands for."""
        number = phones.from_e164(to)
        ending = scenarios.ending(number)
        self._fail_on_purpose(ending, min(self.patience, patience))
        return Receipt(self.name, str(_take(number, text, self.name)))

    def _fail_on_purpose(self, ending: str, patience: float) -> None:
        if ending in {NO_SUCH_NUMBER, NO_SMS}:
            raise NumberRefused
        if ending == BUSY:
            raise SmsUnavailable(retry_after=60)
        if ending == FIRST_DOWN and self.is_first:
            raise SmsUnavailable
        if ending == HANGS:
            if not self.is_first:
                raise SmsUnavailable
            time.sleep(patience)  # a real wait: the shop's clock does not move a network
            raise SmsUnknown


def take_from_yamato(number: str, text: str, _valid_for: int) -> None:
    """Keep a text that the simulated Yamato sends itself."""
    _take(number, text, YAMATO)


def _take(number: str, text: str, provider: str) -> int:
    """The message's id."""
    now, ending = clock.now(), scenarios.ending(number)
    message = SandboxText(to=number, text=text, provider=provider, sent_at=now)
    message.arrives_at = now + DELAY if ending == SLOW else now
    if ending == UNDELIVERED or (ending == BILL_BOUNCES and not code_in(message)):
        message.arrives_at, message.fails_at = None, now + FAILS_AFTER
    with transaction():
        db.session.add(message)
        db.session.flush()
        return message.id


def is_here() -> sa.ColumnElement[bool]:
    """SQL condition: the text has arrived or failed by now."""
    return sa.or_(SandboxText.arrives_at <= clock.now(), SandboxText.arrives_at.is_(None))


def messages(to: str | None = None) -> list[SandboxText]:
    """The texts that have arrived or failed by now, newest first."""
    query = sa.select(SandboxText).where(is_here()).order_by(SandboxText.id.desc())
    if to is not None:
        query = query.where(SandboxText.to == to)
    return list(db.session.scalars(query))


def all_to(number: str) -> list[SandboxText]:
    """Those on their way, too."""
    return list(db.session.scalars(sa.select(SandboxText).where(SandboxText.to == number)))


def status(message: SandboxText) -> str:
    """sent, delivered or undelivered."""
    if message.fails_at:
        return "undelivered" if message.fails_at <= clock.now() else "sent"
    return "delivered"


def code_in(message: SandboxText) -> str:
    """The code in the text, as a phone would offer to fill it in; empty where there is none."""
    found = CODE.search(message.text)
    return found[1] if found else ""


def report_due() -> None:
    """Report to the shop what became of its texts, as a provider's callback does."""
    now = clock.now()
    due = sa.or_(SandboxText.arrives_at <= now, SandboxText.fails_at <= now)
    query = sa.select(SandboxText.id, SandboxText.provider, SandboxText.fails_at).where(
        SandboxText.reported.is_(False), due
    )
    for id_, provider, fails_at in db.session.execute(query).all():
        news = Delivery.UNDELIVERED if fails_at else Delivery.DELIVERED
        delivery_reports.record(provider, str(id_), news)
        _keep(id_, reported=True)


def report(message: SandboxText, news: Delivery) -> None:
    """Report this state of a text now, whatever the number stands for."""
    now = clock.now()
    outcome: dict[str, object] = {"reported": True}
    if news is Delivery.UNDELIVERED:
        outcome = {**outcome, "fails_at": now}
    if news is Delivery.DELIVERED:
        outcome = {**outcome, "fails_at": None, "arrives_at": now}
    _keep(message.id, **outcome)
    delivery_reports.record(message.provider, str(message.id), news)


def _keep(id_: int, **values: object) -> None:
    with transaction():
        kept = sa.update(SandboxText).where(SandboxText.id == id_).values(**values)
        db.session.execute(kept)
