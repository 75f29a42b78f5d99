"""From an empty folder to real orders: an installed wheel, production settings, https in front,
and nothing but pages, commands and what docs/owners.md and docs/operating.md say.

The contract's rows are held against the same shop at the end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from storefront.testing.specimen import NAME
from tests.markup import Element
from tests.proofs.fault_proxy import FakeTwilio, fake_twilio
from tests.unit.contract import test_addresses, test_forms, test_names, test_pages
from tests.unit.mail.test_smtp import Letterbox, listening
from tests.unit.opening import goods, guide
from tests.unit.opening.owner import ACCOUNT, EMAIL, PASSWORD, SHOP, Owner
from tests.unit.opening.person import TICK, Person
from tests.unit.opening.post import body_of, mail_in, take
from tests.unit.opening.served import Browser, InstalledShop
from tests.unit.opening.shoppers import RealShopper, RealWalk
from tests.walk import Screen, faults_of
from tests.wheel import ROOT
from tests.wheel import wheel as wheel

pytestmark = pytest.mark.web

SHOPPER = "taro@example.com"
ADDRESS = {
    "お名前": NAME,
    "郵便番号": "100-0005",
    "都道府県": "東京都",
    "市区町村": "千代田区",
    "町名・番地": "丸の内2-7-2",
    "電話番号": "03-1234-5678",
    "メールアドレス": SHOPPER,
}


@dataclass(frozen=True)
class World:
    """The shop, who looks after it, and where its mails and texts arrive."""

    shop: InstalledShop
    owner: Owner
    letters: Letterbox
    twilio: FakeTwilio

    def person(self) -> Person:
        return Person(self.shop.browser())


@pytest.fixture(scope="module")
def begun(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An empty shop on a machine that had nothing but the wheel; its owner is signed in."""
    letters = Letterbox()
    with listening(letters) as mail_url, fake_twilio(take) as twilio:
        shop = InstalledShop(
            wheel, tmp_path_factory.mktemp("machine"), mail_url=mail_url, twilio_url=twilio.url
        )
        shop.command("admin", "create", "--email", EMAIL, "--name", "花", typed=f"{PASSWORD}\n" * 2)
        try:
            shop.start()
            owner = Owner(shop.browser())
            owner.sign_in_for_the_first_time()
            yield World(shop, owner, letters, twilio)
        finally:
            shop.stop()


def test_it_is_the_wheel_that_serves(begun: World, wheel: Path) -> None:
    """None of its files is the tree's, from which the tests come."""
    assert begun.shop.found_at() == str(wheel / "storefront/__init__.py")


def test_until_it_is_opened_shoppers_read_that_it_is_being_prepared(begun: World) -> None:
    shopper = begun.person()

    for address in ("/", "/search", "/products/uji-sencha"):
        shopper.open(address).sees("ただいま準備中です")


@pytest.fixture(scope="module")
def opened(begun: World) -> World:
    """The same, once the owner has done what the guide says until the opening."""
    owner = begun.owner
    owner.tell_of_the_shop()
    owner.deliver()
    owner.put_a_tea_on_the_shelf()
    owner.take_payments()
    owner.open_the_shop()
    return begun


def order(world: World, method: str) -> tuple[Person, str]:
    """The shopper on the last page, and the order's number."""
    shopper = world.person().open("/")
    shopper.pick("宇治煎茶").press("カートに入れる").follow("レジに進む")
    shopper.press("内容を確認する", {**ADDRESS, method: TICK}).press("注文を確定する")
    return shopper, shopper.page.by_testid("order-number").text


def test_an_order_by_bank_transfer_is_paid_and_shipped(opened: World) -> None:
    shopper, number = order(opened, "銀行振込(前払い)")
    shopper.sees(ACCOUNT, "1,740円(税込)")
    assert ACCOUNT in body_of(mail_in(opened.letters, SHOPPER, f"ご注文を承りました ({number})"))

    opened.owner.find(number)
    opened.owner.press("入金を確認した", {"入金された金額": "1740"}).sees("支払い済み")
    opened.owner.ship(number, 46_001_234_561)

    assert "1,740円" in body_of(mail_in(opened.letters, SHOPPER, "お支払いを確認しました"))
    mail = body_of(mail_in(opened.letters, SHOPPER, "発送"))
    assert number in mail
    status = re.search(r"https://shop\.example\.jp(/orders/\S+)", mail)
    assert status
    opened.person().open(status[1]).sees("荷物を追跡する", "お支払い済み")


def test_an_order_by_cash_on_delivery_is_shipped_and_paid_at_the_door(opened: World) -> None:
    shopper, number = order(opened, "代金引換")
    shopper.sees("2,070円(税込)")

    opened.owner.ship(number, 46_001_234_562)
    opened.owner.press("お届け完了にする").sees("お届け済み", "支払い済み")

    assert number in body_of(mail_in(opened.letters, SHOPPER, f"ご注文を承りました ({number})"))


def test_the_doctor_finds_nothing_wrong(opened: World) -> None:
    opened.shop.command("doctor")


