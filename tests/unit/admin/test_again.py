"""What was pressed by somebody who had to show first who it is comes back, with one button."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from storefront.admin.auth import accounts, audit_end, gate, held_requests, second_factor, sessions
from storefront.admin.auth.models import OWNER, AdminSession, AuditEntry, HeldRequest, Person
from storefront.bulk import jobs
from storefront.catalogue.csv import import_job
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.orders.models import Order
from storefront.shipping.models import DeliveryMethod
from storefront.shop import profile, settings
from tests.conftest import MakeApp, entered
from tests.databases import Postgresql
from tests.factories import an_order
from tests.markup import parsed
from tests.signed_in import a_person, cookie_of
from tests.unit.admin.conftest import Keeper, keeper
from tests.unit.admin.test_signing_in import EMAIL, PASSWORD, SECRET, Visitor, _hana

pytestmark = pytest.mark.web

STALE = timedelta(minutes=30)
IDLE = timedelta(minutes=16)
TYPED = {"note": "青い箱に\n入れる", "words": "<b>ゆのみ</b> & 箱", "odd": "x"}


def its_person() -> Person:
    return db.session.scalars(sa.select(Person).order_by(Person.id.desc())).first() or a_person()


def signed_in_again(app: Flask, keeper: Keeper) -> Keeper:
    """The same person in the same browser, who has just shown who it is."""
    keeper.client.set_cookie(*cookie_of(app, its_person()))
    return keeper


def way_on(location: str | None) -> str:
    """Where the page that asks will lead."""
    found = re.fullmatch(r"/admin/(login|prove)\?next=(/admin/again/[\w-]+)", location or "")
    assert found, location
    return found[2]


def box(page: str) -> tuple[str, dict[str, list[str]]]:
    """Address and fields of the form with the one button; empty where there is none."""
    for form in parsed(page).all("form", method="post"):
        fields: dict[str, list[str]] = {}
        for one in form.all("input"):
            fields.setdefault(str(one["name"]), []).append(unescape(one.get("value") or ""))
        if form.all("button", data_testid="do-again"):
            return str(form["action"]), fields
    return "", {}


def press_again(owner: Keeper, page: str) -> None:
    action, fields = box(page)
    owner.last = owner.client.post(action, data=fields)


@pytest.fixture
def things(app: Flask) -> dict[str, object]:
    """One of everything that an address may name."""
    order = an_order()
    settings.add_news("2026-11-01", "秋の茶", "Autumn tea")
    sheet = import_job.start("SKU,在庫\nyunomi,えっと\n".encode(), "goods.csv", "ja")
    job = jobs.draft("deliver", a_person().id, [(order.id, "")])
    return {
        "number": order.number,
        "product_id": 1,
        "category_id": 1,
        "picture_id": 1,
        "passkey_id": 1,
        "news_id": profile.news(1)[0].id,
        "import_id": sheet.id,
        "job_id": job.id,
        "kind": "order-intro",
        "person_id": a_person().id,
    }


CODES = {"orders": "cancel", "payment_methods": "cod"}


def actions(app: Flask, things: dict[str, object]) -> list[tuple[str, str]]:
    """Endpoint and address of everything that can be pressed on the owner's side."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("admin.")]
    found = [
        (rule.endpoint, _address(app, rule, things))
        for rule in rules
        if "POST" in (rule.methods or ()) and not rule.endpoint.startswith(gate.ASKING)
    ]
    assert len(found) > 45
    return found


def _address(app: Flask, rule: Rule, things: dict[str, object]) -> str:
    delivery = db.session.scalar(sa.select(DeliveryMethod.code))
    code = CODES.get(rule.endpoint.split(".")[1], delivery)
    values = {name: things.get(name, code) for name in rule.arguments}
    of_a_kind = {"type": "cvs"} if rule.endpoint in OF_A_KIND else {}
    return app.url_map.bind("127.0.0.1").build(rule.endpoint, values | of_a_kind, method="POST")


