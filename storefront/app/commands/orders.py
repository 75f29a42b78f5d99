"""storefront orders: what the owner does with an order, from a shell."""

from collections.abc import Callable
from datetime import datetime

import click
from flask.cli import with_appcontext

from storefront.ports.payments import DeferredGateway


@click.group()
def orders() -> None:
    """Ship, deliver, cancel and look at orders."""


@orders.command()
@click.argument("number")
@with_appcontext
def show(number: str) -> None:
    """Where an order stands, and what has happened to it."""
    from storefront.core import clock
    from storefront.orders.provider_calls import is_of_another_contract as is_of_another
    from storefront.providers.yamato import call_log

    order = _find(number)
    click.echo(f"{order.number}  {order.status}  {order.payment_code} {order.payment_status}")
    click.echo(f"  {order.owed:,} yen" + (f" (was {order.total:,})" if order.reduced_to else ""))
    if order.contract:
        other = "  (another contract: Yamato is told nothing)" if is_of_another(order) else ""
        click.echo(f"  under {order.contract}{other}")
    for parcel in order.shipments:
        click.echo(f"  {parcel.carrier} {parcel.slip}")
    for event in order.events:
        click.echo(f"  {event.at.astimezone(clock.JAPAN):%Y-%m-%d %H:%M}  {event.event}")
    for call in call_log.of_order(order.number):
        at = call.at.astimezone(clock.JAPAN)
        click.echo(f"  {at:%Y-%m-%d %H:%M:%S}  {call.api} {call.order_number}: {call.outcome}")


@orders.command()
@click.argument("number")
@click.argument("slip")
@click.option("--carrier", type=click.Choice(["yamato", "other"]), default="yamato")
@with_appcontext
def ship(number: str, slip: str, carrier: str) -> None:
    """Ship an order under a tracking number; once more with another number changes it."""
    from storefront.core import clock
    from storefront.orders import fulfilment
    from storefront.ports.payments import Carrier, TrackedParcel

    order = _find(number)
    parcel = TrackedParcel(Carrier(carrier), slip, clock.today())
    act = fulfilment.change_slip if order.status == "shipped" else fulfilment.ship
    _do(number, lambda: act(order, parcel))
    click.echo(f"{number} is shipped; the shopper is told by mail.")


@orders.command()
@click.argument("number")
@with_appcontext
def unship(number: str) -> None:
    """Take a tracking number back: the parcel did not leave."""
    from storefront.orders import fulfilment

    order = _find(number)
    _do(number, lambda: fulfilment.withdraw_slip(order))
    click.echo(f"{number} is being prepared again.")


@orders.command()
@click.argument("number")
@with_appcontext
def deliver(number: str) -> None:
    """Say that the parcel has arrived; the request for payment follows."""
    from storefront.orders import fulfilment

    order = _find(number)
    _do(number, lambda: fulfilment.deliver(order))
    click.echo(f"{number} is delivered.")


@orders.command()
@click.argument("number")
@with_appcontext
def cancel(number: str) -> None:
    """Cancel an order that has not left; the pieces go back on the shelf."""
    from storefront.app.commands import order_words
    from storefront.orders import fulfilment

    order = _find(number)
    _do(number, lambda: fulfilment.cancel(order))
    click.echo(f"{number} is cancelled: {order_words.payment(order)}")


@orders.command("return")
@click.argument("number")
@with_appcontext
def return_(number: str) -> None:
    """Say that the parcel came back; the pieces stay off the shelf until you put them there."""
    from storefront.app.commands import order_words
    from storefront.orders import fulfilment

    order = _find(number)
    _do(number, lambda: fulfilment.take_back(order))
    click.echo(f"{number} is returned: {order_words.payment(order)}")


@orders.command()
@click.argument("number")
@click.argument("yen", type=int)
@with_appcontext
def reduce(number: str, yen: int) -> None:
    """Charge only YEN for an order, tax included."""
    from storefront.orders import adjustments

    order = _find(number)
    _do(number, lambda: adjustments.reduce(order, yen))
    click.echo(f"{number} costs {order.owed:,} yen now.")


@orders.command()
@click.argument("number")
@click.argument("cause", type=click.Choice(["1", "2", "3", "4", "5", "6"]))
@click.option("--words", default="", help="Why, with cause 6; 25 characters in full width.")
@with_appcontext
def reissue(number: str, cause: str, words: str) -> None:
    """Have the bill issued again: 1 wrong address, 2 lost, 3 damaged, 4 moved, 5 typo, 6 other."""
    from storefront.orders import adjustments

    order = _find(number)
    _do(number, lambda: adjustments.reissue(order, cause, words))
    click.echo(f"The bill of {number} is issued again.")


@orders.command()
@click.argument("number")
@with_appcontext
def refresh(number: str) -> None:
    """Ask the provider where the payment stands."""
    from storefront.payment_requests import provider_sync

    order = _find(number)
    standing = provider_sync.refresh(order)
    if standing is None:
        raise click.ClickException("nobody could be asked. Try again in a few minutes.")
    click.echo(f"{number}: {standing} there, {order.payment_status} here.")


@orders.command()
@click.argument("number")
@with_appcontext
def slip(number: str) -> None:
    """What to print on the delivery note of an order whose payslip goes with the goods."""
    from storefront.orders.provider_calls import require_own_contract, tell

    order = _find(number)
    _do(number, lambda: require_own_contract(order))
    _do(number, lambda: tell(order, _print_slip))
    if order.payment_reference is None:
        raise click.ClickException("no provider carries this order: there is no slip to print.")


@orders.command()
@click.argument("number")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day it came; today if left.")
@click.option("--yen", type=click.IntRange(min=1), help="What came; all that is owed if left.")
@click.option("--accept", is_flag=True, help="Take it for paid though it is short or over.")
@with_appcontext
def paid(number: str, day: datetime | None, yen: int | None, accept: bool) -> None:
    """Confirm that the money has come to the shop's account; the shopper is told by mail."""
    from storefront.app.commands import order_words
    from storefront.core import clock
    from storefront.payment_requests import deposits

    order = _find(number)
    on, came = day.date() if day else clock.today(), yen or order.owed
    _do(number, lambda: deposits.confirm(order, on, came, is_accepted=accept))
    click.echo(order_words.received(order))


def _print_slip(gateway: DeferredGateway, reference: str) -> None:
    for name, text in gateway.slip_data(reference):
        click.echo(f"{name:14}{text}")


def _find(number: str):  # type: ignore[no-untyped-def]  # the models load with the command
    import sqlalchemy as sa

    from storefront.core.extensions import db
    from storefront.orders.models import Order
    from storefront.orders.numbers import tidy_number

    order = db.session.scalar(sa.select(Order).where(Order.number == tidy_number(number)))
    if order is None:
        raise click.ClickException(f"there is no order {number}. Check the number.")
    return order


def _do(number: str, act: Callable[[], object]) -> None:
    """Exit 1 with a sentence for everything that may be refused."""
    from storefront.app.commands import order_words

    said = order_words.refusals(number)
    try:
        act()
    except tuple(said) as refused:
        raise click.ClickException(said[type(refused)](refused)) from refused
