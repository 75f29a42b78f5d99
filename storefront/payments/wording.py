"""A method's own texts as a shopper reads them, their gaps filled as things stand that day."""

import re
from collections.abc import Iterable

from flask_babel import gettext as _

from storefront.core import clock
from storefront.payments import collectors, pay_later_options
from storefront.payments.kinds import KINDS
from storefront.payments.models import PaymentMethod
from storefront.web.i18n import locale, localized

DAYS, SENDER = "{days}", "{sender}"
BRACKETS = re.compile(r"\s*[((][^))]*[))]")


def summary(method: PaymentMethod) -> str:
    """What stands on its card."""
    return _filled_in(localized(method, "summary"), method)


def payment_time(method: PaymentMethod) -> str:
    """Legal item ③; in how many days the money has to come, and who sends the link to pay by, is
    said whatever the owner wrote."""
    text, kind = localized(method, "payment_time"), KINDS[method.kind]
    if kind.waits and DAYS not in text:
        text = " ".join((text, _("お支払いの期限は、ご注文日から{days}日です。")))
    if kind.bills_by_sms and SENDER not in text:
        text = " ".join((text, _("お支払いのリンクは、{sender}からメールとSMSで届きます。")))
    return _filled_in(text, method)


def instructions(method: PaymentMethod) -> str:
    """What to do after the order is placed."""
    return _filled_in(localized(method, "instructions"), method)


def short_names(methods: Iterable[PaymentMethod]) -> list[str]:
    """Their names without what stands in brackets, each once."""
    names = (BRACKETS.sub("", localized(one, "name")).strip() for one in methods)
    return list(dict.fromkeys(names))


def _filled_in(text: str, method: PaymentMethod) -> str:
    sender = collectors.sender(KINDS[method.kind], method.collector)
    text = text.replace("{fee}", f"{method.fee:,}").replace(DAYS, f"{method.days_to_pay}")
    return text.replace(SENDER, sender).replace("{means}", _ways_to_pay())


def _ways_to_pay() -> str:
    names = [localized(one, "name") for one in pay_later_options.on_offer(clock.today())]
    return (", " if locale() == "en" else "・").join(names)