OF_A_KIND = {"admin.payment_methods.register", "admin.payment_methods.preview_new"}


@pytest.mark.parametrize("why", ["idle", "signed out", "second factor not given", "stale"])
def test_whatever_was_pressed_comes_back_filled_with_one_button(
    app: Flask, things: dict[str, object], why: str
) -> None:
    states: dict[str, dict[str, Any]] = {
        "idle": {"seen_at": clock.now() - IDLE},
        "signed out": {"is_over": True},
        "second factor not given": {"is_whole": False},
        "stale": {"proven_at": clock.now() - STALE},
    }
    before = states[why]
    pressing = keeper(app, OWNER, **before)
    person, typed = its_person(), {**TYPED, "n": str(things["number"])}
    lost = []

    every = actions(app, things)
    for endpoint, address in every if why in {"idle", "stale"} else every[::8]:
        if why == "stale" and not hasattr(app.view_functions[endpoint], "asks_for_proof"):
            continue
        pressing.client.set_cookie(*cookie_of(app, person, **before))
        answer = pressing.client.post(address, data=typed)
        pressing.client.set_cookie(*cookie_of(app, person))
        page = pressing.client.get((answer.location or "").partition("next=")[2])
        action, fields = box(page.text)
        given = {name: [value] for name, value in typed.items()}
        if not given.items() <= fields.items() or action != address:
            lost.append((endpoint, page.status_code, page.location, fields))

    assert lost == []


def test_nothing_that_is_pressed_with_an_old_token_is_passed_over_in_silence(
    app: Flask, owner: Keeper, things: dict[str, object]
) -> None:
    silent = []
    for endpoint, address in actions(app, things):
        typed = {"csrf_token": "old", **TYPED, "n": things["number"], "do": "ship"}
        answer = owner.client.post(address, data=typed)
        is_shown = endpoint.endswith((".preview", ".preview_new"))
        if answer.status_code != (200 if is_shown else 422):
            silent.append((endpoint, address, answer.status_code, answer.location))

    assert silent == []


def test_a_refund_with_an_old_proof_is_shown_again_and_done_by_one_button(app: Flask) -> None:
    order = an_order(payment_status="paid", status="delivered")
    owner = keeper(app, OWNER, proven_at=clock.now() - STALE)

    asked = owner.post(f"/admin/orders/{order.number}/refund/refund")
    page = signed_in_again(app, owner).get(way_on(asked.location)).text
    assert f"まだ行われていません: 「{order.number}」: 全額を返金する" in page
    assert state_of(order) == "paid"
    press_again(owner, page)

    assert owner.last.location == f"/admin/orders/{order.number}"
    assert state_of(order) == "refunded"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(HeldRequest)) == 0


def state_of(order: Order) -> str:
    db.session.rollback()
    return str(db.session.scalar(sa.select(Order.payment_status).where(Order.id == order.id)))


def test_after_16_idle_minutes_a_form_is_as_it_was_typed_and_can_be_changed(app: Flask) -> None:
    owner = keeper(app, OWNER)
    page = parsed(owner.get("/admin/settings/shop").text)
    fields = {one["name"]: one.get("value") or "" for one in page.all("input") if one.get("name")}
    owner.client.set_cookie(*cookie_of(app, its_person(), seen_at=clock.now() - IDLE))
    typed = {**fields, "name": "つばき茶舗", "tagline": "山のお茶"}

    asked = owner.client.post("/admin/settings/shop", data=typed)
    shown = signed_in_again(app, owner).get(way_on(asked.location)).text

    assert shown.count("つばき茶舗") >= 2  # in the form itself, and under the button
    assert re.search(r'<input[^>]*id="name"[^>]*value="つばき茶舗"', shown)
    assert "エラー: " not in shown.partition("</title>")[0]


