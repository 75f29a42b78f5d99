"""What a kind of payment method needs of Yamato, and what of that is not there yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.payments import demo_leftovers
from storefront.payments.kinds import KINDS, Kind, Need
from storefront.payments.models import PaymentMethod, Screening, YamatoConnection, contract_of


class Service(StrEnum):
    """Yamato's services that the shop applies for; each has its own screening."""

    DEFERRED = "deferred"  # クロネコ代金後払いサービス
    WEB_COLLECT = "web-collect"  # クロネコ web コレクト


class Stage(StrEnum):
    """How far a screening has come."""

    BEFORE = "before"  # nothing was applied for
    RUNNING = "running"
    COMPLETE = "complete"


class Missing(StrEnum):
    """Why a method cannot be offered: the codes that the owner's pages have sentences for."""

    CONNECTION = "connection"
    SMARTPHONE_OPTION = "smartphone-option"
    DEFERRED_SCREENING = "deferred-screening"
    WEB_COLLECT_SCREENING = "web-collect-screening"
    PROVIDER = "provider"  # nobody is wired who would do it
    PAYMENT_TIME = "payment-time"
    ONE_COLLECTOR = (
        "one-collector"  # Yamato's real contract asks for the money, so the shop must not
    )
    ACCOUNT = "account"  # shoppers are told to transfer, but not to which account
    OWN_ACCOUNT = "own-account"  # it shows the demo shop's
    OWN_CONTRACT = "own-contract"  # the demo shop's is registered


@dataclass(frozen=True)
class AccountReadiness:
    """Where the shop stands with Yamato."""

    is_connected: bool = False
    has_smartphone: bool = False
    stages: Mapping[str, str] = field(default_factory=dict)
    is_live: bool = False
    is_demo: bool = False  # by a contract that is nobody's

    def stage(self, service: Service) -> Stage:
        return Stage(self.stages.get(service, Stage.BEFORE))

    def lacks(self, missing: Missing) -> bool:
        return {
            Missing.CONNECTION: not self.is_connected,
            Missing.SMARTPHONE_OPTION: not self.has_smartphone,
            Missing.DEFERRED_SCREENING: self.stage(Service.DEFERRED) is not Stage.COMPLETE,
            Missing.WEB_COLLECT_SCREENING: self.stage(Service.WEB_COLLECT) is not Stage.COMPLETE,
        }[missing]


def current() -> str | None:
    """The contract that requests to Yamato go under; None where none is registered."""
    row = db.session.execute(
        sa.select(YamatoConnection.merchant_code, YamatoConnection.live)
    ).first()
    return contract_of(row.merchant_code, is_live=row.live) if row else None


def is_another(contract: str | None) -> bool:
    """Whether a contract is not the shop's present one, so that Yamato cannot be asked."""
    return contract is not None and contract != current()


def is_of_test_host(contract: str | None) -> bool:
    return contract is not None and contract.endswith("/test")


CALLS_FOR = {
    Need.YAMATO_CONNECTION: (Missing.CONNECTION, Missing.DEFERRED_SCREENING),
    Need.SMARTPHONE_OPTION: (Missing.SMARTPHONE_OPTION,),
    Need.WEB_COLLECT: (Missing.WEB_COLLECT_SCREENING,),
}


def standing() -> AccountReadiness:
    """The shop's present connection and screenings, for the owner's pages."""
    known = db.session.scalar(sa.select(YamatoConnection))
    stages = {one.service: one.stage for one in db.session.scalars(sa.select(Screening))}
    if known is None:
        return AccountReadiness(stages=stages)
    is_demo = demo_leftovers.is_demo_code(known.merchant_code)
    return AccountReadiness(True, known.smartphone, stages, known.live, is_demo)


def missing(kind: Kind, stands: AccountReadiness) -> list[Missing]:
    """What of a kind's needs the shop's own tables do not hold yet, in the order of Missing."""
    called_for = [one for need in Need if need in kind.needs for one in CALLS_FOR[need]]
    found = [one for one in Missing if one in called_for and stands.lacks(one)]
    is_the_demos = Need.YAMATO_CONNECTION in kind.needs and stands.is_demo
    return [*found, Missing.OWN_CONTRACT] if is_the_demos else found


def _is_complete(service: Service) -> sa.ColumnElement[bool]:
    done = (Screening.service == service) & (Screening.stage == Stage.COMPLETE)
    return sa.exists(sa.select(Screening.service).where(done))


# AccountReadiness.lacks for the one statement by which shoppers' pages read the methods.
IS_THERE = {
    Missing.CONNECTION: sa.exists(sa.select(YamatoConnection.id)),
    Missing.SMARTPHONE_OPTION: sa.exists(
        sa.select(YamatoConnection.id).where(YamatoConnection.smartphone.is_(True))
    ),
    Missing.DEFERRED_SCREENING: _is_complete(Service.DEFERRED),
    Missing.WEB_COLLECT_SCREENING: _is_complete(Service.WEB_COLLECT),
}


IS_LIVE = sa.exists(sa.select(YamatoConnection.id).where(YamatoConnection.live.is_(True)))


def _has_all(kind: Kind) -> sa.ColumnElement[bool]:
    needed = [IS_THERE[one] for need in kind.needs for one in CALLS_FOR[need]]
    return sa.and_(PaymentMethod.kind == kind.code, *needed)


def has_all_it_needs(kinds: Iterable[str]) -> sa.ColumnElement[bool]:
    """Of a method that is of one of these kinds."""
    return sa.or_(*(_has_all(KINDS[code]) for code in kinds))
