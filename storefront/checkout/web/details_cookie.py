"""Which saved details are this browser's: kept with a tick, used at the next order, forgotten."""

from typing import Any

from storefront.checkout import saved_details
from storefront.orders.details import OrderDetails
from storefront.web.cookies import SignedCookie

COOKIE = SignedCookie("details", int(saved_details.KEPT.total_seconds()))


def is_there() -> bool:
    """Whether this browser has saved details."""
    return COOKIE.read() is not None


def keep(answers: OrderDetails) -> None:
    """Save the answers for this browser."""
    COOKIE.write(saved_details.keep(COOKIE.read(), answers))


def use() -> dict[str, Any] | None:
    """The form as this browser's details fill it in; None where it has none."""
    saved_id = COOKIE.read()
    if saved_id is None:
        return None
    details = saved_details.use(saved_id)
    if details is None:
        COOKIE.delete()
        return None
    COOKIE.write(saved_id)
    return {**details, "save_details": True}


def follow(is_wished: bool, answers: OrderDetails) -> None:
    """Save the answers or forget what is saved, as the box of the form is ticked."""
    if is_wished:
        keep(answers)
    else:
        forget()


def renew(answers: OrderDetails) -> None:
    """Save the answers where some are saved."""
    if is_there():
        keep(answers)


def forget() -> None:
    """Delete this browser's details and its cookie."""
    if saved_id := COOKIE.read():
        saved_details.forget(saved_id)
        COOKIE.delete()