def test_signing_in_leads_through_password_and_code_to_what_was_pressed(app: Flask) -> None:
    hana, visitor = _hana(), Visitor(app)
    visitor.client.set_cookie(*cookie_of(app, hana, seen_at=clock.now() - IDLE))
    asked = visitor.client.post(
        "/admin/settings/shop/news",
        data={"day": "2026-12-01", "title": "年末の<お休み>", "title_en": "Closed"},
    )

    to = asked.location
    for typed in ({"email": EMAIL, "password": PASSWORD}, {"code": second_factor.code_now(SECRET)}):
        page = visitor.client.get(to).text
        form = parsed(page).all("form", method="post")[0]
        token = form.all("input", name="csrf_token")[0]["value"]
        to = visitor.client.post(
            unescape(form["action"]), data={"csrf_token": token, **typed}
        ).location
    owner = Keeper(visitor.client)
    shown = owner.get(to).text
    press_again(owner, shown)

    assert "年末の&lt;お休み&gt;" in shown
    assert profile.news(1)[0].title == "年末の<お休み>"


def test_a_file_is_not_kept_and_that_is_said(app: Flask) -> None:
    owner = keeper(app, OWNER, seen_at=clock.now() - IDLE)
    picture = (BytesIO(b"x" * 400_000), "large.jpg")

    asked = owner.client.post(
        "/admin/products/1/pictures", data={"file": picture, "alt": "青い湯呑", "alt_en": "Blue"}
    )
    page = signed_in_again(app, owner).get(way_on(asked.location)).text

    assert "選んだファイルは保存できません" in page
    assert 'value="青い湯呑"' in page
    assert 'data-testid="do-again"' not in page


def test_secrets_are_kept_nowhere_and_the_rest_is_sealed_and_short_lived(
    app: Flask, pass_time: Callable[[int], None]
) -> None:
    owner = keeper(app, OWNER, seen_at=clock.now() - IDLE)
    person = its_person()
    asked = owner.client.post(
        "/admin/settings/yamato",
        data={"merchant_code": "12345678901", "password": "Abcd1234", "ship_days": "3"},
    )
    to = way_on(asked.location)
    kept = held_requests.find(to.rpartition("/")[2], person.id)
    sealed = db.session.scalars(sa.select(HeldRequest.sealed)).one()

    assert kept is not None
    assert dict(kept.fields) == {"merchant_code": "12345678901", "ship_days": "3"}
    assert b"12345678901" not in sealed
    page = signed_in_again(app, owner).get(to).text
    assert "パスワードと確認コードは保存していません" in page
    assert 'value="12345678901"' in page
    pass_time(24 * 3600 + 1)
    assert held_requests.find(to.rpartition("/")[2], person.id) is None
    with transaction():
        held_requests.purge()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(HeldRequest)) == 0


def test_every_field_for_a_secret_is_one_that_is_never_kept(app: Flask) -> None:
    loader = app.jinja_env.loader
    assert loader is not None
    secret = {
        found[1]
        for name in loader.list_templates()
        if name.startswith("admin/")
        for found in re.finditer(
            r'form\.(\w+)[^\n]*type="password"', loader.get_source(app.jinja_env, name)[0]
        )
    }

    assert secret == {"password", "again"}
    assert secret <= held_requests.SECRETS


def test_what_one_pressed_is_shown_to_nobody_else(app: Flask) -> None:
    one = keeper(app, OWNER, seen_at=clock.now() - IDLE)
    asked = one.client.post("/admin/settings/shop/news", data={"title": "ひみつ"})
    other = keeper(app, OWNER)

    answer = other.get(way_on(asked.location))

    assert answer.location == "/admin/"
    assert "ひみつ" not in other.get("/admin/").text


def test_what_was_typed_for_something_that_is_gone_can_still_be_read(app: Flask) -> None:
    owner = keeper(app, OWNER, seen_at=clock.now() - IDLE)
    asked = owner.client.post("/admin/products/9999", data={"name": "桜の急須"})

    page = signed_in_again(app, owner).get(way_on(asked.location))

    assert page.status_code == 200
    assert "対象がなくなったため" in page.text
    assert "桜の急須" in page.text


