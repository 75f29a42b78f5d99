"""One shopper's checkout as it stands now: everything a step needs, and what follows from it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from storefront.cart import carts
from storefront.cart.models import CartLine
from storefront.checkout import card_attempts, delivery_choice, offer
from storefront.checkout.delivery_choice import Wish
from storefront.checkout.models import Checkout
from storefront.checkout.offer import Offer
from storefront.orders.details import OrderDetails
from storefront.payments import fallback, methods
from storefront.payments.kinds import Check
from storefront.payments.models import PaymentMethod
from storefront.ports.deferred_credit import DeferredCredit
from storefront.ports.failure_reasons import FailureReason
from storefront.ports.registry import providers
from storefront.shipping.models import DeliveryMethod
from storefront.shop import profile
from storefront.shop.models import Shop
from storefront.verification import challenges
from storefront.verification.challenges import BOUND_TO_NUMBER, NO_FAILURE, OF_PROVIDER, Ended
from storefront.verification.models import Challenge
from storefront.verification.rate_limits import code_vault
from storefront.verification.verifier import Verifier


@dataclass(frozen=True)
class Journey:
    """One shopper's checkout, computed from its rows at the beginning of each request.

    Nothing of a journey is stored, so a changed answer also undoes all that followed from the old
    one, such as a passed code.
    """

    checkout: Checkout
    cart: Sequence[CartLine]
    shop: Shop
    methods: list[PaymentMethod]
    challenges: list[Challenge]
    answers: OrderDetails | None
    was_idle: bool = False  # it follows one that was left for too long
    lost: dict[str, Any] = field(default_factory=dict)  # what was typed in that one
    was_away: bool = False  # the shopper comes back to it after some minutes
    pressed: str = ""  # the key that came with the confirmation's button
    typed: Wish | None = None  # what stands in the form, where that is newer than the answers

    @cached_property
    def method(self) -> PaymentMethod | None:
        """The chosen method, while it is on offer at all."""
        chosen = self.answers.payment if self.answers else ""
        return self.find_method(chosen)

    @property
    def withdrawn(self) -> str:
        """The code of the method that was chosen and has gone from the offer since."""
        chosen = self.answers.payment if self.answers else (self.checkout.payment or "")
        return chosen if chosen and not self.find_method(chosen) else ""

    def find_method(self, code: str) -> PaymentMethod | None:
        """The payment method on offer with this code, or None."""
        return next((method for method in self.methods if method.code == code), None)

    @cached_property
    def offer(self) -> Offer:
        """Lines, fees and total by the chosen method."""
        return self.offer_by(self.method)

    def offer_by(self, method: PaymentMethod | None) -> Offer:
        """Lines, fees and total as they would be by this method; without one no fee is counted."""
        return offer.make(self.cart, method, self.delivery, self.wish.prefecture)

    @cached_property
    def wish(self) -> Wish:
        """Where the parcel goes and how, by what is typed or else by the answers."""
        return self.typed or delivery_choice.wish_of(self.answers)

    @cached_property
    def delivery(self) -> DeliveryMethod | None:
        """The chosen delivery method; None while it is open."""
        return delivery_choice.chosen(self.shop, self.wish)

    @property
    def offer_fingerprint(self) -> str:
        """Digest of phone, items, amount and method; a code is good for one such digest only."""
        return self.offer_fingerprints[0]

    @cached_property
    def offer_fingerprints(self) -> tuple[str, ...]:
        """The offer's digest under each of the shop's keys, the present key's first."""
        return code_vault().digests("offer", *_bound_to_code(self))

    @property
    def phone(self) -> str:
        """The number that a code is sent to, in national digits; empty before there are answers."""
        return self.answers.phone if self.answers else ""

    @property
    def key(self) -> str:
        """The confirmation_key: digest of all that the confirmation shows, in its present form."""
        return self.pressed if self.pressed in self.keys else self.keys[0]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The confirmation key under each of the shop's keys, so that a page loaded before a change
        of CODE_KEY can still be sent."""
        return code_vault().digests("confirmation", *_bound_to_confirmation(self))

    @cached_property
    def challenge(self) -> Challenge | None:
        """The challenge for this very offer and phone, running or passed; None where none is."""
        mine = (one for one in self.challenges if one.offer_fingerprint in self.offer_fingerprints)
        return next((one for one in mine if not one.ended and not one.consumed_at), None)

    @property
    def sms_is_down(self) -> bool:
        """Whether a method's own texts would be turned away by every sender just now."""
        return providers().sms.is_down and any(methods.texts_by_shop(one) for one in self.methods)

    @property
    def credit(self) -> DeferredCredit[Verifier] | None:
        """Who takes the order on credit; None where the chosen method needs nobody to."""
        return methods.credit_of(self.method) if self.method else None

    @property
    def needs_code(self) -> bool:
        """Whether the chosen method asks for a code that has not been proven yet."""
        return self._is_unproven and self.method is not None and methods.checks_sms(self.method)

    @property
    def needs_credit(self) -> bool:
        """Whether a provider has yet to take the order on credit, without any code."""
        return self._is_unproven and self.credit is not None and not self.needs_code

    @property
    def is_hosted(self) -> bool:
        """Whether the shopper pays on a page of the provider before the order is placed."""
        return self.method is not None and methods.kind_of(self.method).check is Check.HOSTED

    @property
    def _is_unproven(self) -> bool:
        return not (self.challenge and self.challenge.passed_at)

    @property
    def is_waived(self) -> bool:
        """Whether the provider has granted the credit without having a code sent."""
        passed = self.challenge is not None and self.challenge.passed_at is not None
        return passed and self.challenge is not None and self.challenge.generation == 0

    @property
    def is_unanswered(self) -> bool:
        """Whether the provider has not yet confirmed that it has received the request."""
        return self.challenge is not None and not self.challenge.taken

    @property
    def answers_fingerprint(self) -> str:
        """Digest of the answers, under the present key: it tells whether the shopper has changed
        any of them since."""
        return self._answers_fingerprints[0]

    @cached_property
    def _answers_fingerprints(self) -> tuple[str, ...]:
        return code_vault().digests("answers", _bound_to_answers(self))

    @property
    def field_to_correct(self) -> str:
        """The form's field that the provider of credit wants corrected; empty where it wants none.

        It is empty again as soon as the shopper has changed any answer that the provider was told.
        """
        code = self.method.code if self.method else ""
        newest = next((one for one in self.challenges if one.method == code), None)
        if newest is None or newest.ended != Ended.CORRECT:
            return ""
        return (
            (newest.field_to_correct or "")
            if newest.answers_fingerprint in self._answers_fingerprints
            else ""
        )

    def failure(self, method: PaymentMethod, phone: str | None = None) -> FailureReason | None:
        """Why a method is closed for this checkout and number, newest reason first."""
        if card_attempts.is_used_up(self.checkout, method):
            return FailureReason.DECLINED
        known = challenges.phone_digests(self.phone if phone is None else phone)
        for challenge in self.challenges:
            ended = challenge.ended
            if ended is None or ended in NO_FAILURE or not self._concerns(challenge, method):
                continue
            if ended not in BOUND_TO_NUMBER or challenge.phone_digest in known:
                return FailureReason(ended)
        return None

    def _concerns(self, challenge: Challenge, method: PaymentMethod) -> bool:
        """A provider that gives no credit gives none by its other methods either."""
        if challenge.method == method.code:
            return True
        failed = self.find_method(challenge.method)
        gateway = methods.kind_of(method).gateway
        return (
            challenge.ended in OF_PROVIDER
            and failed is not None
            and bool(gateway)
            and methods.kind_of(failed).gateway == gateway
        )

    def closed(self, method: PaymentMethod) -> str | None:
        """Why a method cannot be chosen now: failed, delivery (not by the chosen one), or limit."""
        if self.failure(method):
            return "failed"
        if self.delivery and not methods.goes_with(method, self.delivery.code):
            return "delivery"
        total = self.offer_by(method).total
        return None if methods.is_within_limits(method, total) else "limit"

    @property
    def others(self) -> list[PaymentMethod]:
        """Methods still possible besides the chosen one."""
        chosen = self.method.code if self.method else ""
        return [one for one in self.methods if one.code != chosen and not self.closed(one)]

    def others_after(self, reason: FailureReason | None) -> list[PaymentMethod]:
        """The other methods that are possible, in the order that the owner has set for such a
        failure."""
        return fallback.in_order(self.others, reason.group if reason else None)

    def with_answers(self, answers: OrderDetails) -> "Journey":
        """The same journey as it would be with these answers."""
        return replace(self, answers=answers, typed=None)


