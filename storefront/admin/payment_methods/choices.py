"""The choices in the forms of payment methods."""

from flask_babel import gettext as _

from storefront.payments.kinds import KINDS
from storefront.payments.models import PaymentMethod
from storefront.shop import profile

Choice = tuple[str, str, bool]  # value, words, whether it cannot be chosen


def kinds(known: list[PaymentMethod]) -> list[Choice]:
    """Kinds of payment methods; one that has room for a single method cannot be chosen once that is
    registered."""
    registered = {one.kind for one in known}
    return [
        _kind(code, is_taken=kind.is_single and code in registered) for code, kind in KINDS.items()
    ]


def _kind(code: str, is_taken: bool) -> Choice:
    name = KINDS[code].draft.name or code
    return (code, f"{name} {_('(登録済み)')}" if is_taken else name, is_taken)


def deliveries() -> list[tuple[str, str]]:
    """Codes and names of the shop's delivery methods, where there is more than one."""
    known = profile.shop().deliveries
    return [(one.code, one.name) for one in known] if len(known) > 1 else []
