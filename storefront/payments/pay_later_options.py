"""The ways to pay for a delivered order, and since when each of them is on offer."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Done(StrEnum):
    """How a way to pay goes on from the shop's page."""

    NUMBER = "number"  # a number and a bar code, paid at a store
    ACCOUNT = "account"  # a transfer to an account of this request's own
    HOSTED = "hosted"  # on the page of whoever takes the money


@dataclass(frozen=True)
class PayLaterOption:
    """fee in yen, tax included, is the shopper's."""

    code: str
    since: date
    done: Done
    name: str
    name_en: str
    hint: str
    hint_en: str
    fee: int = 0


START = date(2019, 6, 27)  # of the service, by the trade press
CARDS = date(2019, 10, 1)  # the press of June 2019 named October for these two

MEANS = (
    PayLaterOption(
        "cvs",
        START,
        Done.NUMBER,
        "コンビニ",
        "Convenience store",
        "払込番号またはバーコードで、店頭でお支払い",
        "Pay at the store with a number or a bar code",
    ),
    PayLaterOption(
        "bank",
        START,
        Done.ACCOUNT,
        "銀行振込",
        "Bank transfer",
        "このご注文専用の口座へお振込み(振込手数料はお客さまのご負担)",
        "Transfer to an account for this order (you bear the bank's fee)",
    ),
    PayLaterOption(
        "au",
        START,
        Done.HOSTED,
        "au かんたん決済",
        "au easy payment",
        "auのページでお手続き",
        "Continues on au's page",
    ),
    PayLaterOption(
        "card",
        CARDS,
        Done.HOSTED,
        "クレジットカード",
        "Credit card",
        "決済会社のページでカード番号を入力",
        "You enter your card on the payment provider's page",
    ),
    PayLaterOption(
        "kuroneko_pay",
        CARDS,
        Done.HOSTED,
        "クロネコペイ",
        "Kuroneko Pay",
        "クロネコペイのページでお手続き",
        "Continues on Kuroneko Pay's page",
    ),
)


def on_offer(day: date) -> list[PayLaterOption]:
    return [one for one in MEANS if one.since <= day]


def find(code: str, day: date) -> PayLaterOption | None:
    return next((one for one in on_offer(day) if one.code == code), None)
