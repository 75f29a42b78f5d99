"""The port CodeSource of the sandbox: codes that a tester knows."""

from datetime import timedelta

from storefront.ports.codes import CodePlan
from storefront.sandbox.phone import scenarios
from storefront.verification.random_codes import RandomCodes

USUAL = "1234"
KNOWN = {"0040": "0042", "0041": "0000"}
NEVER_RIGHT = "0001"
ALREADY_EXPIRED = "0002"
ONE_TRY = "0006"


class SandboxCodes:
    """1234 for the numbers of scenarios.py, random codes for all others."""

    def plan(self, phone: str) -> CodePlan:
        """The code for this number, how long it is good, and how it is judged."""
        ending = scenarios.ending(phone)
        if ending not in scenarios.ENDINGS:
            return RandomCodes().plan(phone)
        code = KNOWN.get(ending, USUAL)
        if ending == ALREADY_EXPIRED:
            return CodePlan(code, lifetime=timedelta(0))
        return CodePlan(code, tries=1) if ending == ONE_TRY else CodePlan(code)

    def may_pass(self, phone: str) -> bool:
        """Whether a right code passes; for some numbers none ever does."""
        return scenarios.ending(phone) != NEVER_RIGHT
