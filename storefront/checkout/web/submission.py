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
    """Raises as placing does."""
    address = client_address()
    order = placing.place(journey, journey.key, snapshot(journey), address=address)
    return go_to_completion(order.token)


def leave(journey: Journey) -> ResponseReturnValue:
    """To the provider's page; raises as holding stock does, or as leaving for the page does."""
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
    """What the button of the confirmation leads to."""
    if journey.is_hosted:
        return leave(journey)
    return ask(journey) if journey.needs_code or journey.needs_credit else place(journey)


def ask(journey: Journey) -> ResponseReturnValue:
    """Have the phone or the credit checked, once; credit alone leads on to the order at once."""
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
    challenge = journey.challenge
    if challenge is None or challenge.idempotency_key != key:
        return False
    return challenge.passed_at is None or key not in journey.keys


def answered(journey: Journey) -> Journey:
    """Of equal presses at once one asks; the others wait for what it is told."""
    challenge, credit = journey.challenge, journey.credit
    if challenge is None or credit is None or not journey.is_unanswered:
        return journey
    for _ in looks():
        if not credit.is_under_way(challenge.reference or ""):
            break
    return again(journey)


def again(journey: Journey) -> Journey:
    """As it stands after something was asked outside."""
    return replace(journey, challenges=challenges.of_checkout(journey.checkout.id))


def informed(journey: Journey) -> Journey:
    """With what an enquiry has brought, where the outcome of a request is unknown."""
    return again(journey) if choice.asked_again(journey) else journey


def without_vain_hold(journey: Journey) -> Journey:
    """A check that was refused keeps no piece from others: to hold some would cost nothing."""
    cart_id, method = journey.checkout.cart_id, journey.method
    is_vain = method is not None and journey.failure(method) in holds.IN_VAIN
    if is_vain and stock.is_holding(cart_id):
        holds.let_go(cart_id)
    return journey
