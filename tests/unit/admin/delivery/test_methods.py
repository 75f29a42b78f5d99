"""Delivery methods: registering, fees by prefecture, order, and what an open shop needs."""

import re
from typing import Any

import pytest
import sqlalchemy as sa

from storefront.admin.auth.models import AuditEntry
from storefront.core.extensions import db
from storefront.shipping.models import DeliveryMethod
from storefront.shipping.prefectures import PREFECTURES
from storefront.shipping.regions import regions
from tests.unit.admin.conftest import Keeper

PAGE = "/admin/settings/delivery"
STANDARD = f"{PAGE}/standard"


def typed(**changes: str) -> dict[str, str]:
    fields = {
        "name": "宅急便",
        "name_en": "TA-Q-BIN parcel",
        "carrier": "yamato",
        "state": "public",
        "fee": "660",
        "free_from": "11,000",
        "prepare_days": "2",
        "offers_dates": "1",
        "days_offered": "14",
        "slots": "0812",
    }
    return {**fields, **changes}


def method(code: str = "standard") -> DeliveryMethod:
    db.session.expire_all()
    return db.session.scalars(sa.select(DeliveryMethod).where(DeliveryMethod.code == code)).one()


def codes(page: str) -> list[str]:
    return re.findall(r'<tr data-testid="delivery-([\w-]+)"', page)


def test_every_prefecture_is_in_one_region() -> None:
    placed = [place for _region, places in regions() for place in places]

    assert placed == [name for name, _english in PREFECTURES]


def test_a_fee_of_one_prefecture_is_kept_and_shown_again(owner: Keeper) -> None:
    answer = owner.post(
        STANDARD, typed(**{"fee-47": "1,500", "fee-01": "１２００", "fee-13": "660"})
    )

    assert (answer.status_code, answer.location) == (303, PAGE)
    assert method().fees == {"北海道": 1_200, "沖縄県": 1_500}
    assert re.search(r'name="fee-47"[^>]* value="1500"', owner.get(STANDARD).text)


def test_what_changed_is_in_the_audit_log(owner: Keeper) -> None:
    owner.post(STANDARD, typed(fee="700", slots="0812"))

    entry = db.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry
    assert (entry.action, entry.subject) == ("delivery-method.change", "standard")
    assert (entry.before or {})["fee"] == 660
    assert (entry.after or {})["fee"] == 700


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"fee": ""}, "fee"),
        ({"fee": "-1"}, "fee"),
        ({"fee": "1000000"}, "fee"),
        ({"free_from": "無料"}, "free_from"),
        ({"prepare_days": "31"}, "prepare_days"),
        ({"days_offered": "0"}, "days_offered"),
        ({"carrier": "pigeon"}, "carrier"),
        ({"fee-13": "高い"}, "fee-13"),
    ],
)
def test_a_fault_is_said_beside_its_field_and_nothing_is_lost(
    owner: Keeper, changes: dict[str, str], field: str
) -> None:
    answer = owner.post(STANDARD, typed(**{"fee-47": "1500", "name_en": "Parcel", **changes}))

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert re.search(r'name="fee-47"[^>]* value="1500"', answer.text)
    assert method().fees == {}


def test_a_new_method_is_offered_once_it_is_public(owner: Keeper) -> None:
    owner.post(f"{PAGE}/new", typed(code="letter", name="ネコポス", state="private"))
    owner.put_in()
    assert "ネコポス" not in owner.get("/checkout").text

    owner.post(f"{PAGE}/letter/do", {"do": "publish"})

    assert "ネコポス" in owner.get("/checkout").text


@pytest.mark.parametrize("code", ["standard", "", "1st", "Ü", "a b", "rest"])
def test_a_code_is_plain_and_its_own(owner: Keeper, code: str) -> None:
    answer = owner.post(f"{PAGE}/new", typed(code=code))

    assert answer.status_code == 422
    assert 'href="#code"' in answer.text


def test_the_order_of_the_list_is_the_shoppers(owner: Keeper) -> None:
    owner.post(f"{PAGE}/new", typed(code="letter"))
    owner.post(f"{PAGE}/letter/do", {"do": "up"})

    assert codes(owner.get(PAGE).text) == ["letter", "standard"]
    owner.put_in()
    assert re.findall(r'name="delivery_method" value="(\w+)"', owner.get("/checkout").text) == [
        "letter",
        "standard",
    ]


@pytest.mark.parametrize(
    ("path", "data"),
    [(f"{STANDARD}/do", {"do": "unpublish"}), (STANDARD, typed(state="private"))],
)
def test_an_open_shop_keeps_one_method(owner: Keeper, path: str, data: dict[str, str]) -> None:
    answer = owner.post(path, data)

    assert answer.status_code == 422
    assert "公開中の配送方法が1つ必要です" in answer.text
    assert method().published


def test_the_page_shows_the_days_that_a_shopper_could_choose(owner: Keeper) -> None:
    def shown() -> list[str]:
        page = owner.get(STANDARD).text
        return re.findall(r'<span class="nowrap">([^<]+)</span>', page)

    assert len(shown()) == 14
    owner.post(STANDARD, typed(days_offered="3"))

    assert len(shown()) == 3


# Days of rest


def rest(**changes: Any) -> dict[str, Any]:
    return {"weekdays": ["6"], "national": "1", "new_year": "1", "days": "", **changes}


def test_a_day_of_rest_is_kept_in_any_usual_form(owner: Keeper) -> None:
    answer = owner.post(f"{PAGE}/rest", rest(days="2026/12/28\n２０２６-12-29"))

    assert answer.status_code == 303
    assert "2026-12-28\n2026-12-29" in owner.get(f"{PAGE}/rest").text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"days": "明日"}, "days"),
        ({"days": "2026-02-30"}, "days"),
        ({"weekdays": list("0123456")}, "weekdays"),
    ],
)
def test_what_is_no_day_of_rest_is_refused(
    owner: Keeper, changes: dict[str, Any], field: str
) -> None:
    answer = owner.post(f"{PAGE}/rest", rest(**changes))

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


def test_resting_changes_what_shoppers_are_promised(owner: Keeper) -> None:
    owner.put_in().answer("cod")
    before = owner.get("/checkout/confirm").text
    owner.post(f"{PAGE}/rest", rest(weekdays=list("012345")))

    after = owner.get("/checkout/confirm").text

    promised = [re.search(r'data-law="delivery">.*?<p>(.*?)</p>', page) for page in (before, after)]
    assert promised[0]
    assert promised[1]
    assert promised[0][1] != promised[1][1]


def test_staff_may_not_change_delivery(staff: Keeper) -> None:
    assert staff.get(PAGE).status_code == 403
    assert staff.post(STANDARD, typed(fee="1")).status_code == 403
