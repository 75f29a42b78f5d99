"""What is typed is kept before it is sent; what is older never overwrites what is newer."""

from collections.abc import Iterator
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from storefront.checkout import store
from storefront.checkout.models import Checkout
from storefront.core.extensions import db
from storefront.testing.form_shopper import ADDRESS, FormShopper, QuickFormShopper
from storefront.testing.specimen import NAME
from tests.at_once import at_once
from tests.conftest import MakeApp, OwnContextClient, entered
from tests.databases import Databases
from tests.markup import parsed
from tests.proofs.grounds import on_both_databases
from tests.unit.checkout.reading import completion, key_of, leads_to, with_bad_token

TYPED = {"name": NAME, "ship_to": "other", "ship_city": "大阪市北区", "note": "急ぎます"}


@pytest.fixture
def at_form(shopper: FormShopper) -> FormShopper:
    shopper.put_in().get("/checkout")
    return shopper


def keep(shopper: FormShopper, typed_at: int | str = "", **typed: str) -> TestResponse:
    return shopper.post("/checkout/draft", {**typed, "typed_at": f"{typed_at}"})


def kept() -> dict[str, object]:
    """The newest checkout's form."""
    db.session.rollback()
    newest = sa.select(Checkout).order_by(Checkout.touched_at.desc()).limit(1)
    return db.session.scalars(newest).one().typed or {}


def test_a_draft_is_kept_and_answered_with_nothing(at_form: FormShopper) -> None:
    answer = keep(at_form, 1, **TYPED, payment="cod", save_details="y")

    assert (answer.status_code, answer.data) == (204, b"")
    page = at_form.get("/checkout").text
    for told in (f'value="{NAME}"', 'value="大阪市北区"', ">急ぎます</textarea>"):
        assert told in page
    assert 'value="cod" checked' in page
    assert 'name="save_details" value="y" checked' in page


@pytest.mark.parametrize("lead", ["/cart", "/en/checkout", "/checkout?edit=payment"])
def test_a_draft_is_there_wherever_the_shopper_comes_from(at_form: FormShopper, lead: str) -> None:
    keep(at_form, 1, **TYPED)
    at_form.get(lead)

    for prefix in ("", "/en"):
        assert f'value="{NAME}"' in at_form.get(f"{prefix}/checkout").text


def test_a_draft_answers_no_step(at_form: FormShopper) -> None:
    keep(at_form, 1, **ADDRESS, payment="cod")

    assert leads_to(at_form.get("/checkout/confirm")) == "/checkout"


def test_an_older_draft_changes_nothing(at_form: FormShopper) -> None:
    keep(at_form, 1_000, name="山田 花子")

    assert keep(at_form, 999, name="山田").status_code == 204
    assert kept()["name"] == "山田 花子"


def test_a_draft_from_before_the_form_was_sent_changes_nothing(at_form: FormShopper) -> None:
    at_form.post("/checkout", {**ADDRESS, "payment": "cod", "typed_at": "1000"})
    keep(at_form, 999, name="山田", payment="bank_transfer")

    assert (kept()["name"], kept()["payment"]) == (NAME, "cod")


def test_a_draft_from_before_another_method_was_chosen_changes_nothing(
    at_form: FormShopper,
) -> None:
    at_form.post("/checkout", {**ADDRESS, "payment": "cod", "typed_at": "1000"})
    at_form.post("/checkout/other-method", {"payment": "bank_transfer", "typed_at": "1002"})
    keep(at_form, 1_001, **ADDRESS, payment="cod")

    assert kept()["payment"] == "bank_transfer"


def test_a_draft_from_before_the_form_was_emptied_changes_nothing(at_form: FormShopper) -> None:
    keep(at_form, 1_000, **TYPED)
    at_form.post("/checkout/forget", {"typed_at": "1002"})
    keep(at_form, 1_001, **TYPED)

    assert kept() == {}


def test_what_was_typed_after_the_answers_survives_another_method(at_form: FormShopper) -> None:
    at_form.post("/checkout", {**ADDRESS, "payment": "cod"})
    keep(at_form, 1, **{**ADDRESS, "payment": "cod", "building": "もみじ荘202"})

    at_form.post("/checkout/other-method", {"payment": "bank_transfer"})

    assert (kept()["building"], kept()["payment"]) == ("もみじ荘202", "bank_transfer")
    assert "もみじ荘202" not in at_form.get("/checkout/confirm").text  # it was not sent


def test_a_method_chosen_after_a_failed_one_stays_chosen(shopper: FormShopper) -> None:
    shopper.to_sms("090-0000-0004")
    keep(shopper, 1, **{**ADDRESS, "payment": "cod"})

    assert 'value="cod" checked' in shopper.get("/checkout").text


