"""What the order form shows of each payment method and of each way to send the parcel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from storefront.checkout import delivery_choice
from storefront.checkout.forms.forms import OrderForm
from storefront.checkout.journey import Journey
from storefront.payments import methods, wording
from storefront.payments.models import PaymentMethod
from storefront.shipping import fees
from storefront.shipping.models import DeliveryMethod
from storefront.web.i18n import localized, price


@dataclass(frozen=True)
class MethodCard:
    """A payment method; closed_reason is failed, limit, delivery or empty, fee in yen."""

    code: str
    name: str
    logo: str | None
    summary: str
    fee: int
    limit_text: str
    delivery_names: Sequence[str]
    checks_sms: bool
    is_chosen: bool
    closed_reason: str = ""

    @property
    def shut_reason(self) -> str:
        """Why it cannot be pressed: another way to send the parcel can still be chosen."""
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
    return [
        method_card(
            one,
            is_chosen=form.payment.data == one.code,
            closed_reason=as_typed.closed(one) or "",
            ways=delivery_choice.ways_of(journey.shop, one),
        )
        for one in journey.methods
    ]


def method_card(
    method: PaymentMethod,
    *,
    is_chosen: bool,
    closed_reason: str = "",
    ways: Sequence[DeliveryMethod] = (),
) -> MethodCard:
    return MethodCard(
        code=method.code,
        name=localized(method, "name"),
        logo=method.logo,
        summary=wording.summary(method),
        fee=method.fee,
        limit_text=_limit_text(method),
        delivery_names=[localized(one, "name") for one in ways],
        checks_sms=methods.checks_sms(method),
        is_chosen=is_chosen,
        closed_reason=closed_reason,
    )


def _limit_text(method: PaymentMethod) -> str:
    most = methods.most_of(method)
    if not most:
        return ""
    if methods.kind_of(method).is_cumulative:
        return _("・累計%(max)sまで", max=price(most))
    return _("・%(max)sまで", max=price(most))


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
