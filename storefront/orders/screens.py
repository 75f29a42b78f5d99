"""What the pages of one order show."""

from flask import request
from flask.typing import ResponseReturnValue

from storefront.catalogue.pictures import pictures
from storefront.orders import receipt, wording
from storefront.orders.emails import content
from storefront.orders.forms import FindForm
from storefront.orders.fulfilment import is_being_cancelled
from storefront.orders.models import Order
from storefront.orders.progress import progress_of
from storefront.orders.queries import delivery_facts, payment_facts
from storefront.shop import profile
from storefront.web.rendering import page


def order_page(template: str, order: Order, *, old_token: bool = False) -> ResponseReturnValue:
    """422 where a button was pressed on a page that had been open for too long."""
    parcel = order.shipments[0] if order.shipments else None
    return page(
        template,
        422 if old_token else 200,
        old_token=old_token,
        here=f"/orders/{order.token}" if old_token else "",
        parcel=parcel,
        carrier=content.carrier_of(parcel) if parcel else "",
        tracking=content.tracking_url(parcel) if parcel else "",
        delivery=delivery_facts.delivery_of(order),
        number=payment_facts.number_of(order),
        account=payment_facts.account_of(order),
        at_the_store=wording.at_the_store(),
        sender=payment_facts.sender_of(order),
        link=request.args.get("link", ""),
        order=order,
        answers=receipt.answers_of(order),
        taxes=receipt.taxes_of(order),
        pictures=pictures.of_variants(line.variant_id for line in order.lines),
        progress=progress_of(order),
        is_being_cancelled=is_being_cancelled(order),
        steps=wording.steps(order),
        payment=wording.payment(order),
        shop=profile.shop(),
    )


def unknown() -> ResponseReturnValue:
    """An address that leads nowhere any more offers the other way to an order."""
    form = FindForm(formdata=None)
    return page("orders/find.html", 404, form=form, errors=[], old_token=False, is_unknown=True)
