"""Nothing opens without right: every address there is, from wherever a shopper may stand."""

import re
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from storefront.testing.form_shopper import ADDRESS, FormShopper
from tests.cookies import keep, value_in
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop
from tests.proofs.standings import STANDINGS, Holding, bring

Books = dict[str, list[tuple[object, ...]]]

PLACES = tuple(STANDINGS)
LANGUAGES = ("", "/en")[: times(1, 2)]
# which standing a form needs; "newcomer" answers everyone
FORMS = {
    "cart.put_in": "newcomer",
    "cart.change": "cart",
    "checkout.answer": "input",
    "checkout.fill_in_address": "input",
    "checkout.forget": "input",
    "checkout.keep_draft": "input",
    "checkout.leave": "input",
    "checkout.other_method": "input",
    "checkout.agree": "confirm",
    "checkout.enter_code": "sms",
    "checkout.resend": "sms",
    "orders.look_up": "newcomer",
}
SCREENS = {
    "checkout.order_input": "input",
    "checkout.address": "input",
    "checkout.confirm": "confirm",
    "checkout.confirm_status": "confirm",
    "checkout.sms": "sms",
    "checkout.sms_status": "sms",
}
SILENT = {"checkout.keep_draft"}  # sent by the page's script, which shows no answer
ONLY_SHOW = {"checkout.quote", "checkout.validate"}  # small partials, read by POST
# a provider's: its signature stands for a token, or what it says is asked of the provider
PROVIDERS = {
    "webhooks.twilio_status",
    "webhooks.kuroneko_judgement",
    "webhooks.hosted",
}
# known by a link that nobody has here, or by the order's own
BY_LINK = {
    *("collecting.choose", "collecting.change", "collecting.send_link"),
    *("orders.cancel", "orders.name_receipt"),
}
EARLIEST = {"input": "/checkout", "confirm": "/checkout/confirm", "sms": "/checkout/sms"}
ARGUMENTS = {"slug": "yunomi", "sku": "yunomi", "field": "email", "visit": "none"}
ARGUMENTS |= {"name": "none.jpg", "mark": "none", "number": "1"}
# the worker's pulse and its day of erasing, and when a shopper was last seen
NOT_COMPARED = {("heartbeats", "at"), ("shop", "erased_on"), ("checkouts", "touched_at")}


@dataclass(frozen=True)
class Visit:
    """A shopper who stands somewhere, in a language, and what they hold."""

    shopper: FormShopper
    place: str
    holding: Holding

    def answers(self, endpoint: str) -> str | None:
        """Where an address leads that cannot be open yet; None where it answers itself."""
        needed = FORMS.get(endpoint) or SCREENS[endpoint]
        if endpoint.startswith("checkout.") and self.place == "complete":
            return f"/orders/{self.holding.order}/complete"
        if PLACES.index(needed) <= PLACES.index(self.place):
            return None
        return EARLIEST.get(self.place, "/cart")


@pytest.fixture
def shop(lasting_shop: RunningShop) -> RunningShop:
    lasting_shop.reset()
    return lasting_shop


@pytest.fixture
def rules(shop: RunningShop) -> list[Rule]:
    with shop.database() as app:
        return list(app.url_map.iter_rules())


def visits(shop: RunningShop) -> Iterator[Visit]:
    """Every standing in every language, once what follows an order or a text is done."""
    for language in LANGUAGES:
        for place in PLACES:
            shopper = shop.shopper(language)
            holding = bring(shopper, place)
            shopper.get("/checkout/sms/status")
            settle(shop)
            yield Visit(shopper, place, holding)


def settle(shop: RunningShop) -> None:
    """Until the worker has nothing left to do."""
    waiting = "SELECT count(*) FROM outbox WHERE done_at IS NULL"
    end = time.monotonic() + 20
    with closing(sqlite3.connect(shop.folder / "storefront.sqlite3")) as database:
        while database.execute(waiting).fetchone() != (0,):
            assert time.monotonic() < end, "the worker does not finish"
            time.sleep(0.05)


def books(shop: RunningShop) -> Books:
    """All that the database holds, but for what is named above."""
    with closing(sqlite3.connect(shop.folder / "storefront.sqlite3")) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {table: sorted(_rows(database, table), key=repr) for (table,) in tables}


