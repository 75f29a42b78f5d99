"""A method's own texts as a shopper reads them, with the fee and the ways to pay of that day."""

from storefront import clock
from storefront.i18n import locale, localized
from storefront.payments import means
from storefront.payments.models import PaymentMethod


def payment_time(method: PaymentMethod) -> str:
    """Legal item ③."""
    return _filled_in(localized(method, "payment_time"), method)


def instructions(method: PaymentMethod) -> str:
    """What to do after the order is placed."""
    return _filled_in(localized(method, "instructions"), method)


def _filled_in(text: str, method: PaymentMethod) -> str:
    return text.replace("{fee}", f"{method.fee:,}").replace("{means}", _ways_to_pay())


def _ways_to_pay() -> str:
    names = [localized(one, "name") for one in means.on_offer(clock.today())]
    return (", " if locale() == "en" else "・").join(names)
