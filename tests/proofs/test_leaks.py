"""What a shopper tells the shop stays there: sealed, and nowhere else."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from storefront.checkout.models import Checkout
from storefront.core.extensions import db, transaction
from storefront.outbox.models import OutboxRow
from storefront.testing.form_shopper import FormShopper
from storefront.verification.models import Challenge
from tests import invariants
from tests.proofs.fault_proxy import FROM, SID, TOKEN, Desk, FakeTwilio, answers, fake_twilio, takes
from tests.proofs.leaks import Secrets, found, in_text, plants
from tests.proofs.locking import locked
from tests.proofs.persistence import plenty, wait_until
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop, running
from tests.unit.mail.test_smtp import Letterbox, listening

SHOPPERS = 4
A_DAY = {"advance": 24 * 3_600 + 1}  # seconds
SENT_CODE = re.compile(r"#(\d{4})$", re.ASCII)


@dataclass
class World:
    """The shop between a peer that takes its texts and one that takes its mails, so that no
    sandbox keeps them beside its database."""

    shop: RunningShop
    twilio: FakeTwilio
    post: Letterbox
    told: Secrets

    def to_confirmation(self, **entries: str) -> tuple[FormShopper, str]:
        """A new shopper before the last press, and the phone they gave."""
        known = {**self.told.new_shopper(), **entries}
        shopper = self.shop.shopper().put_in().answer(**known)
        return shopper, known["tel"]

    def code_of(self, phone: str) -> str:
        to = f"+81{phone[1:]}"
        bodies = [fields["Body"] for _path, fields in self.twilio.asked if fields["To"] == to]
        sent = SENT_CODE.search(bodies[-1])
        assert sent
        self.told.codes.add(sent[1])
        return sent[1]

    def buy(self, wrong_first: bool) -> None:
        shopper, phone = self.to_confirmation()
        shopper.press_confirm()
        code = self.code_of(phone)
        if wrong_first:
            assert shopper.guess(another(code)).status_code == 422
            assert shopper.guess(f"{code}5").status_code == 422
        self.remember(shopper.guess(code).location)

    def remember(self, completion: str | None) -> None:
        assert completion
        self.told.tokens.add(completion.split("/")[-2])


def another(code: str) -> str:
    return f"{(int(code) + 1) % 10_000:04}"


@pytest.fixture
def world(seeded: Path, tmp_path: Path) -> Iterator[World]:
    post = Letterbox()
    with fake_twilio(takes) as twilio, listening(post) as mail_url:
        settings = {
            "SMS_PROVIDERS": "twilio",
            "TWILIO_ACCOUNT_SID": SID,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "TWILIO_FROM": FROM,
            "TWILIO_BASE_URL": twilio.url,
            "MAIL_URL": mail_url,
            "NO_PROXY": "*",
        }
        with running(seeded, tmp_path / "shop", **settings) as shop:
            yield World(shop, twilio, post, Secrets())


def test_nothing_leaks(world: World, tmp_path: Path, figure: Report) -> None:
    shop, told, checkouts = world.shop, world.told, times(10, 1_000)
    initial = plenty(shop)
    with ThreadPoolExecutor(SHOPPERS) as pool:
        list(pool.map(world.buy, (number % 5 == 0 for number in range(checkouts))))
    pages = [incident(world) for incident in INCIDENTS]

    assert EVENTS - set(re.findall(r'"event": "(\w+)"', shop.logged())) == set()
    assert found(shop.folder, told) == []
    assert [one for page in pages for one in in_text(page, told)] == []

    shop.shopper().client.post("/sandbox/clock", json=A_DAY)
    with shop.database():
        assert db.session.scalars(sa.select(Challenge.id)).all() == []
        assert db.session.scalars(sa.select(Checkout.id)).all() == []
        invariants.check(initial)
    shop.stop()
    planted = plants(told)
    for name, plant in planted.items():
        copy = shutil.copytree(shop.folder, tmp_path / name)
        plant(copy)
        assert found(copy, told), name
    figure(
        f"{checkouts} checkouts and every kind of fault leave no code, phone, name or mail address "
        "in database, log, queue or error page; a day later no code even sealed",
        f"{len(told.codes)} codes, {len(told.phones)} phones, {len(told.tokens)} order addresses: "
        f"0 found, {len(planted)} of {len(planted)} planted ones found",
    )


def a_number_is_refused(world: World) -> str:
    return _send_badly(world, 400, 21211)


def a_sender_stumbles(world: World) -> str:
    return _send_badly(world, 500, 20500)


def an_answer_is_rubbish(world: World) -> str:
    return _send_badly(world, 201, 0)


def _send_badly(world: World, status: int, code: int) -> str:
    """The provider's answer quotes number and text, as some do."""

    def quote(desk: Desk) -> None:
        words = f"{desk.fields['To']} cannot be sent {desk.fields['Body']}"
        answers(status, json.dumps({"code": code, "message": words, "sid": words}))(desk)

    world.twilio.answer = quote
    shopper, phone = world.to_confirmation()
    shopper.press_confirm()
    world.code_of(phone)
    world.twilio.answer = takes
    return ""


