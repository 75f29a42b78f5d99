"""The checkout's order as Yamato is asked to take it on credit."""

from datetime import timedelta

from storefront.checkout.journey import Journey
from storefront.core import clock
from storefront.orders import details as order_answers
from storefront.orders.details import Answers
from storefront.payments import methods
from storefront.payments.kinds import Check
from storefront.payments.models import YamatoConnection
from storefront.providers.yamato.account.account import connection
from storefront.providers.yamato.credit.application import Application
from storefront.providers.yamato.protocol.encoding import Address
from storefront.providers.yamato.protocol.field_errors import Problem
from storefront.providers.yamato.protocol.line_items import MOST, Line, summary
from storefront.providers.yamato.protocol.messages import SendDivision
from storefront.providers.yamato.protocol.registration import Orderer, Recipient

SHIPPING, FEE, SUMMARY = "送料", "手数料", "お買い上げ商品"


def problems(journey: Journey) -> list[Problem]:
    """What Yamato would refuse of these answers; empty for methods that do not ask it."""
    if journey.answers is None or not journey.asks_yamato:
        return []
    return _application(journey, journey.answers, None).problems()


def application(journey: Journey) -> Application:
    """Under the contract of today; needs answers."""
    if journey.answers is None:
        raise ValueError("There is nothing to ask for yet")
    return _application(journey, journey.answers, connection())


def _application(journey: Journey, answers: Answers, known: YamatoConnection | None) -> Application:
    offer = journey.offer
    division = _division(journey, bundles=known is not None and known.bundled)
    days = known.ship_days if known else 0
    return Application(
        order_day=clock.today(),
        ship_day=clock.today() + timedelta(days=days),
        orderer=_orderer(answers, journey.phone if _has_code(division) else answers.tel),
        recipient=_recipient(answers, division),
        total=offer.total,
        lines=_lines(journey),
        division=division,
    )


def _has_code(division: SendDivision) -> bool:
    return division == SendDivision.SMARTPHONE


def _division(journey: Journey, *, bundles: bool) -> SendDivision:
    """A slip that lies in the parcel would tell the price to whoever gets the present."""
    if journey.method and methods.kind_of(journey.method).check is Check.CREDIT_AND_CODE:
        return SendDivision.SMARTPHONE
    if journey.answers and journey.answers.ship_to == "other":
        return SendDivision.TO_OTHER
    return SendDivision.BUNDLED if bundles else SendDivision.TO_ORDERER


def _orderer(answers: Answers, phone: str) -> Orderer:
    by = answers.customer
    return Orderer(by.name, by.postal_code, _address(by), phone, answers.email, answers.name_kana)


def _recipient(answers: Answers, division: SendDivision) -> Recipient | None:
    """With the smartphone type it is told only where it fits: there it is no condition."""
    if answers.ship_to != "other":
        return None
    to = answers.destination
    recipient = Recipient(to.name, to.postal_code, _address(to), to.tel)
    is_needed = division == SendDivision.TO_OTHER
    return recipient if is_needed or not recipient.problems() else None


def _address(one: order_answers.Address) -> Address:
    return Address(one.prefecture, one.city, one.street, one.building)


def _lines(journey: Journey) -> tuple[Line, ...]:
    """Real lines, or one for all where Yamato has no room for them."""
    offer = journey.offer
    names = {line.variant_id: line.variant.product.name for line in journey.cart}
    lines = [
        Line(names[line.variant_id], line.subtotal, line.quantity, line.price)
        for line in offer.lines
    ]
    services = ((SHIPPING, offer.shipping), (FEE, offer.fee))
    lines += [Line(name, yen, 1, yen) for name, yen in services if yen]
    return tuple(lines) if len(lines) <= MOST else summary(SUMMARY, offer.total)
