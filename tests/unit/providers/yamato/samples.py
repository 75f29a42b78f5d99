"""Messages as the shop would send them, to vary."""

from datetime import date
from typing import Any

from storefront.providers.yamato.protocol.amendments import AmendedInvoice
from storefront.providers.yamato.protocol.encoding import Address
from storefront.providers.yamato.protocol.line_items import summary
from storefront.providers.yamato.protocol.messages import InvoiceDivision, Merchant
from storefront.providers.yamato.protocol.registration import Orderer, Recipient, Registration
from storefront.testing.specimen import NAME

PASSWORD = "pass1234"
MERCHANT = Merchant("12345678901", PASSWORD)
ORDER = "K7Q2M9XA-1"
PHONE = "09012345678"
ADDRESS = Address("東京都", "千代田区", "丸の内2-7-2", "さくら101")


def an_orderer(**changes: Any) -> Orderer:
    usual: dict[str, Any] = {
        "name": NAME,
        "postal_code": "100-0005",
        "address": ADDRESS,
        "phone": "090-1234-5678",
        "email": "taro@example.com",
        "kana": "ヤマダ タロウ",
    }
    return Orderer(**usual | changes)


def a_recipient(**changes: Any) -> Recipient:
    address = Address("大阪府", "大阪市", "本町1-2")
    usual: dict[str, Any] = {"name": "佐藤花子", "postal_code": "5410053", "address": address}
    return Recipient(**usual | changes)


def a_registration(**changes: Any) -> Registration:
    usual: dict[str, Any] = {
        "order_number": ORDER,
        "order_day": date(2026, 11, 25),
        "ship_day": date(2026, 11, 28),
        "orderer": an_orderer(),
        "total": 4136,
        "lines": summary("お買い上げ品一式", 4136),
    }
    return Registration(**usual | changes)


def an_invoice(**changes: Any) -> AmendedInvoice:
    usual: dict[str, Any] = {
        "ship_day": date(2026, 11, 28),
        "division": InvoiceDivision.SMARTPHONE,
        "postal_code": "1000005",
        "address": ADDRESS,
        "total": 3000,
        "lines": summary("お買い上げ品一式", 3000),
    }
    return AmendedInvoice(**usual | changes)
