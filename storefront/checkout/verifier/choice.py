"""Who proves the shopper's phone or credit for the chosen method."""

from storefront.checkout.journey import Journey
from storefront.checkout.verifier import code_request, credit_request
from storefront.verification.verifier import OwnCodes, Verifier


def verifier(journey: Journey) -> Verifier:
    """The provider of credit where the method has one, else the shop's own codes."""
    if journey.credit is not None:
        return journey.credit.verifier(credit_request.of(journey))
    return OwnCodes(code_request.composer(journey))


def ask_again(journey: Journey) -> bool:
    """Ask the verifier about a request whose outcome is unknown; gives whether the database may
    know more than this journey, which must then be loaded again."""
    challenge = journey.challenge
    if challenge is None or not challenge.outcome_unknown or journey.credit is None:
        return False
    verifier(journey).ask_again(challenge)
    return True
