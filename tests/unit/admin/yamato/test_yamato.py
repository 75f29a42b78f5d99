"""ヤマトグループサービス設定: the contract, its screenings, and trying the line."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.admin.auth.models import AuditEntry
from storefront.app import wiring
from storefront.core.extensions import db, transaction
from storefront.payments import methods
from storefront.payments.models import PaymentMethod, YamatoConnection
from storefront.providers.yamato.account import connection_test
from storefront.providers.yamato.account.connection_test import End
from storefront.providers.yamato.deferred_credit import KuronekoCredit
from tests.conftest import MakeApp, entered
from tests.own_shop import in_production
from tests.unit.admin.conftest import Keeper, keeper

PAGE = "/admin/settings/yamato"


def let_yamato_collect() -> None:
    with transaction():
        db.session.execute(sa.update(PaymentMethod).values(collector="provider"))


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
    let_yamato_collect()
    asked = owner.post(f"{PAGE}/host", {"live": "live"})
    assert asked.status_code == 422
    assert "実際にお客さまへ請求されます" in asked.text
    assert not known().live

    owner.post(f"{PAGE}/host", {"live": "live", "confirmed": "1"})
    assert known().live
    owner.post(f"{PAGE}/host", {"live": "test"})
    assert not known().live


def test_nobody_is_asked_for_the_money_by_the_shop_and_by_yamato(owner: Keeper) -> None:
    refused = owner.post(f"{PAGE}/host", {"live": "live", "confirmed": "1"})

    assert refused.status_code == 422
    assert "本番ではヤマトもお客さまに請求するため、二重になります" in refused.text
    assert not known().live


def test_a_live_connection_leaves_no_method_to_the_shop(owner: Keeper) -> None:
    let_yamato_collect()
    owner.post(f"{PAGE}/host", {"live": "live", "confirmed": "1"})
    form = "/admin/settings/payment-methods/kuroneko_smartphone"

    answers = [owner.send(form, form, collector="shop", published=one) for one in ("1", "0")]

    assert [one.status_code for one in answers] == [422, 422]
    assert "お店からも請求すると二重になる" in answers[0].text


@pytest.mark.parametrize(
    ("field", "said", "name"),
    [
        ("payment_time", "商品のお届け後、ヤマト運輸から届くURLでお支払いください。", "ヤマト運輸"),
        ("instructions", "ヤマト運輸株式会社からSMSが届きます。", "ヤマト運輸"),
        ("payment_time_en", "Yamato Transport sends a link.", "Yamato Transport"),
        ("instructions_en", "Yamato Transport sends a link.", "Yamato Transport"),
    ],
)
def test_words_that_let_yamato_ask_are_refused_where_the_shop_does(
    owner: Keeper, field: str, said: str, name: str
) -> None:
    form = "/admin/settings/payment-methods/kuroneko_smartphone"

    refused = owner.send(form, form, **{field: said, "collector": "shop"})
    kept = owner.send(form, form, **{field: f"{said} {{sender}}", "collector": "shop"})
    by_yamato = owner.send(form, form, **{field: said, "collector": "provider"})

    assert f"「{name}」の代わりに {{sender}} と書くと" in refused.text
    assert [one.status_code for one in (refused, kept, by_yamato)] == [422, 303, 303]


def test_a_method_that_would_be_asked_for_twice_is_not_on_offer(app: Flask) -> None:
    """As in a shop that went live before this was looked at."""
    with transaction():
        db.session.execute(sa.update(YamatoConnection).values(live=True))

    offered = {one.code for one in methods.on_offer()}

    assert "kuroneko_smartphone" not in offered
    assert {"bank_transfer", "cod"} <= offered


LIVE_HOST = "https://atobarai.kuronekoyamato.co.jp/kuroneko-atobarai-api"
TEST_HOST = "https://atobarai-test.kuronekoyamato.co.jp/kuroneko-atobarai-api"


@pytest.mark.parametrize(
    ("setting", "is_live", "address"),
    [
        ("", False, TEST_HOST),
        ("", True, LIVE_HOST),
        (LIVE_HOST, False, TEST_HOST),
        (LIVE_HOST, True, LIVE_HOST),
        (TEST_HOST, False, TEST_HOST),
        ("https://yamato.example/api", True, "https://yamato.example/api"),
    ],
)
def test_the_page_shows_the_address_that_is_asked(
    app: Flask, owner: Keeper, setting: str, is_live: bool, address: str
) -> None:
    settings = in_production(app, kuroneko_base_url=setting)
    with transaction():
        db.session.execute(sa.update(YamatoConnection).values(live=is_live))

    page = owner.get(PAGE).text

    assert f'<code data-testid="asked-address">{address}</code>' in page
    is_switchless = settings.yamato_test_url == ""
    assert ("環境変数 KURONEKO_BASE_URL が設定されているため" in page) == is_switchless
    wired = wiring.build(settings).credits["kuroneko"]
    assert isinstance(wired, KuronekoCredit)
    assert wired.yamato.client().base_url == address


def test_a_shop_that_is_led_to_the_test_host_cannot_go_live(app: Flask, owner: Keeper) -> None:
    let_yamato_collect()
    in_production(app, kuroneko_base_url=TEST_HOST)

    refused = owner.post(f"{PAGE}/host", {"live": "live", "confirmed": "1"})

    assert refused.status_code == 422
    assert "KURONEKO_BASE_URL" in refused.text
    assert not known().live


def test_the_merchant_code_of_the_demo_is_none_of_a_real_shops(app: Flask, owner: Keeper) -> None:
    in_production(app)

    refused = owner.send(PAGE, PAGE, password="Abcd1234")

    assert refused.status_code == 422
    assert "見本のお店の加盟店コードです" in refused.text


def test_a_real_shop_says_on_every_page_that_its_connection_is_on_trial(
    app: Flask, owner: Keeper
) -> None:
    let_yamato_collect()
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
    assert connection_test.try_connection() is End.NOT_CONNECTED
