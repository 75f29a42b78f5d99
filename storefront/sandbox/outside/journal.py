"""What the shop asked of the outside world and what came back, without codes and persons."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from flask import abort

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.providers.yamato.models import CreditAttempt, YamatoCall
from storefront.sandbox import subjects
from storefront.sandbox.models import SandboxRequest
from storefront.sandbox.outside import faults
from storefront.web.i18n import iso

MOST = 200  # requests that are told at once
DONE = "ok"


@contextmanager
def noted(to: str, what: str, checkout: str | None, /, **sent: object) -> Iterator[None]:
    """Write a request down with how its answering ended: ok, or the error that the shop gets."""
    answer = DONE
    try:
        yield
    except Exception as error:
        answer = type(error).__name__
        raise
    finally:
        with transaction():
            row = {"to": to, "what": what, "checkout_id": checkout, "sent": sent}
            db.session.add(SandboxRequest(**row, at=clock.now(), answer=answer))


def told(query: Mapping[str, str]) -> list[dict[str, Any]]:
    """The newest first; those to one part, or of one checkout, where the query names it."""
    to = query.get("to", "")
    if to and to not in faults.PARTS:
        abort(400, f"to: one of {', '.join(faults.PARTS)}")
    checkout = subjects.checkout_in(query) if subjects.are_named(query) else None
    found = [*_of_yamato(checkout)] if to in {"", faults.YAMATO} else []
    if to != faults.YAMATO:
        found += _of_others(to, checkout)
    return sorted(found, key=lambda one: str(one["at"]), reverse=True)[:MOST]


def _of_yamato(checkout: str | None) -> Iterator[dict[str, Any]]:
    """The shop keeps these itself, masked."""
    asked = CreditAttempt.order_number == YamatoCall.order_number
    query = sa.select(YamatoCall, CreditAttempt.checkout_id).join(
        CreditAttempt, asked, isouter=True
    )
    if checkout:
        query = query.where(CreditAttempt.checkout_id == checkout)
    rows = db.session.execute(query.order_by(YamatoCall.id.desc()).limit(MOST))
    for call, checkout_id in rows:
        yield _line(faults.YAMATO, call.api, call.at, checkout_id, call.fields, call.outcome)


def _of_others(to: str, checkout: str | None) -> list[dict[str, Any]]:
    query = sa.select(SandboxRequest)
    if to:
        query = query.where(SandboxRequest.to == to)
    if checkout:
        query = query.where(SandboxRequest.checkout_id == checkout)
    return [
        _line(one.to, one.what, one.at, one.checkout_id, one.sent, one.answer)
        for one in db.session.scalars(query.order_by(SandboxRequest.id.desc()).limit(MOST))
    ]


def _line(
    to: str, what: str, at: Any, checkout: str | None, sent: Mapping[str, Any], answer: str
) -> dict[str, Any]:
    return {
        "to": to,
        "what": what,
        "at": iso(at),
        "checkout": checkout,
        "sent": dict(sent),
        "answer": answer,
    }
