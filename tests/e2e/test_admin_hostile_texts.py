"""Whatever shoppers type runs nowhere on the owner's side, nor in a mail: CSP is switched off here,
so that only the escaping stands between the texts and the owner."""

import pytest
from playwright.sync_api import BrowserContext, Page

from storefront.extensions import db, transaction
from storefront.gallery.own_shop import OwnShop
from storefront.orders.models import Order
from tests.e2e.pages import with_js
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
    customer = {**first.customer, **dict.fromkeys(TYPED, text), "ship_to": "other"}
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


@with_js
def test_two_hundred_hostile_texts_run_nowhere(
    page: Page, own_shop: OwnShop, numbers: list[str]
) -> None:
    runs = 0
    for path in _pages(numbers):
        page.goto(own_shop.url + path, wait_until="domcontentloaded")
        show = page.get_by_role("button", name="表示", exact=True)
        if "-HOST" in path and path.endswith("0-HOST") and show.count():
            show.first.click()
            page.wait_for_load_state("domcontentloaded")
        runs += page.evaluate("window.runs")

    assert runs == 0


def _pages(numbers: list[str]) -> list[str]:
    lists = ["/admin/orders", "/admin/orders/payments", "/admin/audit", "/admin/"]
    notes = "/admin/orders/notes?" + "&".join(f"n={one}" for one in numbers[::8])
    receipts = [f"/orders/hostile-{nth}" for nth in range(0, len(numbers), 10)]
    return [*lists, notes, *receipts, *(f"/admin/orders/{one}" for one in numbers)]


@with_js
def test_the_same_texts_run_where_nothing_is_escaped(page: Page, own_shop: OwnShop) -> None:
    """Or a count of none would mean nothing."""
    page.goto(own_shop.url + "/help")
    page.set_content("".join(f"<div>{text}</div>" for text in HOSTILE_TEXTS))
    page.wait_for_timeout(500)

    assert page.evaluate("window.runs") > 20


@with_js
def test_a_hostile_text_in_a_mail_stays_text(page: Page, own_shop: OwnShop, numbers) -> None:  # type: ignore[no-untyped-def]
    from storefront.orders import mails

    with own_shop.app.app_context():
        orders = db.session.query(Order).filter(Order.number.in_(numbers[::5])).all()
        bodies = [mails.order_mail(order).html for order in orders]
    for body in bodies:
        page.set_content(body)

    assert page.evaluate("window.runs") == 0
