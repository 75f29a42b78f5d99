"""Every call to Yamato, kept for the order it was about."""

from collections.abc import Mapping

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import SQLAlchemyError

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.core.tracebacks import traced
from storefront.providers.yamato.models import CreditAttempt, YamatoCall
from storefront.providers.yamato.protocol.messages import Api

log = structlog.get_logger(__name__)


def record(api: Api, order_number: str, masked_fields: Mapping[str, str], outcome: str) -> None:
    """Keep one call with its masked fields and its outcome. Never raises: what Yamato has done
    stays done, whether or not it could be written down."""
    call = YamatoCall(
        order_number=order_number,
        api=api,
        at=clock.now(),
        fields=dict(masked_fields),
        outcome=outcome[:120],
    )
    try:
        with transaction():
            db.session.add(call)
    except SQLAlchemyError as error:
        log.error("yamato_call_not_kept", api=api, reference=order_number, **traced(error))


def of_checkout(checkout_id: str) -> list[YamatoCall]:
    """The calls about all requests for credit of this checkout, oldest first."""
    attempts = sa.select(CreditAttempt.order_number).where(CreditAttempt.checkout_id == checkout_id)
    query = sa.select(YamatoCall).where(YamatoCall.order_number.in_(attempts))
    return list(db.session.scalars(query.order_by(YamatoCall.id)))


def of_order(number: str) -> list[YamatoCall]:
    """The calls about all attempts of one order, oldest first."""
    attempts = sa.select(CreditAttempt.order_number).where(CreditAttempt.base == number)
    query = sa.select(YamatoCall).where(YamatoCall.order_number.in_(attempts))
    return list(db.session.scalars(query.order_by(YamatoCall.id)))
