"""What a shopper has to know of a delivery: when it is expected, or when it came."""

from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _

from storefront.core import clock
from storefront.orders import receipt
from storefront.orders.models import Order
from storefront.orders.status import OrderStatus
from storefront.payments.status import PaymentState
from storefront.shipping import dates
from storefront.shipping.dates import ANY_TIME, DAY, SLOTS, SPREAD, Calendar
from storefront.shop import profile
from storefront.web.i18n import day, full_day, locale

CALLED_OFF = {OrderStatus.CANCELLED, OrderStatus.RETURNED}


@dataclass(frozen=True)
class Sending:
    """How a parcel is sent: ready within so many working days, for the wished day and slot; by is
    the delivery method's name where the shopper had a choice."""

    prepare_days: int
    wanted: date | None
    slot: str
    by: str
    calendar: Calendar

    def from_day(self, start: date) -> str:
        """When a parcel comes that may be prepared from this day on."""
        first, last = dates.arrival_range(start, self.prepare_days, self.calendar)
        if self.wanted and self.wanted >= first:
            return self._words(day(self.wanted))
        return self._words(_("%(first)s〜%(last)s", first=day(first), last=day(last)))

    def once_paid(self, start: date) -> str:
        """When a parcel comes that waits for its money: no day that does not depend on that.

        start is the day of the order.
        """
        if self.wanted is None:
            return self._words(self._rule)
        last = dates.last_start(start, self.wanted, self.prepare_days, self.calendar)
        return _(
            "%(when)s、ただし%(last)sまでにご入金を確認できた場合。それより後は、%(rule)s",
            when=self._words(day(self.wanted)),
            last=day(last),
            rule=self._rule,
        )

    @property
    def _rule(self) -> str:
        most = (SPREAD + DAY).days
        if not self.prepare_days:
            return _(
                "ご入金の確認後、当日か翌営業日に発送します(お届けは発送の1〜%(most)s日後)",
                most=most,
            )
        return _(
            "ご入金の確認後、%(days)s営業日以内に発送します(お届けは発送の1〜%(most)s日後)",
            days=self.prepare_days,
            most=most,
        )

    def _words(self, when: str) -> str:
        slot = "" if self.slot == ANY_TIME else slot_name(self.slot)
        return " ".join(word for word in (self.by, when, slot) if word)


@dataclass(frozen=True)
class ShownDelivery:
    """title says whether the words are expected or a fact; they are in the language lang."""

    title: str
    words: str
    lang: str


def delivery_of(order: Order) -> ShownDelivery | None:
    """None where nothing is delivered any more."""
    if order.status in CALLED_OFF:
        return None
    if order.status == OrderStatus.DELIVERED and (came := _day_of(order, "delivered")):
        return ShownDelivery(_("お届け完了"), full_day(came), locale())
    return ShownDelivery(_("お届け予定"), expected(order), order.locale)


def expected(order: Order) -> str:
    """As agreed, in the order's language; of a prepaid order by its payment, as far as it came."""
    if not order.kind.waits:
        return str(order.texts["law"]["delivery"])
    with force_locale(order.locale):
        paid_on = _day_of(order, "paid")
        if order.payment_status == PaymentState.AWAITING or paid_on is None:
            return _sending_of(order).once_paid(order.placed_at.astimezone(clock.JAPAN).date())
        return _sending_of(order).from_day(paid_on)


def slot_name(slot: str) -> str:
    japanese, english = SLOTS[slot]
    return english if locale() == "en" else japanese


def _sending_of(order: Order) -> Sending:
    """Orders from before this was kept are sent as the shop does at present."""
    shop, answers = profile.shop(), receipt.answers_of(order)
    kept = order.texts.get("sending") or {"days": shop.prepare_days, "by": ""}
    return Sending(
        kept["days"], answers.wanted_day, answers.delivery_time, kept["by"], shop.calendar
    )


def _day_of(order: Order, event: str) -> date | None:
    at = next((one.at for one in reversed(order.events) if one.event == event), None)
    return at.astimezone(clock.JAPAN).date() if at else None
