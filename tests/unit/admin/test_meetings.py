"""What two owners, or an owner and a shopper, do at the same moment: in turn, and in words."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.admin.auth import accounts, second_factor
from storefront.admin.auth.accounts import EmailTaken
from storefront.admin.auth.models import STAFF, RecoveryCode
from storefront.cart import carts
from storefront.cart.models import CartLine
from storefront.catalogue import removal
from storefront.catalogue.models import Product
from storefront.catalogue.pictures import pictures
from storefront.catalogue.products import saving
from storefront.catalogue.products.saving import Outdated, Refused
from storefront.core.extensions import db
from storefront.orders.queries import product_use
from storefront.payments import method_settings
from storefront.payments.kinds import KINDS
from storefront.payments.models import PaymentMethod, YamatoConnection
from storefront.providers.yamato.account import account
from storefront.shop import delivery_settings, profile, settings
from storefront.shop.delivery_settings import CodeTaken
from tests.at_once import at_once
from tests.conftest import MakeApp, entered
from tests.databases import Postgresql
from tests.photographs import photograph
from tests.proofs.grounds import on_both_databases
from tests.signed_in import a_person
from tests.unit.catalogue.test_saving import SMALL, again, draft, tea

MANY = 6


def met(app: Flask, acts: Sequence[Callable[[], Any]], *told: type[Exception]) -> list[str]:
    """How each went: done, or the name of what it raised of what may be told."""

    def one(act: Callable[[], Any]) -> str:
        with app.app_context():
            try:
                act()
            except told as refusal:
                return type(refusal).__name__
            return "done"

    db.session.rollback()
    found = at_once([partial(one, act) for act in acts])
    db.session.rollback()
    return sorted(found)


def count(table: type, *where: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table).where(*where)) or 0


@on_both_databases
def test_the_last_recovery_codes_are_the_only_ones(either_shop: Flask) -> None:
    person = a_person()

    met(either_shop, [partial(second_factor.new_recovery_codes, person)] * MANY)

    assert count(RecoveryCode, RecoveryCode.person_id == person.id) == second_factor.RECOVERY_CODES


@on_both_databases
def test_a_product_is_changed_by_whoever_was_first(either_shop: Flask) -> None:
    one = saving.create(draft(), tea())
    rows, version, category = again(one), one.version, tea()
    acts = [
        partial(saving.change, one.id, version, draft(*rows, name=f"茶{nth}"), category)
        for nth in range(MANY)
    ]

    assert met(either_shop, acts, Outdated) == [*["Outdated"] * (MANY - 1), "done"]


@on_both_databases
def test_a_code_of_a_product_is_taken_once(either_shop: Flask) -> None:
    acts = [partial(saving.create, draft({**SMALL, "sku": f"s{n}"}), tea()) for n in range(MANY)]

    assert met(either_shop, acts, Refused) == [*["Refused"] * (MANY - 1), "done"]


@on_both_databases
def test_payment_methods_that_are_registered_at_once_have_codes_of_their_own(
    either_shop: Flask,
) -> None:
    kind = KINDS["cod"]
    before = count(PaymentMethod)

    acts = [partial(method_settings.register, kind, method_settings.draft(kind))] * MANY

    assert met(either_shop, acts) == ["done"] * MANY
    assert count(PaymentMethod) == before + MANY
    positions = list(db.session.scalars(sa.select(PaymentMethod.position)))
    assert len(set(positions)) == len(positions)


@on_both_databases
def test_words_for_two_occasions_are_both_kept(either_shop: Flask) -> None:
    kinds = [f"occasion-{nth}" for nth in range(MANY)]

    met(either_shop, [partial(settings.keep_wording, one, {"ja": one}) for one in kinds])

    assert set(kinds) <= set(profile.renewed().wordings)


@on_both_databases
def test_a_picture_for_a_product_that_has_gone_is_told(either_shop: Flask) -> None:
    gone = saving.create(draft(SMALL), tea()).id + 1

    with pytest.raises(Outdated):
        pictures.add(gone, photograph(size=(40, 30)), {"alt": "箱", "alt_en": "A box"})


@pytest.fixture
def shop(make_app: MakeApp, on_postgresql: Postgresql) -> Iterator[Flask]:
    """Where two writers can meet between two statements."""
    with entered(make_app(database_url=on_postgresql.seeded())) as app:
        yield app


@contextmanager
def meeting(shop: Flask, statement: str, act: Callable[[], Any]) -> Iterator[Future[Any]]:
    """act begins when the statement is about to be executed; that goes on when act has ended, or
    waits for a lock. Its outcome is there at the end."""
    begun: list[Future[Any]] = []
    waiting = sa.text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )

    def in_context() -> Any:
        with shop.app_context():
            return act()

    def begin(_c: Any, _cursor: Any, sql: str, *_others: Any) -> None:
        if begun or not sql.startswith(statement):
            return
        begun.append(pool.submit(in_context))
        while not begun[0].done() and not watch.scalar(waiting):
            time.sleep(0.01)

    future: Future[Any] = Future()
    with ThreadPoolExecutor(1) as pool, db.engine.connect() as watch:
        watch.execution_options(isolation_level="AUTOCOMMIT")  # what is going on, each time anew
        sa.event.listen(db.engine, "before_cursor_execute", begin)
        try:
            yield future
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", begin)
    future.set_result(begun[0].exception())


def test_an_address_is_let_in_once(shop: Flask) -> None:
    let_in = partial(accounts.let_in, "hana@sakura.example", "花", STAFF, "rhubarb lantern 42")

    with meeting(shop, "INSERT INTO admin_people", let_in) as other:
        let_in()

    assert isinstance(other.result(), EmailTaken)


def test_a_delivery_method_is_added_once(shop: Flask) -> None:
    terms = delivery_settings.terms_of(profile.shop().deliveries[0])
    add = partial(delivery_settings.add, "bicycle", terms)

    with meeting(shop, "INSERT INTO delivery_methods", add) as other:
        add()

    assert isinstance(other.result(), CodeTaken)


def test_there_is_one_connection_with_yamato(shop: Flask) -> None:
    account.remove()
    register = partial(account.register, "12345678901", "abcd1234", account.Options())

    with meeting(shop, "INSERT INTO yamato", register) as other:
        register()

    assert other.result() is None
    assert count(YamatoConnection) == 1


def test_a_product_goes_while_a_shopper_puts_it_in(shop: Flask) -> None:
    one = saving.create(draft(SMALL), tea())
    id_, variant = one.id, one.variants[0]
    take_out = partial(
        removal.remove, id_, one.version, product_use.is_ordered, carts.take_out_of_all
    )

    with meeting(shop, "INSERT INTO cart_lines", take_out) as other:
        carts.put_in(None, variant, 1)

    assert other.result() is None
    db.session.rollback()
    assert (count(Product, Product.id == id_), count(CartLine)) == (0, 0)
