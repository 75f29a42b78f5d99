"""What may be registered, published, moved and removed."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.core.extensions import db
from storefront.payments import fallback, method_settings, methods, publishing, requirements
from storefront.payments.kinds import KINDS
from storefront.payments.method_settings import Already, InUse
from storefront.payments.models import PaymentMethod, Screening, YamatoConnection
from storefront.payments.publishing import NotPublishable
from storefront.payments.requirements import Missing, Service, Stage
from storefront.ports.failure_reasons import FailureGroup
from storefront.providers.yamato.account import account
from tests.conftest import MakeApp, entered


@pytest.fixture
def app(make_app: MakeApp) -> Iterator[Flask]:
    """With Yamato: whoever is wired can be on offer."""
    with entered(make_app(kuroneko_base_url="")) as app:
        yield app


SMARTPHONE, PAYSLIP, COD = "kuroneko_smartphone", "kuroneko_payslip", "cod"
SINGLE = [code for code, kind in KINDS.items() if kind.is_single]


def codes() -> list[str]:
    return [one.code for one in method_settings.all_methods()]


def never(_code: str) -> bool:
    return False


def test_the_single_kinds_are_those_of_yamatos_contracts() -> None:
    assert {SMARTPHONE, PAYSLIP, "card", "cvs"} == set(SINGLE)


@pytest.mark.parametrize("code", SINGLE)
def test_a_single_kind_is_registered_once(app: Flask, code: str) -> None:
    with pytest.raises(Already):
        method_settings.register(KINDS[code], method_settings.draft(KINDS[code]))
    method_settings.remove(code, never)

    assert method_settings.register(KINDS[code], method_settings.draft(KINDS[code])).code == code


def test_another_cash_on_delivery_has_a_code_of_its_own(app: Flask) -> None:
    made = [
        method_settings.register(KINDS[COD], method_settings.draft(KINDS[COD])) for _ in range(2)
    ]

    assert [one.code for one in made] == ["cod-2", "cod-3"]
    assert codes()[-2:] == ["cod-2", "cod-3"]


def test_what_orders_were_placed_by_stays(app: Flask) -> None:
    with pytest.raises(InUse):
        method_settings.remove(COD, lambda _code: True)

    assert COD in codes()


def test_a_method_moves_one_place_and_stops_at_the_end(app: Flask) -> None:
    first, second, *rest = codes()
    method_settings.move(second, -1)
    assert codes() == [second, first, *rest]

    method_settings.move(second, -1)
    assert codes() == [second, first, *rest]
    method_settings.move(rest[-1], 1)
    assert codes() == [second, first, *rest]


def screened(service: Service, stage: Stage) -> None:
    account.set_stage(service, stage)


@pytest.mark.parametrize("stage", [Stage.BEFORE, Stage.RUNNING])
@pytest.mark.parametrize(
    ("service", "code", "missing"),
    [
        (Service.DEFERRED, SMARTPHONE, Missing.DEFERRED_SCREENING),
        (Service.DEFERRED, PAYSLIP, Missing.DEFERRED_SCREENING),
        (Service.WEB_COLLECT, SMARTPHONE, Missing.WEB_COLLECT_SCREENING),
        (Service.WEB_COLLECT, "card", Missing.WEB_COLLECT_SCREENING),
    ],
)
def test_until_a_screening_is_complete_its_methods_are_not_on_offer(
    app: Flask, service: Service, stage: Stage, code: str, missing: Missing
) -> None:
    screened(service, stage)

    assert code not in [one.code for one in methods.on_offer()]
    with pytest.raises(NotPublishable) as refused:
        publishing.publish(code)
    assert missing in refused.value.missing
    screened(service, Stage.COMPLETE)
    assert code in [one.code for one in methods.on_offer()]


def test_without_a_connection_no_kuroneko_method_is_on_offer_and_the_others_are(
    app: Flask,
) -> None:
    account.remove()

    offered = {one.code for one in methods.on_offer()}
    assert offered & {SMARTPHONE, PAYSLIP} == set()
    assert {"card", "cvs", "cod", "bank_transfer"} <= offered


def test_without_its_option_the_smartphone_type_is_not_on_offer_and_the_payslip_is(
    app: Flask,
) -> None:
    db.session.execute(sa.update(YamatoConnection).values(smartphone=False))
    db.session.commit()

    offered = [one.code for one in methods.on_offer()]
    assert SMARTPHONE not in offered
    assert PAYSLIP in offered


def test_a_shop_that_has_nothing_yet_is_told_all_that_is_missing(app: Flask) -> None:
    account.remove()
    db.session.execute(sa.delete(Screening))
    db.session.commit()

    assert requirements.missing(KINDS[SMARTPHONE], requirements.standing()) == [
        Missing.CONNECTION,
        Missing.SMARTPHONE_OPTION,
        Missing.DEFERRED_SCREENING,
        Missing.WEB_COLLECT_SCREENING,
    ]


def test_the_time_of_payment_is_needed_to_publish(app: Flask) -> None:
    db.session.execute(
        sa.update(PaymentMethod).where(PaymentMethod.code == COD).values(payment_time=" ")
    )
    db.session.commit()

    with pytest.raises(NotPublishable) as refused:
        publishing.publish(COD)
    assert refused.value.missing == [Missing.PAYMENT_TIME]


def test_the_statement_of_the_shop_and_the_rule_of_the_owner_agree(app: Flask) -> None:
    for deferred in Stage:
        for web_collect in Stage:
            screened(Service.DEFERRED, deferred)
            screened(Service.WEB_COLLECT, web_collect)
            stands = requirements.standing()

            offered = {one.code for one in methods.on_offer()}
            assert offered == {
                one.code
                for one in method_settings.all_methods()
                if not publishing.missing(one, stands)
            }


def test_what_the_owner_wants_first_after_a_failure_comes_first_then_only(app: Flask) -> None:
    offered = methods.on_offer()
    fallback.set_order(FailureGroup.CREDIT, ["cod", "card"])

    assert [one.code for one in fallback.in_order(offered, FailureGroup.CREDIT)][:2] == [
        "cod",
        "card",
    ]
    assert fallback.in_order(offered, FailureGroup.PHONE) == offered
    fallback.set_order(FailureGroup.CREDIT, [])
    assert fallback.in_order(offered, FailureGroup.CREDIT) == offered
