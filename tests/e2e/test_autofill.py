"""The browser's own address fill, driven as its developer tools drive it."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, Playwright, ViewportSize, expect

from storefront.testing import COD, Shopper
from storefront.testing.chromium import ON_PATH, arguments
from tests.e2e.marks import with_js

ADDRESS = {
    "NAME_FULL": "佐藤 花子",
    "ADDRESS_HOME_ZIP": "1000005",
    "ADDRESS_HOME_STATE": "東京都",
    "ADDRESS_HOME_CITY": "千代田区",
    "ADDRESS_HOME_LINE1": "丸の内2-7-2",
    "ADDRESS_HOME_LINE2": "さくらマンション101",
    "ADDRESS_HOME_COUNTRY": "JP",
    "PHONE_HOME_WHOLE_NUMBER": "+819012345678",
    "EMAIL_ADDRESS": "hanako@example.com",
}
FILLED = {
    "name": "佐藤 花子",
    "name_kana": "",  # no address book knows it: a name in kanji would be refused there
    "postal_code": "1000005",
    "prefecture": "東京都",
    "city": "千代田区",
    "street": "丸の内2-7-2",
    "building": "さくらマンション101",
    "tel": "09012345678",
}
OF_CUSTOMER = {"email", "name_kana"}


@pytest.fixture
def page(playwright: Playwright, base_url: str, screen: ViewportSize) -> Iterator[Page]:
    """In a Chromium with windows: the shell knows no addresses."""
    path = next(filter(None, map(shutil.which, ON_PATH[1:])), None)
    browser = playwright.chromium.launch(executable_path=path, args=arguments())
    yield browser.new_context(base_url=base_url, viewport=screen).new_page()
    browser.close()


def fill(page: CDPSession, selector: str) -> None:
    """As if the address were picked from what the browser offers at this field."""
    root = page.send("DOM.getDocument")["root"]["nodeId"]
    node = page.send("DOM.querySelector", {"nodeId": root, "selector": selector})
    field = page.send("DOM.describeNode", node)["node"]["backendNodeId"]
    address: dict[str, Any] = {
        "fields": [{"name": name, "value": value} for name, value in ADDRESS.items()]
    }
    page.send("Autofill.trigger", {"fieldId": field, "address": address})


@with_js
def test_the_browsers_address_fills_each_group_of_the_form(shopper: Shopper) -> None:
    shopper.to_order_input()
    shopper.page.get_by_role("radio", name="別の住所に届ける").check()
    line = shopper.page.context.new_cdp_session(shopper.page)
    line.send("Autofill.enable")

    fill(line, "#name")

    for name, value in FILLED.items() | {("email", "hanako@example.com")}:
        expect(shopper.page.locator(f"#{name}")).to_have_value(value)
    expect(shopper.page.locator("#ship_name")).to_have_value("")

    fill(line, "#ship_name")

    for name in FILLED.keys() - OF_CUSTOMER:
        expect(shopper.page.locator(f"#ship_{name}")).to_have_value(FILLED[name])
    shopper.choose(COD).review()
    expect(shopper.main).to_have_attribute("data-step", "confirm")
