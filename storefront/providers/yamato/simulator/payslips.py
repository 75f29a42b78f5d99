"""KAASD0010: the data to print on a payslip that lies in the parcel."""

from storefront.core import clock
from storefront.core.extensions import transaction
from storefront.providers.yamato.simulator import records
from storefront.providers.yamato.simulator.alarms import BUNDLED
from storefront.providers.yamato.simulator.answers import Answer, Refused
from storefront.providers.yamato.simulator.checks import Fields
from storefront.providers.yamato.simulator.fields import LINES
from storefront.providers.yamato.simulator.invoices import due_date
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.providers.yamato.simulator.states import Call, answered
from storefront.providers.yamato.simulator.terms import Terms

AS_SENT = ("postCode", "address1", "address2", "name", "telNum", "email", "billPostCode")
OF_A_LINE = ("itemName", "itemCount", "unitPrice", "subTotal")


def print_data(fields: Fields, terms: Terms) -> Answer:
    """The data; error where the order's payslip is not in the parcel. Fetching it ends the warning
    NOT_PRINTED."""
    with transaction():
        record = records.asked(fields)
        if record.division != BUNDLED:
            raise Refused("010")
        answered(records.standing(record), Call.PRINT)
        record.printed_at = clock.now()
    lines = [f"{name}{line}" for line in LINES for name in OF_A_LINE]
    sent = records.only(record.sent, (*AS_SENT, *lines))
    return Answer(parts={**sent, **_of_the_shop(record, terms), **_slip(record)})


def _of_the_shop(record: CreditRecord, terms: Terms) -> dict[str, str]:
    return {
        "buyStore": terms.shop,
        "hpAddress": f"https://{terms.host}/",
        "memberName": terms.shop,
        "orderDate": record.sent["orderYmd"],
        "buyerName": record.sent["name"],
        "buyName": record.sent["itemName1"],
    }


def _slip(record: CreditRecord) -> dict[str, str]:
    """What the counter of a convenience store reads; numbers of no real account."""
    number = f"{record.id:013}"
    return {
        "claimDate": f"{clock.today():%Y%m%d}",
        "claimSum": str(record.amount),
        "maturity": f"{due_date(clock.today()):%Y%m%d}",
        "accountNo1": "00000",
        "accountNo2": "0000000",
        "recipient": "ヤマト運輸株式会社",
        "inquiryNo": number,
        "upperOcrCode": f"{number}{record.amount:06}",
        "lowerOcrCode": number,
        "barCode": f"91{number}{record.amount:06}",
    }
