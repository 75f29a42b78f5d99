"""From the confirmation on: having the phone or the credit checked, and placing the order."""

from dataclasses import replace

from flask import redirect
from flask.typing import ResponseReturnValue

from storefront.catalogue import stock
from storefront.checkout import holds, hosted_payment, placing
from storefront.checkout.card_attempts import TooManyDeclined
from storefront.checkout.journey import Journey
from storefront.checkout.legal.snapshot import snapshot
from storefront.checkout.verifier import choice, code_request
from storefront.checkout.verifier.choice import verifier
from storefront.checkout.web.guard import go_to_completion, go_to_next_step
from storefront.core.client_address import client_address
from storefront.core.polling import looks
from storefront.ports.payments import NO_ANSWER
from storefront.verification import challenges
from storefront.web.i18n import absolute_url, locale


def place(journey: Journey) -> ResponseReturnValue:
    """Place the order and lead to its completion; raises the errors of placing.place."""
    address = client_address()
    order = placing.place(journey, journey.key, snapshot(journey), address=address)
    return go_to_completion(order.token)


def leave(journey: Journey) -> ResponseReturnValue:
    """Hold the pieces and lead to the provider's page; raises the errors of holds.hold_stock and
    hosted_payment.leave."""
    requester = code_request.requester(journey)
    holds.hold_stock(journey, requester)
    try:
        url = hosted_payment.leave(journey, snapshot(journey), _way_back, requester.ip)
        return redirect(url, 303)
    except (*NO_ANSWER, TooManyDeclined):
        holds.let_go(journey.checkout.cart_id)
        raise


def _way_back(token: str) -> str:
    return absolute_url("checkout.come_back", locale(), token=token)


def confirmed(journey: Journey) -> ResponseReturnValue:
    """Do what the confirmation's button promises for the chosen method: lead to the provider's
    page, have phone or credit checked, or place the order."""
    if journey.is_hosted:
        return leave(journey)
    return ask(journey) if journey.needs_code or journey.needs_credit else place(journey)


def ask(journey: Journey) -> ResponseReturnValue:
    """Have the phone or the credit checked, once for this confirmation key. Where no code is needed
    the order follows at once."""
    key, placed_by_this_press = journey.key, journey.needs_credit
    if journey.challenge is None:
        requester = code_request.requester(journey)
        holds.hold_stock(journey, requester)
        verifier(journey).issue(code_request.asked(journey), requester)
    journey = without_vain_hold(answered(again(journey)))
    is_approved = journey.challenge is not None and journey.challenge.passed_at is not None
    if placed_by_this_press and is_approved and journey.key == key:
        return place(journey)
    return go_to_next_step(journey)


def was_asked(journey: Journey, key: str) -> bool:
    """Whether the check of this confirmation key has been asked for; a check that was passed for
    the present offer counts as new, since the order can be placed by it."""
    challenge = journey.challenge
    if challenge is None or challenge.idempotency_key != key:
        return False
    return challenge.passed_at is None or key not in journey.keys


def answered(journey: Journey) -> Journey:
    """The journey once an earlier press of the same button has its answer: the press that came
    first asks, the others wait."""
    challenge, credit = journey.challenge, journey.credit
    if challenge is None or credit is None or not journey.is_unanswered:
        return journey
    for _ in looks():
        if not credit.is_under_way(challenge.reference or ""):
            break
    return again(journey)


def again(journey: Journey) -> Journey:
    """The journey loaded anew, after something was asked of a provider."""
    return replace(journey, challenges=challenges.of_checkout(journey.checkout.id))


def informed(journey: Journey) -> Journey:
    """The journey with what an enquiry to the provider brought, where the outcome of a request is
    unknown."""
    return again(journey) if choice.ask_again(journey) else journey


def without_vain_hold(journey: Journey) -> Journey:
    """The journey after giving back the pieces of a check that was refused; otherwise anybody could
    keep goods from others for nothing."""
    cart_id, method = journey.checkout.cart_id, journey.method
    is_vain = method is not None and journey.failure(method) in holds.IN_VAIN
    if is_vain and stock.is_holding(cart_id):
        holds.let_go(cart_id)
    return journey
