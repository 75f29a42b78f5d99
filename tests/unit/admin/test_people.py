"""Who is let in, who is let go, and what a new person has to do first."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.admin.auth import accounts
from storefront.admin.auth.accounts import EmailTaken, LastOwner
from storefront.admin.auth.models import OWNER, STAFF, AuditEntry, Person
from storefront.admin.auth.passwords import is_guessable, is_right
from storefront.core.extensions import db
from storefront.testing.form_shopper import field_value
from tests.signed_in import a_person, cookie_of
from tests.unit.admin.conftest import Keeper

PASSWORD = "rhubarb lantern 42 umbrella"


@pytest.fixture
def nobody(app: Flask) -> None:
    """Without the demo owner, so that the test's own are all there are."""
    db.session.execute(sa.delete(Person))
    db.session.commit()


def owners() -> int:
    here = sa.select(Person).where(Person.role == OWNER, Person.left_at.is_(None))
    return len(db.session.scalars(here).all())


@pytest.mark.usefixtures("nobody")
def test_the_last_owner_can_neither_go_nor_become_staff() -> None:
    last = a_person(OWNER)
    a_person(STAFF)

    with pytest.raises(LastOwner):
        accounts.let_go(last)
    with pytest.raises(LastOwner):
        accounts.change_role(last, STAFF)
    assert owners() == 1


@pytest.mark.usefixtures("nobody")
def test_two_owners_who_let_each_other_go_at_once_leave_one(app: Flask) -> None:
    pair = [a_person(OWNER), a_person(OWNER)]

    def let_go(person: Person) -> bool:
        with app.app_context():
            try:
                accounts.let_go(person)
            except LastOwner:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        gone = list(pool.map(let_go, pair))

    assert sorted(gone) == [False, True]
    assert owners() == 1


def test_an_address_is_taken_whatever_its_capitals(app: Flask) -> None:
    accounts.let_in("hana@sakura.example", "花", STAFF, PASSWORD)

    with pytest.raises(EmailTaken):
        accounts.let_in("Hana@Sakura.example", "花", STAFF, PASSWORD)


def test_who_comes_back_has_none_of_the_old_ways_in(app: Flask) -> None:
    person = accounts.let_in("hana@sakura.example", "花", STAFF, PASSWORD)
    person.totp_secret = "A" * 32
    db.session.commit()
    accounts.let_go(person)

    again = accounts.let_in("hana@sakura.example", "花", STAFF, "another " + PASSWORD)

    assert again.id == person.id
    assert not again.has_second_factor
    assert not is_right(PASSWORD, again.password_hash)


@pytest.mark.parametrize(
    "password",
    ["password1234", "123456789012", "qwertyuiop12", "iloveyouiloveyou", "sakurasakurasakura"],
)
def test_a_common_password_is_guessable(password: str) -> None:
    assert is_guessable(password, ["hana@sakura.example"])


def test_a_password_made_of_ones_own_name_is_guessable() -> None:
    assert is_guessable("hanako.yamada", ["hanako.yamada@sakura.example", "Hanako Yamada"])


@pytest.mark.parametrize("password", [PASSWORD, "桜 急須 湯呑 風呂敷 一九八四", "xK9#mQ2$vL5&"])
def test_a_few_unrelated_words_or_signs_are_good(password: str) -> None:
    assert not is_guessable(password, ["hana@sakura.example"])


def test_the_owner_adds_staff_who_chooses_an_own_password_first(app: Flask, owner: Keeper) -> None:
    typed = {"name": "次郎", "email": "jiro@sakura.example", "role": "staff"}
    page = owner.post("/admin/settings/people", typed).text
    first = re.search(r'data-testid="first-password">([^<]+)<', page)

    jiro = accounts.by_email("jiro@sakura.example")
    assert first is not None
    assert jiro is not None
    assert is_right(first[1], jiro.password_hash)
    assert jiro.is_password_new
    entry = db.session.scalars(sa.select(AuditEntry)).one()
    assert (entry.action, entry.subject) == ("person.add", "jiro@sakura.example")
    assert first[1] not in owner.get("/admin/settings/people").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "お名前を入力してください"),
        ({"email": "jiro"}, "メールアドレスの形が正しくありません"),
        ({"role": "king"}, "権限を選択してください"),
    ],
)
def test_a_wrong_field_is_told_beside_it_and_the_rest_is_kept(
    owner: Keeper, changes: dict[str, str], sentence: str
) -> None:
    typed = {"name": "次郎", "email": "jiro@sakura.example", "role": "staff", **changes}
    answer = owner.post("/admin/settings/people", typed)

    assert answer.status_code == 422
    assert sentence in answer.text
    kept = [value for name, value in typed.items() if name != "role" and value]
    assert all(value in answer.text for value in kept)


def test_a_changed_password_signs_every_other_browser_out(app: Flask, owner: Keeper) -> None:
    person = next(one for one in accounts.everybody() if one.name.startswith("担当"))
    other = Keeper(app.test_client())
    other.client.set_cookie(*cookie_of(app, person))
    assert other.get("/admin/").status_code == 200

    owner.post("/admin/account/password", {"password": PASSWORD, "again": PASSWORD})

    assert owner.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 303


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("short one", "short one", "12文字以上"),
        ("password123456", "password123456", "推測しやすい"),
        (PASSWORD, PASSWORD + "!", "2つのパスワードが違います"),
        ("x" * 129, "x" * 129, "128文字以内"),
    ],
)
def test_a_weak_or_mistyped_new_password_is_refused(
    owner: Keeper, password: str, again: str, sentence: str
) -> None:
    answer = owner.post("/admin/account/password", {"password": password, "again": again})

    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_new_person_sees_nothing_before_choosing_a_password(app: Flask, owner: Keeper) -> None:
    db.session.execute(sa.update(Person).values(is_password_new=True))
    db.session.commit()

    assert owner.get("/admin/settings/people").location == "/admin/account/password"
    page = owner.get("/admin/account/password").text
    typed = {"csrf_token": field_value(page, "csrf_token"), "password": PASSWORD}
    owner.client.post("/admin/account/password", data={**typed, "again": PASSWORD})
    assert owner.get("/admin/settings/people").status_code == 200
