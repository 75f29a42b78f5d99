"""A merchant who posts the document's fields to Yamato by hand, and reads the XML."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import requests
from defusedxml import ElementTree

MERCHANT = "12345678901"
PASSWORD = "abcd1234"
PHONE = "08012345678"
TIMEOUT = 20  # seconds
Elements = dict[str, str]

ORDER = {
    "ycfStrCode": MERCHANT,
    "orderNo": "A-1001-1",
    "orderYmd": "20261201",
    "shipYmd": "20261203",
    "name": "山田　太郎",
    "nameKana": "ﾔﾏﾀﾞ ﾀﾛｳ",
    "postCode": "100-0005",
    "address1": "東京都千代田区丸の内",
    "address2": "２－７－２",
    "telNum": PHONE,
    "email": "taro@example.com",
    "totalAmount": "4136",
    "sendDiv": "3",
    "itemName1": "お買い上げ商品",
    "subTotal1": "4136",
    "requestDate": "20261201120000",
    "password": PASSWORD,
}
ENQUIRY = {name: ORDER[name] for name in ("ycfStrCode", "orderNo", "requestDate", "password")}
REDUCED = {
    **{name: ORDER[name] for name in ("shipYmd", "postCode", "address1", "address2", "itemName1")},
    "sendDiv": "2",
    "totalAmount": "3000",
    "subTotal1": "3000",
}
REISSUED = {
    **{
        name: ORDER[name]
        for name in ("shipYmd", "postCode", "address1", "address2", "itemName1", "subTotal1")
    },
    "requestContents": "1",
    "reasonReissue": "2",
    "sendDiv": "0",
}


@dataclass
class Phone:
    """Keeps the texts that Yamato sends, newest last."""

    texts: list[tuple[str, str, int]] = field(default_factory=list)

    def take(self, to: str, words: str, seconds: int) -> None:
        self.texts.append((to, words, seconds))

    @property
    def code(self) -> str:
        return self.texts[-1][1].rsplit("#", 1)[1]


@dataclass(frozen=True)
class Merchant:
    """Every method posts one request; changes are fields, and None leaves one out."""

    url: str

    def post(self, api: str, fields: Mapping[str, str | None]) -> requests.Response:
        sent = {name: value for name, value in fields.items() if value is not None}
        return requests.post(f"{self.url}{api}APIAction_execute.action", sent, timeout=TIMEOUT)

    def ask(self, api: str, **changes: str | None) -> Elements:
        answer = self.post(api, {**ENQUIRY, **changes})
        assert answer.status_code == 200, answer.text
        root = ElementTree.fromstring(answer.content)
        assert root.tag == "return"
        return {child.tag: child.text or "" for child in root}

    def order(self, **changes: str | None) -> Elements:
        return self.ask("KAARA0010", **{**ORDER, **changes})

    def try_code(self, code: str, **changes: str | None) -> Elements:
        return self.ask("KAASA0020", ninCode=code, **changes)

    def credit(self, **changes: str | None) -> Elements:
        return self.ask("KAARS0010", **changes)

    def status(self, **changes: str | None) -> Elements:
        return self.ask("KAAST0010", **changes)

    def cancel(self, **changes: str | None) -> Elements:
        return self.ask("KAACL0010", **changes)

    def ship(self, slip: str | None, division: str = "0", **changes: str | None) -> Elements:
        return self.ask("KAASL0010", processDiv=division, paymentNo=slip, **changes)

    def reduce(self, **changes: str | None) -> Elements:
        return self.ask("KAAKK0010", **{**REDUCED, **changes})

    def reissue(self, **changes: str | None) -> Elements:
        return self.ask("KAARR0010", **{"requestDate": None, **REISSUED, **changes})

    def print_data(self, **changes: str | None) -> Elements:
        return self.ask("KAASD0010", **changes)


def error_of(answer: Elements) -> str:
    """The error's code; success has none, and what is refused has no result."""
    assert answer["returnCode"] == ("1" if answer["errorCode"] else "0")
    assert not (answer["errorCode"] and answer.get("result"))
    return answer["errorCode"]


def slip(number: int) -> str:
    """A slip of Yamato's: eleven digits and their remainder by 7."""
    return f"{number:011}{number % 7}"


def sandbox(ending: str) -> str:
    return f"0900000{ending}"