def _rows(database: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    kept = [f'"{one}"' for one in columns if (table, one) not in NOT_COMPARED]
    return database.execute(f"SELECT {', '.join(kept)} FROM {table}").fetchall()  # noqa: S608


def changed(before: Books, after: Books) -> list[str]:
    return [table for table in after if before[table] != after[table]]


OUTSIDE = ("sandbox.", "design.")  # the outside world, and the kit that walks as a guest of its own


def taking(rules: list[Rule], method: str) -> list[Rule]:
    """The shop's own addresses that take a method; the owner's side has one gate for all
    (tests/unit/admin/test_gate.py)."""
    own = [rule for rule in rules if not rule.endpoint.startswith((*OUTSIDE, "admin."))]
    return [rule for rule in own if method in (rule.methods or set())]


def is_shops(rule: Rule) -> bool:
    return not rule.endpoint.startswith(("design.", "admin."))


def path_of(rule: Rule, holding: Holding) -> str:
    path = rule.rule
    for name in rule.arguments:
        value = (holding.order or "none") if name == "token" else ARGUMENTS[name]
        path = re.sub(rf"<(\w+:)?{name}>", value, path)
    return path


def send(visit: Visit, rule: Rule, **fields: str) -> TestResponse:
    """All that any form of the shop asks for, and it would be right."""
    form = {**ADDRESS, "payment": "cod", "product": "chasen", "quantity": "2", "code": "1234"}
    form |= {"number": "7KQ2-M9XD", "confirmation_key": visit.holding.key, **fields}
    path = visit.shopper.prefix + path_of(rule, visit.holding)
    return visit.shopper.client.post(path, data=form)


def leads_to(answer: TestResponse, visit: Visit) -> str:
    """Without the host and the language."""
    return answer.headers.get("Location", "").removeprefix(visit.shopper.prefix)


def test_every_form_refuses_what_has_no_token_of_its_session(
    shop: RunningShop, rules: list[Rule], figure: Report
) -> None:
    forms = [one for one in taking(rules, "POST") if one.endpoint not in ONLY_SHOW | PROVIDERS]
    known = set(FORMS) | BY_LINK
    assert {rule.endpoint for rule in forms} == known, "say which standing a new form needs"
    foreign = shop.shopper().token()
    sent = 0

    for visit in visits(shop):
        before = books(shop)
        for token in ({}, {"csrf_token": foreign}, {"csrf_token": "rubbish"})[: times(2, 3)]:
            for rule in forms:
                answer = send(visit, rule, **token)
                assert_is_refused(answer, rule.endpoint, visit)
                sent += 1
        assert changed(before, books(shop)) == [], visit.place

    figure(
        "every form, from every standing, in both languages, without a token, with a foreign one",
        f"{len(forms)} forms, {sent} requests: all refused as the contract says, nothing changed",
    )


def assert_is_refused(answer: TestResponse, endpoint: str, visit: Visit) -> None:
    if endpoint in BY_LINK:
        assert answer.status_code in {404, 422}, (endpoint, answer.status_code)
        return
    place = visit.answers(endpoint)
    if (endpoint, visit.place) == ("checkout.agree", "sms"):
        place = "/checkout/sms"  # this press has sent its text already
    where = f"{endpoint} from {visit.place}"
    if place:
        assert (answer.status_code, leads_to(answer, visit)) == (303, place), where
    else:
        assert answer.status_code == 422, where
        is_told = 'data-testid="error-summary"' in answer.text
        assert is_told != (endpoint in SILENT), where


def test_no_step_opens_before_its_time(
    shop: RunningShop, rules: list[Rule], figure: Report
) -> None:
    steps = [rule for rule in rules if rule.endpoint.startswith("checkout.")]
    steps = [rule for rule in steps if rule.endpoint in FORMS | SCREENS]
    tried = 0

    for visit in visits(shop):
        before = books(shop)
        for rule in steps:
            place = visit.answers(rule.endpoint)
            if place and (visit.place, rule.endpoint) != ("cart", "checkout.order_input"):
                answer = press_or_open(visit, rule)
                found = (answer.status_code, leads_to(answer, visit))
                assert found == (303, earliest(visit, rule)), f"{rule.endpoint} from {visit.place}"
                tried += 1
        assert changed(before, books(shop)) == [], visit.place

    figure(
        "every address of the checkout from every standing that is too early or too late for it",
        f"{tried} requests with good tokens: each led to the earliest open step, nothing changed",
    )


def earliest(visit: Visit, rule: Rule) -> str | None:
    """Who has a cart and no checkout begins one on the form, and comes to it by any link."""
    if visit.place == "cart" and rule.endpoint in SCREENS:
        return "/checkout"
    return visit.answers(rule.endpoint)


def press_or_open(visit: Visit, rule: Rule) -> TestResponse:
    if rule.endpoint in FORMS:
        return send(visit, rule, csrf_token=visit.holding.token)
    return visit.shopper.get(path_of(rule, visit.holding))


def test_looking_changes_nothing(shop: RunningShop, rules: list[Rule], figure: Report) -> None:
    looked = 0

    for visit in visits(shop):
        begins = {"checkouts"} if visit.place == "cart" else set()
        before = books(shop)
        for rule in [one for one in rules if "GET" in (one.methods or ()) and is_shops(one)]:
            answer = visit.shopper.get(path_of(rule, visit.holding))
            assert answer.status_code < 405, rule.rule
            looked += 1
        for rule in [rule for rule in taking(rules, "POST") if rule.endpoint in ONLY_SHOW]:
            assert send(visit, rule).status_code in {200, 303}, rule.rule
        assert set(changed(before, books(shop))) <= begins, visit.place

    figure(
        "opening any page changes nothing, but for a checkout being begun",
        f"{looked} pages opened, every table compared",
    )


VICTIM = {"name": "秘密 花子", "tel": "080-7777-1234", "email": "himitsu@example.com"}
SECRETS = ("秘密", "7777", "himitsu")


def test_nobody_sees_or_moves_the_checkout_of_another(
    shop: RunningShop, rules: list[Rule], figure: Report
) -> None:
    tried = 0
    for method in ("cod", "kuroneko_smartphone"):
        for is_placed in (False, True):
            victim = shop.shopper().put_in().answer(method, **VICTIM)
            holding = Holding({}, key=key_of(victim))
            stolen = value_in(victim.client, "checkout", shop.port)
            if is_placed:
                holding = Holding({}, key=holding.key, order=place(shop, victim))
            settle(shop)
            tried += attack_with(shop, rules, stolen, holding.key)
    tried += guess_tokens(shop, rules, holding)

    figure(
        "another shopper's checkout cookie, key, or a guess at an order's address",
        f"{tried} requests: nothing of theirs shown, nothing of theirs changed",
    )


def attack_with(shop: RunningShop, rules: list[Rule], stolen: str, key: str) -> int:
    """All addresses of the checkout, with somebody else's checkout cookie and their key."""
    tried = 0
    for has_cart in (False, True):
        thief = shop.shopper()
        token = (thief.put_in("chasen") if has_cart else thief).token()
        before = books(shop)
        for rule in [rule for rule in rules if rule.endpoint.startswith("checkout.")]:
            keep(thief.client, "checkout", stolen, shop.port)
            visit = Visit(thief, "cart", Holding({}, token, key))
            for method in (rule.methods or set()) & {"GET", "POST"}:
                answer = (
                    thief.get(path_of(rule, visit.holding))
                    if method == "GET"
                    else send(visit, rule, csrf_token=token)
                )
                assert_tells_nothing(answer)
                tried += 1
        after = books(shop)
        assert set(changed(before, after)) <= {"checkouts"}
        assert set(before["checkouts"]) <= set(after["checkouts"])  # theirs stands as it was
    return tried


def guess_tokens(shop: RunningShop, rules: list[Rule], holding: Holding) -> int:
    token = holding.order
    guesses = [
        secrets.token_urlsafe(32),
        token[:-1],
        token.swapcase(),
        f"{token}=",
        "1",
        "0",
        "%25",
    ]
    guesses += [holding.key, "../" + token[1:], token[:-1] + "%00", "' OR '1'='1", "find%20"]
    pages = [rule for rule in rules if "token" in rule.arguments and "GET" in (rule.methods or ())]
    stranger = shop.shopper()
    for rule in pages:
        for guess in guesses:
            answer = stranger.get(rule.rule.replace("<token>", guess).replace("<visit>", guess))
            assert answer.status_code in {303, 404}, guess
            assert_tells_nothing(answer)
    return len(pages) * len(guesses)


def assert_tells_nothing(answer: TestResponse) -> None:
    assert not [one for one in SECRETS if one in answer.text]
    assert "/orders/" not in answer.headers.get("Location", "")


def key_of(shopper: FormShopper) -> str:
    page = shopper.get("/checkout/confirm").text
    return page.split('name="confirmation_key" value="')[1].split('"')[0]


def place(shop: RunningShop, shopper: FormShopper) -> str:
    """To the order, by its code where one is asked for; the order's token."""
    shopper.press_confirm()
    if shopper.last.headers["Location"] == "/checkout/sms":
        number = VICTIM["tel"].replace("-", "")
        [text, *_older] = shop.shopper().get(f"/sandbox/phone.json?to={number}").json or []
        shopper.guess(text["text"].rsplit("#", 1)[1])
    return shopper.last.headers["Location"].split("/")[2]


def test_a_cookie_from_before_the_order_is_of_no_use_elsewhere(
    shop: RunningShop, figure: Report
) -> None:
    tried = 0
    for method in ("cod", "kuroneko_smartphone"):
        buyer = shop.shopper().put_in().answer(method, **VICTIM)
        before = value_in(buyer.client, "checkout", shop.port)
        token = place(shop, buyer)

        assert value_in(buyer.client, "checkout", shop.port) not in {"", before}
        assert buyer.get("/checkout").headers["Location"] == f"/orders/{token}/complete"
        for path in ("", "/confirm", "/sms", "/confirm/status", "/sms/status"):
            other = shop.shopper()
            keep(other.client, "checkout", before, shop.port)
            assert other.get(f"/checkout{path}").headers["Location"] == "/cart"
            tried += 1

    figure(
        "the checkout's cookie changes with the order; the one from before opens nothing elsewhere",
        f"{tried} addresses with it in another browser: all lead to that browser's own cart",
    )
