"""One made-up order: customer, lines, payment method, and its events until now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from storefront.catalogue.models import Variant
from storefront.core import clock, placeholders
from storefront.core.extensions import db
from storefront.core.money import TaxPart, TaxRate, tax_parts
from storefront.orders.details import OrderDetails
from storefront.orders.numbers import GROUP, LETTERS
from storefront.orders.queries.delivery_facts import Sending
from storefront.payments import collectors
from storefront.payments.kinds import KINDS
from storefront.payments.models import PaymentMethod
from storefront.sandbox.history import customers, lifecycles
from storefront.sandbox.history.lifecycles import Life
from storefront.shipping.dates import ANY_TIME, SLOTS, arrival_range
from storefront.shop.models import Shop

ONE_OF_A_KIND = "matcha-bowl"
SHARES = {  # how often each method is chosen
    "kuroneko_smartphone": 40,
    "kuroneko_payslip": 11,
    "card": 27,
    "cvs": 7,
    "cod": 8,
    "bank_transfer": 7,
}
LINES, PIECES = (50, 30, 14, 6), (72, 18, 7, 3)  # one, two, three, four
SEASONAL = {5: ("uji-sencha", 3), 7: ("yokan", 3), 12: ("furoshiki", 2), 3: ("wasanbon", 2)}
WEEK = "月火水木金土日"
NOTES = ("", "", "", "", "", "", "", "のし紙をお願いします。", "不在の場合は宅配ボックスへ。")


@dataclass(frozen=True)
class Stall:
    """The products, delivery and payment methods that orders are made from."""

    shop: Shop
    variants: list[Variant]
    methods: dict[str, PaymentMethod]

    @classmethod
    def opened(cls) -> "Stall":
        """The shop's present products and methods."""
        query = sa.select(Variant).options(joinedload(Variant.product)).order_by(Variant.id)
        goods = [one for one in db.session.scalars(query) if one.sku != ONE_OF_A_KIND]
        methods = {one.code: one for one in db.session.scalars(sa.select(PaymentMethod))}
        return cls(db.session.get_one(Shop, 1), goods, methods)


@dataclass(frozen=True)
class Made:
    """An order with its lines, amounts in yen, customer and events."""

    number: str
    token: str
    key: str
    checkout_id: str
    at: datetime
    answers: OrderDetails
    method: PaymentMethod
    lines: list[tuple[Variant, int]]
    goods: int
    shipping: int
    texts: dict[str, object]
    life: Life

    @property
    def total(self) -> int:
        """Yen that the customer pays."""
        return self.goods + self.shipping + self.method.fee

    @property
    def taxes(self) -> list[TaxPart]:
        """The tax inside the total, by rate."""
        parts = [(TaxRate(one.product.tax), one.price * pieces) for one, pieces in self.lines]
        services = self.shipping + self.method.fee
        return tax_parts([*parts, *([(TaxRate.STANDARD, services)] if services else [])])


def make(stall: Stall, at: datetime, chance: Random, now: datetime) -> Made:
    """An order placed at this moment, with what has happened to it until now."""
    lines = _basket(stall.variants, at, chance)
    goods = sum(one.price * pieces for one, pieces in lines)
    shipping = stall.shop.delivery_terms.fee_of(goods)
    method = _method(stall, goods + shipping, chance)
    answers = _answers(customers.somebody(chance), method, at, chance)
    return Made(
        number="-".join("".join(chance.choices(LETTERS, k=GROUP)) for _ in range(2)),
        token=f"{chance.getrandbits(256):064x}"[:43],
        key=f"{chance.getrandbits(128):032x}",
        checkout_id=f"{chance.getrandbits(128):032x}",
        at=at,
        answers=answers,
        method=method,
        lines=lines,
        goods=goods,
        shipping=shipping,
        texts=_texts(stall.shop, method, lines, goods + shipping + method.fee, answers, at),
        life=lifecycles.live(method.code, at, chance, now),
    )


def _basket(variants: list[Variant], at: datetime, chance: Random) -> list[tuple[Variant, int]]:
    """Small things often, dear ones seldom, and what the season asks for."""
    favourite, more = SEASONAL.get(at.astimezone(clock.JAPAN).month, ("", 1))
    weights = [
        (1 / one.price**0.7) * (more if one.product.slug == favourite else 1) for one in variants
    ]
    (count,) = chance.choices(range(1, len(LINES) + 1), LINES)
    wanted = dict.fromkeys(chance.choices(range(len(variants)), weights, k=count))
    return [(variants[nth], chance.choices(range(1, len(PIECES) + 1), PIECES)[0]) for nth in wanted]


def _method(stall: Stall, amount: int, chance: Random) -> PaymentMethod:
    fitting = [
        one
        for code, one in stall.methods.items()
        if code in SHARES and amount + one.fee <= (one.maximum or amount + one.fee)
    ]
    return chance.choices(fitting, [SHARES[one.code] for one in fitting])[0]


def _answers(
    who: customers.Person, method: PaymentMethod, at: datetime, chance: Random
) -> OrderDetails:
    wants_day = chance.random() < 0.2
    first, _ = arrival_range(at.astimezone(clock.JAPAN).date())
    return OrderDetails(
        name=who.name,
        name_kana=who.name_kana,
        postal_code=who.postal_code,
        prefecture=who.prefecture,
        city=who.city,
        street=who.street,
        building=who.building,
        tel=who.tel,
        email=who.email,
        payment=method.code,
        delivery_date=f"{first + timedelta(days=chance.randint(0, 4))}" if wants_day else "",
        delivery_time=chance.choice(list(SLOTS)) if chance.random() < 0.3 else "0000",
        note=chance.choice(NOTES),
    )


def _texts(
    shop: Shop,
    method: PaymentMethod,
    lines: list[tuple[Variant, int]],
    total: int,
    answers: OrderDetails,
    at: datetime,
) -> dict[str, object]:
    """As the confirmation would have said it in Japanese."""
    law = {
        "quantity": "、".join(f"{full_name(one)} × {pieces}点" for one, pieces in lines),
        "price": f"{total:,}円(税込)",
        "payment": _filled(method.payment_time, method),
        "delivery": _delivery(shop, method, answers, at.astimezone(clock.JAPAN).date()),
        "cancel": shop.cancel_terms,
    }
    told = _filled(method.instructions, method)
    return {
        "law": law,
        "payment": method.name,
        "collector": method.collector,
        "instructions": told,
    }


def _delivery(shop: Shop, method: PaymentMethod, answers: OrderDetails, on: date) -> str:
    wanted, slot = answers.wanted_day, answers.delivery_time
    if KINDS[method.kind].waits:
        return Sending(shop.prepare_days, wanted, slot, "", shop.calendar).once_paid(on)
    first, last = arrival_range(on, shop.prepare_days)
    when = _day(wanted) if wanted else f"{_day(first)}〜{_day(last)}"
    return when if slot == ANY_TIME else f"{when} {SLOTS[slot][0]}"


def _filled(text: str, method: PaymentMethod) -> str:
    sender = collectors.sender(KINDS[method.kind], method.collector)
    gaps = {"fee": f"{method.fee:,}", "days": f"{method.days_to_pay}", "sender": sender}
    return placeholders.fill(text, gaps)


def options(variant: Variant) -> str:
    """The values of a variant's options as an order's line keeps them."""
    return " / ".join(one for one in (variant.option_1, variant.option_2) if one)


def full_name(variant: Variant) -> str:
    """The product's name with its options."""
    words = options(variant)
    return f"{variant.product.name} ({words})" if words else variant.product.name


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日({WEEK[day.weekday()]})"
