"""Testing the connection to Yamato by enquiring about an order that does not exist: nothing changes
there."""

from enum import StrEnum

import sqlalchemy as sa

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.payments.models import YamatoConnection
from storefront.providers.yamato.account.session import NotConnected, Yamato, yamato
from storefront.providers.yamato.protocol.exceptions import NoAnswer, NotAsked, Refused

NOBODYS = "CONNECTION-CHECK"  # a number that no order ever has
UNKNOWN_ORDER = "kaast008e"  # so the merchant code and the password were right
STRANGER = {"kaast002e", "kaast003e", "kaast004e"}
UNPROVEN = {"kaast012e", "kaast013e"}
NOT_USABLE = "kaast015e"


class End(StrEnum):
    """What the test found; wording.end has the sentence for each."""

    GOOD = "good"
    STRANGER = "stranger"  # no such merchant code
    NOT_PROVEN = "not-proven"  # the password is another
    NOT_USABLE = "not-usable"  # the contract is not open for use
    REFUSED = "refused"
    SILENT = "silent"
    NOT_CONNECTED = "not-connected"


def try_connection() -> End:
    """Enquire once, and keep what was found and when beside the contract."""
    line = yamato()
    end = End.NOT_CONNECTED if line is None else _ask(line)
    with transaction():
        tried = sa.update(YamatoConnection).values(checked_at=clock.now(), check_end=end)
        db.session.execute(tried)
    return end


def _ask(line: Yamato) -> End:
    try:
        line.client().status(NOBODYS)
    except NotConnected:
        return End.NOT_CONNECTED
    except (NotAsked, NoAnswer):
        return End.SILENT
    except Refused as refused:
        return end_of(refused.code)
    return End.GOOD


def end_of(error_code: str) -> End:
    """What an error code of KAARS0010 says about the contract: that the order is unknown means that
    the contract is good."""
    code = error_code.lower()
    known = {
        UNKNOWN_ORDER: End.GOOD,
        NOT_USABLE: End.NOT_USABLE,
        **dict.fromkeys(STRANGER, End.STRANGER),
        **dict.fromkeys(UNPROVEN, End.NOT_PROVEN),
    }
    return known.get(code, End.REFUSED)
