"""The owner erases a person who asks for it, and sets how long personal data are kept."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.admin.auth.models import AuditEntry, HeldRequest
from storefront.admin.orders.actions import ACTIONS
from storefront.cli import group
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order, OrderCheck, Shipment
from storefront.orders.queries import search_index
from storefront.privacy import erasure_requests
from storefront.privacy.person import Person
from storefront.shop import profile
from storefront.testing.form_shopper import FormShopper
from tests.factories import a_payment_request, an_order, some_answers
from tests.remains import found
from tests.signed_in import OWNER
from tests.unit.admin.conftest import Keeper, keeper

PAGE = "/admin/settings/privacy"
WHO = Person("hanako@himitsu.example", "08055667788")
NAME = "秘密 花子"
CLOSED = {"status": "delivered", "payment_status": "paid"}
GONE = "個人情報は削除済みです"


def an_order_of_hers(**changes: Any) -> Order:
    answers = some_answers(name=NAME, tel=WHO.phone, email=WHO.email)
    order = an_order(**{"customer": answers, **CLOSED, **changes})
    search_index.write(order.id)
    return order


def looked_up(owner: Keeper) -> str:
    """The address of the page that lists what would be erased."""
    answer = owner.post(f"{PAGE}/find", {"email": WHO.email.upper(), "phone": "080-5566-7788"})
    assert answer.status_code == 303
    assert answer.location
    return answer.location


def test_a_person_is_looked_up_then_erased(owner: Keeper) -> None:
    gone, left = an_order_of_hers(), an_order_of_hers(payment_status="awaiting", status="placed")

    address = looked_up(owner)
    assert WHO.email not in address
    page = owner.get(address).text
    assert gone.number in page
    assert "お支払いや返金が終わっていません" in page
    assert NAME not in page
    assert WHO.email not in page
    done = owner.send(address, f"{PAGE}/person")

    assert done.status_code == 200
    assert "注文1件の個人情報を削除しました" in done.text
    db.session.expire_all()
    assert gone.customer["name"] == ""
    assert left.customer["name"] == NAME


def test_who_has_nothing_to_erase_yet_is_told_so(owner: Keeper) -> None:
    an_order_of_hers(payment_status="awaiting", status="placed")

    assert "いま削除できる注文はありません。" in owner.get(looked_up(owner)).text


def test_the_audit_log_says_it_without_the_data(owner: Keeper) -> None:
    order = an_order_of_hers()

    owner.send(looked_up(owner), f"{PAGE}/person")

    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert entry.action == "privacy.erase"
    assert entry.after == {"orders": [order.number], "left": []}
    assert found(NAME, requester=WHO) == []


def test_it_needs_a_fresh_proof_and_goes_on_after_it(app: Flask) -> None:
    an_order_of_hers()
    before = clock.now() - timedelta(minutes=30)
    owner = keeper(app, OWNER, proven_at=before)

    answer = owner.post(f"{PAGE}/find", {"email": WHO.email, "phone": ""})

    assert answer.status_code == 303
    assert "/admin/prove" in (answer.location or "")
    assert len(db.session.scalars(sa.select(HeldRequest)).all()) == 1
    erasure_requests.erase(WHO)
    assert found(NAME, requester=WHO) == []


def test_staff_may_neither_look_nor_erase(staff: Keeper) -> None:
    assert staff.get(PAGE).status_code == 403
    assert staff.post(f"{PAGE}/find", {"email": WHO.email}).status_code == 403
    assert staff.post(f"{PAGE}/person", {"who": "x"}).status_code == 403


@pytest.mark.parametrize("typed", [{}, {"email": "x"}, {"phone": "12"}], ids=str)
def test_what_tells_nobody_is_shown_again(owner: Keeper, typed: dict[str, str]) -> None:
    answer = owner.post(f"{PAGE}/find", typed)

    assert answer.status_code == 422
    for text in typed.values():
        assert f'value="{text}"' in answer.text


def test_an_address_that_was_cut_off_leads_back(owner: Keeper) -> None:
    assert owner.get(f"{PAGE}/person?who=x").status_code == 303
    assert owner.post(f"{PAGE}/person", {"who": "x"}).status_code == 422


def test_an_old_token_erases_nothing(owner: Keeper) -> None:
    order = an_order_of_hers()
    who = looked_up(owner).rpartition("who=")[2]

    answer = owner.client.post(f"{PAGE}/person", data={"who": who, "csrf_token": "old"})

    assert answer.status_code == 422
    db.session.expire_all()
    assert order.customer["name"] == NAME


def test_the_legal_page_names_the_months_that_are_set(owner: Keeper) -> None:
    assert "13か月が過ぎると" in owner.get("/legal/privacy").text

    answer = owner.post(PAGE, {"keep_months": "２４"})

    assert answer.status_code == 303
    assert "24か月が過ぎると" in owner.get("/legal/privacy").text
    assert "24 months" in owner.get("/en/legal/privacy").text
    assert profile.shop().terms_updated == clock.today().isoformat()
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert (entry.before, entry.after) == ({"months": 13}, {"months": 24})


@pytest.mark.parametrize("wrong", ["", "0", "121", "x"])
def test_months_out_of_bounds_are_refused(owner: Keeper, wrong: str) -> None:
    assert owner.post(PAGE, {"keep_months": wrong}).status_code == 422
    assert profile.shop().keep_months == 13


def an_erased_order(**changes: Any) -> Order:
    order = an_order_of_hers(**changes)
    with transaction():
        slip = {"carrier": "yamato", "slip": "123456789012", "shipped_at": clock.now()}
        db.session.add(Shipment(order_id=order.id, **slip))
    erasure_requests.erase(WHO)
    db.session.expire_all()
    return order


def test_every_page_of_the_owner_opens_without_the_person(owner: Keeper) -> None:
    order = an_erased_order(payment_code="bank_transfer")
    number = order.number

    one = owner.get(f"/admin/orders/{number}")
    assert (one.status_code, GONE in one.text) == (200, True)
    assert 'data-testid="reveal"' not in one.text
    listed = owner.get("/admin/orders")
    assert listed.status_code == 200
    assert number in listed.text
    note = owner.get(f"/admin/orders/notes?n={number}")
    assert (note.status_code, GONE in note.text) == (200, True)
    for page in ("", "/orders/payments", "/orders/export", "/reports"):
        assert owner.get(f"/admin{page or '/'}").status_code == 200
    assert owner.post(f"/admin/orders/{number}/show").status_code == 303
    searched = owner.post("/admin/orders/search", {"words": NAME})
    assert number not in owner.get(searched.location or "").text


def test_the_file_of_orders_keeps_the_figures(owner: Keeper) -> None:
    order = an_erased_order()

    text = owner.get("/admin/orders/export.csv").get_data().decode("utf-8-sig")

    head, row = csv.reader(io.StringIO(text))
    told = dict(zip(head, row, strict=True))
    assert (told["注文番号"], told["請求金額"], told["お名前"]) == (order.number, "4290", "")
    assert NAME not in text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_shoppers_links_answer_honestly(client: Any, prefix: str) -> None:
    shopper = FormShopper(client, prefix)
    order = an_order_of_hers(payment_code="kuroneko_smartphone")
    asked = a_payment_request(order)
    erasure_requests.erase(WHO)
    said = "削除済み" if not prefix else "erased"

    status = shopper.get(f"/orders/{order.token}")
    assert (status.status_code, said in status.text) == (200, True)
    receipt = shopper.get(f"/orders/{order.token}/receipt")
    assert (receipt.status_code, said in receipt.text) == (200, True)
    assert shopper.get(f"/orders/{order.token}/complete").status_code == 303
    pay = shopper.get(f"/pay/{asked.token}")
    assert (pay.status_code, said in pay.text) == (200, True)
    for page in (status, receipt, pay):
        assert "様" not in page.text.replace("お客様", "").replace("各位様", "")


def test_an_erased_order_is_found_by_nobody(client: Any) -> None:
    order = an_order_of_hers()
    erasure_requests.erase(WHO)

    for email in (WHO.email, "nobody@nowhere.invalid"):
        typed = {"number": order.number, "email": email}
        assert FormShopper(client).post("/orders/find", typed).status_code == 422


@pytest.mark.parametrize("code", sorted(ACTIONS))
def test_no_deed_on_an_erased_order_fails(owner: Keeper, code: str) -> None:
    order = an_erased_order(payment_code="bank_transfer")

    where = code if ACTIONS[code].takes_money else f"do/{code}"
    where = f"refund/{code}" if ACTIONS[code].gives_back else where
    answer = owner.post(f"/admin/orders/{order.number}/{where}", {"slip": "1", "yen": "1"})

    assert answer.status_code in {303, 422}
    if code == "refund":
        assert "お客様へのお知らせは送りません" in owner.get(answer.location or "").text


def test_the_command_erases_and_tells_what_is_left(app: Flask) -> None:
    gone, left = an_order_of_hers(), an_order_of_hers(payment_status="awaiting", status="placed")
    run = app.test_cli_runner()

    asked = run.invoke(group, ["privacy", "erase", "--email", WHO.email, "--phone", ""], input="n")
    assert asked.exit_code == 1
    db.session.expire_all()
    assert gone.customer["name"] == NAME
    done = run.invoke(group, ["privacy", "erase", "--email", WHO.email, "--phone", "", "--yes"])

    assert done.exit_code == 0, done.output
    assert f"Erased: 1 orders. {gone.number}" in done.output
    assert f"Left: {left.number}: money is still to be paid" in done.output
    assert WHO.email not in done.output
    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert (entry.who, entry.action) == ("shell", "privacy.erase")


def test_the_command_refuses_what_tells_nobody(app: Flask) -> None:
    refused = app.test_cli_runner().invoke(group, ["privacy", "erase"], input="\n\n")

    assert refused.exit_code == 2
    assert "e-mail address or a phone" in refused.output


def test_the_database_is_written_anew_by_hand(app: Flask) -> None:
    done = app.test_cli_runner().invoke(group, ["privacy", "rewrite"])

    assert (done.exit_code, "left in the database" in done.output) == (0, True)


def test_a_check_of_a_phone_goes_with_its_order(app: Flask) -> None:
    order = an_order_of_hers()
    check = {"method": "m", "verifier": "own", "created_at": clock.now(), "sent_at": clock.now()}
    with transaction():
        counts = {"outcome_unknown": False, "texts": 1, "attempts": 1}
        db.session.add(OrderCheck(id="d", order_id=order.id, **check, **counts))

    erasure_requests.erase(WHO)

    assert db.session.scalars(sa.select(OrderCheck)).all() == []
