"""What the owner changes about delivery: methods, their order, and the shop's days of rest."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from storefront.core.extensions import db, transaction
from storefront.shipping.dates import Calendar
from storefront.shipping.models import DeliveryMethod
from storefront.shop import profile

TERMS = (
    *("name", "name_en", "carrier", "fee", "fees", "free_from", "prepare_days"),
    *("offers_dates", "days_offered", "slots", "published"),
)


class CodeTaken(Exception):
    """Another delivery method has this code; choose another."""


class LastMethod(Exception):
    """An open shop needs one to deliver by; publish another first, or close the shop."""


def find(code: str) -> DeliveryMethod | None:
    return next((one for one in profile.shop().deliveries if one.code == code), None)


def terms_of(method: DeliveryMethod) -> dict[str, Any]:
    """All that can be changed about it, for comparing before and after."""
    return {name: getattr(method, name) for name in TERMS}


def add(code: str, terms: Mapping[str, Any]) -> DeliveryMethod:
    """At the end of the list; raises CodeTaken."""
    with transaction():
        shop = profile.renewed()
        if any(one.code == code for one in shop.deliveries):
            raise CodeTaken
        last = max((one.position for one in shop.deliveries), default=-1)
        method = DeliveryMethod(code=code, position=last + 1, **terms)
        shop.deliveries.append(method)
    return method


def change(code: str, terms: Mapping[str, Any]) -> None:
    """Raises LastMethod where an open shop would be left without any."""
    with transaction():
        shop = profile.renewed()
        method = next(one for one in shop.deliveries if one.code == code)
        for name, value in terms.items():
            setattr(method, name, value)
        if shop.is_open and not shop.offered:
            raise LastMethod


def move(code: str, by: int) -> None:
    """One place up (-1) or down (1); at the end of the list nothing moves."""
    with transaction(of="delivery methods"):
        query = sa.select(DeliveryMethod).order_by(DeliveryMethod.position, DeliveryMethod.id)
        methods = list(db.session.scalars(query))
        at = next(place for place, one in enumerate(methods) if one.code == code)
        to = max(0, min(len(methods) - 1, at + by))
        methods.insert(to, methods.pop(at))
        for place, method in enumerate(methods):
            method.position = place


def keep_calendar(calendar: Calendar) -> None:
    with transaction():
        profile.renewed().rest = calendar.dump()
