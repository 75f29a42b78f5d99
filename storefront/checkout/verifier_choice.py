"""Who proves the shopper's phone or credit for the chosen method."""

from storefront.checkout import code_request
from storefront.checkout.journey import Journey
from storefront.providers.yamato.account.session import yamato
from storefront.providers.yamato.credit import application_builder
from storefront.providers.yamato.credit.verifier import YamatoCredit
from storefront.verification.verifier import OwnCodes, Verifier


def verifier(journey: Journey) -> Verifier:
    """Yamato for its own methods where the shop is connected to it, else the shop's own codes."""
    line = yamato()
    if line is not None and journey.asks_yamato:
        return YamatoCredit(line, application_builder.application(journey))
    return OwnCodes(code_request.composer(journey))


def asked_again(journey: Journey) -> bool:
    """Whether something was enquired that the journey, as it was read, does not know yet."""
    challenge = journey.challenge
    if challenge is None or not challenge.outcome_unknown or not journey.asks_yamato:
        return False
    verifier(journey).ask_again(challenge)
    return True
