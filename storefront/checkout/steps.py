"""The order of the checkout, and which step a shopper may open."""

from collections.abc import Callable
from enum import StrEnum

from storefront.checkout.journey import Journey
from storefront.checkout.validation import problems
from storefront.payments import methods
from storefront.payments.models import PaymentMethod


class Step(StrEnum):
    """The four screens, by the values of data-step."""

    INPUT = "input"
    CONFIRM = "confirm"
    SMS = "sms"
    COMPLETE = "complete"


class ScreenState(StrEnum):
    """What a screen of the checkout says of itself in data-state."""

    IDLE = "idle"
    WRONG = "wrong"  # the code that was typed
    EXPIRED = "expired"  # the code that was sent
    UNKNOWN = "unknown"  # what became of the request


STATES: dict[Step, tuple[ScreenState, ...]] = {
    Step.CONFIRM: (ScreenState.IDLE, ScreenState.UNKNOWN),
    Step.SMS: tuple(ScreenState),
}

ANSWERED: dict[Step, Callable[[Journey], bool]] = {
    Step.INPUT: lambda journey: not problems(journey),
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


OPEN = {None, "delivery"}  # another way to send the parcel can still be chosen


def of_path(journey: Journey, chosen: PaymentMethod | None) -> list[Step]:
    """The steps this shopper will see, for the progress line: that of the code only where the
    chosen method needs one or, before one is chosen, any that can be."""
    possible = journey.methods if chosen is None else [chosen]
    with_code = [one for one in possible if needs_code(journey, one)]
    has_code = any(one is chosen or journey.closed(one) in OPEN for one in with_code)
    return [step for step in Step if step is not Step.SMS or has_code]


def other_path(journey: Journey, chosen: PaymentMethod | None) -> list[Step]:
    """The steps with a code where this path has none, or the reverse; empty where all methods
    agree."""
    is_short = Step.SMS not in of_path(journey, chosen)
    sorts = {needs_code(journey, one) for one in journey.methods}
    return [step for step in Step if is_short or step is not Step.SMS] if len(sorts) == 2 else []


def needs_code(journey: Journey, method: PaymentMethod) -> bool:
    """Whether the shopper would be asked for a code, which a provider may have waived."""
    return methods.checks_sms(method) and not (method is journey.method and journey.is_waived)
