"""Keys that are changed: nothing is lost, nothing is given back, and the former ones may go."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask

from storefront import create_app
from storefront.admin.auth import audit, second_factor
from storefront.admin.auth.models import AuditEntry, Person
from storefront.app import key_rotation
from storefront.app.commands.keys import keys
from storefront.config.settings import DEMO_KEY
from storefront.core.encryption import Vault
from storefront.core.extensions import data_vault, db, transaction
from storefront.orders.models import Order, SearchIndexEntry
from storefront.orders.queries import listing, search_index
from storefront.orders.queries.listing import Wanted
from storefront.sandbox import time
from storefront.testing.form_shopper import ADDRESS, QuickFormShopper, field_value
from storefront.verification.models import LimitSlot
from tests.app_pool import close, settings
from tests.conftest import MakeApp, OwnContextClient
from tests.factories import an_order, some_answers
from tests.signed_in import a_person

NAMES = ("secret_key", "code_key", "data_key")
NEW = {name: f"the {name} that a shop has from today on" for name in NAMES}
FALLBACKS = {f"{name}_fallbacks": DEMO_KEY for name in NAMES}


@dataclass
class Rotation:
    """One database, opened by the app of before and by those that follow it."""

    before: Flask
    made: list[Flask]

    def after(self, **changes: object) -> Flask:
        """The app with the new keys, which knows the former ones unless told otherwise."""
        folder = Path(self.before.instance_path)
        app = create_app(settings(folder, **{**NEW, **FALLBACKS, **changes}))
        app.test_client_class = OwnContextClient
        self.made.append(app)
        return app


@pytest.fixture
def rotation(make_app: MakeApp) -> Iterator[Rotation]:
    rotation = Rotation(make_app(), [])
    rotation.before.test_client_class = OwnContextClient
    yield rotation
    for app in rotation.made:
        close(app)


def called(app: Flask) -> Result:
    return app.test_cli_runner().invoke(keys, ["rotate"])


def rotate(app: Flask) -> Result:
    result = called(app)
    assert result.exit_code == 0, result.output
    return result


def moved(shopper: QuickFormShopper, app: Flask) -> QuickFormShopper:
    """The same browser at the shop with other keys."""
    client = app.test_client()
    client._cookies = shopper.client._cookies
    return QuickFormShopper(client)


def test_saved_details_fill_the_next_form_once_the_former_keys_are_gone(
    rotation: Rotation,
) -> None:
    with rotation.before.app_context():
        shopper = QuickFormShopper(rotation.before.test_client())
        shopper.put_in().answer("cod", save_details="y").press_confirm()
    after = rotation.after()
    with after.app_context():
        rotate(after)
        moved(shopper, after).put_in("uji-sencha").get("/checkout")  # signs its cookies anew
    last = rotation.after(data_key_fallbacks="", secret_key_fallbacks="")
    with last.app_context():
        page = moved(shopper, last).put_in("hojicha").get("/checkout").text

    assert f'value="{ADDRESS["email"]}"' in page


def test_a_code_under_way_leads_to_its_order_after_a_change_of_keys(rotation: Rotation) -> None:
    with rotation.before.app_context():
        shopper = QuickFormShopper(rotation.before.test_client()).to_sms()
        page = shopper.get("/checkout/sms").text
    app = rotation.after()
    with app.app_context():
        rotate(app)
        token = {"csrf_token": field_value(page, "csrf_token")}  # of a page from before

        answer = moved(shopper, app).client.post("/checkout/sms", data={**token, "code": "1234"})

        assert answer.status_code == 303
        assert answer.location.endswith("/complete")


def test_a_confirmation_from_before_places_one_order(rotation: Rotation) -> None:
    with rotation.before.app_context():
        shopper = QuickFormShopper(rotation.before.test_client()).put_in().answer("cod")
        page = shopper.get("/checkout/confirm").text
    form = {name: field_value(page, name) for name in ("csrf_token", "confirmation_key")}
    app = rotation.after()
    with app.app_context():
        client = moved(shopper, app).client

        first, second = (client.post("/checkout/confirm", data=form) for _ in range(2))

        assert first.location == second.location
        assert first.location.endswith("/complete")
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Order)) == 1


def test_a_phones_guesses_are_not_given_back(rotation: Rotation) -> None:
    phone = "080-1234-5678"
    with rotation.before.app_context():
        for _ in range(3):
            shopper = QuickFormShopper(rotation.before.test_client()).to_sms(phone)
            for _ in range(3):
                shopper.guess("0000")
    app = rotation.after()
    with app.app_context():
        rotate(app)
        time.advance(601)  # then the phone may have another text
        shopper = QuickFormShopper(app.test_client()).to_sms(phone)
        assert shopper.last.location == "/checkout/sms"

        assert shopper.guess("0000").location == "/checkout"

        mine = LimitSlot.scope.startswith("guess:phone:")
        assert db.session.scalar(sa.select(sa.func.count()).where(mine)) == 9


def test_orders_of_before_are_read_and_found_under_the_new_key_alone(rotation: Rotation) -> None:
    with rotation.before.app_context():
        order_id = an_order(customer=some_answers(tel="08012345678")).id
        search_index.write(order_id)
    app = rotation.after()
    with app.app_context():
        found_before = listing.listed(Wanted(digests=search_index.sought("5678"))).orders
        assert [order.id for order in found_before] == [order_id]
        rotate(app)
    app = rotation.after(data_key_fallbacks="")
    with app.app_context():
        [order] = listing.listed(Wanted(digests=search_index.sought("080-1234-5678"))).orders

        assert order.customer["tel"] == "08012345678"
        ids = db.session.scalars(sa.select(sa.func.substr(SearchIndexEntry.digest, 1, 6)))
        assert set(ids) == {data_vault().current.id}


def test_what_was_kept_before_keys_had_ids_is_read_found_and_sealed_anew(app: Flask) -> None:
    order = an_order(customer=some_answers(tel="08012345678"))
    search_index.write(order.id)
    nameless = data_vault().seal("x")[4:]
    assert data_vault().open(nameless) == "x"
    with transaction():
        for mark in db.session.scalars(sa.select(SearchIndexEntry)).all():
            db.session.delete(mark)
        unnamed = data_vault().current.unnamed_digest("order-search", "last", "5678")
        db.session.add(
            SearchIndexEntry(digest=unnamed, placed_at=order.placed_at, order_id=order.id)
        )
        raw = sa.type_coerce(Order.customer, sa.LargeBinary)
        sealed = db.session.scalar(sa.select(raw)) or b""
        place = {"customer": sa.literal(sealed[4:], sa.LargeBinary)}
        db.session.execute(sa.update(Order).values(place))
    db.session.expire_all()

    assert [one.id for one in listing.listed(Wanted(digests=search_index.sought("5678"))).orders]
    rotate(app)

    assert (db.session.scalar(sa.select(raw)) or b"").startswith(data_vault().head)
    db.session.expire_all()
    assert db.session.get_one(Order, order.id).customer["tel"] == "08012345678"


def test_recovery_codes_of_before_are_good_once(rotation: Rotation) -> None:
    with rotation.before.app_context():
        person_id = a_person().id
        code = second_factor.new_recovery_codes(db.session.get_one(Person, person_id))[0]
    app = rotation.after()
    with app.app_context():
        told = rotate(app).output
        person = db.session.get_one(Person, person_id)

        assert f"the recovery codes of {person.email}" in told
        assert second_factor.spend_code(person, code)
        assert not second_factor.spend_code(person, code)


def test_the_audit_log_is_proven_without_the_former_key(rotation: Rotation) -> None:
    with rotation.before.app_context():
        for number in range(3):
            audit.record("shop.change", str(number))
    app = rotation.after()
    with app.app_context():
        assert "goes on under today's key" in rotate(app).output
        audit.record("shop.change", "after")
        assert "goes on" not in rotate(app).output
    app = rotation.after(data_key_fallbacks="")
    with app.app_context():
        assert audit.first_broken() is None
        entries = db.session.scalars(sa.select(AuditEntry)).all()
        with transaction():
            entries[1].subject = "changed"

        assert audit.first_broken() is not None


def test_a_log_that_is_not_whole_is_never_closed(rotation: Rotation) -> None:
    with rotation.before.app_context():
        audit.record("shop.change", "1")
    app = rotation.after()
    with app.app_context():
        with transaction():
            db.session.execute(sa.update(AuditEntry).values(subject="changed"))
        result = called(app)

        assert result.exit_code == 1
        assert "the audit log is not whole" in result.output


def test_what_was_ended_half_way_goes_on(
    rotation: Rotation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rotation.before.app_context():
        ids = [an_order().id for _ in range(5)]
    monkeypatch.setattr(key_rotation, "AT_ONCE", 2)
    app = rotation.after()
    with app.app_context():
        with pytest.raises(KeyboardInterrupt):
            _ended_after(app, 3)
        rotate(app)
    app = rotation.after(data_key_fallbacks="")
    with app.app_context():
        assert [db.session.get_one(Order, one).customer["name"] for one in ids] == [
            ADDRESS["name"]
        ] * 5


def _ended_after(app: Flask, values: int) -> None:
    left = iter(range(values))
    seal: Callable[..., bytes] = Vault.seal

    def until_killed(vault: Vault, text: str, bound_to: str = "") -> bytes:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return seal(vault, text, bound_to)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Vault, "seal", until_killed)
        key_rotation.reseal()


def test_a_key_that_is_missing_is_named_and_nothing_is_lost(rotation: Rotation) -> None:
    with rotation.before.app_context():
        an_order()
    app = rotation.after(data_key_fallbacks="")
    with app.app_context():
        result = called(app)

        assert result.exit_code == 1
        assert "Put that key back" in result.output
