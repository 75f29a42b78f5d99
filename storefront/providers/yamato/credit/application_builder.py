"""From the port's CreditRequest to Yamato's Application."""

from datetime import timedelta

from storefront.payments.models import YamatoConnection
from storefront.ports.deferred_credit import CreditRequest, Party
from storefront.providers.yamato.account.account import connection
from storefront.providers.yamato.credit.application import Application
from storefront.providers.yamato.protocol.encoding import Address
from storefront.providers.yamato.protocol.field_errors import Problem
from storefront.providers.yamato.protocol.line_items import MOST, LineItem, summary
from storefront.providers.yamato.protocol.messages import SendDivision
from storefront.providers.yamato.protocol.registration import Orderer, Recipient

SHIPPING, FEE, SUMMARY = "送料", "手数料", "お買い上げ商品"


def problems(request: CreditRequest) -> list[Problem]:
    """What Yamato would refuse of the request, under any contract."""
    return _application(request, None).problems()


def application(request: CreditRequest) -> Application:
    """The request in Yamato's words, by the options of the present contract."""
    return _application(request, connection())


def _application(request: CreditRequest, known: YamatoConnection | None) -> Application:
    division = _division(request, bundles=known is not None and known.bundled)
    days = known.ship_days if known else 0
    return Application(
        order_day=request.order_day,
        ship_day=request.order_day + timedelta(days=days),
        orderer=_orderer(request),
        recipient=_recipient(request, division),
        total=request.total,
        lines=_lines(request),
        division=division,
    )


def _division(request: CreditRequest, *, bundles: bool) -> SendDivision:
    """A slip that lies in the parcel would tell the price to whoever gets the present."""
    if request.sends_code:
        return SendDivision.SMARTPHONE
    if request.recipient is not None:
        return SendDivision.TO_OTHER
    return SendDivision.BUNDLED if bundles else SendDivision.TO_ORDERER


def _orderer(request: CreditRequest) -> Orderer:
    by = request.orderer
    return Orderer(by.name, by.postal_code, _address(by), by.phone, request.email, request.kana)


def _recipient(request: CreditRequest, division: SendDivision) -> Recipient | None:
    """With the smartphone type it is told only where it fits: there it is no condition."""
    to = request.recipient
    if to is None:
        return None
    recipient = Recipient(to.name, to.postal_code, _address(to), to.phone)
    is_needed = division == SendDivision.TO_OTHER
    return recipient if is_needed or not recipient.problems() else None


def _address(one: Party) -> Address:
    return Address(one.prefecture, one.city, one.street, one.building)


def _lines(request: CreditRequest) -> tuple[LineItem, ...]:
    """Real lines, or one for all where Yamato has no room for them."""
    lines = [
        LineItem(one.name, one.quantity * one.price, one.quantity, one.price)
        for one in request.lines
    ]
    services = ((SHIPPING, request.shipping), (FEE, request.fee))
    lines += [LineItem(name, yen, 1, yen) for name, yen in services if yen]
    return tuple(lines) if len(lines) <= MOST else summary(SUMMARY, request.total)
