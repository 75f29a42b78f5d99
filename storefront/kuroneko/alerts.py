"""Telling the owner that Yamato finds fault with the shop itself, not with a shopper."""

import structlog

from storefront import clock
from storefront.extensions import transaction
from storefront.outbox import rows

log = structlog.get_logger(__name__)
ALERT = "yamato-alert"


def tell(error_code: str) -> None:
    """In the log each time, by mail once a day."""
    log.error("yamato_blames_the_shop", code=error_code[:12])
    with transaction():
        rows.add(ALERT, 0, tag=f"{clock.today():%Y%m%d}")
    rows.kick()
