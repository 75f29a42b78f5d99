"""What the worker does for each kind of row, and whose id a row is about."""

from collections import ChainMap
from contextlib import suppress
from functools import partial

from storefront.admin.orders import shopper_cancellations
from storefront.bulk import jobs
from storefront.catalogue.csv import import_job
from storefront.checkout import hosted_payment
from storefront.orders import fulfilment
from storefront.orders.emails import content
from storefront.orders.emails.sending import send_letter, send_order_mail
from storefront.orders.queries import search_index
from storefront.outbox.outbox import Handler
from storefront.payment_requests import emails as asking
from storefront.payment_requests import lifecycle, paying, sms_sending
from storefront.payments import hosted_sessions
from storefront.ports.payments import NO_ANSWER
from storefront.ports.registry import providers


def ask_of_visits(_about: int) -> None:
    """Ask the provider for the outcome of visits of which nobody has told."""
    for visit in hosted_sessions.unheard():
        with suppress(*NO_ANSWER):
            (hosted_payment if visit.checkout_id else paying).learn(visit)


def see_to_new_order(order_id: int) -> None:
    """Index a new order for the search and send its mail, after its shopper has the page."""
    search_index.write(order_id)
    send_order_mail(order_id)


def _links() -> dict[str, Handler]:
    """A kind of row for each link a shopper may ask for, so that each mail has its own id."""
    found: dict[str, Handler] = {}
    for kind in (f"link-{nth}" for nth in range(1, lifecycle.MOST_LINKS + 1)):
        found[f"{kind}-mail"] = partial(send_letter, f"{kind}-mail", asking.request)
        found[f"{kind}-sms"] = partial(sms_sending.text, "request")
    return found


OF_ORDERS: dict[str, Handler] = {  # a row is about an order's id
    "order-mail": see_to_new_order,
    "shipped-mail": partial(send_letter, "shipped-mail", content.shipped),
    fulfilment.CANCELLED_BY_SHOPPER: shopper_cancellations.record,
    fulfilment.OWNERS_MAIL: shopper_cancellations.tell_owner,
    fulfilment.UNFINISHED_CANCELLATION: fulfilment.finish_cancelling,
    "not-cancelled-mail": partial(send_letter, "not-cancelled-mail", content.not_cancelled),
    "cancelled-mail": partial(send_letter, "cancelled-mail", content.cancelled),
    "returned-mail": partial(send_letter, "returned-mail", content.returned),
    "refunded-mail": partial(send_letter, "refunded-mail", content.refunded),
    "reduced-mail": partial(send_letter, "reduced-mail", content.reduced),
    "paid-mail": partial(send_letter, "paid-mail", content.paid),
    "late-money-mail": partial(send_letter, "late-money-mail", content.late_money),
    "delivered": lifecycle.issue,
    "overdue": lifecycle.fall_overdue,
    "request-mail": partial(send_letter, "request-mail", asking.request),
    "request-sms": partial(sms_sending.text, "request"),
    "reminder-mail": partial(send_letter, "reminder-mail", asking.reminder),
    "reminder-sms": partial(sms_sending.text, "reminder"),
    "overdue-mail": partial(send_letter, "overdue-mail", asking.overdue),
    "overdue-sms": partial(sms_sending.text, "overdue"),
    "press-mail": partial(send_letter, "press-mail", asking.overdue),
    "press-sms": partial(sms_sending.text, "overdue"),
    **_links(),
}
OF_OTHERS: dict[str, Handler] = {
    "bulk-job": jobs.work,  # a job's id
    "hosted-outcome": ask_of_visits,  # nothing
    "hosted-refund": hosted_sessions.give_back,  # nothing
    **import_job.HANDLERS,  # a file of products on its way in
}
HANDLERS = OF_ORDERS | OF_OTHERS
ABANDONED: dict[str, Handler] = {  # what follows from a row that was tried for the last time
    fulfilment.UNFINISHED_CANCELLATION: fulfilment.say_not_cancelled,
}


def handler_of(kind: str) -> Handler:
    """The shop's own, or that of a provider. Raises KeyError for a kind that nobody knows."""
    if kind in HANDLERS:
        return HANDLERS[kind]
    return ChainMap(*(dict(one.tasks) for one in providers().plugins))[kind]
