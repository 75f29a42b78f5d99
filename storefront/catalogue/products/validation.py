"""Whether a product and its variants fit together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

MOST_VARIANTS = 100

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Fault:
    """What is wrong and where: place is the variant's row, empty for a field of the product."""

    place: str
    field: str
    what: str
    todo: str


def faults(product: Values, variants: Mapping[str, Values]) -> list[Fault]:
    """What does not fit together, such as two variants of the same options.

    variants are the values of all variants by their place, withdrawn ones included.
    """
    sold = {place: one for place, one in variants.items() if not one["withdrawn"]}
    found = [*_of_options(product), *_of_number(product, sold, len(variants))]
    for place, one in sold.items():
        found += _of_values(place, product, one)
    return found or list(_of_doubles(sold))


def _of_options(product: Values) -> Iterable[Fault]:
    if product["option_2"] and not product["option_1"]:
        todo = _("選択肢が1つなら、選択肢1に入力してください")
        yield Fault("", "option_1", _("選択肢1がありません"), todo)


def _of_number(product: Values, sold: Mapping[str, Values], count: int) -> Iterable[Fault]:
    if not sold:
        todo = _("1つ以上を取り扱ってください。売らないときは商品を非公開にします")
        yield Fault("", "variants", _("取り扱うバリエーションがありません"), todo)
    if len(sold) > 1 and not product["option_1"]:
        todo = _("色や大きさなど、選ぶものの名前を入力してください")
        yield Fault("", "option_1", _("バリエーションが複数あります"), todo)
    if count > MOST_VARIANTS:
        todo = _("%(n)s件までにしてください", n=MOST_VARIANTS)
        yield Fault("", "variants", _("バリエーションが多すぎます"), todo)


def _of_values(place: str, product: Values, variant: Values) -> Iterable[Fault]:
    for option in ("option_1", "option_2"):
        if product[option] and not variant[option]:
            todo = _("「%(option)s」の値を入力してください", option=product[option])
            yield Fault(place, option, _("空です"), todo)
        if variant[option] and not product[option]:
            todo = _("商品に選択肢の名前を入力するか、この値を消してください")
            yield Fault(place, option, _("この商品にない選択肢です"), todo)


def _of_doubles(sold: Mapping[str, Values]) -> Iterable[Fault]:
    seen: set[tuple[str, str]] = set()
    for place, one in sold.items():
        pair = (one["option_1"], one["option_2"])
        if pair in seen:
            todo = _("ほかと違う値にするか、一方の取り扱いを終了してください")
            yield Fault(place, "option_1", _("同じ選択肢の組み合わせがもう1つあります"), todo)
        seen.add(pair)