def test_the_owner_used_no_word_that_is_not_in_the_guide(opened: World) -> None:
    assert opened.owner.words - guide.named("ja") == set()


def test_whoever_installed_it_used_nothing_that_is_not_in_the_manual(opened: World) -> None:
    commands = {f"`storefront {words}" for words in opened.shop.commands}
    settings = {f"`{name}" for name in opened.shop.settings}

    assert {one for one in commands | settings if one not in guide.OPERATING} == set()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_guide_names_nothing_that_is_on_no_page(language: str) -> None:
    with (ROOT / "storefront/translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        texts = {str(one.id if language == "ja" else one.string) for one in read_po(file)}
    known = {one.partition("(%(n)s")[0].strip() for one in texts}  # a number may follow

    assert {one for one in guide.named(language) if one not in known} == set()


# --- the contract ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def stocked(opened: World) -> World:
    """The contract's goods are on the shelf, and cash on delivery asks for a code."""
    opened.owner.load_goods(goods.FILE)
    opened.owner.ask_for_a_code("代金引換")
    return opened


@pytest.fixture
def client(stocked: World) -> Browser:
    return stocked.shop.browser()


@pytest.fixture
def shopper(stocked: World, client: Browser) -> RealShopper:
    return RealShopper(client, stocked.twilio)


@pytest.fixture(scope="module")
def screens(stocked: World) -> list[Screen]:
    shoppers = [
        RealShopper(stocked.shop.browser(), stocked.twilio, prefix) for prefix in ("", "/en")
    ]
    return [screen for shopper in shoppers for screen in RealWalk(shopper).go()]


def rows(contract: ModuleType, *but: str) -> dict[str, Any]:
    """The tests of a module, to be collected here as well, with this module's fixtures."""
    tests = {name: one for name, one in vars(contract).items() if name.startswith("test_")}
    assert set(but) <= set(tests)
    return {name: one for name, one in tests.items() if name not in but}


ONLY_IN_THE_SANDBOX = {"/checkout/sms expired", "/sandbox/phone"}
IN_ITS_PLACE = {  # the first method and the one to switch to are others than in the demo shop
    "payment-kuroneko_smartphone": "payment-cod",
    "switch-to-cod": "switch-to-bank_transfer",
}

vars().update(rows(test_addresses, "test_the_last_wrong_code_leads_to_the_order_form"))
vars().update(rows(test_forms, "test_every_form_of_the_contract_is_on_a_page"))
vars().update(
    rows(
        test_pages,
        "test_every_title_names_the_screen_and_the_shop",
        "test_every_page_says_that_this_is_a_test_shop",
    )
)
vars().update(
    rows(
        test_names,
        "test_a_screen_holds_its_test_ids",
        "test_main_names_the_step_and_its_state",
        "test_the_method_that_failed_cannot_be_chosen_again",
    )
)


@pytest.mark.parametrize(
    ("name", "testid"),
    [
        (name, IN_ITS_PLACE.get(testid, testid))
        for name, ids in test_names.TEST_IDS.items()
        for testid in ids
        if name not in ONLY_IN_THE_SANDBOX and testid != "sandbox-banner"
    ],
)
def test_a_screen_holds_its_test_ids(screens: list[Screen], name: str, testid: str) -> None:
    test_names.test_a_screen_holds_its_test_ids(screens, name, testid)


@pytest.mark.parametrize(
    ("name", "step", "state"),
    [one for one in test_names.STEPS if one[0] not in ONLY_IN_THE_SANDBOX],
)
def test_main_names_the_step_and_its_state(
    screens: list[Screen], name: str, step: str, state: str
) -> None:
    test_names.test_main_names_the_step_and_its_state(screens, name, step, state)


@pytest.mark.parametrize(
    "action", sorted(one for one in test_forms.FIRST_BUTTONS if not one.startswith("/sandbox"))
)
def test_every_form_of_the_contract_is_on_a_page(screens: list[Screen], action: str) -> None:
    test_forms.test_every_form_of_the_contract_is_on_a_page(screens, action)


def test_every_title_names_this_shop_and_no_page_a_test_shop(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        title = page.one("title").text
        return [title] if not title.endswith(f" | {SHOP}") or "sandbox" in page.text else []

    assert faults_of(screens, check) == []
    assert [str(one) for one in screens if "/sandbox" in one.html] == []


def test_no_address_of_sandbox_or_gallery_answers(client: Browser, app: Flask) -> None:
    """app: a demo shop, which has those of the sandbox."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/sandbox")]
    addresses = {re.sub("<[^>]+>", "1", rule.rule) for rule in rules}
    assert {"/sandbox/", "/sandbox/phone", "/sandbox/reset"} <= addresses

    asked = {*addresses, "/design/", "/design/cart", "/design/mails", "/design/words"}
    found = {
        (method, one)
        for one in asked
        for method in ("GET", "POST")
        if client.open(one, method=method).status_code != 404
    }

    assert found == set()
