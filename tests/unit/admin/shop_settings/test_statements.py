"""How many statements the pages of the shop's settings cost."""

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db, transaction
from storefront.shipping.models import DeliveryMethod
from storefront.shop import settings
from tests.factories import an_order
from tests.statements import statements
from tests.unit.admin.conftest import Keeper

MOST = 12
PAGES = (
    "/settings/shop",
    "/settings/shop/opening",
    "/settings/shop/preview",
    "/settings/shop/news",
    "/settings/delivery",
    "/settings/delivery/standard",
    "/settings/delivery/rest",
    "/settings/messages",
    "/settings/messages/order-intro",
    "/settings/messages/overdue-mail",
    "/settings/sms-limits",
    "/settings/privacy",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_asks_little_however_much_there_is(app: Flask, owner: Keeper, path: str) -> None:
    def asked() -> int:
        with statements(app) as found:
            assert owner.get(f"/admin{path}").status_code == 200
        return len(found)

    asked()  # notes that the person is there
    an_order()
    few = asked()
    for nth in range(5):
        an_order()
        settings.add_news("2026-12-01", f"お知らせ{nth}", "")
        with transaction():
            way = DeliveryMethod(code=f"way-{nth}", name="便", fee=500, published=False)
            db.session.add(way)

    assert db.session.scalar(sa.select(sa.func.count()).select_from(DeliveryMethod)) == 6
    assert (asked(), few <= MOST) == (few, True)
