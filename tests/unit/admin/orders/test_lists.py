"""Lists of orders: narrowed down and searched without naming anybody in an address."""

import re
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.admin.auth.models import AuditEntry
from storefront.bulk.models import BulkJob, BulkResult
from storefront.core.extensions import db
from storefront.orders.models import Order
from storefront.orders.queries import listing, search_index
from storefront.worker import periodic_tasks
from tests.factories import an_order, some_answers
from tests.statements import statements
from tests.unit.admin.conftest import Keeper


def numbers_in(page: str) -> list[str]:
    return re.findall(r'name="n" value="([^"]+)"', page)


@pytest.fixture
def hanako(app: Flask) -> Order:
    order = an_order(customer=some_answers(name="鈴木 花子", tel="08011112222"))
    other = an_order()
    for one in (order, other):
        search_index.write(one.id)
    return order


def test_a_search_names_nobody_in_its_address_and_keeps_what_was_typed(
    owner: Keeper, hanako: Order
) -> None:
    address = owner.post("/admin/orders/search", {"words": "080-1111-2222"}).location
    page = owner.client.get(address).text

    assert "1111" not in address
    assert "2222" not in address
    assert numbers_in(page) == [hanako.number]
    assert 'value="080-1111-2222"' in page


def test_a_search_is_of_use_only_to_who_made_it(
    owner: Keeper, staff: Keeper, hanako: Order
) -> None:
    address = owner.post("/admin/orders/search", {"words": "花子"}).location

    assert "花子" not in staff.client.get(address).text


def test_a_search_keeps_the_filters_and_a_filter_keeps_the_search(
    owner: Keeper, hanako: Order
) -> None:
    typed = {"words": "花子", "status": "shipped"}
    address = owner.post("/admin/orders/search", typed).location
    page = owner.client.get(address).text

    assert numbers_in(page) == []
    kept = re.search(r'name="q" value="([^"]+)"', page)
    assert kept
    again = owner.get(f"/admin/orders?q={kept[1]}&status=placed").text
    assert numbers_in(again) == [hanako.number]


def test_a_number_leads_to_its_order(owner: Keeper, hanako: Order) -> None:
    typed = hanako.number.replace("-", "").lower()

    answer = owner.post("/admin/orders/search", {"words": typed})

    assert answer.location == f"/admin/orders/{hanako.number}"


def test_nobody_is_found_by_words_that_are_none(owner: Keeper, hanako: Order) -> None:
    address = owner.post("/admin/orders/search", {"words": "!!"}).location

    assert numbers_in(owner.client.get(address).text) == []


def test_a_list_shows_no_whole_name(owner: Keeper, hanako: Order) -> None:
    page = owner.get("/admin/orders").text

    assert "鈴***" in page
    assert "花子" not in page


def test_pages_lead_to_each_other_with_their_filters(
    owner: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = an_order()
    for nth in range(1, listing.SIZE + 2):
        an_order(placed_at=first.placed_at + timedelta(seconds=nth))

    page = owner.get("/admin/orders?method=cod").text
    older = re.search(r'rel="next" href="([^"]+)"', page)
    assert older
    last = owner.client.get(unescape(older[1])).text

    assert len(numbers_in(page)) == listing.SIZE
    assert len(numbers_in(last)) == 2
    assert first.number in numbers_in(last)
    assert "method=cod" in older[1]


@pytest.mark.parametrize(
    "path", ["/admin/orders", "/admin/orders?status=placed", "/admin/orders/payments"]
)
def test_a_list_costs_the_same_few_statements_for_many_orders(
    app: Flask, owner: Keeper, path: str
) -> None:
    on_credit = {"payment_code": "kuroneko_smartphone", "payment_reference": "A-1"}
    an_order(**on_credit)
    counts = []
    for _ in range(2):
        owner.get(path)
        with statements(app) as asked:
            owner.get(path)
        counts.append(len(asked))
        for _nth in range(5):
            an_order(**on_credit)

    assert counts[0] == counts[1] <= 12


def test_ticked_orders_are_done_in_bulk_with_a_result_for_each(owner: Keeper) -> None:
    good, bad = an_order(status="shipped"), an_order()
    typed = {"n": [good.number, bad.number], "do": "deliver"}

    address = owner.post("/admin/orders/chosen", typed).location
    periodic_tasks.run_due()
    page = owner.client.get(address).text

    assert re.findall(r'job-result" data-state="(\w+)"', page) == ["done", "failed"]
    assert "この操作はできません" in page
    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert (entry.action, entry.after) == ("orders.deliver", {"orders": typed["n"]})


def test_those_that_failed_may_be_tried_again_alone(owner: Keeper) -> None:
    good, bad = an_order(status="shipped"), an_order()
    numbers = [good.number, bad.number]
    first = owner.post("/admin/orders/chosen", {"n": numbers, "do": "deliver"}).location
    periodic_tasks.run_due()

    again = owner.post(f"{first}/again").location

    assert again != first
    job_id = int(again.rsplit("/", 1)[1])
    mine = sa.select(BulkResult.order_id).where(BulkResult.job_id == job_id)
    assert list(db.session.scalars(mine)) == [bad.id]


def test_nothing_ticked_is_told(owner: Keeper) -> None:
    an_order()

    answer = owner.post("/admin/orders/chosen", {"do": "deliver"})

    assert answer.status_code == 422
    assert "注文を選択してください" in answer.text
    assert db.session.scalars(sa.select(BulkJob)).all() == []


def test_one_wrong_number_keeps_all_parcels_here_and_everything_typed(owner: Keeper) -> None:
    one, two = an_order(), an_order()
    right, wrong = "123456789013", "123456789019"
    typed = {f"slip-{one.number}": right, f"slip-{two.number}": wrong}
    form = {"n": [one.number, two.number], "carrier": "yamato", **typed}

    answer = owner.post("/admin/orders/ship", form)

    assert answer.status_code == 422
    assert right in answer.text
    assert wrong in answer.text
    assert db.session.scalars(sa.select(BulkJob)).all() == []


def test_several_are_shipped_and_those_left_empty_stay(owner: Keeper) -> None:
    one, two = an_order(), an_order()
    listed = owner.post("/admin/orders/chosen", {"n": [one.number, two.number], "do": "ship"})
    assert one.number in owner.client.get(listed.location).text

    typed = {f"slip-{one.number}": "1234-5678-9013", f"slip-{two.number}": ""}
    owner.post("/admin/orders/ship", {"n": [one.number, two.number], **typed})
    periodic_tasks.run_due()

    db.session.expire_all()
    states = [db.session.get_one(Order, order.id).status for order in (one, two)]
    assert states == ["shipped", "placed"]
