"""Whatever shoppers type runs nowhere on the owner's side, nor in a mail: CSP is switched off here,
so that only the escaping stands between the texts and the owner."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from storefront.core.extensions import db, transaction
from storefront.gallery.own_shop import OwnShop
from storefront.orders.emails import sending
from storefront.orders.models import Order
from tests.hostile_texts import HOSTILE_TEXTS
from tests.signed_in import a_person, cookie_of

COUNT = "window.runs = 0; window.ran = () => { window.runs += 1; };"
OF_A_PERSON = ("name", "prefecture", "city", "street", "building")
TYPED = (*OF_A_PERSON, *(f"ship_{one}" for one in OF_A_PERSON), "name_kana", "note", "email")


@pytest.fixture
def context(browser, own_shop: OwnShop):  # type: ignore[no-untyped-def]
    """A browser without the second wall, that counts what runs."""
    context: BrowserContext = browser.new_context(bypass_csp=True)
    context.add_init_script(COUNT)
    with own_shop.app.app_context():
        name, value = cookie_of(own_shop.app, a_person())
    context.add_cookies([{"name": name, "value": value, "url": own_shop.url}])
    yield context
    context.close()


@pytest.fixture
def numbers(own_shop: OwnShop, sandbox) -> list[str]:  # type: ignore[no-untyped-def]
    """Two hundred orders, each of which holds one hostile text in every field."""
    made = sandbox.order(state="delivered", email="hostile@example.com")
    with own_shop.app.app_context():
        first = db.session.query(Order).filter_by(number=made["number"]).one()
        with transaction():
            for nth, text in enumerate(HOSTILE_TEXTS):
                db.session.add(_order(first, nth, text))
        return [f"{nth:04}-HOST" for nth in range(len(HOSTILE_TEXTS))]


def _order(first: Order, nth: int, text: str) -> Order:
    kept = {
        column.key: getattr(first, column.key)
        for column in Order.__table__.columns
        if column.key not in {"id", "challenge_id", "payment_reference"}
    }
    elsewhere = {"ship_to": "other", "ship_tel": "09012345678", "ship_postal_code": "1000005"}
    customer = {**first.customer, **dict.fromkeys(TYPED, text), **elsewhere}
    return Order(
        **{
            **kept,
            "number": f"{nth:04}-HOST",
            "token": f"hostile-{nth}",
            "key": f"hostile-{nth}",
            "customer": customer,
            "staff_note": text,
        }
    )


def test_two_hundred_hostile_texts_run_nowhere(
    page: Page, own_shop: OwnShop, numbers: list[str]
) -> None:
    runs = 0
    for path in _pages(numbers):
        page.goto(own_shop.url + path)
        runs += page.evaluate("window.runs")
    for number in numbers[::10]:
        _look_behind_the_mask(page, f"{own_shop.url}/admin/orders/{number}")
        runs += page.evaluate("window.runs")
    for body in _mails(own_shop, numbers):
        page.set_content(body)
        runs += page.evaluate("window.runs")

    assert runs == 0


def _look_behind_the_mask(page: Page, address: str) -> None:
    """Streets and buildings stand on the page only then."""
    page.goto(address)
    page.get_by_test_id("reveal").click()
    expect(page.get_by_test_id("reveal")).to_have_count(0)
    page.wait_for_load_state("load")


def _mails(own_shop: OwnShop, numbers: list[str]) -> list[str]:
    with own_shop.app.app_context():
        orders = db.session.query(Order).filter(Order.number.in_(numbers)).all()
        return [sending.order_mail(order).html for order in orders]


def _pages(numbers: list[str]) -> list[str]:
    lists = ["/admin/orders", "/admin/orders/payments", "/admin/audit", "/admin/"]
    notes = "/admin/orders/notes?" + "&".join(f"n={one}" for one in numbers[::8])
    receipts = [f"/orders/hostile-{nth}" for nth in range(0, len(numbers), 10)]
    return [*lists, notes, *receipts, *(f"/admin/orders/{one}" for one in numbers)]


def test_the_same_texts_run_where_nothing_is_escaped(page: Page, own_shop: OwnShop) -> None:
    """Or a count of none would mean nothing."""
    page.goto(own_shop.url + "/help")
    page.set_content("".join(f"<div>{text}</div>" for text in HOSTILE_TEXTS))
    page.wait_for_timeout(500)

    assert page.evaluate("window.runs") > 20
