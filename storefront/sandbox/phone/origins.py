"""Which checkout a text or a mail came of, as its own words and the shop's challenges tell it."""

import re
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.orders.models import Order, PaymentRequest
from storefront.sandbox.models import SandboxMail, SandboxText
from storefront.verification import challenges
from storefront.verification.models import Challenge

LINK = re.compile(r"https?://[\x21-\x7e]+")
TOKEN = re.compile(r"/(?:orders|pay|p)/([\w-]+)", re.ASCII)  # of an order or its payment


def links_in(text: str) -> list[str]:
    """The addresses in a text, without the full stop or bracket behind them."""
    return [found.rstrip(".,)>") for found in LINK.findall(text)]


def of_texts(texts: Sequence[SandboxText]) -> dict[int, str]:
    """The id of the checkout of each text, by the text's own; those of no checkout are left out.

    A code is of the challenge that has this very text, else of the newest one of its number when it
    was sent.
    """
    found = _of_links(texts)
    sent = _challenges({text.to for text in texts if text.id not in found})
    for text in texts:
        mine = sent.get(text.to, [])
        exact = [one for one in mine if (one.provider, one.reference) == _name(text)]
        before = [one for one in mine if one.created_at <= text.sent_at]
        for one in (exact or before)[:1]:
            found.setdefault(text.id, one.checkout_id)
    return found


def of_mails(mails: Sequence[SandboxMail]) -> dict[int, str]:
    """The same of mails, which tell it by their links."""
    return _of_links(mails)


def of_words(text: str) -> str | None:
    """By the first link in a text to an order or its payment."""
    tokens = TOKEN.findall(text)
    checkouts = _checkouts(set(tokens)) if tokens else {}
    return next((checkouts[one] for one in tokens if one in checkouts), None)


def of_number(number: str) -> str | None:
    """That of the newest challenge of a number."""
    newest = next(iter(_challenges([number])[number]), None)
    return newest.checkout_id if newest else None


def _name(text: SandboxText) -> tuple[str, str]:
    return text.provider, str(text.id)


def _challenges(numbers: Iterable[str]) -> dict[str, list[Challenge]]:
    """Those of each number, newest first."""
    of_number = {one: challenges.phone_digests(one) for one in numbers}
    digests = [digest for some in of_number.values() for digest in some]
    query = sa.select(Challenge).where(Challenge.phone_digest.in_(digests))
    query = query.execution_options(
        of_sandbox=True
    )  # no statement of the shop's, for who counts them
    rows = db.session.scalars(query.order_by(Challenge.created_at.desc())).all()
    return {
        number: [row for row in rows if row.phone_digest in digests]
        for number, digests in of_number.items()
    }


def _of_links(messages: Sequence[SandboxText] | Sequence[SandboxMail]) -> dict[int, str]:
    tokens = {one.id: TOKEN.findall(one.text) for one in messages}
    checkouts = _checkouts({token for some in tokens.values() for token in some})
    found: dict[int, str] = {}
    for id_, some in tokens.items():
        for token in some:
            if token in checkouts:
                found.setdefault(id_, checkouts[token])
    return found


def _checkouts(tokens: set[str]) -> dict[str, str]:
    of_order = sa.select(Order.token, Order.checkout_id).where(Order.token.in_(tokens))
    request = sa.select(PaymentRequest.token, Order.checkout_id).join(Order)
    of_request = request.where(PaymentRequest.token.in_(tokens))
    return dict(db.session.execute(of_order.union_all(of_request)).all())
