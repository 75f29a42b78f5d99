"""The order of the checkout, and which step a shopper may open."""

from collections.abc import Callable
from enum import StrEnum

from storefront.checkout.journey import Journey
from storefront.checkout.validation import misfits
from storefront.payments import methods


class Step(StrEnum):
    INPUT = "input"
    CONFIRM = "confirm"
    SMS = "sms"
    COMPLETE = "complete"


ANSWERED: dict[Step, Callable[[Journey], bool]] = {
    Step.INPUT: lambda journey: not misfits(journey),
    Step.CONFIRM: lambda journey: journey.needs_code and _code_is_awaited(journey),
}


def _code_is_awaited(journey: Journey) -> bool:
    return journey.challenge is not None and journey.challenge.taken


def next_step(journey: Journey) -> Step:
    """The first step not answered; where no code is needed the confirmation is the last one."""
    unanswered = (step for step, answered in ANSWERED.items() if not answered(journey))
    return next(unanswered, Step.SMS)


def may_open(step: Step, journey: Journey) -> bool:
    """A shopper may go back to any answered step, but never skip ahead."""
    order = list(Step)
    return order.index(step) <= order.index(next_step(journey))


def of_path(journey: Journey) -> list[Step]:
    """The steps this shopper will see, for the progress line."""
    return [step for step in Step if step is not Step.SMS or _passes_sms(journey)]


def _passes_sms(journey: Journey) -> bool:
    return journey.method is None or methods.checks_sms(journey.method)
