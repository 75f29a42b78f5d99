"""What happens outside of calls, and the notice of a judgement."""

from collections.abc import Mapping
from datetime import date

import pytest
import sqlalchemy as sa

from storefront.core.extensions import db
from storefront.providers.yamato.simulator import events, notices
from storefront.providers.yamato.simulator.events import UnknownOrder
from storefront.providers.yamato.simulator.invoices import Bill
from storefront.providers.yamato.simulator.models import CreditRecord
from storefront.providers.yamato.simulator.states import Impossible
from tests.unit.providers.yamato.simulator.merchant import (
    MERCHANT,
    PHONE,
    Merchant,
    Phone,
    sandbox,
    slip,
)
from tests.unit.verification.stand_ins import StillClock

NUMBER = "A-1001-1"


def record() -> CreditRecord:
    db.session.rollback()
    found = db.session.scalars(sa.select(CreditRecord)).one()
    db.session.refresh(found)
    return found


def status(merchant: Merchant) -> str:
    return merchant.status()["result"]


def test_an_order_goes_its_way_from_code_to_payment(
    merchant: Merchant, phone: Phone, still: StillClock
) -> None:
    merchant.order()
    seen = [status(merchant)]
    merchant.try_code(phone.code)
    seen.append(status(merchant))
    merchant.ship(slip(1))
    seen.append(status(merchant))
    for happens in (events.deliver, events.bill, events.pay):
        still.forward(60)
        happens(MERCHANT, NUMBER)
        seen.append(status(merchant))

    assert seen == ["30", "1", "3", "10", "11", "12"]
    assert list(record().dates) == [
        "paid",
        "billed",
        "sales",
        "slip",
        "approved",
        "wait_sms",
    ]
    assert record().dates["paid"] == "2026-12-01T03:03:00+00:00"


def test_a_bill_says_whom_how_much_and_until_when(merchant: Merchant) -> None:
    merchant.order(sendDiv="0", telNum="080-1234-5678")
    merchant.ship(slip(1))
    merchant.reduce()
    events.deliver(MERCHANT, NUMBER)

    bill = events.bill(MERCHANT, NUMBER)

    assert bill == Bill(
        PHONE,
        "taro@example.com",
        3000,
        date(2026, 12, 15),
        text_arrives=True,
        is_paid_today=False,
    )


def test_news_that_comes_twice_changes_nothing(merchant: Merchant, still: StillClock) -> None:
    merchant.order(sendDiv="0")
    merchant.ship(slip(1))
    events.deliver(MERCHANT, NUMBER)
    before = record().dates
    still.forward(60)

    events.deliver(MERCHANT, NUMBER)

    assert (record().dates, record().state) == (before, "sales")


def test_a_parcel_without_a_slip_is_not_delivered(merchant: Merchant) -> None:
    merchant.order(sendDiv="0")

    with pytest.raises(Impossible):
        events.deliver(MERCHANT, NUMBER)

    assert status(merchant) == "1"


@pytest.mark.parametrize(
    "happens",
    [
        events.approve,
        events.refuse,
        events.lose_text,
        events.expire,
        events.deliver,
        events.bill,
        events.pay,
    ],
)
def test_nothing_happens_to_an_unknown_order(merchant: Merchant, happens: object) -> None:
    assert callable(happens)

    with pytest.raises(UnknownOrder):
        happens(MERCHANT, NUMBER)


def test_an_expired_code_is_no_code_any_more(merchant: Merchant, phone: Phone) -> None:
    merchant.order()

    events.expire(MERCHANT, NUMBER)

    assert merchant.try_code(phone.code)["result"] == "3"
    assert record().code is None


def test_codes_whose_time_is_over_are_swept_once(
    merchant: Merchant, phone: Phone, still: StillClock
) -> None:
    merchant.order()
    merchant.try_code(phone.code)
    merchant.order(orderNo="A-2")
    still.forward(90)
    merchant.order(orderNo="A-3")
    still.forward(90)

    first, second = events.expire_due(), events.expire_due()

    assert first == [(MERCHANT, "A-2")]
    assert second == []
    assert merchant.status(orderNo="A-2")["result"] == "31"
    assert merchant.status(orderNo="A-3")["result"] == "30"


def test_a_lost_text_is_found_out_once(merchant: Merchant, still: StillClock) -> None:
    merchant.order(telNum=sandbox("0003"))
    assert events.lose_due() == []
    still.forward(2)

    first, second = events.lose_due(), events.lose_due()

    assert (first, second) == ([(MERCHANT, NUMBER)], [])
    assert record().state == "sms_ng"


def test_a_text_whose_code_is_over_is_not_looked_for(merchant: Merchant, still: StillClock) -> None:
    merchant.order(telNum=sandbox("0003"))
    still.forward(180)

    assert (events.lose_due(), events.expire_due()) == ([], [(MERCHANT, NUMBER)])


# The notice


def notice(*, is_good: bool) -> Mapping[str, str]:
    pushed: list[Mapping[str, str]] = []
    notices.notify(MERCHANT, NUMBER, is_good=is_good, push=pushed.append)
    [fields] = pushed
    return fields


@pytest.mark.parametrize(("is_good", "credit", "verdict"), [(True, "0", "0"), (False, "1", "1")])
def test_a_notice_of_a_code_fills_the_codes_field(
    merchant: Merchant, is_good: bool, credit: str, verdict: str
) -> None:
    merchant.order(telNum="080-1234-5678")

    assert notice(is_good=is_good) == {
        "ycfStrNo": MERCHANT,
        "juchuNo": NUMBER,
        "keitaiNo": PHONE,
        "giftKb": "3",
        "snsKk": credit,
        "smsNinKk": verdict,
        "smsYuuKk": "",
    }


def test_a_notice_of_a_renewal_fills_the_other_field(merchant: Merchant) -> None:
    merchant.order(sendDiv="4")

    fields = notice(is_good=True)

    assert (fields["giftKb"], fields["smsNinKk"], fields["smsYuuKk"]) == ("4", "", "0")


def test_a_bad_notice_repeats_why_credit_was_refused(merchant: Merchant) -> None:
    merchant.order(telNum="09000000022")

    assert notice(is_good=False)["snsKk"] == "2"


def test_a_notice_changes_nothing_by_itself(merchant: Merchant) -> None:
    merchant.order()

    notice(is_good=True)
    notice(is_good=False)

    assert status(merchant) == "30"


def test_nobody_is_told_of_an_unknown_order(merchant: Merchant) -> None:
    with pytest.raises(UnknownOrder):
        notice(is_good=True)
