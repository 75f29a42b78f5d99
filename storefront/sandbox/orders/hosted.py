"""The sandbox's provider of hosted payment pages: the port HostedPages over a table of its own."""

import secrets
from dataclasses import asdict

import sqlalchemy as sa

from storefront.core.extensions import db, transaction, upsert
from storefront.ports.payments import GatewayRefused, Outcome, SessionRequest
from storefront.sandbox.models import SandboxVisit

DIGITS = 12  # of the number that is paid by at a store


class SandboxHosted:
    """HostedPages whose pages lie under the shop's own address, at the host name that the request
    came by."""

    origin = ""

    def open(self, visit: SessionRequest) -> str:
        """Keep the visit and give its address. A visit that is known already stays as it is."""
        number = f"{secrets.randbelow(9 * 10 ** (DIGITS - 1)) + 10 ** (DIGITS - 1)}"
        known = {**asdict(visit), "number": number if visit.means == "cvs" else None}
        with transaction():
            db.session.execute(upsert(SandboxVisit).values(known).on_conflict_do_nothing())
        return f"/sandbox/hosted/{visit.token}"

    def outcome(self, token: str) -> Outcome:
        """How the visit stands at the provider; raises GatewayRefused for an unknown one."""
        known = find(token)
        if known is None:
            raise GatewayRefused("unknown visit")
        return Outcome(known.outcome)

    def number(self, token: str) -> str:
        """The number to pay by at a store; empty where none was issued."""
        known = find(token)
        return (known.number or "") if known else ""

    def refund(self, token: str) -> None:
        """Give the money back or void the number, once; raises GatewayRefused where neither money
        nor number was given."""
        with transaction():
            taken = SandboxVisit.outcome.in_([Outcome.PAID, Outcome.ISSUED])
            back = sa.update(SandboxVisit).where(SandboxVisit.token == token, taken)
            if db.session.scalar(back.values(refunded=True).returning(SandboxVisit)) is None:
                raise GatewayRefused("neither paid nor issued")


def find(token: str) -> SandboxVisit | None:
    """The visit with this token, or None."""
    db.session.expire_all()  # another request may have paid it meanwhile
    return db.session.get(SandboxVisit, token)


def by_number(number: str) -> SandboxVisit | None:
    """The visit whose number can still be paid; None for any other number."""
    waits = (SandboxVisit.outcome == Outcome.ISSUED) & SandboxVisit.refunded.is_(False)
    query = sa.select(SandboxVisit).where(SandboxVisit.number == number, waits)
    return db.session.scalar(query)


def end(visit: SandboxVisit, outcome: Outcome) -> bool:
    """End an open visit with this outcome; False where it had ended before."""
    sources = [Outcome.OPEN, Outcome.ISSUED]
    alive = SandboxVisit.outcome.in_(sources) & SandboxVisit.refunded.is_(False)
    open_ = (SandboxVisit.token == visit.token) & alive
    step = sa.update(SandboxVisit).where(open_).values(outcome=outcome)
    with transaction():
        return db.session.scalar(step.returning(SandboxVisit)) is not None
