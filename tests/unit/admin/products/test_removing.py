"""Products leave the shop: deleted where no order names them, withdrawn for good else."""

from collections.abc import Callable
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.cart import carts
from storefront.catalogue import removal, stock
from storefront.catalogue.csv import export
from storefront.catalogue.csv.encoding import Encoding
from storefront.catalogue.models import Picture, Product, SearchGram, StockHold, Variant
from storefront.catalogue.products import saving
from storefront.catalogue.products.saving import Outdated
from storefront.catalogue.search import admin_list
from storefront.core.extensions import db, transaction
from storefront.orders import fulfilment
from storefront.orders.models import OrderLine
from storefront.orders.queries import product_use
from tests.at_once import at_once
from tests.factories import an_order
from tests.proofs.grounds import on_both_databases
from tests.unit.admin.conftest import Keeper
from tests.unit.catalogue.csv.tables import checked, file

SLUG = "yunomi"


def product(slug: str = SLUG) -> Product:
    db.session.expire_all()
    return db.session.scalars(sa.select(Product).where(Product.slug == slug)).one()


def is_there(slug: str = SLUG) -> bool:
    db.session.rollback()
    return db.session.scalar(sa.select(Product.id).where(Product.slug == slug)) is not None


def order_of(one: Product) -> OrderLine:
    variant = one.variants[0]
    words = {"sku": variant.sku, "name": one.name, "option": ""}
    return OrderLine(variant_id=variant.id, **words, price=3300, quantity=1, tax=1000)


def remove(one: Product) -> bool:
    return removal.remove(one.id, one.version, product_use.is_ordered, carts.take_out_of_all)


def counts(*tables: type) -> list[int]:
    return [db.session.scalar(sa.select(sa.func.count()).select_from(one)) or 0 for one in tables]


def test_what_was_never_ordered_is_gone_with_all_that_was_its_own(app: Flask) -> None:
    one = product()
    variant = one.variants[0]
    cart = carts.put_in(None, variant, 1)
    stock.hold(cart, {variant.id: 1})
    db.session.commit()
    slug, sku = one.slug, variant.sku

    assert remove(one)

    assert not is_there(slug)
    assert db.session.scalar(sa.select(Variant.id).where(Variant.sku == sku)) is None
    assert carts.lines(cart) == []
    gone = sa.select(Picture.id).where(Picture.product_id.not_in(sa.select(Product.id)))
    assert db.session.scalar(gone) is None
    assert counts(StockHold) == [0]
    grams = sa.select(SearchGram.gram).where(SearchGram.product_id.not_in(sa.select(Product.id)))
    assert db.session.scalar(grams) is None


def test_what_was_ordered_is_withdrawn_for_good(app: Flask) -> None:
    one = product()
    order = an_order(lines=[order_of(one)])
    pieces = one.variants[0].available

    assert not remove(one)

    stays = product()
    assert (stays.withdrawn, stays.published) == (True, False)
    assert SLUG not in [row.slug for row in admin_list.shelf(admin_list.Wanted(), 1).rows]
    assert [row.slug for row in admin_list.shelf(admin_list.Wanted(state="withdrawn"), 1).rows] == [
        SLUG
    ]
    with pytest.raises(Outdated):
        saving._opened(stays.id, stays.version)
    fulfilment.cancel(order)
    (variant,) = saving.all_variants(stays.id)
    assert variant.available == pieces + 1
    assert SLUG.encode() not in b"".join(export.written(Encoding.UTF8, "ja"))


def test_one_that_was_changed_since_is_looked_at_again(app: Flask) -> None:
    one = product()

    with pytest.raises(Outdated):
        removal.remove(one.id, one.version - 1, product_use.is_ordered, carts.take_out_of_all)
    assert product().published


def test_shoppers_are_told_that_it_has_gone(owner: Keeper) -> None:
    one = product()
    an_order(lines=[order_of(one)])
    cart = carts.put_in(None, one.variants[0], 1)

    remove(one)

    assert [change.what for change in carts.look_over(cart)] == ["gone"]
    assert owner.client.get(f"/products/{SLUG}").status_code == 404


def test_the_owner_is_asked_first_and_told_what_was_done(owner: Keeper) -> None:
    one = product()
    page = f"/admin/products/{one.id}/remove"

    asked = owner.get(page).text
    assert "「萩焼の湯呑」を削除する" in asked
    done = owner.post(page, {"version": str(one.version)})

    assert done.location == "/admin/products"
    assert "を削除しました" in owner.get("/admin/products").text
    assert not is_there()
    assert owner.get(page).status_code == 404


def test_an_ordered_product_is_not_found_by_its_form_any_more(owner: Keeper) -> None:
    one = product()
    an_order(lines=[order_of(one)])
    address = f"/admin/products/{one.id}"

    assert "販売を終了する" in owner.get(f"{address}/remove").text
    owner.post(f"{address}/remove", {"version": str(one.version)})

    assert is_there()
    for page in ("", "/remove", "/pictures"):
        assert owner.get(f"{address}{page}").status_code == 404
    assert "販売終了" in owner.get("/admin/products?state=withdrawn").text


def test_an_old_page_removes_nothing(owner: Keeper) -> None:
    one = product()

    answer = owner.post(f"/admin/products/{one.id}/remove", {"version": str(one.version - 1)})

    assert answer.status_code == 422
    assert "ほかの人がこの商品を変えました" in answer.text
    assert product().published


def test_staff_removes_nothing(staff: Keeper) -> None:
    one = product()

    answer = staff.post(f"/admin/products/{one.id}/remove", {"version": str(one.version)})

    assert answer.status_code == 403
    assert is_there()


@on_both_databases
@pytest.mark.parametrize("nth", range(4))
def test_an_order_placed_at_the_same_moment_keeps_its_article(either_shop: Flask, nth: int) -> None:
    one = product()
    line, id_ = order_of(one), one.id

    def place() -> bool:
        with either_shop.app_context():
            cart = f"cart-{nth}"
            with_stock = partial(stock.spend, cart, {line.variant_id: 1})
            return _placed(with_stock, line)

    def take_out() -> bool:
        with either_shop.app_context():
            return remove(db.session.get_one(Product, id_))

    is_placed, is_deleted = at_once([place, take_out])

    assert not (is_placed and is_deleted)
    assert is_there() != is_deleted


def _placed(spend: Callable[[], object], line: OrderLine) -> bool:
    """As checkout.placing does it: the stock first, then the order's line, in one transaction."""
    order = an_order(lines=[])
    try:
        with transaction():
            spend()
            db.session.add(OrderLine(**_values(line), order_id=order.id))
    except stock.SoldOut:
        return False
    return True


def _values(line: OrderLine) -> dict[str, object]:
    names = ("variant_id", "sku", "name", "option", "price", "quantity", "tax")
    return {name: getattr(line, name) for name in names}


def test_no_file_brings_a_withdrawn_product_back(app: Flask) -> None:
    one = product()
    an_order(lines=[order_of(one)])
    sku = one.variants[0].sku
    remove(one)

    read = checked(file(f"{SLUG},萩焼の湯呑,tea,10,公開,{sku},3300,5"))

    assert ["販売を終了しています" in fault["what"] for fault in read.faults] == [True]
    assert product().withdrawn
