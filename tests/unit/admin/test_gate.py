"""Nobody comes past the gate without password and second factor, whichever address they try."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from storefront.admin.auth import accounts, gate, second_factor
from storefront.admin.auth.models import OWNER, STAFF, Person
from storefront.core import clock
from storefront.core.extensions import Base, db
from tests.conftest import MakeApp, OwnContextClient, entered
from tests.cookies import keep
from tests.signed_in import a_person, cookie_of
from tests.unit.admin.conftest import Keeper, keeper

pytestmark = pytest.mark.web

METHODS = ("GET", "POST")


def owners_addresses(app: Flask) -> list[tuple[str, str]]:
    """Every method and path of the owner's side, with something in each argument."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("admin.")]
    assert len(rules) > 20
    return [
        (method, _path(app, rule))
        for rule in rules
        if rule.endpoint not in gate.OPEN
        for method in METHODS
        if method in (rule.methods or ())
    ]


def _path(app: Flask, rule: Rule) -> str:
    values = {name: _argument(rule, name) for name in rule.arguments}
    return app.url_map.bind("127.0.0.1").build(rule.endpoint, values, method=None)


def _argument(rule: Rule, name: str) -> object:
    return 1 if type(rule._converters[name]).__name__ == "IntegerConverter" else "x"


def test_every_address_of_the_owners_side_refuses_a_stranger(app: Flask) -> None:
    client = app.test_client()

    let_on = [
        (method, path)
        for method, path in owners_addresses(app)
        for prefix in ("", "/en")
        if _where(client.open(prefix + path, method=method)) != prefix + "/admin/login"
    ]

    assert let_on == []


def test_every_address_refuses_whoever_gave_only_the_password(app: Flask) -> None:
    half = keeper(app, OWNER, is_whole=False, proven_at=None).client

    let_on = [
        (method, path)
        for method, path in owners_addresses(app)
        if "/login/code" not in path
        and _where(half.open(path, method=method)) != "/admin/login/code"
    ]

    assert let_on == [("POST", "/admin/logout")]


def test_every_address_refuses_whoever_has_no_second_factor_yet(app: Flask) -> None:
    app.test_client_class = OwnContextClient
    new = app.test_client()
    new.set_cookie(*cookie_of(app, a_person(OWNER, totp_secret=None), is_whole=False))

    let_on = {
        path
        for method, path in owners_addresses(app)
        if _where(new.open(path, method=method)) != "/admin/beginning"
    }

    assert let_on == {
        "/admin/logout",
        "/admin/beginning",
        "/admin/passkeys/new",
        "/admin/passkeys/keep",
    }


# what somebody may press who signed in a while ago: a new address is added here on purpose only
NEEDS_NO_PROOF = {
    "admin.account.sign_out_others",
    "admin.signing_in.give_proof",
    "admin.signing_in.logout",
    *("admin.signing_in.code", "admin.signing_in.give_code", "admin.passkeys.prove"),
    *(f"admin.delivery.{action}" for action in ("add", "do", "keep_rest", "save")),
    "admin.limits.save",
    *(f"admin.orders.{action}" for action in ("act", "again", "chosen", "enter", "fetch_slips")),
    *(f"admin.orders.{action}" for action in ("keep_note", "read_slips", "reveal", "search")),
    *("admin.orders.ship_these", "admin.orders.start_job"),
    *(f"admin.payment_methods.{action}" for action in ("change", "choose_kind", "delete", "down")),
    *(f"admin.payment_methods.{action}" for action in ("order_after_failure", "preview", "up")),
    *(f"admin.payment_methods.{action}" for action in ("preview_new", "publish", "register")),
    "admin.payment_methods.unpublish",
    *(
        f"admin.products.{action}"
        for action in ("add_category", "add_picture", "approve", "create")
    ),
    *(f"admin.products.{action}" for action in ("change_category", "change_picture", "save")),
    *("admin.products.remove", "admin.products.upload"),
    *(f"admin.shop_settings.{action}" for action in ("add_news", "open_or_close", "remove_news")),
    *("admin.shop_settings.save", "admin.yamato.try_it"),
}


