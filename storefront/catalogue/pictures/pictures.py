"""The pictures of a product: added, described, put in order, removed; the first is its main one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _

from storefront.catalogue.models import Picture, Product, Variant
from storefront.catalogue.pictures import image_processing, storage
from storefront.catalogue.products import fields, saving
from storefront.catalogue.products.fields import Wrong
from storefront.catalogue.products.form_input import Texts
from storefront.catalogue.products.saving import CATALOGUE, Outdated, Refused
from storefront.catalogue.products.validation import Fault
from storefront.core.extensions import db, transaction

MOST = 10
DESCRIPTIONS = {"alt": fields.line(200, required=True), "alt_en": fields.line(200)}


@dataclass(frozen=True)
class Description:
    """A picture's alternative text, in both languages."""

    alt: str
    alt_en: str


def of(product_id: int) -> list[Picture]:
    """The product's pictures in their order, the main one first."""
    query = sa.select(Picture).where(Picture.product_id == product_id)
    return list(db.session.scalars(query.order_by(Picture.position, Picture.id)))


def of_variants(ids: Iterable[int]) -> dict[int, Picture]:
    """The main picture of each variant's product; none for a variant or picture that is gone."""
    query = sa.select(Variant.id, Picture).join(Picture, Picture.product_id == Variant.product_id)
    mine = query.where(Variant.id.in_(list(ids)))
    found = db.session.execute(mine.order_by(Picture.position.desc(), Picture.id.desc())).all()
    return {row[0]: row[1] for row in found}  # the last of a variant wins: its first picture


def add(product_id: int, content: bytes, texts: Texts) -> Picture:
    """Add a picture behind the others. Its files are made before the transaction begins, which
    others wait for.

    Raises Refused for a picture or texts that cannot be, and Outdated where the product is gone.
    """
    described, faults = _described(texts)
    try:
        made = image_processing.develop(content)
    except Wrong as wrong:
        raise Refused([Fault("", "file", wrong.what, wrong.todo), *faults]) from wrong
    if faults:
        raise Refused(faults)
    file = storage.keep(made)
    with transaction(of=CATALOGUE):
        if db.session.get(Product, product_id, populate_existing=True) is None:
            raise Outdated
        before = of(product_id)
        if len(before) >= MOST:
            todo = _("どれかを削除してから追加してください")
            raise Refused([Fault("", "file", _("写真は%(n)s枚までです", n=MOST), todo)])
        picture = Picture(
            product_id=product_id,
            file=file,
            alt=described.alt,
            alt_en=described.alt_en,
            width=made.width,
            height=made.height,
            position=max((one.position for one in before), default=-1) + 1,
        )
        db.session.add(picture)
        saving.touch(product_id)
    storage.keep(made)  # another who removed the same picture may have deleted its files meanwhile
    return picture


def describe(product_id: int, picture_id: int, texts: Texts) -> Picture | None:
    """Change a picture's alternative texts; None for one that is gone. Raises Refused."""
    described, faults = _described(texts)
    if faults:
        raise Refused(faults)
    with transaction(of=CATALOGUE):
        picture = _one(product_id, picture_id)
        if picture:
            picture.alt, picture.alt_en = described.alt, described.alt_en
            saving.touch(product_id)
    return picture


def move(product_id: int, picture_id: int, by: int) -> Picture | None:
    """Move a picture one place forward (-1) or back (1), at the end not at all; None for one that
    is gone."""
    with transaction(of=CATALOGUE):
        there = of(product_id)
        moved = next((one for one in there if one.id == picture_id), None)
        if moved:
            place = there.index(moved)
            there.remove(moved)
            there.insert(max(0, place + by), moved)
            for position, one in enumerate(there):
                one.position = position
            saving.touch(product_id)
    return moved


def remove(product_id: int, picture_id: int) -> Picture | None:
    """Delete a picture and its files; None for one that is gone."""
    with transaction(of=CATALOGUE):
        picture = _one(product_id, picture_id)
        if picture is None:
            return None
        db.session.delete(picture)
        saving.touch(product_id)
    forget([picture.file])
    return picture


def forget(files: Sequence[str]) -> None:
    """Delete the files of pictures, but for those that another picture shows."""
    for file in files:
        shown = sa.select(Picture.id).where(Picture.file == file)
        if db.session.scalar(shown) is None:
            storage.forget(file)


def _one(product_id: int, picture_id: int) -> Picture | None:
    picture = db.session.get(Picture, picture_id)
    return picture if picture and picture.product_id == product_id else None


def _described(texts: Texts) -> tuple[Description, list[Fault]]:
    said, faults = {}, []
    for name, field in DESCRIPTIONS.items():
        try:
            said[name] = field.read(texts.get(name, ""))
        except Wrong as wrong:
            faults.append(Fault("", name, wrong.what, wrong.todo))
    return Description(said.get("alt", ""), said.get("alt_en", "")), faults
