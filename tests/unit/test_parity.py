"""The same trade on SQLite and on PostgreSQL: every page and every file says the same."""

import difflib
import re
from collections.abc import Iterator
from itertools import chain

import pytest
from flask import Flask
from werkzeug.test import Client

from storefront.catalogue.csv import import_job
from storefront.core.extensions import transaction
from storefront.sandbox import history, time
from storefront.worker import periodic_tasks
from tests import owners_walk
from tests.conftest import MakeApp, OwnContextClient, entered
from tests.databases import Postgresql
from tests.signed_in import a_person, cookie_of
from tests.unit.verification.stand_ins import StillClock
from tests.walk import CATALOGUE, PLAIN

pytestmark = pytest.mark.web

DAYS = 40
SHEET = "SKU,価格,在庫\nyunomi,3400,7\nuji-sencha,1180,0\nnew-one,abc,1\n"
SHOP = (
    *CATALOGUE,
    *PLAIN,
    "/search?q=TOTE",
    "/search?q=ﾄｰﾄ",
    "/search?q=%25",
    "/search?q=茶&page=2",
    "/cart",
)
LISTS = [
    f"/admin/orders{query}"
    for query in (
        "?q=佐藤",
        "?q=SATO",
        "?q=090",
        "?status=placed",
        "?payment_status=overdue",
        "?payment=kuroneko_smartphone",
        "?status=placed&payment=bank_transfer",
        "?sort=oldest",
        "?show=late",
    )
] + [f"/admin/products{query}" for query in ("?q=tote", "?q=ＴＯＴＥ", "?q=_", "?state=out")]
NEVER_TWICE = re.compile(
    r'''(?<=name="csrf_token" value=")[^"]*|(?<=data-token=")[^"]*|<img class="qr" src="[^"]*"'''
    r"""|(?<=data-testid="app-secret">)[^<]*"""
)


@pytest.fixture
def still() -> Iterator[StillClock]:
    """Both shops live at the same moment."""
    still = StillClock()
    yield still
    time.install()


def trade(app: Flask, still: StillClock) -> Client:
    """Some weeks of it, and the browser of the owner who looks at them."""
    still.start()
    with transaction():
        history.write(DAYS)
    import_job.start(SHEET.encode(), "goods.csv", "ja")
    periodic_tasks.tidy_up()
    periodic_tasks.run_due()
    app.test_client_class = OwnContextClient
    browser = app.test_client()
    owner = a_person(email="owner2@sakura.example", name="担当")
    browser.set_cookie(*cookie_of(app, owner))
    return browser


def look(browser: Client, address: str) -> tuple[int, str]:
    answer = browser.get(address)
    return answer.status_code, NEVER_TWICE.sub("", answer.text)


def addresses(app: Flask, browser: Client) -> list[str]:
    """Every page that links lead to, the files among them, and some that are typed."""
    linked = [
        address
        for _endpoint, address, _page in owners_walk.walk(
            app, lambda address: browser.get(address).text
        )
    ]
    reports = [
        f"/admin/reports/{name}?from=2026-11-01&to=2026-11-30"
        for name in ("sales", "funnel", "texts", "unpaid", "fees")
    ]
    files = ["/admin/orders/export.csv?lines=1", "/admin/products/export.csv"]
    return [*linked, *LISTS, *reports, *files]


def test_every_page_and_file_says_the_same(
    make_app: MakeApp, on_postgresql: Postgresql, still: StillClock
) -> None:
    found: list[dict[str, tuple[int, str]]] = []
    asked: list[str] = []
    for url in ("", on_postgresql.seeded()):
        with entered(make_app(database_url=url)) as app:
            browser = trade(app, still)
            linked = addresses(app, browser)  # walked on both: what is exported is in the audit log
            asked = asked or linked
            visitor = app.test_client()
            owners = ((one, look(browser, one)) for one in asked)
            shops = ((one, look(visitor, one)) for one in SHOP)
            found.append(dict(chain(owners, shops)))
        time.install()

    different = [
        f"{address}: {one[0]}, {other[0]}\n" + difference(one[1], other[1])
        for address, one in found[0].items()
        if one != (other := found[1][address])
    ]
    assert different == [], "\n\n".join(different)
    assert {status for status, _text in found[0].values()} <= {200, 303, 404}


def difference(one: str, other: str) -> str:
    lines = difflib.unified_diff(one.splitlines(), other.splitlines(), "SQLite", "PostgreSQL", n=0)
    return "\n".join(list(lines)[:20])
