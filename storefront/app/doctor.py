"""What is wrong with this installation, and what to do about it."""

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from storefront.admin.auth import demo_credentials
from storefront.admin.auth.models import Person
from storefront.app import readiness
from storefront.checkout.legal import demo_leftovers
from storefront.core import clock, migrate
from storefront.core.extensions import db
from storefront.shipping import postal_codes
from storefront.shop.models import Shop
from storefront.worker import heartbeat


def examine() -> list[str]:
    """What is wrong, a line each, beyond what stops a start; empty for a sound shop."""
    try:
        faults = _schema() or _shop() or [*_data(), *_worker()]
    except SQLAlchemyError as error:
        return [f"The database does not answer ({type(error).__name__}): check DATABASE_URL."]
    return faults


def advise() -> list[str]:
    """What is worth doing though nothing is wrong, a line each."""
    if not postal_codes.is_old(clock.today()):
        return []
    month = f"{postal_codes.issued_on():%Y-%m}"
    return [f"The list of postal codes is of {month}: upgrade storefront for a newer one."]


def _schema() -> list[str]:
    is_ready = migrate.is_up_to_date()
    return [] if is_ready else ["The database is not up to date: run storefront init."]


def _shop() -> list[str]:
    known = db.session.scalar(sa.select(sa.func.count()).select_from(Shop))
    return [] if known else ["There is no shop: run storefront init."]


def _data() -> list[str]:
    """What a start would refuse, and whom the demo shop would let in."""
    refused = readiness.refusals()
    if any(one.startswith("DATA_KEY") for one in refused):
        return refused  # nobody's account can be read
    closed = [f"The shop is closed: {one}." for one in demo_leftovers.found()]
    return [*refused, *map(_door, demo_credentials.standing_open()), *closed]


def _door(person: Person) -> str:
    email = person.email
    does = f"run storefront admin create, then storefront admin remove {email}"
    return f"{email} has the demo's password or secret and cannot sign in: {does}."


def _worker() -> list[str]:
    return [] if heartbeat.is_alive() else ["The worker is not running: start storefront worker."]