def test_whole_but_not_proven_opens_nothing_that_asks_for_a_proof(app: Flask) -> None:
    before = clock.now() - timedelta(minutes=30)
    whole = keeper(app, OWNER, proven_at=before).client
    addresses = app.url_map.bind("127.0.0.1")

    wrong, pressed = [], set()
    for method, path in owners_addresses(app):
        endpoint, _values = addresses.match(path, method)
        answer = _where(whole.open(path, method=method))
        asks = getattr(app.view_functions[endpoint], "asks_for_proof", False)
        if endpoint in gate.FIRST_FACTOR:
            asked = answer == "/admin/account"
        else:
            asked = (answer == "/admin/prove") == (asks or endpoint in gate.NEW_PASSKEY)
        if not asked:
            wrong.append((method, path, answer))
        if method == "POST" and answer != "/admin/prove" and endpoint not in gate.FIRST_FACTOR:
            pressed.add(endpoint)

    assert wrong == []
    assert pressed - NEEDS_NO_PROOF == set()


def test_the_second_factor_of_a_session_in_hand_is_replaced_only_after_a_proof(
    app: Flask,
) -> None:
    whole = keeper(app, OWNER, proven_at=None)
    person = db.session.scalars(sa.select(Person)).all()[-1]
    with app.test_request_context():
        person_secret = person.totp_secret
        assert not second_factor.keep_secret(
            person, "B" * 32, second_factor.code_now("B" * 32), is_first=True
        )

    answer = whole.post("/admin/beginning", {"code": "123456"})

    assert _where(answer) == "/admin/account"
    assert "QR" not in whole.get("/admin/beginning").text
    db.session.expire_all()
    assert person.totp_secret == person_secret == "A" * 32


def _where(answer: object) -> str:
    location = str(getattr(answer, "location", "") or "")
    return location.partition("?")[0]


def test_a_made_up_cookie_opens_nothing(app: Flask) -> None:
    client = app.test_client()
    for value in ("x", "", "a.b", "0" * 64):
        keep(client, "admin", value)

        assert client.get("/admin/").status_code == 303


def test_who_was_let_go_is_out_at_once(app: Flask, owner: Keeper) -> None:
    assert owner.get("/admin/").status_code == 200
    with app.test_request_context():
        person = next(one for one in accounts.everybody() if one.name.startswith("担当"))

        accounts.let_go(person)

    assert _where(owner.get("/admin/")) == "/admin/login"


@pytest.mark.parametrize(
    ("seen", "begun", "status"), [(14, 14, 200), (16, 16, 303), (1, 479, 200), (1, 481, 303)]
)
def test_a_session_ends_after_15_idle_minutes_and_after_8_hours(
    app: Flask, seen: int, begun: int, status: int
) -> None:
    now = clock.now()
    when: dict[str, Any] = {
        "seen_at": now - timedelta(minutes=seen),
        "began_at": now - timedelta(minutes=begun),
    }

    assert keeper(app, OWNER, **when).get("/admin/").status_code == status


def test_being_seen_keeps_the_session_alive(app: Flask, owner: Keeper, pass_time) -> None:  # type: ignore[no-untyped-def]
    for _ in range(3):
        pass_time(10 * 60)

        assert owner.get("/admin/alive").status_code == 204


def test_staff_opens_no_page_that_is_the_owners(app: Flask, staff: Keeper) -> None:
    views = {
        name: view
        for name, view in app.view_functions.items()
        if name.startswith("admin.") and getattr(view, "is_owner_only", False)
    }
    assert {"admin.people.show", "admin.audit_log.show"} <= views.keys()
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint in views]

    let_on = [
        (method, rule.rule)
        for rule in rules
        for method in METHODS
        if method in (rule.methods or ())
        and staff.client.open(_path(app, rule), method=method).status_code != 403
    ]

    assert let_on == []


