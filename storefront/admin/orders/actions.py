"""What may be done with one order as it stands, and how each is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from storefront.admin.forms import AdminForm
from storefront.admin.orders.forms import (
    GivenBackForm,
    PaidForm,
    PressForm,
    ReduceForm,
    ReissueForm,
    ShipForm,
)
from storefront.bulk.actions import refresh
from storefront.core import clock
from storefront.orders import adjustments, closure, fulfilment, owed_back, refunds
from storefront.orders.models import Order
from storefront.orders.status import OrderStatus, Transition, can
from storefront.payment_requests import deposits, giving_back, lifecycle
from storefront.payments.kinds import Check, Time, kind_of_code
from storefront.payments.status import PaymentState
from storefront.ports.payments import Carrier, TrackedParcel

UNPAID = {PaymentState.DEFERRED, PaymentState.REQUESTED, PaymentState.OVERDUE}
CALLED_OFF = {OrderStatus.CANCELLED, OrderStatus.RETURNED}


@dataclass(frozen=True)
class OrderAction:
    """told: the form's fields that the audit log keeps; gives_back: it refunds what was paid;
    takes_money: it records a bank transfer, in or out, so the password is asked for again;
    filled: the form's first values."""

    may: Callable[[Order], bool]
    act: Callable[[Order, Any], object]
    form: type[AdminForm] = PressForm
    told: tuple[str, ...] = ()
    gives_back: bool = False
    takes_money: bool = False
    filled: Callable[[Order], dict[str, str]] = lambda _order: {}


def _slip(form: ShipForm) -> TrackedParcel:
    return TrackedParcel(Carrier(str(form.carrier.data)), str(form.slip.data), clock.today())


def _may_ship(order: Order) -> bool:
    return can(order.status, Transition.SHIP) and not is_unpaid_prepayment(order)


def is_unpaid_prepayment(order: Order) -> bool:
    """Whether the order is paid in advance and has not been paid."""
    is_prepaid = kind_of_code(order.payment_code).time is Time.BEFORE
    return is_prepaid and order.payment_status == PaymentState.AWAITING


def _has_parcel(order: Order) -> bool:
    return can(order.status, Transition.UNSHIP) and bool(order.shipments)


def _may_reduce(order: Order) -> bool:
    is_open = order.payment_status in adjustments.OPEN and order.owed > 1
    is_hosted = kind_of_code(order.payment_code).check is Check.HOSTED
    return is_open and not is_hosted and order.status not in CALLED_OFF


def _may_reissue(order: Order) -> bool:
    has_left = order.status in {OrderStatus.SHIPPED, OrderStatus.DELIVERED}
    return order.payment_reference is not None and has_left and order.payment_status in UNPAID


def _may_refund(order: Order) -> bool:
    return order.payment_status == PaymentState.PAID and order.status not in CALLED_OFF


def _owes(order: Order) -> bool:
    return order.request is not None and order.payment_status in {
        PaymentState.REQUESTED,
        PaymentState.OVERDUE,
    }


def _confirm(order: Order, form: PaidForm) -> object:
    day = form.day or clock.today()
    is_accepted = bool(form.accepted.data)
    return deposits.confirm(order, day, int(form.received_yen.data or 0), is_accepted=is_accepted)


def _confirm_sent(order: Order, form: GivenBackForm) -> object:
    return giving_back.confirm(order, form.day or clock.today(), int(form.given_yen.data or 0))


def _all_owed_back(order: Order) -> dict[str, str]:
    return {"given_on": f"{clock.today()}", "given_yen": f"{owed_back.yen_of(order)}"}


def _all_of_today(order: Order) -> dict[str, str]:
    return {"received_on": f"{clock.today()}", "received_yen": f"{order.owed}"}


ACTIONS: dict[str, OrderAction] = {
    "paid": OrderAction(
        deposits.may_come,
        _confirm,
        PaidForm,
        ("received_on", "received_yen"),
        takes_money=True,
        filled=_all_of_today,
    ),
    "given-back": OrderAction(
        giving_back.is_owed,
        _confirm_sent,
        GivenBackForm,
        ("given_on", "given_yen"),
        takes_money=True,
        filled=_all_owed_back,
    ),
    "prepare": OrderAction(
        lambda order: can(order.status, Transition.PREPARE),
        lambda order, _form: fulfilment.prepare(order),
    ),
    "ship": OrderAction(
        _may_ship,
        lambda order, form: fulfilment.ship(order, _slip(form)),
        ShipForm,
        ("slip", "carrier"),
    ),
    "change-slip": OrderAction(
        _has_parcel,
        lambda order, form: fulfilment.change_slip(order, _slip(form)),
        ShipForm,
        ("slip", "carrier"),
    ),
    "withdraw": OrderAction(_has_parcel, lambda order, _form: fulfilment.withdraw_slip(order)),
    "deliver": OrderAction(
        lambda order: can(order.status, Transition.DELIVER),
        lambda order, _form: fulfilment.deliver(order),
    ),
    "link": OrderAction(_owes, lambda order, _form: lifecycle.send_link_again(order)),
    "refresh": OrderAction(
        lambda order: order.payment_reference is not None,
        lambda order, _form: refresh(order),
    ),
    "close": OrderAction(closure.is_unpaid_credit, lambda order, _form: closure.close(order)),
    "reduce": OrderAction(
        _may_reduce,
        lambda order, form: adjustments.reduce(order, int(form.yen.data)),
        ReduceForm,
        ("yen",),
    ),
    "reissue": OrderAction(
        _may_reissue,
        lambda order, form: adjustments.reissue(order, form.cause.data, form.words.data),
        ReissueForm,
        ("cause",),
    ),
    "cancel": OrderAction(
        lambda order: can(order.status, Transition.CANCEL),
        lambda order, _form: fulfilment.cancel(order),
        gives_back=True,
    ),
    "return": OrderAction(
        lambda order: can(order.status, Transition.RETURN),
        lambda order, _form: fulfilment.take_back(order),
        gives_back=True,
    ),
    "refund": OrderAction(_may_refund, lambda order, _form: refunds.refund(order), gives_back=True),
}


AT_THE_PROVIDER = {
    "refresh",
    "reduce",
    "reissue",
}  # possible only where the provider knows the order
WITHOUT_IT = {"close"}


def open_to(order: Order, *, is_of_another_contract: bool) -> list[str]:
    """Codes of the actions that the order allows now, in the order of its life."""
    out = AT_THE_PROVIDER if is_of_another_contract else WITHOUT_IT
    return [code for code, action in ACTIONS.items() if code not in out and action.may(order)]


def gives_money_back(order: Order, code: str) -> bool:
    """Whether the action refunds this order, which only an owner may do."""
    return ACTIONS[code].gives_back and order.payment_status == PaymentState.PAID