def test_a_strangers_form_and_another_sites_are_kept_for_nobody(app: Flask) -> None:
    stranger = app.test_client()
    elsewhere = {"Origin": "https://evil.example"}
    idle = keeper(app, OWNER, seen_at=clock.now() - IDLE)

    assert stranger.post("/admin/settings/shop", data=TYPED).location == "/admin/login"
    answer = idle.client.post("/admin/settings/shop", data=TYPED, headers=elsewhere)
    assert answer.location == "/admin/login"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(HeldRequest)) == 0


def test_what_waits_stands_on_the_first_page_whatever_way_one_came(app: Flask) -> None:
    owner = keeper(app, OWNER, seen_at=clock.now() - IDLE)
    owner.client.post("/admin/settings/payment-methods/cod/unpublish")

    home = signed_in_again(app, owner).get("/admin/").text

    assert "まだ行われていない操作" in home
    assert "非公開にする" in home


def test_a_person_keeps_at_most_twenty(app: Flask) -> None:
    owner = keeper(app, OWNER, seen_at=clock.now() - IDLE)
    for number in range(22):
        owner.client.post("/admin/settings/shop/news", data={"title": f"number {number}"})

    kept = [dict(one.fields)["title"] for one in held_requests.waiting(its_person().id)]
    assert len(kept) == 20
    assert "number 0" not in kept


def test_sessions_that_are_over_are_known_for_three_days_only(
    app: Flask, owner: Keeper, pass_time: Callable[[int], None]
) -> None:
    person = its_person()
    with transaction():
        sessions.end_all_of(person.id)
    assert owner.get("/admin/").status_code == 303

    pass_time(3 * 24 * 3600 + 1)
    with transaction():
        sessions.purge()
    assert db.session.query(AdminSession).count() == 0


def test_signing_out_with_an_old_token_says_that_it_was_not_done(owner: Keeper) -> None:
    answer = owner.client.post("/admin/logout", data={"csrf_token": "old"})

    assert answer.status_code == 422
    assert "まだ行われていません: サインアウト" in answer.text
    press_again(owner, answer.text)
    assert owner.get("/admin/").location == "/admin/login?next=/admin/"


def test_adding_a_helper_with_an_old_proof_goes_on_where_it_stopped(app: Flask) -> None:
    owner = keeper(app, OWNER, proven_at=clock.now() - STALE)
    typed = {"name": "助け手", "email": "help@sakura.example", "role": "staff"}

    asked = owner.post("/admin/settings/people", typed)
    page = signed_in_again(app, owner).get(way_on(asked.location)).text
    assert accounts.by_email("help@sakura.example") is None
    press_again(owner, page)

    assert owner.last.status_code == 200
    assert accounts.by_email("help@sakura.example") is not None
    assert db.session.query(AuditEntry).filter_by(action="person.add").count() == 1


@pytest.fixture
def shop_on_postgresql(make_app: MakeApp, on_postgresql: Postgresql) -> Iterator[Flask]:
    with entered(make_app(database_url=on_postgresql.seeded())) as app:
        yield app


def test_what_was_pressed_comes_back_on_postgresql_and_the_log_notes_it(
    shop_on_postgresql: Flask,
) -> None:
    owner = keeper(shop_on_postgresql, OWNER, seen_at=clock.now() - IDLE)
    typed = {"day": "2026-12-01", "title": "年末のお休み", "title_en": "Closed"}
    for _ in range(22):
        asked = owner.client.post("/admin/settings/shop/news", data=typed)
    assert len(held_requests.waiting(its_person().id)) == 20

    shown = signed_in_again(shop_on_postgresql, owner).get(way_on(asked.location)).text
    press_again(owner, shown)

    assert profile.news(1)[0].title == "年末のお休み"
    assert len(held_requests.waiting(its_person().id)) == 19
    assert audit_end.first_gone() is None
    assert audit_end.noted()[-1] == audit_end.now()
