"""Everything that happened to one order, from the first text to the last payment, by its time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa
from flask_babel import gettext as _

from storefront.admin.orders import timeline_events
from storefront.core import clock
from storefront.core.extensions import db
from storefront.orders import owed_back, phone_checks
from storefront.orders.models import Deposit, Order, OrderCheck
from storefront.outbox.models import OutboxRow
from storefront.payment_requests.giving_back import GIVEN_BACK
from storefront.payments.models import HostedSession
from storefront.ports.registry import providers
from storefront.web.i18n import full_day, yen


@dataclass(frozen=True)
class Entry:
    """planned: it has not happened yet. tone as of a tag."""

    at: datetime
    words: str
    detail: str = ""
    tone: str = ""
    is_planned: bool = False


def of(order: Order, methods: Mapping[str, str]) -> list[Entry]:
    """Oldest first; methods are the names of payment methods by their codes."""
    known = phone_checks.of_order(order)
    entries = [
        *_events(order),
        *(entry for check in known for entry in _check(check, methods)),
        *_switches(order, known, methods),
        *_attempts(order),
        *_messages(order),
        *_asked(order),
        *_visits(order),
    ]
    return sorted(entries, key=lambda entry: entry.at)


BAD_EVENTS = {
    "overdue",
    "cancelled",
    "cancelled-by-shopper",
    "returned",
    "refunded",
    "lapsed",
    "late-money",
}
GOOD_EVENTS = {"placed", "delivered", "paid", "given-back"}


def _events(order: Order) -> Iterator[Entry]:
    words = timeline_events.of_order()
    sent = {one.noted_at: f"{one.given_on} {yen(one.yen)}" for one in owed_back.sent_of(order)}
    for event in order.events:
        good, bad = event.event in GOOD_EVENTS, event.event in BAD_EVENTS
        tone = "ok" if good else ("warn" if bad else "")
        said = words.get(event.event, event.event)
        detail = sent.get(event.at) if event.event == GIVEN_BACK else None
        yield Entry(event.at, said, detail or _detail(order, event.event), tone)


def _detail(order: Order, event: str) -> str:
    if event == "shipped" and order.shipments:
        return order.shipments[0].slip
    if event == "late-money":
        return "、".join(_money(one) for one in order.deposits if one.is_late)
    if event == "paid" and order.deposit:
        return _money(order.deposit)
    if event == "refunded":
        return yen(order.received)
    return yen(order.owed) if event in {"paid", "reduced"} else ""


def _money(deposit: Deposit) -> str:
    """The day it came and how much, with what it is over or short of."""
    words = f"{full_day(deposit.received_on)} {yen(deposit.yen)}"
    if deposit.is_late or not deposit.over:
        return words
    if deposit.over > 0:
        return _("%(money)s(%(yen)s多い)", money=words, yen=yen(deposit.over))
    return _("%(money)s(%(yen)s不足)", money=words, yen=yen(-deposit.over))


def _check(check: OrderCheck, methods: Mapping[str, str]) -> Iterator[Entry]:
    name = methods.get(check.method, check.method)
    begun = _("SMS認証を始めました") if _is_texted(check) else _("与信を始めました")
    yield Entry(check.created_at, begun, name)
    if check.texts:
        yield _sent(check)
    if check.reported_at and check.delivery:
        bad = check.delivery == "undelivered"
        words = timeline_events.of_delivery().get(check.delivery, check.delivery)
        yield Entry(check.reported_at, words, check.provider or "", "danger" if bad else "ok")
    yield from _end(check)


def _is_texted(check: OrderCheck) -> bool:
    """A payslip is given on credit without any text."""
    return bool(check.texts) or check.ended == "too-many"


def _sent(check: OrderCheck) -> Entry:
    """The last one, and how many there were: the moments of the others are not kept."""
    if check.outcome_unknown:
        words = _("SMSを送れたか、まだ分かりません")
    else:
        words = _("認証番号のSMSを送りました")
    detail = _("%(n)s通目", n=check.texts)
    return Entry(check.sent_at, words, f"{detail} {check.provider or ''}".strip())


def _end(check: OrderCheck) -> Iterator[Entry]:
    tries = _("入力%(n)s回", n=check.attempts) if check.attempts else ""
    if check.passed_at:
        passed = _("SMS認証に成功しました") if _is_texted(check) else _("与信が承認されました")
        yield Entry(check.passed_at, passed, tries, "ok")
    elif check.ended:
        at = check.reported_at or check.sent_at
        words = timeline_events.of_ended_check().get(check.ended, check.ended)
        yield Entry(at, words, tries, "" if check.ended == "replaced" else "danger")


def _switches(order: Order, known: list[OrderCheck], methods: Mapping[str, str]) -> Iterator[Entry]:
    """From one check to the next, and from the last to what it was ordered by."""
    chosen = [(check.method, check.created_at) for check in known]
    chosen.append((order.payment_code, order.placed_at))
    for (old, _before), (new, at) in pairwise(chosen):
        if old != new:
            names = f"{methods.get(old, old)} → {methods.get(new, new)}"
            yield Entry(at, _("お支払い方法を変更しました"), names, "warn")


def _attempts(order: Order) -> Iterable[Entry]:
    for plugin in providers().plugins:
        for one in plugin.credit_events(order.checkout_id):
            yield Entry(one.at, one.words, one.detail, "ok" if one.is_good else "")


def _messages(order: Order) -> Iterator[Entry]:
    words, now = timeline_events.of_outbox(), clock.now()
    mine = (OutboxRow.about == order.id) & OutboxRow.kind.in_(words)
    for row in db.session.scalars(sa.select(OutboxRow).where(mine)):
        yield _message(row, words[row.kind], now)


def _message(row: OutboxRow, name: str, now: datetime) -> Entry:
    if row.done_at:
        return Entry(row.done_at, _("%(name)sの処理が終わりました", name=name))
    if row.gave_up:
        return Entry(row.due_at, _("%(name)sを送れませんでした", name=name), tone="danger")
    tries = _("%(n)s回送れず、再送を待っています", n=row.attempts) if row.attempts else ""
    words = _("%(name)sの送信を待っています", name=name)
    return Entry(row.due_at, words, tries, is_planned=row.due_at > now)


def _asked(order: Order) -> Iterator[Entry]:
    asked = order.request
    if asked is None:
        return
    due = _("支払い期限 %(day)s", day=full_day(asked.due_on))
    yield Entry(asked.issued_at, _("支払いのページを発行しました"), due)
    if asked.chosen_at:
        yield Entry(asked.chosen_at, _("お客様が支払い方法を選びました"), asked.means or "")


def _visits(order: Order) -> Iterator[Entry]:
    words = timeline_events.of_visit()
    mine = sa.select(HostedSession).where(HostedSession.order_id == order.id)
    for visit in db.session.scalars(mine.order_by(HostedSession.opened_at)):
        detail = f"{visit.means} {yen(visit.yen)}"
        yield Entry(visit.opened_at, _("お客様が決済画面を開きました"), detail)
        if visit.settled_at:
            ending = words.get(visit.outcome, visit.outcome)
            yield Entry(visit.settled_at, _("決済画面の結果: %(ending)s", ending=ending), detail)
