"""Every form works for a person, a program and without JavaScript."""

import re

import pytest

from tests.markup import Element
from tests.walk import Screen, faults_of

pytestmark = pytest.mark.web


def test_every_form_has_a_site_absolute_action_and_a_method(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        return [
            str(form.attributes)
            for form in page.all("form")
            if not re.match("/[^/]|/$", form.get("action")) or form.get("method") not in METHODS
        ]

    assert faults_of(screens, check) == []


METHODS = {"get", "post"}


def test_every_form_that_posts_holds_a_token(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        return [
            form["action"]
            for form in page.all("form", method="post")
            if not form.one("input", type_="hidden", name="csrf_token")["value"]
        ]

    assert faults_of(screens, check) == []


def test_a_search_puts_no_token_into_an_address(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        forms = page.all("form", method="get")
        return [form["action"] for form in forms if form.all(name="csrf_token")]

    assert faults_of(screens, check) == []


def test_every_button_stands_in_its_form(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        return [
            button.text
            for button in page.all("button")
            if not (around := [one for one in button.ancestors() if one.tag == "form"])
            or ("form" in button and not takes_along(page, button, around[0]))
        ]

    assert faults_of(screens, check) == []


def takes_along(page: Element, button: Element, around: Element) -> bool:
    """Whether what is typed in another form only goes along with what the form around would send:
    that has nothing but its token, both post, and the address is the same."""
    [named] = page.all("form", id=button["form"])
    return (
        button.get("data-testid") in TAKE_ALONG
        and named is not around
        and (named["method"], around["method"]) == ("post", "post")
        and button.get("formaction") == around["action"]
        and not {"formmethod", "formenctype", "formtarget", "name"} & button.attributes.keys()
        and {one.get("name") for one in around.all("input", "select", "textarea")} == {"csrf_token"}
        and [one for one in around.all("button") if "form" not in one] == []
    )


TAKE_ALONG = {"sms-resend"}


def test_every_button_that_takes_another_form_along_is_on_a_page(screens: list[Screen]) -> None:
    found = {
        button["data-testid"]
        for screen in screens
        for button in screen.page.all("button")
        if "form" in button
    }

    assert found == TAKE_ALONG


# action without prefix and sku, to the words of the first button
FIRST_BUTTONS = {
    "/search": {"探す"},
    "/cart/items": {"カートに入れる"},
    "/cart/items/<sku>": {"更新", "削除", "元に戻す"},
    "/checkout": {"内容を確認する"},
    "/checkout/confirm": {"SMS認証へ進む", "注文を確定する"},
    "/checkout/sms": {"認証して注文を確定する"},
    "/checkout/sms/resend": {"認証番号をもう一度送る"},
    "/checkout/other-method": {
        "で続ける",
        "この番号でもう一度SMSを受け取る",
        "別のお支払い方法を選ぶ",
    },
    "/orders/find": {"注文状況を見る"},
    "/sandbox/": {"1分", "この購入だけ進める", "初期状態に戻す"},
    "/sandbox/fault": {"次の1件を失敗させる"},
    "/sandbox/play": {"発送", "審査OK"},
    "/sandbox/states/open": {"トップ"},
}


def test_the_first_button_of_every_form_does_the_main_thing(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        return [
            f"{form['action']}: {_first_button(form).text}"
            for form in page.all("form")
            if not any(words in _first_button(form).text for words in _expected(form))
        ]

    assert faults_of([one for one in screens if not one.prefix], check) == []


def _first_button(form: Element) -> Element:
    kinds = ("submit", "")
    return next(one for one in form.all("button") if one.get("type") in kinds)


def _expected(form: Element) -> set[str]:
    action = re.sub("(?<=/cart/items/).+", "<sku>", form["action"])
    return FIRST_BUTTONS.get(action, set())


@pytest.mark.parametrize("action", sorted(FIRST_BUTTONS))
def test_every_form_of_the_contract_is_on_a_page(screens: list[Screen], action: str) -> None:
    actions = {
        re.sub("(?<=/cart/items/).+", "<sku>", form["action"])
        for screen in screens
        for form in screen.page.all("form")
    }

    assert action in actions


def test_a_refusal_has_one_summary_and_a_good_page_none(screens: list[Screen]) -> None:
    faults = [
        str(screen)
        for screen in screens
        if len(screen.page.all(data_testid="error-summary")) != (screen.status == 422)
    ]

    assert faults == []


def test_a_screen_asks_for_the_focus_at_most_once(screens: list[Screen]) -> None:
    faults = [
        str(screen)
        for screen in screens
        if len(screen.page.all(data_focus="")) > 1 or len(screen.page.all(autofocus="")) > 1
    ]

    assert faults == []


def test_money_with_a_test_id_tells_its_yen(screens: list[Screen]) -> None:
    ids = ("cart-total", "order-total", "confirm-total")

    def check(page: Element) -> list[str]:
        found = [one for testid in ids for one in page.all(data_testid=testid)]
        return [one["data-testid"] for one in found if not one.get("data-yen").isdigit()]

    assert faults_of(screens, check) == []