def test_a_draft_after_the_order_leads_to_it_and_is_not_kept(shopper: FormShopper) -> None:
    shopper.put_in().answer("cod").press_confirm()

    assert leads_to(keep(shopper, 1, **TYPED)) == completion()
    assert kept() == {}


def test_a_draft_of_somebody_elses_page_is_not_kept(at_form: FormShopper) -> None:
    answer = with_bad_token(at_form, "/checkout/draft", {**TYPED, "typed_at": "1"})

    assert (answer.status_code, kept()) == (422, {})


@pytest.mark.parametrize("typed_at", ["", "-1", "１", "x", "9" * 16, "1e3"])
def test_a_draft_without_a_time_is_the_newest(at_form: FormShopper, typed_at: str) -> None:
    keep(at_form, 1_000, name="山田")

    keep(at_form, typed_at, name="山田 花子")

    assert kept()["name"] == "山田 花子"
    assert keep(at_form, 1_001, name=NAME).status_code == 204
    assert kept()["name"] == NAME


def test_a_draft_too_large_for_a_screen_is_refused(at_form: FormShopper) -> None:
    assert keep(at_form, 1, note="x" * 300_000).status_code == 413


def test_drafts_are_counted_by_checkout_and_not_by_address(make_app: MakeApp) -> None:
    app = make_app(limits="real")
    app.test_client_class = OwnContextClient
    with app.app_context():
        one, other = (QuickFormShopper(app.test_client()).put_in() for _ in range(2))
        for shopper in (one, other):
            shopper.get("/checkout")
        statuses = [keep(one, nth, name=NAME).status_code for nth in range(1, 123)]

        assert (statuses[:120], statuses[120:]) == ([204] * 120, [429] * 2)
        assert keep(other, 1, name=NAME).status_code == 204


def test_no_log_tells_what_was_typed(
    at_form: FormShopper, capfd: pytest.CaptureFixture[str]
) -> None:
    keep(at_form, 1, **TYPED)

    assert NAME not in "".join(capfd.readouterr())


@pytest.fixture
def shop(make_app: MakeApp, databases: Databases) -> Iterator[Flask]:
    with entered(make_app(database_url=databases.seeded())) as app:
        yield app


@on_both_databases
def test_of_drafts_at_once_the_newest_is_kept(shop: Flask) -> None:
    checkout = store.begin("c" * 32)
    mine = checkout.id
    db.session.remove()

    def one(at: int) -> None:
        with shop.app_context():
            found = store.find(mine)
            assert found
            store.keep_draft(found, {"name": f"{at}"}, at)

    at_once([partial(one, at) for at in (3, 1, 5, 2, 4)])

    assert kept() == {"name": "5"}


@on_both_databases
def test_a_draft_and_the_order_at_once_leave_nothing_typed(shop: Flask) -> None:
    shopper = QuickFormShopper(shop.test_client())
    shopper.put_in().answer("cod")
    key, cookies = key_of(shopper), shopper.client._cookies

    def send(path: str, **typed: str) -> int:
        client = shop.test_client()
        client._cookies = dict(cookies or {})
        fields = {"csrf_token": shopper.token(), **typed}
        return client.post(path, data=fields).status_code

    draft = partial(send, "/checkout/draft", **TYPED, typed_at="1")
    placed = partial(send, "/checkout/confirm", confirmation_key=key)
    statuses = at_once([draft, placed, draft])

    assert statuses[1] == 303
    assert kept() == {}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_button_back_to_the_cart_keeps_what_is_typed(at_form: FormShopper, prefix: str) -> None:
    at_form.prefix = prefix
    form = parsed(at_form.get("/checkout").text).one("form", id="order-form")
    words = {"": "カートに戻る", "/en": "Back to cart"}[prefix]
    [button] = [one for one in form.all("button") if one.text == words]

    answer = at_form.client.post(
        button["formaction"], data={**TYPED, "payment": "cod", "csrf_token": at_form.token()}
    )

    assert leads_to(answer) == f"{prefix}/cart"
    page = at_form.get("/checkout").text
    assert f'value="{NAME}"' in page
    assert 'value="cod" checked' in page
    assert "急ぎます" in page


def test_with_an_old_token_the_button_back_to_the_cart_keeps_nothing(at_form: FormShopper) -> None:
    answer = at_form.client.post("/checkout/leave", data={**TYPED, "csrf_token": "old"})

    assert answer.status_code == 422
    assert f'value="{NAME}"' in answer.text
    assert kept() == {}
