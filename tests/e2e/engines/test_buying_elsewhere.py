"""The buying journey in the other two browser engines."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from storefront.testing.specimen import NAME
from tests.e2e.engines.browsers import firefox, webkit
from tests.e2e.engines.tab import Tab

# the drivers' own: one forgets its sockets while it waits, the other calls itself the old way
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),
]

REACHED, REFUSED, CODE = "090-0000-0000", "090-0000-0004", "1234"
Browser = Callable[[str], AbstractContextManager[Tab]]


@pytest.fixture(scope="module", params=[firefox, webkit], ids=["firefox", "webkit"])
def tab(request: pytest.FixtureRequest, base_url: str) -> Iterator[Tab]:
    start: Browser = request.param
    with start(base_url) as tab:
        yield tab


def walk_to_confirmation(tab: Tab, phone: str) -> None:
    tab.open("/products/yunomi")
    tab.press("add-to-cart")
    tab.press("go-to-checkout")
    tab.type("name", NAME)
    tab.type("postal_code", "100-0005")
    tab.type("tel", phone)
    assert tab.value("city") == "千代田区"
    tab.type("street", "丸の内2-7-2")
    tab.type("email", "taro@example.com")
    tab.choose("kuroneko_smartphone")
    tab.press("review-order")


def test_a_shopper_buys_by_text_message(tab: Tab) -> None:
    walk_to_confirmation(tab, REACHED)
    tab.press("confirm-submit")
    tab.type("code", CODE)
    tab.press("sms-submit")

    assert tab.see('[data-testid="order-number"]')


def test_a_refused_number_leads_to_another_method(tab: Tab) -> None:
    walk_to_confirmation(tab, REFUSED)
    tab.press("confirm-submit")

    assert "SMS" in tab.see('[data-testid="ng-banner"]')

    tab.press("switch-to-cod")
    tab.press("confirm-submit")

    assert tab.see('[data-testid="order-number"]')
