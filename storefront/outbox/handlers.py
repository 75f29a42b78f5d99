"""What the worker does for each kind of row; about is an order's id unless said otherwise."""

from contextlib import suppress
from functools import partial

from storefront.bulk import jobs
from storefront.catalogue.sheets import imports
from storefront.checkout import hosted, left
from storefront.collecting import letters as asking
from storefront.collecting import messages, paying, requests
from storefront.kuroneko import alerts
from storefront.orders import letters, marks
from storefront.orders.mails import send_letter, send_order_mail
from storefront.outbox.rows import Handler
from storefront.payments import NO_ANSWER, visits


def ask_of_visits(_about: int) -> None:
    """Those of which neither a browser nor a notice has brought news; asked a few times in all."""
    for visit in visits.unheard():
        with suppress(*NO_ANSWER):
            (hosted if visit.checkout_id else paying).learn(visit)


def see_to_new_order(order_id: int) -> None:
    """Here and not while its shopper waits: it is searched for a little later at the earliest."""
    marks.write(order_id)
    send_order_mail(order_id)


def _links() -> dict[str, Handler]:
    """Each link that a shopper asks for is a kind of its own: a double of it has its own id."""
    found: dict[str, Handler] = {}
    for kind in (f"link-{nth}" for nth in range(1, requests.MOST_LINKS + 1)):
        found[f"{kind}-mail"] = partial(send_letter, f"{kind}-mail", asking.request)
        found[f"{kind}-sms"] = partial(messages.text, "request")
    return found


HANDLERS: dict[str, Handler] = {
    "order-mail": see_to_new_order,
    "shipped-mail": partial(send_letter, "shipped-mail", letters.shipped),
    "cancelled-mail": partial(send_letter, "cancelled-mail", letters.cancelled),
    "returned-mail": partial(send_letter, "returned-mail", letters.returned),
    "refunded-mail": partial(send_letter, "refunded-mail", letters.refunded),
    "reduced-mail": partial(send_letter, "reduced-mail", letters.reduced),
    "paid-mail": partial(send_letter, "paid-mail", letters.paid),
    "late-money-mail": partial(send_letter, "late-money-mail", letters.late_money),
    "delivered": requests.issue,
    "overdue": requests.fall_overdue,
    "request-mail": partial(send_letter, "request-mail", asking.request),
    "request-sms": partial(messages.text, "request"),
    "reminder-mail": partial(send_letter, "reminder-mail", asking.reminder),
    "reminder-sms": partial(messages.text, "reminder"),
    "overdue-mail": partial(send_letter, "overdue-mail", asking.overdue),
    "overdue-sms": partial(messages.text, "overdue"),
    "press-mail": partial(send_letter, "press-mail", asking.overdue),
    "press-sms": partial(messages.text, "overdue"),
    **_links(),
    "not-placed": left.send_not_placed,  # a challenge's row in the table of attempts
    "yamato-alert": alerts.send,  # nothing
    "bulk-job": jobs.work,  # a job's id
    "hosted-outcome": ask_of_visits,  # nothing
    "hosted-refund": visits.give_back,  # nothing
    **imports.HANDLERS,  # a file of products on its way in
}
