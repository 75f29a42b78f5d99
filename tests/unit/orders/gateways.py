"""A provider of credit that answers as the test says, and remembers what it was asked."""

from dataclasses import dataclass, field, replace
from typing import Any

from flask import Flask

from storefront.ports.payments import GatewayUnknown, Invoice, ProviderStatus, TrackedParcel


@dataclass
class FakeGateway:
    """Each call raises fault if there is one, or only the first call where the second is
    answered; standing is told whenever it is asked for."""

    fault: Exception | None = None
    tells: ProviderStatus = ProviderStatus.APPROVED
    is_silent: bool = False
    answers_then: bool = False
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def hurried(self) -> "FakeGateway":
        self.asked.append(("hurried",))
        return self

    def ship(self, reference: str, slip: TrackedParcel) -> None:
        self._hear("ship", reference, slip.number)

    def change_slip(self, reference: str, old: str, new: TrackedParcel) -> None:
        self._hear("change_slip", reference, old, new.number)

    def withdraw_slip(self, reference: str) -> None:
        self._hear("withdraw_slip", reference)

    def cancel(self, reference: str) -> None:
        self._hear("cancel", reference)

    def reduce(self, reference: str, bill: Invoice) -> None:
        self._hear("reduce", reference, bill.total, bill.division)

    def reissue(self, reference: str, bill: Invoice, cause: str, other: str = "") -> None:
        self._hear("reissue", reference, bill.total, cause)

    def slip_data(self, reference: str) -> list[tuple[str, str]]:
        self._hear("slip_data", reference)
        return [("barCode", "123"), ("湯呑", "1 × 3300 = 3300")]

    def standing(self, reference: str) -> ProviderStatus:
        self.asked.append(("standing", reference))
        if self.is_silent:
            raise GatewayUnknown
        return self.tells

    def _hear(self, *what: Any) -> None:
        self.asked.append(what)
        if self.fault and not (self.answers_then and len(self.asked) > 1):
            raise self.fault


def use_gateway(app: Flask, gateway: FakeGateway) -> FakeGateway:
    wired = app.extensions["providers"]
    app.extensions["providers"] = replace(wired, gateways={"kuroneko": gateway})
    return gateway