@pytest.mark.parametrize("role", [OWNER, STAFF])
def test_the_menu_leads_only_where_one_may_go(app: Flask, role: str) -> None:
    someone = keeper(app, role)
    menu = (
        someone.get("/admin/").text.partition('<nav class="owner__menu')[2].partition("</nav>")[0]
    )

    links = [part.partition('"')[0] for part in menu.split('href="')[1:]]

    assert links
    assert [link for link in links if someone.get(link).status_code != 200] == []


@pytest.mark.parametrize(
    "target", ["https://evil.example/admin", "//evil.example/admin", "/cart", "/admin\\@evil", ""]
)
def test_signing_in_leads_to_no_other_site(app: Flask, target: str) -> None:
    with app.test_request_context():
        assert gate.within(target) == "/admin/"


@pytest.mark.parametrize("path", ["/admin/?a=", "/admin/orders/", "/admin/login?next=/admin/"])
def test_no_address_is_passed_on_at_any_length(app: Flask, path: str) -> None:
    answer = Keeper(app.test_client()).get(path + "x" * 45_000)

    assert len(answer.headers.get("Location", "")) < 600
    assert "xxx" not in answer.text.partition("<main")[2]


def test_a_sign_in_leads_on_to_a_path_and_a_proof_to_the_whole_page(app: Flask) -> None:
    late = keeper(app, OWNER, proven_at=clock.now() - timedelta(minutes=6))
    page = "/admin/orders/export?status=waiting"

    assert Keeper(app.test_client()).get(page).location == "/admin/login?next=/admin/orders/export"
    assert unquote(late.get(page).location) == f"/admin/prove?next={page}"


def test_an_old_proof_is_asked_for_again_and_leads_back(app: Flask) -> None:
    old = clock.now() - timedelta(minutes=6)
    owner = keeper(app, OWNER, proven_at=old)

    answer = owner.get("/admin/account/app")
    assert answer.location == "/admin/prove?next=/admin/account/app"
    assert "ご本人の確認" in owner.get(answer.location).text


def test_a_form_that_was_opened_in_time_may_be_sent_a_while_later(app: Flask) -> None:
    ten = keeper(app, OWNER, proven_at=clock.now() - timedelta(minutes=10))
    half_an_hour = keeper(app, OWNER, proven_at=clock.now() - timedelta(minutes=30))

    assert ten.post("/admin/account/app", {"code": ""}).status_code == 422
    assert _where(half_an_hour.post("/admin/account/app", {"code": ""})) == "/admin/prove"


def test_nothing_of_the_owners_is_kept_by_a_browser(owner: Keeper) -> None:
    answer = owner.get("/admin/account")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_gate_stands_in_production_too(make_app: MakeApp) -> None:
    with entered(make_app(limits="real")) as app:
        assert _where(app.test_client().get("/admin/")) == "/admin/login"


def test_no_form_of_the_owners_side_does_anything_without_its_token(
    app: Flask, owner: Keeper
) -> None:
    forms = [path for method, path in owners_addresses(app) if method == "POST"]
    before = _books()

    for path in forms:
        answer = owner.client.post(path, data=EVERYTHING)
        assert answer.status_code < 500, path

    assert _books() == before


# what would make each form do something, were the token there
EVERYTHING = {
    "csrf_token": "rubbish",
    "do": "let-go",
    "name": "x",
    "email": "x@example.com",
    "role": "owner",
    "code": "1",
}


def _books() -> dict[str, list[str]]:
    """All rows of all tables, but for when somebody was seen."""
    db.session.rollback()
    tables = [table for table in Base.metadata.sorted_tables if table.name not in UNTOLD]
    return {
        table.name: sorted(str(tuple(row)) for row in db.session.execute(sa.select(table)).all())
        for table in tables
    }


UNTOLD = {"admin_sessions", "heartbeats"}
