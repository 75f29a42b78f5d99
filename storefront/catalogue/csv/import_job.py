"""The import of a CSV file of products: the worker checks it, a person approves it, the worker
writes it in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from flask_babel import force_locale

from storefront.catalogue import search_index
from storefront.catalogue.csv import apply, current, diff, parser
from storefront.catalogue.csv.apply import Changed
from storefront.catalogue.csv.changes import Plan
from storefront.catalogue.models import Product, ProductImport
from storefront.catalogue.products.saving import CATALOGUE
from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.outbox import outbox

KEPT = timedelta(days=30)
MOST_FAULTS = 2_000  # that are told of; a file with more is wrong as a whole
TRIES = 5  # when somebody changes products while a plan is made
INDEXED_AT_ONCE = 200  # products in one transaction


class ImportState(StrEnum):
    """Where an import stands; the worker moves it on but from READY, which waits for a person."""

    CHECKING = "checking"
    REFUSED = "refused"  # its faults say why; nothing was written
    READY = "ready"  # faultless; a person decides
    IMPORTING = "importing"
    INDEXING = "indexing"  # written; search follows
    DONE = "done"

    @property
    def is_working(self) -> bool:
        """Whether the worker has something to do for it."""
        return self in (ImportState.CHECKING, ImportState.IMPORTING, ImportState.INDEXING)


def start(content: bytes, file: str, locale: str) -> ProductImport:
    """Keep the file and have the worker check it; deletes imports that are older than KEPT."""
    now = clock.now()
    with transaction():
        old = ProductImport.created_at < now - KEPT
        db.session.execute(sa.delete(ProductImport).where(old))
        one = ProductImport(
            state=ImportState.CHECKING,
            file=file[:120],
            content=content,
            locale=locale,
            created_at=now,
        )
        db.session.add(one)
        db.session.flush()
        outbox.add("product-check", one.id)
    outbox.wake_worker()
    return one


def find(import_id: int) -> ProductImport | None:
    """The import without its file's content, which may be large; None for an unknown id."""
    without = sa.orm.defer(ProductImport.content)
    return db.session.get(ProductImport, import_id, options=[without], populate_existing=True)


def latest(count: int) -> list[ProductImport]:
    """The newest imports without content and faults."""
    query = sa.select(ProductImport).order_by(ProductImport.id.desc()).limit(count)
    light = (ProductImport.content, ProductImport.faults, ProductImport.to_index)
    return list(db.session.scalars(query.options(*map(sa.orm.defer, light))))


def approve(import_id: int) -> bool:
    """Have a checked import written; False where it is not READY, or somebody else has just
    approved it."""
    with transaction():
        is_first = _move(import_id, ImportState.READY, ImportState.IMPORTING, rows_done=0)
        if is_first:
            outbox.add("product-import", import_id)
    outbox.wake_worker()
    return is_first


def check(import_id: int) -> None:
    """Compare the file with the catalogue and note counts or faults; a task of the worker's,
    harmless if done twice."""
    one = find(import_id)
    if one is None or one.state != ImportState.CHECKING:
        return
    plan = _plan(one)
    state = ImportState.REFUSED if plan.faults else ImportState.READY
    with transaction():
        _move(import_id, ImportState.CHECKING, state, **_told(plan))


def carry_out(import_id: int) -> None:
    """Write the import in one transaction, then index its products in small parts; a worker that
    dies in between goes on where it was."""
    one = find(import_id)
    if one is not None and one.state == ImportState.IMPORTING:
        _write(one)
        one = find(import_id)
    if one is not None and one.state == ImportState.INDEXING:
        _index(one)


def _plan(one: ProductImport) -> Plan:
    def tell(done: int) -> None:
        with transaction():
            _set(one.id, rows_done=done)
        outbox.still_here()

    with force_locale(one.locale):
        sheet = parser.read(one.content or b"")
        with transaction():
            _set(one.id, rows=len(sheet.rows), rows_done=0)
        return diff.plan(sheet, current.load(), tell)


def _write(one: ProductImport) -> None:
    for _ in range(TRIES):
        plan = _plan(one)
        if plan.faults:
            with transaction():
                _move(one.id, ImportState.IMPORTING, ImportState.REFUSED, **_told(plan))
            return
        try:
            with transaction(of=CATALOGUE):
                told = {**_told(plan), "content": None}
                if _move(one.id, ImportState.IMPORTING, ImportState.INDEXING, **told):
                    _set(one.id, to_index=apply.write(plan), rows_done=0)
            return
        except Changed:
            continue
    raise Changed


def _index(one: ProductImport) -> None:
    ids = one.to_index
    for at in range(one.rows_done, len(ids), INDEXED_AT_ONCE):
        some = ids[at : at + INDEXED_AT_ONCE]
        with transaction(of=CATALOGUE):
            search_index.index(*_products(some))
            _set(one.id, rows_done=at + len(some))
        db.session.expunge_all()
        outbox.still_here()
    with transaction():
        _move(one.id, ImportState.INDEXING, ImportState.DONE, to_index=[], ended_at=clock.now())


def _products(ids: Sequence[int]) -> Iterable[Product]:
    return db.session.scalars(sa.select(Product).where(Product.id.in_(ids)))


def _told(plan: Plan) -> dict[str, Any]:
    faults = [asdict(fault) for fault in plan.faults[:MOST_FAULTS]]
    ended = {"content": None, "ended_at": clock.now()} if faults else {}
    changes = {**plan.counts, "faults": len(plan.faults)}
    return {"faults": faults, "changes": changes, **ended}


def _move(import_id: int, old: ImportState, new: ImportState, **values: Any) -> bool:
    """From one state to the next, by one worker only."""
    mine = (ProductImport.id == import_id) & (ProductImport.state == old)
    move = sa.update(ProductImport).where(mine).values(state=new, **values)
    return db.session.scalar(move.returning(ProductImport.id)) is not None


def _set(import_id: int, **values: Any) -> None:
    mine = sa.update(ProductImport).where(ProductImport.id == import_id)
    db.session.execute(mine.values(**values))


HANDLERS: dict[str, Callable[[int], None]] = {
    "product-check": check,
    "product-import": carry_out,
}
