"""The demo shop, the same on every machine: さくら商店, tea and crafts."""

import tomllib
from pathlib import Path
from time import sleep
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import OperationalError

from storefront.admin.auth import audit_end
from storefront.catalogue import search_index
from storefront.catalogue.models import Category, Picture, Product, Variant
from storefront.core.extensions import Base, db, limiter, transaction
from storefront.core.money import TaxRate
from storefront.core.tracebacks import traced
from storefront.payments.models import PaymentMethod, Screening, YamatoConnection
from storefront.payments.requirements import Service, Stage
from storefront.sandbox import demo_owner, time
from storefront.sandbox.yamato import connection
from storefront.shipping.models import DeliveryMethod
from storefront.shop.models import Announcement, Shop
from storefront.worker import queue

log = structlog.get_logger()

LOOKS, EVERY = 400, 0.02  # real seconds between two looks for a moment without writers
HERE = Path(__file__).parent
RATES = {8: TaxRate.REDUCED, 10: TaxRate.STANDARD}


def is_empty() -> bool:
    """Whether the shop has no row yet, so that nothing is written over."""
    return db.session.scalar(sa.select(sa.func.count()).select_from(Shop)) == 0


def reset() -> None:
    """Make the demo shop anew: all orders and changes are deleted, and the clock shows the host's
    time."""
    with transaction():
        _keep_writers_out()
        time.turn_back()
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != "heartbeats":
                db.session.execute(table.delete())
        _count_anew()
        db.session.expunge_all()  # the new rows have the ids of the old ones
        seed()
    audit_end.path().unlink(missing_ok=True)  # whose entries are gone with all others
    time.forget()
    queue.empty()
    forget_floods()


def forget_floods() -> None:
    """Set the counters of requests by internet address back to 0."""
    if not limiter.enabled:
        return
    try:
        limiter.reset()
    except Exception as error:  # where they are counted is away, and with it what was counted
        log.error("flood_counters_not_cleared", **traced(error))


def _keep_writers_out() -> None:
    """As every transaction of SQLite does: a row written between two deletes would stop them.

    Taken at once or not at all: whoever held some tables and waited for others would wait for
    ever for a writer who waits for these. Raises OperationalError where the shop is never at rest.
    """
    if db.engine.dialect.name != "postgresql":
        return
    names = ", ".join(table.name for table in Base.metadata.sorted_tables)
    lock = sa.text(f"LOCK TABLE {names} IN EXCLUSIVE MODE NOWAIT")
    for left in reversed(range(LOOKS)):
        try:
            with db.session.begin_nested():
                db.session.execute(lock)
            return
        except OperationalError:
            if not left:
                raise
            sleep(EVERY)


def _count_anew() -> None:
    """Let ids begin at one, as those of SQLite do by themselves where a table is empty."""
    if db.engine.dialect.name != "postgresql":
        return
    for table in Base.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            db.session.execute(sa.text(f"ALTER SEQUENCE {table.name}_{column.name}_seq RESTART"))


def seed() -> None:
    """Write the demo shop into an empty database, inside the caller's transaction."""
    shop = _read("shop.toml")
    ways = [DeliveryMethod(**one) for one in deliveries()]
    db.session.add(Shop(**shop["shop"], deliveries=ways))
    db.session.add_all(Announcement(**one) for one in shop["news"])
    db.session.add(
        YamatoConnection(merchant_code=connection.MERCHANT, password=connection.PASSWORD)
    )
    db.session.add_all(Screening(service=one, stage=Stage.COMPLETE) for one in Service)
    db.session.add_all(
        PaymentMethod(position=position, **method)
        for position, method in enumerate(payment_methods())
    )
    demo_owner.seed()
    ids = {}
    for position, category in enumerate(_read("catalogue.toml")["categories"]):
        row = Category(position=position, **category)
        db.session.add(row)
        db.session.flush()
        ids[row.slug] = row.id
    for position, one in enumerate(products()):
        product = _product(one, ids[one["category"]], position)
        db.session.add(product)
        db.session.flush()
        search_index.index(product)


def products() -> list[dict[str, Any]]:
    """As catalogue.toml has them."""
    return list(_read("catalogue.toml")["products"])


def payment_methods() -> list[dict[str, Any]]:
    """The demo shop's payment methods as tables of payment_methods.toml."""
    return list(_read("payment_methods.toml")["methods"])


def deliveries() -> list[dict[str, Any]]:
    """The demo shop's delivery methods as tables of shop.toml."""
    return list(_read("shop.toml")["delivery"])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _product(one: dict[str, Any], category_id: int, position: int) -> Product:
    texts = ("slug", "name", "name_en", "reading", "description", "description_en", "specs")
    options = {key: one.get(key, "") for key in OPTIONS}
    return Product(
        category_id=category_id,
        position=position,
        tax=RATES[one["tax"]],
        **{key: one[key] for key in texts},
        other_spellings=one.get("other_spellings", ""),
        **options,
        variants=variants(one),
        pictures=[
            Picture(position=place, **{**row, "file": f"img/products/{row['file']}"})
            for place, row in enumerate(one["pictures"])
        ],
    )


OPTIONS = ("option_1", "option_1_en", "option_2", "option_2_en")


def variants(one: dict[str, Any]) -> list[Variant]:
    """Of a product of catalogue.toml, new."""
    rows = one.get("variants") or [{"price": one["price"], "stock": one["stock"]}]
    return [_variant(one["slug"], place, row) for place, row in enumerate(rows)]


def _variant(slug: str, position: int, row: dict[str, Any]) -> Variant:
    """The sku is readable where the options are: indigo-tote-s; else it counts."""
    words = [row.get(f"{name}_en") or row.get(name, "") for name in ("option_1", "option_2")]
    tail = "-".join(word.lower().replace(" ", "") for word in words if word)
    return Variant(
        sku=f"{slug}-{tail}" if tail else slug,
        price=row["price"],
        available=row["stock"],
        position=position,
        **{key: row.get(key, "") for key in OPTIONS},
    )
