"""Orders in and out as files and on paper."""

import csv
import io
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.admin.auth.models import AuditEntry
from storefront.bulk.models import BulkJob
from storefront.catalogue.csv import export as product_csv
from storefront.catalogue.csv.encoding import Encoding
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order
from storefront.orders.queries import csv_export
from storefront.orders.queries.listing import Wanted
from storefront.providers.yamato.models import CreditAttempt
from storefront.sandbox import time
from storefront.testing.specimen import NAME
from storefront.worker import periodic_tasks
from tests.factories import an_order, some_answers
from tests.unit.admin.conftest import Keeper
from tests.unit.orders.gateways import FakeGateway, use_gateway

HEAD = "お客様管理番号,伝票番号\n"


def sent(owner: Keeper, text: str) -> Any:
    return owner.post("/admin/orders/slips", {"slips": (io.BytesIO(text.encode()), "b2.csv")})


def slip(nth: int) -> str:
    body = 10_000_000_000 + nth
    return f"{body}{body % 7}"


def test_a_file_is_looked_at_before_anything_ships(owner: Keeper) -> None:
    orders = [an_order(), an_order()]
    rows = "".join(f"{one.number},{slip(nth)}\n" for nth, one in enumerate(orders))

    job = sent(owner, HEAD + rows).location
    assert "2件を発送する" in owner.client.get(job).text
    periodic_tasks.run_due()
    assert {db.session.get_one(Order, one.id).status for one in orders} == {"placed"}

    owner.post(f"{job}/start")
    periodic_tasks.run_due()
    db.session.expire_all()
    assert {db.session.get_one(Order, one.id).status for one in orders} == {"shipped"}


def test_three_bad_rows_in_a_thousand_are_named_and_nothing_is_kept(owner: Keeper) -> None:
    order = an_order()
    rows = [f"{order.number},{slip(0)}", f"ZZZZ-ZZZZ,{slip(1)}", f"{order.number},123"]

    answer = sent(owner, HEAD + "\n".join(rows))

    assert answer.status_code == 422
    assert "2行に間違いがあります" in answer.text
    assert "3行目" in answer.text
    assert "この番号の注文はありません" in answer.text
    assert db.session.scalars(sa.select(BulkJob)).all() == []


@pytest.mark.parametrize("text", ["", "a,b\n", HEAD])
def test_a_file_that_cannot_be_read_is_told_beside_its_field(owner: Keeper, text: str) -> None:
    answer = sent(owner, text)

    assert answer.status_code == 422
    assert 'id="slips-error"' in answer.text


def exported(owner: Keeper, encoding: str = "utf-8") -> list[list[str]]:
    answer = owner.client.get(f"/admin/orders/export.csv?encoding={encoding}", buffered=True)
    assert answer.status_code == 200
    text = answer.data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_an_export_holds_every_line_of_every_order(owner: Keeper, encoding: str) -> None:
    orders = [an_order(), an_order()]

    head, *rows = exported(owner, encoding)

    assert {row[0] for row in rows} == {one.number for one in orders}
    assert {len(row) for row in rows} == {len(head)}
    assert dict(zip(head, rows[0], strict=True))["お名前"] == NAME


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+81",
        "-1",
        "@x",
        "\tx",
        "\rx",
        "＝1+1",
        "＋81",
        "－1",
        "＠x",
        " =1",
        "\u3000＝1",
        "'=1",
    ],
)
def test_no_cell_is_a_formula(typed: str) -> None:
    written = b"".join(csv_export.encoded(iter([[typed, "山田="]]), "utf-8"))

    assert next(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))) == [
        f"'{typed}",
        "山田=",
    ]


GIFT = some_answers(
    name="𠮷田 太郎",
    company="Müller商会",
    ship_to="other",
    ship_company="𠮷野商店",
    gift_sender="𠮷田家一同",
    ship_name="佐藤 次郎",
    ship_postal_code="5300001",
)


def test_an_export_says_what_goes_on_the_label(owner: Keeper) -> None:
    an_order(customer=GIFT)

    head, row = exported(owner)
    said = dict(zip(head, row, strict=True))

    assert said["お名前"] == "𠮷田 太郎"
    assert said["会社名・団体名"] == "Müller商会"
    assert said["お届け先の会社名・団体名"] == "𠮷野商店"
    assert said["贈り主"] == "𠮷田家一同"
    assert said["送り状の会社・部門名"] == "吉野商店"
    assert said["送り状のお届け先名"] == "佐藤 次郎"
    assert said["送り状の敬称"] == "様"
    assert said["送り状のご依頼主名"] == "吉田家一同"


