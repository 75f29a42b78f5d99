"""Yamato as the port's DeferredCredit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from storefront.ports.deferred_credit import (
    CreditRequest,
    FieldProblem,
    OrderField,
    OrderNumbers,
    Requirement,
)
from storefront.ports.failure_reasons import FailureReason
from storefront.providers.yamato.account import account
from storefront.providers.yamato.account.session import Yamato
from storefront.providers.yamato.credit import (
    application_builder,
    attempts,
    outcomes,
    reconciliation,
)
from storefront.providers.yamato.credit.verifier import YamatoCredit
from storefront.providers.yamato.protocol.field_errors import Field, Problem
from storefront.verification.verifier import Verifier

CURABLE = {field.value for field in OrderField}


@dataclass(frozen=True)
class KuronekoCredit:
    """DeferredCredit[Verifier] by クロネコ代金後払い."""

    yamato: Yamato
    code_lifetime: timedelta = outcomes.LIFETIME

    def missing(self) -> Sequence[Requirement]:
        """The connection, the options of its contract and the screenings, by the shop's tables."""
        return account.missing()

    def verifier(self, request: CreditRequest) -> Verifier:
        """A verifier for this request, under the present contract."""
        return YamatoCredit(self.yamato, application_builder.application(request))

    def problems(self, request: CreditRequest) -> Sequence[FieldProblem]:
        return [_problem(one) for one in application_builder.problems(request)]

    def is_under_way(self, reference: str) -> bool:
        return attempts.is_under_way(reference)

    def claim(self, reference: str) -> OrderNumbers | None:
        attempt = attempts.place(reference)
        if attempt is None:
            return None
        return OrderNumbers(attempt.base, attempt.order_number, attempt.contract)

    def is_test_order(self, numbers: OrderNumbers) -> bool:
        return account.is_tried_out(numbers.contract)

    def refusal_text(self, reason: FailureReason) -> str:
        if reason is not FailureReason.CREDIT:
            return ""
        return _(
            "このお支払い方法は今回ご利用いただけませんでした。ご注文は確定していません。"
            "別のお支払い方法を選んでください。理由のお問い合わせはヤマト運輸の窓口へお願いします"
        )

    def reconcile(self) -> None:
        reconciliation.follow_up()


def _problem(one: Problem) -> FieldProblem:
    return FieldProblem(_field(one.field), one.reason, one.limit, one.found, one.character)


def _field(field: Field) -> OrderField:
    return OrderField(field) if field.value in CURABLE else OrderField.PAYMENT
