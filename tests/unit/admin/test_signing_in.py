"""Password, code, recovery code: what is right, what is refused, and how often one may try."""

from collections.abc import Callable

import pyotp
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from storefront.admin.auth import accounts, second_factor
from storefront.admin.auth.models import OWNER, AdminSession, AuditEntry, Person, RecoveryCode
from storefront.core import clock
from storefront.core.extensions import db
from storefront.testing.form_shopper import field_value
from tests.conftest import MakeApp, OwnContextClient, entered
from tests.cookies import cookie_in, keep

pytestmark = pytest.mark.web

PASSWORD = "rhubarb lantern 42 umbrella"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
EMAIL = "hana@sakura.example"


class Visitor:
    """A browser before it is signed in."""

    def __init__(self, app: Flask) -> None:
        app.test_client_class = OwnContextClient
        self.client = app.test_client()

    def post(self, path: str, **typed: str) -> TestResponse:
        token = field_value(self.client.get("/admin/login").text, "csrf_token")
        return self.client.post(path, data={"csrf_token": token, **typed})

    def give_password(self, password: str = PASSWORD, email: str = EMAIL) -> TestResponse:
        return self.post("/admin/login", email=email, password=password)

    def give_code(self, code: str) -> TestResponse:
        return self.post("/admin/login/code", code=code)

    @property
    def is_in(self) -> bool:
        return self.client.get("/admin/").status_code == 200


@pytest.fixture
def hana(app: Flask) -> Person:
    return _hana()


def _hana() -> Person:
    person = accounts.let_in(EMAIL, "花", OWNER, PASSWORD)
    person.totp_secret = SECRET
    db.session.commit()
    return person


@pytest.fixture
def visitor(app: Flask, hana: Person) -> Visitor:
    return Visitor(app)


def test_password_and_code_let_one_in(visitor: Visitor) -> None:
    assert visitor.give_password().location == "/admin/login/code"
    assert not visitor.is_in

    assert visitor.give_code(second_factor.code_now(SECRET)).location == "/admin/"
    assert visitor.is_in


def test_the_address_may_be_typed_in_capitals_and_with_space(visitor: Visitor) -> None:
    assert visitor.give_password(email=" HANA@sakura.example ").status_code == 303


def test_the_address_and_the_code_may_be_typed_in_full_width(visitor: Visitor) -> None:
    wide = {ord(char): ord(char) + 0xFEE0 for char in "0123456789abcdefghijklmnopqrstuvwxyz.@"}

    assert visitor.give_password(email=EMAIL.translate(wide)).status_code == 303
    code = second_factor.code_now(SECRET).translate(wide)
    assert visitor.give_code(f"{code[:3]}　{code[3:]}").status_code == 303
    assert visitor.is_in


def test_a_recovery_code_may_be_typed_in_full_width(app: Flask, hana: Person) -> None:
    first, second, *_others = second_factor.new_recovery_codes(hana)
    wide = {number: number + 0xFEE0 for number in range(0x21, 0x7F)}

    assert second_factor.spend_code(hana, first.upper().translate(wide))
    assert second_factor.spend_code(hana, second.replace("-", "ー"))


def test_the_first_code_of_an_app_may_be_typed_in_full_width(app: Flask, hana: Person) -> None:
    wide = {number: number + 0xFEE0 for number in range(0x30, 0x3A)}

    code = second_factor.code_now(SECRET).translate(wide)

    assert second_factor.keep_secret(hana, SECRET, f"{code[:3]}　{code[3:]}")


def test_a_wrong_password_and_an_unknown_address_are_told_alike(visitor: Visitor) -> None:
    wrong = visitor.give_password("rhubarb lantern 43 umbrella")
    unknown = visitor.give_password(email="nobody@sakura.example")

    assert wrong.status_code == unknown.status_code == 422
    sentence = "メールアドレスかパスワードが違います"
    assert sentence in wrong.text
    assert sentence in unknown.text


def test_a_password_is_never_sent_back(visitor: Visitor) -> None:
    assert "rhubarb" not in visitor.give_password("rhubarb 1").text


