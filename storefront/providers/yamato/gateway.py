"""What the shop does with an order on credit after it is placed, in Yamato's requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from storefront.ports.payments import (
    Carrier,
    GatewayRefused,
    GatewayUnavailable,
    GatewayUnknown,
    Invoice,
    ProviderStatus,
    TrackedParcel,
)
from storefront.providers.yamato.account.account import connection
from storefront.providers.yamato.account.session import NotConnected, Yamato
from storefront.providers.yamato.protocol.amendments import (
    AmendedInvoice,
    Cause,
    Reduction,
    Reissue,
)
from storefront.providers.yamato.protocol.client import Client
from storefront.providers.yamato.protocol.encoding import Address
from storefront.providers.yamato.protocol.error_codes import Action
from storefront.providers.yamato.protocol.exceptions import NoAnswer, NotAsked, Refused
from storefront.providers.yamato.protocol.field_errors import Invalid
from storefront.providers.yamato.protocol.line_items import LineItem
from storefront.providers.yamato.protocol.messages import InvoiceDivision
from storefront.providers.yamato.protocol.results import CreditStatus
from storefront.providers.yamato.protocol.shipments import Process, Shipment
from storefront.providers.yamato.protocol.transport import HURRIED, WORKERS, Timeout

STANDINGS = {
    CreditStatus.APPROVED: ProviderStatus.APPROVED,
    CreditStatus.CANCELLED: ProviderStatus.CANCELLED,
    CreditStatus.SLIP_REGISTERED: ProviderStatus.SHIPPED,
    CreditStatus.DELIVERY_IN_DOUBT: ProviderStatus.IN_DOUBT,
    CreditStatus.WARNING_SENT: ProviderStatus.SHIPPED,
    CreditStatus.SALES_FIXED: ProviderStatus.SOLD,
    CreditStatus.INVOICE_ISSUED: ProviderStatus.REQUESTED,
    CreditStatus.PAID: ProviderStatus.PAID,
    CreditStatus.EXAMINING: ProviderStatus.EXAMINING,
    CreditStatus.NOT_VERIFIED: ProviderStatus.REFUSED,
    CreditStatus.IMPOSSIBLE: ProviderStatus.REFUSED,
}

NO_OTHER_CARRIER = "other-carrier"  # a reason of our own: the option is not in the contract
DONE_BEFORE = {"kaasl018e", "kaakk049e"}  # this slip is registered, this is the amount already


@dataclass(frozen=True)
class KuronekoGateway:
    """DeferredGateway over Yamato's API; telling a parcel or an amount again that Yamato knows
    already changes nothing."""

    yamato: Yamato
    patience: Timeout = WORKERS

    def hurried(self) -> "KuronekoGateway":
        return replace(self, patience=HURRIED)

    def ship(self, reference: str, slip: TrackedParcel) -> None:
        """KAASL0010 with a new parcel."""
        is_yamato = _is_yamatos(slip)
        process = Process.YAMATO if is_yamato else Process.OTHER_CARRIER
        with self._asked() as client:
            client.ship(Shipment(reference, process, slip.number))

    def change_slip(self, reference: str, old: str, new: TrackedParcel) -> None:
        """KAASL0010 with another parcel. Another carrier's is registered anew, naming the former
        one."""
        is_yamato = _is_yamatos(new)
        process = Process.CHANGE if is_yamato else Process.OTHER_CARRIER
        with self._asked() as client:
            client.ship(Shipment(reference, process, new.number, new.ship_day, old))

    def withdraw_slip(self, reference: str) -> None:
        """KAASL0010 that takes the parcel back."""
        with self._asked() as client:
            client.ship(Shipment(reference, Process.CANCEL))

    def cancel(self, reference: str) -> None:
        """KAACL0010."""
        with self._asked() as client:
            client.cancel(reference)

    def reduce(self, reference: str, bill: Invoice) -> None:
        """KAAKK0010 with the lower total."""
        with self._asked() as client:
            client.reduce_amount(Reduction(reference, bill.order_day, _invoice(bill)))

    def reissue(self, reference: str, bill: Invoice, cause: str, other: str = "") -> None:
        """KAARR0010; cause is a value of Cause, other the words for OTHER."""
        with self._asked() as client:
            client.reissue(Reissue(reference, Cause(cause), _invoice(bill), other))

    def slip_data(self, reference: str) -> list[tuple[str, str]]:
        """KAASD0010: names and texts of the payslip."""
        with self._asked() as client:
            data = client.print_data(reference)
        lines = [
            (one.name, f"{one.count} × {one.unit_price} = {one.subtotal}") for one in data.lines
        ]
        return [*((name, text) for name, text in data.texts.items() if text), *lines]

    def standing(self, reference: str) -> ProviderStatus:
        """KAAST0010. A result that is in no table raises GatewayUnknown, as it must approve of
        nothing."""
        with self._asked() as client:
            status = client.status(reference).status
        if status not in STANDINGS:
            raise GatewayUnknown
        return STANDINGS[status]

    @contextmanager
    def _asked(self) -> Iterator[Client]:
        try:
            yield self.yamato.client(self.patience)
        except Invalid as invalid:
            raise GatewayRefused(str(invalid)) from invalid
        except Refused as refused:
            _judge(refused)
        except (NotConnected, NotAsked) as nothing:
            raise GatewayUnavailable(str(nothing)) from nothing
        except NoAnswer as nothing:
            raise GatewayUnknown(str(nothing)) from nothing


def _is_yamatos(slip: TrackedParcel) -> bool:
    """Raises GatewayRefused for a carrier that the contract leaves out: no request would pass."""
    if slip.carrier is Carrier.YAMATO:
        return True
    known = connection()
    if known is not None and not known.other_carrier:
        raise GatewayRefused(NO_OTHER_CARRIER)
    return False


def _judge(refused: Refused) -> None:
    """Returns where what was asked for is so already."""
    if refused.fault.action is Action.TRY_LATER:
        raise GatewayUnknown from refused
    if refused.code.lower() not in DONE_BEFORE:
        raise GatewayRefused(refused.code) from refused


def _invoice(bill: Invoice) -> AmendedInvoice:
    return AmendedInvoice(
        bill.ship_day,
        InvoiceDivision(bill.division),
        bill.postal_code,
        Address(*bill.address),
        bill.total,
        tuple(LineItem(name, count * price, count, price) for name, count, price in bill.lines),
    )
