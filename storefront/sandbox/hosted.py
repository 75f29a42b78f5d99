"""The provider of hosted payment pages, as the test shop has one: pages of its own, one truth."""

import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from storefront.extensions import db, transaction
from storefront.payments import GatewayRefused, Outcome, Visit
from storefront.sandbox.models import SandboxVisit

DIGITS = 12  # of the number that is paid by at a store


@dataclass(frozen=True)
class SandboxHosted:
    base_url: str
    origin: str = ""

    def open(self, visit: Visit) -> str:
        number = f"{secrets.randbelow(9 * 10 ** (DIGITS - 1)) + 10 ** (DIGITS - 1)}"
        known = SandboxVisit(
            token=visit.token,
            means=visit.means,
            yen=visit.yen,
            order_number=visit.order_number,
            return_url=visit.return_url,
            locale=visit.locale,
            number=number if visit.means == "cvs" else None,
        )
        with transaction():
            db.session.add(known)
        return f"{self.base_url}/sandbox/hosted/{visit.token}"

    def outcome(self, token: str) -> Outcome:
        known = find(token)
        if known is None:
            raise GatewayRefused("unknown visit")
        return Outcome(known.outcome)

    def number(self, token: str) -> str:
        known = find(token)
        return (known.number or "") if known else ""

    def refund(self, token: str) -> None:
        with transaction():
            paid = (SandboxVisit.token == token) & (SandboxVisit.outcome == Outcome.PAID)
            back = sa.update(SandboxVisit).where(paid).values(refunded=True)
            if db.session.scalar(back.returning(SandboxVisit)) is None:
                raise GatewayRefused("not paid")


def find(token: str) -> SandboxVisit | None:
    db.session.expire_all()  # another request may have paid it meanwhile
    return db.session.get(SandboxVisit, token)


def by_number(number: str) -> SandboxVisit | None:
    waits = SandboxVisit.outcome.in_([Outcome.OPEN, Outcome.ISSUED])
    query = sa.select(SandboxVisit).where(SandboxVisit.number == number, waits)
    return db.session.scalar(query)


def end(visit: SandboxVisit, outcome: Outcome) -> bool:
    """What happens on the provider's side; a visit that has ended stays as it is."""
    sources = [Outcome.OPEN, Outcome.ISSUED]
    open_ = (SandboxVisit.token == visit.token) & SandboxVisit.outcome.in_(sources)
    step = sa.update(SandboxVisit).where(open_).values(outcome=outcome)
    with transaction():
        return db.session.scalar(step.returning(SandboxVisit)) is not None