def test_the_sixth_try_is_not_looked_at(visitor: Visitor, pass_time: Callable[[int], None]) -> None:
    for _ in range(5):
        visitor.give_password("wrong")

    refused = visitor.give_password()
    assert refused.status_code == 422
    assert "30分" in refused.text
    pass_time(30 * 60 + 1)
    assert visitor.give_password().status_code == 303


def test_what_succeeded_does_not_count_as_a_try(visitor: Visitor) -> None:
    for _ in range(8):
        assert visitor.give_password().status_code == 303


def test_five_wrong_codes_close_the_code_too(visitor: Visitor) -> None:
    visitor.give_password()
    for _ in range(5):
        assert visitor.give_code("000000").status_code == 422

    assert "30分" in visitor.give_code(second_factor.code_now(SECRET)).text


def test_an_address_may_try_25_times_whatever_names_it_gives(make_app: MakeApp) -> None:
    with entered(make_app(limits="real")) as app:
        _hana()
        visitor = Visitor(app)
        for number in range(25):
            visitor.give_password("wrong", f"{number}@sakura.example")

        assert "30分" in visitor.give_password().text


def test_a_code_is_taken_once_where_limits_are_real(make_app: MakeApp) -> None:
    with entered(make_app(limits="real")):
        person = _hana()
        code = second_factor.code_now(SECRET)

        assert second_factor.spend_code(person, code)
        assert not second_factor.spend_code(person, code)


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_phone_may_be_half_a_minute_off(
    app: Flask, hana: Person, steps: int, is_right: bool
) -> None:
    moment = int(clock.now().timestamp()) // 30 * 30 + steps * 30
    code = pyotp.TOTP(SECRET).at(moment)

    assert second_factor.spend_code(hana, code) is is_right


def test_a_recovery_code_is_taken_once_and_only_from_its_person(app: Flask, hana: Person) -> None:
    other = accounts.let_in("other@sakura.example", "他", OWNER, PASSWORD)
    code = second_factor.new_recovery_codes(hana)[3]

    assert not second_factor.spend_code(other, code)
    assert second_factor.spend_code(hana, f" {code.upper()} ")
    assert not second_factor.spend_code(hana, code)
    assert second_factor.recovery_codes_left(hana) == 9


def test_new_recovery_codes_make_the_old_ones_worthless(app: Flask, hana: Person) -> None:
    old = second_factor.new_recovery_codes(hana)[0]
    second_factor.new_recovery_codes(hana)

    assert not second_factor.spend_code(hana, old)


def test_neither_codes_nor_secrets_nor_passwords_stand_in_the_database(
    app: Flask, hana: Person
) -> None:
    codes = second_factor.new_recovery_codes(hana)
    connection = db.engine.raw_connection()
    dump = "\n".join(connection.iterdump())
    connection.close()

    for secret in (SECRET, PASSWORD, codes[0], codes[0].replace("-", "")):
        assert secret not in dump
    assert db.session.query(RecoveryCode).count() == 10


def test_a_form_without_a_token_signs_nobody_in(visitor: Visitor) -> None:
    answer = visitor.client.post("/admin/login", data={"email": EMAIL, "password": PASSWORD})

    assert answer.status_code == 422
    assert "もう一度ボタンを押してください" in answer.text


def test_signing_out_ends_the_session_in_the_database(visitor: Visitor) -> None:
    visitor.give_password()
    visitor.give_code(second_factor.code_now(SECRET))
    visitor.post("/admin/logout")

    assert not visitor.is_in
    assert db.session.query(AdminSession).filter_by(is_over=False).count() == 0


def test_refusals_are_in_the_audit_log_without_the_whole_address(visitor: Visitor) -> None:
    visitor.give_password("wrong")

    entry = db.session.query(AuditEntry).one()
    assert (entry.action, entry.subject, entry.who) == (
        "sign-in.refused",
        "h***@sakura.example",
        "-",
    )


def test_the_cookie_changes_with_the_second_factor_and_the_old_one_is_worth_nothing(
    visitor: Visitor,
) -> None:
    visitor.give_password()
    before = cookie_in(visitor.client, "admin")
    visitor.give_code(second_factor.code_now(SECRET))
    after = cookie_in(visitor.client, "admin")

    assert before is not None
    assert after is not None
    assert before.value != after.value
    keep(visitor.client, "admin", before.value)
    assert not visitor.is_in
