"""The checkout's order as a provider is asked to take it on credit."""

from storefront.checkout.journey import Journey
from storefront.core import clock
from storefront.orders.details import Address
from storefront.payments import methods
from storefront.payments.kinds import Check
from storefront.ports.deferred_credit import CreditLine, CreditRequest, Party


def of(journey: Journey) -> CreditRequest:
    """Raises ValueError without answers and a method: then there is nothing to ask for yet."""
    answers, method = journey.answers, journey.method
    if answers is None or method is None:
        raise ValueError("There is nothing to ask for yet")
    offer = journey.offer
    names = {line.variant_id: line.variant.product.name for line in journey.cart}
    sends_code = methods.kind_of(method).check is Check.CREDIT_AND_CODE
    is_sent_on = answers.ship_to == "other"
    return CreditRequest(
        orderer=_party(answers.customer, journey.phone if sends_code else answers.tel),
        kana=answers.name_kana,
        email=answers.email,
        recipient=_recipient(answers.destination) if is_sent_on else None,
        lines=tuple(
            CreditLine(names[line.variant_id], line.quantity, line.price) for line in offer.lines
        ),
        shipping=offer.shipping,
        fee=offer.fee,
        total=offer.total,
        order_day=clock.today(),
        sends_code=sends_code,
    )


def _recipient(one: Address) -> Party:
    """A company receives in its own name where it names nobody."""
    return _party(one, one.tel, one.addressee)


def _party(one: Address, phone: str, name: str = "") -> Party:
    return Party(
        name or one.name, one.postal_code, one.prefecture, one.city, one.street, one.building, phone
    )
