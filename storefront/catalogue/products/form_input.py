"""From the texts of the product form to values, with a fault for each text that is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from storefront.catalogue import stocktaking
from storefront.catalogue.products import fields, validation
from storefront.catalogue.products.fields import Field, Wrong
from storefront.catalogue.products.validation import Fault
from storefront.catalogue.stocktaking import Shown

Texts = Mapping[str, str]


@dataclass(frozen=True)
class VariantDraft:
    """A row of the form; place names it on the page. id and seen, the stock that was shown, are
    None for a new one."""

    place: str
    id: int | None
    values: dict[str, Any]
    stock: int
    seen: Shown | None


@dataclass
class Draft:
    """The values of the whole form; where there are faults they are not complete."""

    values: dict[str, Any] = field(default_factory=dict)
    variants: list[VariantDraft] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(product: Texts, variants: Sequence[tuple[str, Texts]]) -> Draft:
    """Read the product's texts and those of its variants, each row with its place."""
    draft = Draft()
    draft.values = _values(product, fields.PRODUCT, "", draft.faults)
    rows = [(place, _named(texts, product, len(variants))) for place, texts in variants]
    draft.variants = [_variant(place, texts, draft.faults) for place, texts in rows]
    if not draft.faults:
        draft.faults += validation.faults(
            draft.values, {one.place: one.values for one in draft.variants}
        )
    return draft


def _named(variant: Texts, product: Texts, count: int) -> Texts:
    """What is sold in one form only needs no code beside the product's own."""
    is_only = count == 1 and not product.get("option_1") and not variant.get("sku", "").strip()
    return {**variant, "sku": product.get("slug", "")} if is_only else variant


def _variant(place: str, texts: Texts, faults: list[Fault]) -> VariantDraft:
    values = _values(texts, fields.VARIANT, place, faults)
    stock = _read(Field(fields.pieces), texts, "stock", place, faults)
    number = texts.get("id", "")
    is_known = number.isascii() and number.isdigit() and len(number) < 10
    return VariantDraft(
        place,
        int(number) if is_known else None,
        values,
        stock or 0,
        stocktaking.read(texts.get("seen", "")),
    )


def _values(
    texts: Texts, known: Mapping[str, Field], place: str, faults: list[Fault]
) -> dict[str, Any]:
    return {name: _read(one, texts, name, place, faults) for name, one in known.items()}


def _read(one: Field, texts: Texts, name: str, place: str, faults: list[Fault]) -> Any:
    try:
        return one.read(texts.get(name, ""))
    except Wrong as wrong:
        faults.append(Fault(place, name, wrong.what, wrong.todo))
        return None
