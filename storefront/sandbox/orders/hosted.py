"""The provider of hosted payment pages, as the test shop has one: pages of its own, one truth."""

import secrets
from dataclasses import asdict

import sqlalchemy as sa

from storefront.core.extensions import db, transaction, upsert
from storefront.ports.payments import GatewayRefused, Outcome, SessionRequest
from storefront.sandbox.models import SandboxVisit

DIGITS = 12  # of the number that is paid by at a store


class SandboxHosted:
    """Its pages lie under the shop's own address, by whatever name a person came there."""

    origin = ""

    def open(self, visit: SessionRequest) -> str:
        """A visit that is known stays as it is: the page goes on where the shopper left it."""
        number = f"{secrets.randbelow(9 * 10 ** (DIGITS - 1)) + 10 ** (DIGITS - 1)}"
        known = {**asdict(visit), "number": number if visit.means == "cvs" else None}
        with transaction():
            db.session.execute(upsert(SandboxVisit).values(known).on_conflict_do_nothing())
        return f"/sandbox/hosted/{visit.token}"

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
            taken = SandboxVisit.outcome.in_([Outcome.PAID, Outcome.ISSUED])
            back = sa.update(SandboxVisit).where(SandboxVisit.token == token, taken)
            if db.session.scalar(back.values(refunded=True).returning(SandboxVisit)) is None:
                raise GatewayRefused("neither paid nor issued")


def find(token: str) -> SandboxVisit | None:
    db.session.expire_all()  # another request may have paid it meanwhile
    return db.session.get(SandboxVisit, token)


def by_number(number: str) -> SandboxVisit | None:
    """That of a number which can still be paid."""
    waits = (SandboxVisit.outcome == Outcome.ISSUED) & SandboxVisit.refunded.is_(False)
    query = sa.select(SandboxVisit).where(SandboxVisit.number == number, waits)
    return db.session.scalar(query)


def end(visit: SandboxVisit, outcome: Outcome) -> bool:
    """What happens on the provider's side; a visit that has ended stays as it is."""
    sources = [Outcome.OPEN, Outcome.ISSUED]
    alive = SandboxVisit.outcome.in_(sources) & SandboxVisit.refunded.is_(False)
    open_ = (SandboxVisit.token == visit.token) & alive
    step = sa.update(SandboxVisit).where(open_).values(outcome=outcome)
    with transaction():
        return db.session.scalar(step.returning(SandboxVisit)) is not None
