"""What the order form shows of each payment method and of each way to send the parcel."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _

from storefront.checkout import delivery_choice, steps
from storefront.checkout.forms.forms import OrderForm
from storefront.checkout.journey import Journey
from storefront.payments import methods, wording
from storefront.payments.models import PaymentMethod
from storefront.shipping import fees
from storefront.shipping.models import DeliveryMethod
from storefront.web.i18n import localized, price

NEAR = 0.8  # of a limit; below that the limit concerns few, and is not shown


@dataclass(frozen=True)
class MethodCard:
    """A payment method of the order form.

    fee is in yen. closed_reason is "failed", "limit", "delivery" or empty. waits says whether the
    parcel waits for the money; needs_code whether the shopper will be asked for a code;
    holds_number whether the field of the phone number that gets the code stands inside this card.
    """

    code: str
    name: str
    logo: str | None
    summary: str
    fee: int
    limit_text: str
    delivery_names: Sequence[str]
    checks_sms: bool
    waits: bool
    is_chosen: bool
    closed_reason: str = ""
    needs_code: bool = False
    holds_number: bool = False

    @property
    def shut_reason(self) -> str:
        """Why the card cannot be chosen; empty for a method that only the chosen delivery method
        closes, since another delivery method can still be chosen."""
        return "" if self.closed_reason == "delivery" else self.closed_reason


@dataclass(frozen=True)
class DeliveryCard:
    """A delivery method; without earliest no day can be wished for."""

    code: str
    name: str
    fee_text: str
    earliest: date | None
    has_slots: bool
    is_chosen: bool


def method_cards(journey: Journey, as_typed: Journey, form: OrderForm) -> list[MethodCard]:
    """A card for each method of the journey.

    as_typed is the journey by what the form holds: its totals and closed methods are shown. The
    number's field stands in the card of the only method that needs a code, and outside the cards
    where several do.
    """
    with_sms = [one.code for one in journey.methods if methods.checks_sms(one)]
    cards = [
        replace(
            method_card(
                one,
                is_chosen=form.payment.data == one.code,
                closed_reason=as_typed.closed(one) or "",
                ways=delivery_choice.ways_of(journey.shop, one),
                total=as_typed.offer_by(one).total,
            ),
            needs_code=steps.needs_code(journey, one),
        )
        for one in journey.methods
    ]
    only = [card for card in cards if with_sms == [card.code] and not card.shut_reason]
    return [replace(card, holds_number=card in only) for card in cards]


def method_card(
    method: PaymentMethod,
    *,
    is_chosen: bool,
    closed_reason: str = "",
    ways: Sequence[DeliveryMethod] = (),
    total: int | None = None,
) -> MethodCard:
    """The card of one method.

    total is the order's total in yen by this method. The method's limit is shown where the total
    comes near it, or where no total is given.
    """
    return MethodCard(
        code=method.code,
        name=localized(method, "name"),
        logo=method.logo,
        summary=wording.summary(method),
        fee=method.fee,
        limit_text=_limit_text(method, total),
        delivery_names=[localized(one, "name") for one in ways],
        checks_sms=methods.checks_sms(method),
        waits=methods.kind_of(method).waits,
        is_chosen=is_chosen,
        closed_reason=closed_reason,
    )


def _limit_text(method: PaymentMethod, total: int | None) -> str:
    most = methods.most_of(method)
    if not most or (total is not None and total < most * NEAR):
        return ""
    if methods.kind_of(method).is_cumulative:
        return _("累計%(max)sまでご利用いただけます", max=price(most))
    return _("%(max)sまでご利用いただけます", max=price(most))


def delivery_cards(as_typed: Journey, form: OrderForm) -> list[DeliveryCard]:
    """Empty where the shop has only one delivery method: nothing is asked then."""
    offered = as_typed.shop.offered
    if len(offered) < 2:
        return []
    return [
        DeliveryCard(
            code=one.code,
            name=localized(one, "name"),
            fee_text=_fee_text(one, as_typed),
            earliest=next(iter(delivery_choice.days(as_typed.shop, one)), None),
            has_slots=bool(one.slots),
            is_chosen=form.delivery_method.data == one.code,
        )
        for one in offered
    ]


def _fee_text(way: DeliveryMethod, as_typed: Journey) -> str:
    """To where the parcel goes, as far as that is known."""
    prefecture = as_typed.wish.prefecture
    fee = fees.fee_to(way, prefecture, as_typed.offer.goods)
    if not fee:
        return _("送料無料")
    words = _("送料%(fee)s", fee=price(fee))
    is_open = not prefecture and fees.has_table(way)
    return f"{words} {_('(お届け先の都道府県で変わります)')}" if is_open else words
