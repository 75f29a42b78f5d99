"""Files of products as a person would send them, and what comes of them."""

import csv
import io
from collections.abc import Sequence

import sqlalchemy as sa

from storefront.catalogue.csv import export, import_job
from storefront.catalogue.csv.encoding import Encoding
from storefront.catalogue.models import Product, ProductImport, SearchGram, Variant
from storefront.core.extensions import Base, db
from storefront.worker import periodic_tasks

HEADER = "商品コード,商品名,カテゴリー,消費税率,公開状態,SKU,価格(税込),在庫"
GOOD = "new-tin,新しい缶,tea,8,公開,new-tin,1080,5"


def file(*lines: str, header: str = HEADER) -> bytes:
    return "\r\n".join((header, *lines, "")).encode("utf-8-sig")


def checked(content: bytes, locale: str = "ja") -> ProductImport:
    one = import_job.start(content, "products.csv", locale)
    periodic_tasks.run_due()
    return found(one.id)


def imported(content: bytes) -> ProductImport:
    one = checked(content)
    assert one.faults == []
    assert import_job.approve(one.id)
    periodic_tasks.run_due()
    return found(one.id)


def found(import_id: int) -> ProductImport:
    one = import_job.find(import_id)
    assert one
    return one


def exported(encoding: Encoding = Encoding.UTF8, locale: str = "ja") -> bytes:
    return b"".join(export.written(encoding, locale))


def rows_of(content: bytes, encoding: str = "utf-8-sig") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline="")))


def as_file(rows: Sequence[Sequence[str]], encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


def everything() -> list[list[tuple[object, ...]]]:
    """All that an import could change, versions and counts of stock included."""
    tables: list[type[Base]] = [Product, Variant, SearchGram]
    return [
        sorted(tuple(map(str, row)) for row in db.session.execute(sa.select(one.__table__)))
        for one in tables
    ]


def faults(one: ProductImport) -> list[tuple[int, str]]:
    return [(fault["row"], fault["column"]) for fault in one.faults]
