"""How the order may be sent: which delivery method, on which days, and what goes with it."""

from dataclasses import dataclass
from datetime import date

from storefront.core import clock
from storefront.orders.details import OrderDetails
from storefront.payments import methods
from storefront.payments.models import PaymentMethod
from storefront.shipping import dates
from storefront.shipping.models import DeliveryMethod
from storefront.shop.models import Shop


@dataclass(frozen=True)
class Wish:
    """Where the parcel goes and by which delivery method; empty where it is not said yet."""

    prefecture: str
    delivery: str


def wish_of(answers: OrderDetails | None) -> Wish:
    """Prefecture and delivery method of the answers; both empty before there are answers."""
    if answers is None:
        return Wish("", "")
    return Wish(answers.destination.prefecture, answers.delivery_method)


def chosen(shop: Shop, wish: Wish) -> DeliveryMethod | None:
    """The delivery method of the wish, or the shop's only one, about which nothing is asked; None
    while none is chosen or the chosen one is gone."""
    offered = shop.offered
    if len(offered) == 1:
        return offered[0]
    return next((one for one in offered if one.code == wish.delivery), None)


def days(shop: Shop, way: DeliveryMethod) -> list[date]:
    """The days that a parcel may be wished for by this method, from today on."""
    if not way.offers_dates:
        return []
    return dates.choices(clock.today(), way.prepare_days, shop.calendar, way.days_offered)


def arrival(shop: Shop, way: DeliveryMethod | None) -> tuple[date, date]:
    """When a parcel may be expected that no day was chosen for."""
    return dates.arrival_range(clock.today(), way.prepare_days if way else 0, shop.calendar)


def ways_of(shop: Shop, method: PaymentMethod) -> list[DeliveryMethod]:
    """The delivery methods that this payment method goes with; empty where it is any."""
    ways = [one for one in shop.offered if methods.goes_with(method, one.code)]
    return [] if len(ways) == len(shop.offered) else ways
