"""ヤマトグループサービス設定: the contract, its screenings, and trying the line."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.admin.models import AuditEntry
from storefront.extensions import db
from storefront.kuroneko import trying
from storefront.kuroneko.trying import End
from storefront.payments import methods
from storefront.payments.models import YamatoConnection
from tests.conftest import MakeApp, entered
from tests.unit.admin.conftest import Keeper, keeper

PAGE = "/admin/settings/yamato"


def known() -> YamatoConnection:
    db.session.rollback()
    return db.session.scalars(sa.select(YamatoConnection)).one()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("merchant_code", "", "加盟店コードは11桁の数字です"),
        ("merchant_code", "1234567890", "加盟店コードは11桁の数字です"),
        ("merchant_code", "1234567890a", "加盟店コードは11桁の数字です"),
        ("password", "short", "8桁の半角英数字です"),
        ("password", "with-sign", "8桁の半角英数字です"),
        ("ship_days", "91", "0から90まで"),
        ("ship_days", "", "0から90まで"),
    ],
)
def test_a_wrong_field_is_told_beside_it(
    owner: Keeper, field: str, typed: str, sentence: str
) -> None:
    answer = owner.send(PAGE, PAGE, **{field: typed})

    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_password_is_kept_sealed_and_never_shown(owner: Keeper) -> None:
    assert owner.send(PAGE, PAGE, password="Abcd1234").status_code == 303

    assert known().password == "Abcd1234"
    stored = db.session.execute(sa.text("SELECT password FROM yamato_connections")).scalar()
    assert "Abcd1234" not in repr(stored)
    assert "Abcd1234" not in owner.get(PAGE).text
    assert "設定済み(変更する場合のみ入力)" in owner.get(PAGE).text
    told = db.session.scalars(sa.select(AuditEntry)).all()
    assert "Abcd1234" not in repr([(one.before, one.after) for one in told])


def test_an_empty_password_keeps_the_one_that_is_known(owner: Keeper) -> None:
    before = known().password
    owner.send(PAGE, PAGE, ship_days="5")

    assert (known().password, known().ship_days) == (before, 5)


def test_full_width_digits_are_taken(owner: Keeper) -> None:
    owner.send(PAGE, PAGE, merchant_code="１２３４５６７８９０１")

    assert known().merchant_code == "12345678901"


def test_a_screening_that_is_set_back_takes_its_methods_off_at_once(owner: Keeper) -> None:
    owner.send(PAGE, f"{PAGE}/screening", deferred="running", web_collect="complete")

    assert "kuroneko_smartphone" not in [one.code for one in methods.on_offer()]
    assert "審査が完了していません" in owner.get("/admin/settings/payment-methods").text


def test_a_made_up_stage_changes_nothing(owner: Keeper) -> None:
    owner.post(f"{PAGE}/screening", {"deferred": "won", "web_collect": "complete"})

    assert "kuroneko_smartphone" in [one.code for one in methods.on_offer()]


def test_going_live_needs_a_second_press_under_what_it_means(owner: Keeper) -> None:
    asked = owner.post(f"{PAGE}/host", {"live": "live"})
    assert asked.status_code == 422
    assert "実際にお客さまへ請求されます" in asked.text
    assert not known().live

    owner.post(f"{PAGE}/host", {"live": "live", "confirmed": "1"})
    assert known().live
    owner.post(f"{PAGE}/host", {"live": "test"})
    assert not known().live


def test_a_real_shop_says_on_every_page_that_its_connection_is_on_trial(
    app: Flask, owner: Keeper
) -> None:
    app.jinja_env.globals["is_sandbox"] = False
    assert "テスト中です。実際の請求は行われません" in owner.get("/").text

    owner.post(f"{PAGE}/host", {"live": "live", "confirmed": "1"})
    assert "テスト中です" not in owner.get("/").text


def test_the_notice_url_is_the_shops_own(owner: Keeper) -> None:
    assert "http://127.0.0.1:8000/webhooks/kuroneko/judgement" in owner.get(PAGE).text


@pytest.mark.parametrize("part", ["", "/host", "/screening"])
def test_an_old_proof_cannot_change_the_connection(app: Flask, part: str) -> None:
    old = keeper(app, "owner", proven_at=None)

    assert "/admin/prove" in old.post(PAGE + part, {"live": "live"}).location


@pytest.fixture
def with_yamato(make_app: MakeApp) -> Iterator[Flask]:
    with entered(make_app(kuroneko_base_url="")) as app:
        yield app


def test_the_line_is_tried_and_the_page_says_how_it_went(with_yamato: Flask) -> None:
    owner = keeper(with_yamato, "owner")
    owner.send(PAGE, f"{PAGE}/try")

    assert 'data-state="good"' in owner.get(PAGE).text
    assert "接続できました" in owner.last.text


def test_a_wrong_password_is_found_by_trying(with_yamato: Flask) -> None:
    owner = keeper(with_yamato, "owner")
    owner.send(PAGE, PAGE, password="Wrong123")
    owner.send(PAGE, f"{PAGE}/try")

    assert "パスワードが違います" in owner.get(PAGE).text


def test_a_wrong_merchant_code_is_found_by_trying(with_yamato: Flask) -> None:
    owner = keeper(with_yamato, "owner")
    owner.send(PAGE, PAGE, merchant_code="99999999999")
    owner.send(PAGE, f"{PAGE}/try")

    assert "この加盟店コードは使えません" in owner.get(PAGE).text


def test_without_yamato_nothing_is_asked(app: Flask) -> None:
    assert trying.try_connection() is End.NOT_CONNECTED
