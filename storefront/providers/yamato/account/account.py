"""The shop's contract with Yamato: registering it, and how far its screenings have come."""

from dataclasses import asdict, dataclass
from enum import StrEnum

import sqlalchemy as sa
from flask import current_app

from storefront.core.extensions import db, transaction, upsert
from storefront.payments import demo_leftovers, methods, requirements
from storefront.payments.kinds import KINDS
from storefront.payments.models import Screening, YamatoConnection
from storefront.payments.publishing import METHODS
from storefront.payments.requirements import Missing, Service, Stage
from storefront.ports.deferred_credit import Requirement


@dataclass(frozen=True)
class Options:
    """What the contract allows; ship_days is how many days after the order a parcel goes at the
    latest."""

    smartphone: bool = True
    bundled: bool = False
    other_carrier: bool = False
    ship_days: int = 10


def connection() -> YamatoConnection | None:
    """The registered contract, or None."""
    return db.session.scalar(sa.select(YamatoConnection))


def is_tried_out(contract: str | None) -> bool:
    """Whether an order under this contract is a test order that nobody has to pay. A demo shop's
    orders all count, as its contract is made up."""
    is_real_shop = current_app.config["SETTINGS"].is_production
    return is_real_shop and requirements.is_of_test_host(contract)


def register(merchant_code: str, password: str | None, options: Options) -> YamatoConnection:
    """Keep the contract, in test mode at first; password None keeps the one that is registered."""
    with transaction(of=METHODS):
        known = connection() or YamatoConnection(merchant_code="", password="", live=False)
        if password is not None or known.merchant_code != merchant_code:
            known.checked_at = known.check_end = None  # what was tried was another
        known.merchant_code = merchant_code
        known.password = known.password if password is None else password
        for name, value in asdict(options).items():
            setattr(known, name, value)
        db.session.add(known)
    return known


def is_live() -> bool:
    """Whether the contract is used at Yamato's real service, whose invoices have to be paid."""
    return bool(db.session.scalar(sa.select(YamatoConnection.live)))


def remove() -> None:
    """Delete the contract; the methods that need it are off the offer at once."""
    with transaction():
        db.session.execute(sa.delete(YamatoConnection))


def missing() -> list[Requirement]:
    """What is not there yet of all that the クロネコ代金後払い kinds need, each with its kinds."""
    stands = requirements.standing()
    lacks = {
        code: requirements.missing(kind, stands)
        for code, kind in KINDS.items()
        if kind.gateway == methods.KURONEKO
    }
    waiting = {one: {code for code, found in lacks.items() if one in found} for one in Missing}
    return [Requirement(one, frozenset(kinds)) for one, kinds in waiting.items() if kinds]


class NotLive(Exception):
    """The contract cannot be used at the real service yet; why says what to change."""

    def __init__(self, why: "Hindrance") -> None:
        super().__init__(why)
        self.why = why


class Hindrance(StrEnum):
    """What has to change before the contract is used at the real service."""

    COLLECTED_BY_SHOP = "collected-by-shop"  # Yamato asks for the money too
    TEST_HOST = "test-host"  # KURONEKO_BASE_URL names it, so that no request would leave it
    DEMO_CONTRACT = "demo-contract"


def hindrance() -> Hindrance | None:
    """What keeps the shop from going live; None where nothing does."""
    if methods.are_collected_by_shop():
        return Hindrance.COLLECTED_BY_SHOP
    if current_app.config["SETTINGS"].asks_yamatos_test_host:
        return Hindrance.TEST_HOST
    code = db.session.scalar(sa.select(YamatoConnection.merchant_code))
    return Hindrance.DEMO_CONTRACT if demo_leftovers.is_demo_code(code) else None


def set_live(is_live: bool) -> None:
    """Use the contract at the real service or at the test service; raises NotLive."""
    with transaction(of=METHODS):
        if is_live and (why := hindrance()):
            raise NotLive(why)
        db.session.execute(sa.update(YamatoConnection).values(live=is_live))


def set_stage(service: Service, stage: Stage) -> None:
    """Note how far the screening of a service has come. Before it is complete the methods that need
    the service are off the offer."""
    with transaction():
        row = upsert(Screening).values(service=service, stage=stage)
        new = {"stage": row.excluded.stage}
        db.session.execute(row.on_conflict_do_update(index_elements=["service"], set_=new))