def test_an_export_in_shift_jis_has_what_is_near_a_character_it_lacks(owner: Keeper) -> None:
    line = ["𠮷田", "Nguyễn", "髙橋", "김"]

    written = b"".join(csv_export.encoded(iter([line]), "cp932"))

    assert written.decode("cp932") == "吉田,Nguyen,髙橋,?\r\n"


def test_a_note_says_company_and_whom_a_present_is_from(owner: Keeper) -> None:
    order = an_order(customer=GIFT)

    page = owner.get(f"/admin/orders/notes?n={order.number}").text

    assert "𠮷野商店<br>佐藤 次郎 様" in page
    assert "<dt>贈り主</dt><dd>𠮷田家一同 様</dd>" in page


def test_an_orders_page_names_companies_and_the_sender(owner: Keeper) -> None:
    order = an_order(customer=GIFT)

    page = owner.get(f"/admin/orders/{order.number}").text

    assert "<dd>Müller商会</dd>" in page
    assert "𠮷野商店<br>佐藤 次郎" in page
    assert "<dt>贈り主</dt><dd>𠮷田家一同</dd>" in page


def test_what_a_shopper_typed_is_no_formula_in_an_export(owner: Keeper) -> None:
    an_order(customer=some_answers(name="=HYPERLINK(1)"))

    _head, row = exported(owner)

    assert "'=HYPERLINK(1)" in row


def test_an_export_is_for_an_owner_who_has_just_proven_it(owner: Keeper, staff: Keeper) -> None:
    assert staff.get("/admin/orders/export.csv").status_code == 403
    assert staff.get("/admin/orders/export").status_code == 403
    exported(owner)
    actions = list(db.session.scalars(sa.select(AuditEntry.action)))
    assert actions == ["orders.export"]
    time.advance(6 * 60)
    assert "/admin/prove" in owner.get("/admin/orders/export.csv").location


def test_an_export_is_read_in_batches(owner: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_export, "AT_ONCE", 2)
    orders = [an_order() for _ in range(5)]

    _head, *rows = exported(owner)

    assert [row[0] for row in rows] == [one.number for one in reversed(orders)]


def test_each_note_has_a_sheet_and_printing_is_written_down(owner: Keeper) -> None:
    gift = some_answers(ship_to="other", ship_name="佐藤 次郎", ship_postal_code="5300001")
    orders = [an_order(), an_order(customer=gift)]
    asked = "&".join(f"n={one.number}" for one in orders)

    page = owner.get(f"/admin/orders/notes?{asked}").text
    first, second = page.split('data-testid="sheet"')[1:]

    assert "丸の内2-7-2" in first
    assert "4,290円" in first
    assert "佐藤 次郎" in second
    assert "4,290円" not in second  # who gets a present sees no price
    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert entry.after == {"orders": [one.number for one in orders]}


def a_bundled_order(nth: int) -> Order:
    order = an_order(
        payment_code="kuroneko_payslip",
        payment_status="deferred",
        payment_reference=f"AAAA-AAA{nth}-1",
    )
    attempt = CreditAttempt(
        order_number=order.payment_reference,
        base=order.number,
        checkout_id=order.checkout_id,
        challenge_id=order.key,
        division="2",
        total=order.total,
        state="placed",
        asked_at=clock.now(),
    )
    with transaction():
        db.session.add(attempt)
    return order


def test_the_slip_of_one_order_is_asked_for_at_once(app: Flask, owner: Keeper) -> None:
    use_gateway(app, FakeGateway())
    order = a_bundled_order(1)

    page = owner.get(f"/admin/orders/notes?n={order.number}").text

    assert "同梱払込票の印字データ" in page
    assert "barCode" in page


def test_slips_of_several_orders_are_fetched_by_the_worker(app: Flask, owner: Keeper) -> None:
    gateway = use_gateway(app, FakeGateway())
    orders = [a_bundled_order(nth) for nth in (1, 2)]
    asked = "&".join(f"n={one.number}" for one in orders)
    assert "払込票を同梱する注文が2件あります" in owner.get(f"/admin/orders/notes?{asked}").text
    assert gateway.asked == []

    numbers = [one.number for one in orders]
    job = owner.post("/admin/orders/notes", {"n": numbers}).location
    periodic_tasks.run_due()
    job_id = job.rsplit("/", 1)[1]
    page = owner.get(f"/admin/orders/notes?{asked}&job={job_id}").text

    assert page.count("同梱払込票の印字データ") == 2


def test_no_transaction_waits_for_a_line_that_takes_the_file_slowly(app: Flask) -> None:
    an_order()

    for written in (csv_export.lines(Wanted()), product_csv.written(Encoding.UTF8, "ja")):
        db.session.rollback()
        assert not any(db.session().in_transaction() for _piece in written)
