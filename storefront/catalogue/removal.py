"""Taking a product out of the shop: deleted, or withdrawn for good where orders name it."""

from collections.abc import Callable, Collection

import sqlalchemy as sa

from storefront.catalogue.models import Picture, Product, SearchGram, StockHold, Variant
from storefront.catalogue.pictures import pictures
from storefront.catalogue.products.saving import CATALOGUE, Outdated
from storefront.core.extensions import db, transaction

IsOrdered = Callable[[Collection[int]], bool]
LetGo = Callable[[Collection[int]], None]


def remove(product_id: int, version: int, is_ordered: IsOrdered, let_go: LetGo) -> bool:
    """Take a product off the shop for good; gives whether it was deleted, so that its codes are
    free again.

    A product that an order names is withdrawn instead. is_ordered is asked whether any order names
    one of these variants' ids, and let_go takes them out of carts, both inside the transaction.
    Raises Outdated where somebody has changed the product since version, or removed it.
    """
    with transaction(of=CATALOGUE):
        _withdraw(product_id, version)
    with transaction(of=CATALOGUE):
        ids = _locked(product_id)
        if is_ordered(ids):
            return False
        let_go(ids)
        files = _delete(product_id, ids)
    pictures.forget(files)
    return True


def _withdraw(product_id: int, version: int) -> None:
    """In a transaction of its own: whoever comes while the rest is deleted finds it gone."""
    same = (Product.id == product_id) & (Product.version == version) & ~Product.withdrawn
    end = sa.update(Product).where(same)
    end = end.values(withdrawn=True, published=False, version=Product.version + 1)
    if db.session.scalar(end.returning(Product.id)) is None:
        raise Outdated
    db.session.execute(
        sa.update(Variant).where(Variant.product_id == product_id).values(withdrawn=True)
    )


def _locked(product_id: int) -> list[int]:
    """An order that is being placed has its variants first; then it is seen here."""
    mine = sa.select(Variant.id).where(Variant.product_id == product_id).order_by(Variant.id)
    return list(db.session.scalars(mine.with_for_update()))


def _delete(product_id: int, ids: Collection[int]) -> list[str]:
    """Gives the files of its pictures."""
    mine = sa.select(Picture.file).where(Picture.product_id == product_id)
    files = list(db.session.scalars(mine))
    for which in (
        sa.delete(StockHold).where(StockHold.variant_id.in_(ids)),
        sa.delete(SearchGram).where(SearchGram.product_id == product_id),
        sa.delete(Picture).where(Picture.product_id == product_id),
        sa.delete(Variant).where(Variant.product_id == product_id),
        sa.delete(Product).where(Product.id == product_id),
    ):
        db.session.execute(which.execution_options(synchronize_session=False))
    db.session.expire_all()
    return files
