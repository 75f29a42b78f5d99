"""What Yamato adds to the shop as a ProviderPlugin: tasks of the worker, facts for the owner,
erasure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _

from storefront.checkout import preview
from storefront.checkout.models import Checkout
from storefront.core.extensions import db
from storefront.orders.models import OF_A_PERSON, Order
from storefront.payments.methods import KURONEKO
from storefront.ports.mail import Message
from storefront.ports.plugin import CreditEvent, Place, ProviderCall
from storefront.providers.yamato import call_log, legal
from storefront.providers.yamato.account import alerts
from storefront.providers.yamato.admin import order_wording, wording
from storefront.providers.yamato.credit import late_refusals, not_placed_email
from storefront.providers.yamato.models import CreditAttempt, YamatoCall
from storefront.providers.yamato.protocol.messages import SendDivision


def _tasks() -> Mapping[str, Callable[[int], None]]:
    return {
        late_refusals.NOT_PLACED: not_placed_email.send_not_placed,  # an attempt's id
        alerts.ALERT: alerts.send,  # nothing
    }


def _emails() -> Mapping[str, Callable[[str], Message]]:
    return {
        late_refusals.NOT_PLACED: _not_placed,
        alerts.ALERT: lambda _language: alerts.mail(),
    }


def _not_placed(language: str) -> Message:
    nobody = Checkout(id=preview.NOBODY, answered={**preview.SHOPPER, "payment": ""})
    return not_placed_email.mail(nobody, language)


@dataclass(frozen=True)
class YamatoPlugin:
    """A ProviderPlugin."""

    gateway: str = KURONEKO
    tasks: Mapping[str, Callable[[int], None]] = field(default_factory=_tasks)
    emails: Mapping[str, Callable[[str], Message]] = field(default_factory=_emails)

    @property
    def name(self) -> str:
        return _("ヤマト")

    @property
    def service(self) -> str:
        return _("クロネコ代金後払い")

    @property
    def company(self) -> str:
        return _("ヤマト運輸株式会社")

    def bundled(self, references: Collection[str]) -> set[str]:
        known = CreditAttempt.order_number.in_(references)
        is_bundled = CreditAttempt.division == SendDivision.BUNDLED
        query = sa.select(CreditAttempt.order_number).where(known, is_bundled)
        return set(db.session.scalars(query))

    def calls(self, checkout_id: str) -> Sequence[ProviderCall]:
        return [
            ProviderCall(call.at, call.api, call.order_number, call.outcome)
            for call in call_log.of_checkout(checkout_id)
        ]

    def credit_events(self, checkout_id: str) -> Sequence[CreditEvent]:
        mine = sa.select(CreditAttempt).where(CreditAttempt.checkout_id == checkout_id)
        attempts = db.session.scalars(mine.order_by(CreditAttempt.id))
        return [order_wording.credit_event(one) for one in attempts]

    def refusal(self, reason: str) -> str:
        return order_wording.refusal(reason)

    def requirement(self, code: str) -> str:
        return wording.requirement(code)

    def note(self, place: Place) -> str:
        return wording.note(place)

    def consent(self, *, is_texted: bool) -> str:
        return legal.consent(is_texted=is_texted)

    def privacy_text(self, method: str) -> str:
        return legal.privacy_text(method)

    def terms_text(self, method: str) -> str:
        return legal.terms_text(method)

    def erase_checkouts(self, checkout_ids: Collection[str]) -> frozenset[str]:
        mine = CreditAttempt.checkout_id.in_(checkout_ids)
        asked = frozenset(db.session.scalars(sa.select(CreditAttempt.order_number).where(mine)))
        db.session.execute(sa.delete(YamatoCall).where(YamatoCall.order_number.in_(asked)))
        return asked

    def erase_before(self, moment: datetime) -> int:
        of_person = (
            sa.select(CreditAttempt.order_number)
            .join(Order, Order.checkout_id == CreditAttempt.checkout_id)
            .where(OF_A_PERSON, CreditAttempt.order_number == YamatoCall.order_number)
        )
        old = sa.delete(YamatoCall).where(YamatoCall.at < moment, ~of_person.exists())
        return len(db.session.execute(old.returning(YamatoCall.id)).all())
