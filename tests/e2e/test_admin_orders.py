"""Orders on the owner's side: one of them from parcel to payment, and a hundred at once."""

import csv
import io
import secrets

import pytest
from playwright.sync_api import FilePayload, expect

from storefront.testing import OpenedShop, OwnerPage, Sandbox
from storefront.testing.numbers import tracking_number
from tests.behind_the_counter import count_shipped
from tests.e2e.marks import with_js
from tests.factories import an_order

desk = pytest.mark.parametrize("screen", [{"width": 1280, "height": 900}], ids=["desk"])
either_width = pytest.mark.parametrize(
    "screen", [{"width": 390, "height": 844}, {"width": 1280, "height": 900}], ids=["phone", "desk"]
)


@either_width
def test_a_parcel_is_shipped_delivered_asked_for_and_paid(
    owner_page: OwnerPage, sandbox: Sandbox
) -> None:
    tel = f"0809{secrets.randbelow(10**7):07d}"
    order = sandbox.order(state="placed", payment="kuroneko_smartphone", tel=tel)
    page = owner_page.open("/orders")

    page.fill("注文番号・お名前・電話番号", order["number"].lower()).press("さがす")
    expect(page.heading).to_contain_text(order["number"])
    page.fill("送り状番号", "123").press("発送する")
    expect(page.summary).to_contain_text("12桁")
    page.fill("送り状番号", tracking_number()).press("発送する")
    expect(page.flash).to_contain_text("発送しました")
    page.press("お届け完了にする")
    expect(page.see("order-status")).to_have_text("お届け済み")
    assert sandbox.texts_come_to(tel, 2)  # the code, and the link
    assert "/p/" in sandbox.link(tel)

    sandbox.happen(event="paid", order=order["number"])
    page.open(f"/orders/{order['number']}")

    expect(page.see("payment-state")).to_have_text("支払い済み")
    for words in (
        "認証番号のSMS",
        "SMS認証に成功",
        "発送しました",
        "支払いリンクのSMS",
        "入金を確認",
    ):
        expect(page.see("timeline")).to_contain_text(words)


@pytest.mark.parametrize("lang", ["en"])
@desk
def test_an_english_owner_looks_behind_the_mask(owner_page: OwnerPage, sandbox: Sandbox) -> None:
    order = sandbox.order(state="placed", payment="cod", tel="08011112222")
    page = owner_page.open(f"/orders/{order['number']}")
    expect(page.see("person")).to_contain_text("080-****-2222")

    page.see("reveal").click()

    expect(page.see("person")).to_contain_text("080-1111-2222")
    expect(page.see("person")).to_contain_text("丸の内2-7-2")


@with_js
@desk
def test_a_hundred_orders_are_shipped_from_one_file(
    owner_page: OwnerPage, shop: OpenedShop
) -> None:
    with shop.app.app_context():
        numbers = [an_order().number for _ in range(100)]
    page = owner_page.open("/orders").follow("送り状番号をCSVで登録")

    page.page.get_by_label("CSVファイル").set_input_files(
        a_file([*numbers, "ZZZZ-ZZZZ", numbers[0], ""])
    )
    page.press("内容を確かめる")
    expect(page.summary).to_contain_text("3行に間違い")
    expect(page.see("faulty-rows").locator("tbody tr")).to_have_count(3)
    page.page.get_by_label("CSVファイル").set_input_files(a_file(numbers))
    page.press("内容を確かめる")
    page.press("100件を発送する")

    expect(page.page.locator('[data-testid="job-progress"][data-state="finished"]')).to_be_visible(
        timeout=30_000
    )
    expect(page.page.locator('[data-testid="job-result"][data-state="done"]')).to_have_count(100)
    assert count_shipped(shop.app) >= 100


def test_ticked_orders_are_done_together_with_a_result_for_each(
    owner_page: OwnerPage, sandbox: Sandbox
) -> None:
    orders = [sandbox.order(state=state, payment="cod") for state in ("shipped", "placed")]
    page = owner_page.open("/orders")
    for order in orders:
        page.tick(f"{order['number']}を選択")

    page.press("お届け完了にする")
    rows = page.page.get_by_test_id("job-result")
    for _ in range(20):
        if page.see("job-progress").get_attribute("data-state") == "finished":
            break
        page.page.wait_for_timeout(500)
        page.page.reload()

    expect(rows.filter(has_text=orders[0]["number"])).to_contain_text("完了")
    expect(rows.filter(has_text=orders[1]["number"])).to_contain_text("できませんでした")


def a_file(numbers: list[str]) -> FilePayload:
    """As B2 cloud writes it."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["お客様管理番号", "送り状種類", "伝票番号"])
    rows.writerows([number, "0", f'="{tracking_number()}"'] for number in numbers)
    return {"name": "b2.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode("cp932")}