def a_report_is_forged(world: World) -> str:
    shopper, phone = world.to_confirmation()
    report = {"To": f"+81{phone[1:]}", "MessageStatus": "undelivered", "MessageSid": "SM"}
    return shopper.client.post("/webhooks/twilio/status", data=report).text


def a_mail_is_refused(world: World) -> str:
    email = world.told.new_shopper()["email"]
    world.post.rcpt = f"550 <{email}> is unknown"
    shopper, _phone = world.to_confirmation(email=email, payment="cod")
    world.remember(shopper.press_confirm().location)
    wait_until(lambda: "outbox_postponed" in world.shop.logged(), 30)
    world.post.rcpt = "250 OK"
    return ""


def the_database_is_locked(world: World) -> str:
    shopper, phone = world.to_confirmation()
    shopper.press_confirm()
    code = world.code_of(phone)
    with locked(world.shop.folder, 6):
        assert shopper.guess(code).status_code == 503
    return world.shop.shopper().get("/orders/nobody-knows-it").text


def an_answer_is_broken(world: World) -> str:
    shopper, _phone = world.to_confirmation()
    with world.shop.database(), transaction():
        newest = "SELECT id FROM checkouts ORDER BY touched_at DESC LIMIT 1"
        db.session.execute(
            sa.text(f"UPDATE checkouts SET answered = zeroblob(40) WHERE id = ({newest})")  # noqa: S608
        )
    page = shopper.get("/checkout/confirm")
    assert page.status_code == 500
    return page.text


def an_order_is_broken(world: World) -> str:
    """Until its mail has failed; then it is as it was."""
    with world.shop.database():
        whole = db.session.execute(sa.text("SELECT id, customer FROM orders LIMIT 1")).one()
        change = sa.text("UPDATE orders SET customer = :customer WHERE id = :id")
        again = sa.update(OutboxRow).where(OutboxRow.about == whole.id).values(done_at=None)
        with transaction():
            db.session.execute(change, {"id": whole.id, "customer": bytes(40)})
            db.session.execute(again)
        world.shop.shopper().client.post("/sandbox/clock", json={"advance": 0})
        with transaction():
            db.session.execute(change, {"id": whole.id, "customer": whole.customer})
    return ""


INCIDENTS: list[Callable[[World], str]] = [
    a_number_is_refused,
    a_report_is_forged,
    a_mail_is_refused,
    the_database_is_locked,
    an_answer_is_broken,
    an_order_is_broken,
    an_answer_is_rubbish,
    a_sender_stumbles,
]
EVENTS = {
    *("request_answered", "request_failed", "database_not_reached"),
    *("outbox_failed", "outbox_postponed"),
}
