"""Faults by hand: the next requests to a part of the outside world fail, or take their time."""

from dataclasses import asdict, dataclass
from time import sleep

import sqlalchemy as sa
from flask import abort

from storefront.core.extensions import db, transaction
from storefront.sandbox import schemas
from storefront.sandbox.models import SandboxFault

YAMATO, SMS, HOSTED, MAIL = "yamato", "sms", "hosted", "mail"
PARTS = (YAMATO, SMS, HOSTED, MAIL)
MOST, LONGEST = 100, 60.0  # requests, seconds


@dataclass(frozen=True)
class Fault:
    """A status of HTTP, none where the request is answered as ever; delay in real seconds."""

    status: int | None
    delay: float

    @property
    def is_no(self) -> bool:
        """Whether it is a refusal: asked again it would be the same."""
        return self.status is not None and self.status < 500 and self.status != BUSY


BUSY = 429


def strike(to: str) -> Fault | None:
    """The fault that waits for a request to this part, used up by one; none where none waits."""
    if db.session.scalar(sa.select(SandboxFault.id).where(_waits(to)).limit(1)) is None:
        return None  # a look that keeps no writer waiting
    oldest = sa.select(sa.func.min(SandboxFault.id)).where(_waits(to)).scalar_subquery()
    one = sa.update(SandboxFault).where(SandboxFault.id == oldest, SandboxFault.left > 0)
    one = one.values(left=SandboxFault.left - 1)
    with transaction():
        columns = SandboxFault.status, SandboxFault.delay
        found = db.session.execute(one.returning(*columns)).first()
    return Fault(*found) if found else None


def wait_out(fault: Fault, patience: float) -> bool:
    """Let its delay pass, or the caller's patience; False where that is over first."""
    sleep(min(fault.delay, patience))
    return fault.delay < patience


def _waits(to: str) -> sa.ColumnElement[bool]:
    return (SandboxFault.to == to) & (SandboxFault.left > 0)


def add(body: dict[str, object]) -> list[dict[str, object]]:
    """All that wait then; next 0 ends those of a part. Raises 4xx with a sentence."""
    if unknown := body.keys() - {"to", "next", "status", "delay"}:
        abort(400, f"{', '.join(sorted(unknown))}: not known here")
    to, count = body.get("to"), schemas.whole(body.get("next", 1))
    if to not in PARTS:
        abort(400, f"to: one of {', '.join(PARTS)}")
    if count is None or not 0 <= count <= MOST:
        abort(400, f"next: a whole number from 0 to {MOST}")
    fault = Fault(_status(body.get("status")), _delay(body.get("delay", 0)))
    if count and fault.status is None and not fault.delay:
        abort(400, "status or delay: what is to happen")
    with transaction():
        if count:
            db.session.add(SandboxFault(to=to, left=count, **asdict(fault)))
        else:
            db.session.execute(sa.delete(SandboxFault).where(SandboxFault.to == to))
    return waiting()


def _status(value: object) -> int | None:
    status = schemas.whole(value)
    if value is not None and (status is None or not 400 <= status <= 599):
        abort(400, "status: a whole number from 400 to 599")
    return status


def _delay(value: object) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, int | float) or not is_number or not 0 <= value <= LONGEST:
        abort(400, f"delay: seconds from 0 to {LONGEST:.0f}")
    return float(value)


def waiting() -> list[dict[str, object]]:
    """The oldest first: it strikes first."""
    query = sa.select(SandboxFault).where(SandboxFault.left > 0).order_by(SandboxFault.id)
    return [
        {"to": one.to, "next": one.left, "status": one.status, "delay": one.delay}
        for one in db.session.scalars(query)
    ]