# What a code and a confirmation are bound to: as text, of which keyed digests are made.


def _bound_to_code(journey: Journey) -> tuple[str, str, str]:
    """Another number, item, amount or method needs another code."""
    lines = [(line.sku, line.quantity, line.price) for line in journey.offer.lines]
    method = journey.method.code if journey.method else ""
    return journey.checkout.id, json.dumps([lines, journey.offer.total, method]), journey.phone


def _bound_to_answers(journey: Journey) -> str:
    return json.dumps(journey.answers.dump() if journey.answers else None, sort_keys=True)


def _bound_to_confirmation(journey: Journey) -> tuple[str, ...]:
    """All that stands on the confirmation's screen."""
    method, offer = journey.method, journey.offer
    code = method.code if method else ""
    ended = sum(1 for one in journey.challenges if one.ended and one.method == code)
    taxes = [(part.rate, part.tax) for part in offer.taxes]
    waived = journey.is_waived and method is not None and methods.checks_sms(method)
    texts = method.texts_agreed_to if method else []
    sent = [journey.delivery.code, journey.delivery.prepare_days] if journey.delivery else []
    terms = json.dumps([[taxes, offer.shipping, offer.fee], ended, waived, texts, sent])
    return (*_bound_to_code(journey), _bound_to_answers(journey), terms)


def load(checkout: Checkout, cart_id: str, cart: Sequence[CartLine] | None = None) -> Journey:
    """The checkout with the cart as it is now; a cart that was just read is not read again."""
    answered = checkout.answered
    shop, offered = profile.terms()
    return Journey(
        checkout,
        carts.lines(cart_id) if cart is None else cart,
        shop,
        _in_order(offered),
        list(checkout.challenges),
        OrderDetails.load(answered) if answered else None,
    )


def _in_order(offered: list[PaymentMethod]) -> list[PaymentMethod]:
    """The owner's, but while no text can be sent those that need one come last."""
    return sorted(offered, key=methods.texts_by_shop) if providers().sms.is_down else offered
