"""Tables of the catalogue: categories, products, variants, pictures, the search index, held stock
and CSV imports."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storefront.core.extensions import Base, UtcDateTime
from storefront.core.money import TaxRate


class Category(Base):
    """A category; slug is its code in addresses, position its place in the shop's order."""

    __tablename__ = "categories"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    name_en: Mapped[str] = mapped_column(sa.String(80))
    position: Mapped[int]


class Product(Base):
    """What a page is about: its names, texts and options, bought as one of its variants.

    tax is a TaxRate. specs are rows of item, item in English, content, content in English. A
    withdrawn product is never sold again, but orders still name it.
    """

    __tablename__ = "products"
    __table_args__ = (
        sa.Index("ix_products_list", "published", "position", "id"),
        sa.Index("ix_products_category_list", "category_id", "published", "position", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(60), unique=True)
    category_id: Mapped[int] = mapped_column(sa.ForeignKey("categories.id"))
    name: Mapped[str] = mapped_column(sa.String(120))
    name_en: Mapped[str] = mapped_column(sa.String(120))
    reading: Mapped[str] = mapped_column(sa.String(200))
    other_spellings: Mapped[str] = mapped_column(sa.String(200), default="", server_default="")
    search_text: Mapped[str] = mapped_column(sa.Text, default="")
    description: Mapped[str] = mapped_column(sa.Text)
    description_en: Mapped[str] = mapped_column(sa.Text)
    specs: Mapped[list[list[str]]] = mapped_column(sa.JSON)
    tax: Mapped[int] = mapped_column(default=TaxRate.STANDARD)
    option_1: Mapped[str] = mapped_column(sa.String(40), default="")
    option_1_en: Mapped[str] = mapped_column(sa.String(40), default="")
    option_2: Mapped[str] = mapped_column(sa.String(40), default="")
    option_2_en: Mapped[str] = mapped_column(sa.String(40), default="")
    published: Mapped[bool] = mapped_column(default=True)
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default=sa.false())  # for good
    position: Mapped[int]
    version: Mapped[int] = mapped_column(default=1, server_default="1")  # grows with each change
    search_version: Mapped[int] = mapped_column(default=0, server_default="0", index=True)
    search_words: Mapped[str] = mapped_column(sa.Text, default="", server_default="", deferred=True)

    category: Mapped[Category] = relationship()
    variants: Mapped[list["Variant"]] = relationship(
        back_populates="product",
        order_by="Variant.position",
        primaryjoin="(Product.id == Variant.product_id) & Variant.withdrawn.is_(False)",
    )
    pictures: Mapped[list["Picture"]] = relationship(order_by="Picture.position")

    @property
    def tax_rate(self) -> TaxRate:
        """The consumption tax that its price includes: 8 or 10 percent."""
        return TaxRate(self.tax)


class Variant(Base):
    """One thing that can be bought; a product without options has exactly one.

    What is no longer sold is withdrawn and never deleted: carts and orders still name it.
    """

    __tablename__ = "variants"
    __table_args__ = (
        sa.CheckConstraint("available >= 0", name="available"),
        sa.CheckConstraint("price >= 0", name="price"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("products.id"), index=True)
    sku: Mapped[str] = mapped_column(sa.String(80), unique=True)
    option_1: Mapped[str] = mapped_column(sa.String(40), default="")
    option_1_en: Mapped[str] = mapped_column(sa.String(40), default="")
    option_2: Mapped[str] = mapped_column(sa.String(40), default="")
    option_2_en: Mapped[str] = mapped_column(sa.String(40), default="")
    price: Mapped[int]
    available: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    stocktakes: Mapped[int] = mapped_column(default=0, server_default="0")  # by the shop's people

    product: Mapped[Product] = relationship(back_populates="variants")

    @property
    def is_for_sale(self) -> bool:
        """Whether it can be bought, however many pieces there are."""
        return self.product.published and not self.withdrawn


class Picture(Base):
    """A picture of a product; file is a path of static files, or the name of an uploaded one. Sizes
    in pixels."""

    __tablename__ = "pictures"

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("products.id"), index=True)
    file: Mapped[str] = mapped_column(sa.String(200))
    alt: Mapped[str] = mapped_column(sa.String(200))
    alt_en: Mapped[str] = mapped_column(sa.String(200))
    width: Mapped[int] = mapped_column(default=800)
    height: Mapped[int] = mapped_column(default=800)
    position: Mapped[int] = mapped_column(default=0)


class SearchGram(Base):
    """A piece of a product's search texts, with the place in search results of products that hold
    it."""

    __tablename__ = "search_grams"

    gram: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(
        sa.ForeignKey("products.id"), primary_key=True, index=True
    )


class StockHold(Base):
    """Pieces kept for one cart: subtracted from the available ones when held, given back at most
    once."""

    __tablename__ = "stock_holds"
    __table_args__ = (sa.Index("ix_stock_holds_due", "state", "expires_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cart_id: Mapped[str] = mapped_column(sa.String(32), index=True)
    variant_id: Mapped[int] = mapped_column(sa.ForeignKey("variants.id"))
    quantity: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(8), default="held")  # held, spent, returned
    held_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ProductImport(Base):
    """A CSV file of products between upload and import; state is an ImportState."""

    __tablename__ = "product_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(12))  # one of sheets.imports.State's
    file: Mapped[str] = mapped_column(sa.String(120))
    content: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    locale: Mapped[str] = mapped_column(sa.String(2))  # of the person, for what is wrong
    rows: Mapped[int] = mapped_column(default=0)
    rows_done: Mapped[int] = mapped_column(default=0)
    faults: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default=list)
    changes: Mapped[dict[str, int]] = mapped_column(sa.JSON, default=dict)
    to_index: Mapped[list[int]] = mapped_column(sa.JSON, default=list)  # ids of products
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
