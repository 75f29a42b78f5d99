"""One person as they can be told: by an e-mail address, a phone, or both."""

from dataclasses import dataclass

import sqlalchemy as sa

from storefront.checkout.order_limits import mailbox
from storefront.core import phones
from storefront.core.encryption import Vault
from storefront.core.extensions import data_vault, db
from storefront.orders import receipt
from storefront.orders.details import OrderDetails
from storefront.orders.models import OF_A_PERSON, UNMARKED, Order, SearchIndexEntry
from storefront.ports.mail import comparable
from storefront.verification.rate_limits import code_vault


@dataclass(frozen=True)
class Person:
    """email in lower case, phone in national digits; either may be empty."""

    email: str = ""
    phone: str = ""

    def is_in(self, answers: OrderDetails) -> bool:
        """Whether they order, or the phone is that of who receives it."""
        known = {answers.tel, answers.sms_tel, answers.ship_tel}
        is_by_mail = bool(self.email) and comparable(answers.email) == self.email
        return is_by_mail or (bool(self.phone) and self.phone in known)

    def is_named_in(self, text: str) -> bool:
        """Whether anything written down holds the address or the phone, however it is spelt."""
        plain = text.lower()
        if self.email and self.email in plain:
            return True
        written = {self.phone, phones.formatted(self.phone)} if self.phone else set()
        return any(one in plain for one in written | self._abroad())

    def _abroad(self) -> set[str]:
        return {phones.e164(self.phone)} if self.phone else set()


class Nobody(Exception):
    """Neither an e-mail address nor a phone of Japan: ask for one of them again."""


def read(email: str, phone: str) -> Person:
    """From what was typed; raises Nobody."""
    number = phones.national(phone) if phone.strip() else ""
    address = comparable(email)
    if number is None or (address and "@" not in address) or not (number or address):
        raise Nobody
    return Person(address, number)


def orders_of(person: Person) -> list[Order]:
    """Whose person is not erased, the newest first; those that have no digests yet as well."""
    marked = sa.select(SearchIndexEntry.order_id).where(
        SearchIndexEntry.digest.in_(search_digests(person))
    )
    query = sa.select(Order).where(OF_A_PERSON, Order.id.in_(marked) | UNMARKED)
    found = db.session.scalars(query.order_by(Order.placed_at.desc(), Order.id.desc()))
    return [order for order in found if person.is_in(receipt.answers_of(order))]


def search_digests(person: Person) -> list[str]:
    """As orders are found by."""
    return [
        digest
        for kind, text in (("email", person.email), ("phone", person.phone))
        if text
        for digest in digests(data_vault(), "order-search", kind, text)
    ]


def phone_digests(person: Person) -> list[str]:
    """As codes are kept under."""
    return list(digests(code_vault(), "phone", person.phone)) if person.phone else []


def limit_digests(person: Person) -> list[str]:
    """As caps on texts, guesses and orders are counted under."""
    found = []
    if person.phone:
        found += [*digests(code_vault(), "limit", "phone", person.phone)]
        found += [*digests(code_vault(), "order", "phone", person.phone)]
    if person.email:
        found += [*digests(code_vault(), "order", "mail", mailbox(person.email))]
    return found


def digests(vault: Vault, purpose: str, *parts: str) -> tuple[str, ...]:
    """Everything that this may stand under."""
    return vault.digests(purpose, *parts)
