"""The judgement notice: unsigned, so it says no more than that it is time to enquire."""

from collections.abc import Mapping

import structlog

from storefront.providers.yamato.account.account import connection
from storefront.providers.yamato.account.session import yamato
from storefront.providers.yamato.credit import attempts, inquiry, late_refusals
from storefront.providers.yamato.credit.attempts import OPEN
from storefront.providers.yamato.protocol.transport import SHOPPERS

log = structlog.get_logger(__name__)


def hear(form: Mapping[str, str]) -> None:
    """Enquire about the attempt that a judgement notice names, where its outcome is still open.

    The notice itself is not believed; a placed order or an ended checkout is left as it is.
    """
    line, known = yamato(), connection()
    if line is None or known is None or form.get("ycfStrNo") != known.merchant_code:
        return
    attempt = attempts.find(form.get("juchuNo", "")[:20])
    if attempt is None or attempt.state not in OPEN:
        return
    learned = inquiry.ask(attempt, line, SHOPPERS, is_called=True)
    late_refusals.see_to(attempt, learned)
    log.info("yamato_judgement_noticed", reference=attempt.order_number, learned=learned)
