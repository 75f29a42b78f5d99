"""What a state is: one screen, in one of the ways it can look."""

from collections.abc import Callable
from dataclasses import dataclass

from storefront.checkout.steps import Step
from storefront.gallery.page import Marks, Page
from storefront.gallery.visitor import Visitor

STEPS = {
    "checkout.order_input": Step.INPUT,
    "checkout.confirm": Step.CONFIRM,
    "checkout.sms": Step.SMS,
    "orders.complete": Step.COMPLETE,
}
IDLE = {Step.CONFIRM, Step.SMS}  # steps whose screen names its state


@dataclass(frozen=True)
class State:
    """How a visitor brings it about; screen is the endpoint whose page it is, or "" for none.

    state and reason are what the page says in data-state and data-reason, unless that is the usual.
    """

    slug: str
    title: str
    screen: str
    how: Callable[[Visitor], Page]
    status: int = 200
    state: str = ""
    reason: str = ""

    @property
    def shown(self) -> Marks:
        step = STEPS.get(self.screen)
        return Marks(step or "", self.state or ("idle" if step in IDLE else ""), self.reason)
