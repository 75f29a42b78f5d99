"""Every page of the owner's side is good for axe, a phone and a desk, in both languages."""

import pytest
from playwright.sync_api import Page, ViewportSize

from storefront.testing import OpenedShop, OwnerPage
from tests.e2e.marks import with_js
from tests.e2e.soundness import barriers, faults_of_layout, faults_of_structure
from tests.owners_walk import walk

PHONE: ViewportSize = {"width": 320, "height": 700}
DESK: ViewportSize = {"width": 1280, "height": 900}


@with_js
@pytest.mark.parametrize(
    ("screen", "lang"), [(PHONE, "en"), (DESK, "ja")], ids=["phone-en", "desk-ja"]
)
def test_every_page_of_the_owner_is_sound(
    owner_page: OwnerPage, shop: OpenedShop, screen: ViewportSize
) -> None:
    owner_page.sandbox.order(state="delivered")
    page = owner_page.page
    faults: list[str] = []

    def look(address: str) -> str:
        answer = page.request.get(address)
        if "text/html" not in answer.headers["content-type"]:
            return ""
        page.goto(address)
        faults.extend(f"{address}: {one}" for one in _faults(page, screen["width"]))
        return page.content()

    seen = list(walk(shop.app, look, owner_page.prefix))

    assert len(seen) > 15
    assert faults == []


def _faults(page: Page, width: int) -> list[str]:
    return [
        *barriers(page, is_mail=False),
        *faults_of_layout(page, width),
        *faults_of_structure(page, is_mail=False),
    ]
