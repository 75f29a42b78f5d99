"""Nobody learns from the shop who has bought here before."""

import re
import time
from dataclasses import dataclass, field
from statistics import median

from werkzeug.test import TestResponse

from storefront.testing.form_shopper import FormShopper
from tests.proofs.plugin import Report
from tests.proofs.scale import times
from tests.proofs.shop import RunningShop

LENGTH_OR_DATE = {"content-length", "date"}
# what differs from one visit to the next, whoever comes
MASKS = (
    (re.compile(r'(name="(?:csrf_token|confirmation_key)" value=")[^"]*'), r"\1…"),
    (re.compile(r'datetime="[^"]*"'), 'datetime="…"'),
    (re.compile(r"\d\d?:\d\d(?::\d\d)?"), "…:…"),
    (re.compile(r"あと\d+秒|in \d+ seconds?"), "あと…秒"),
    (re.compile(r"[23456789A-HJKMNP-Z]{4}-[23456789A-HJKMNP-Z]{4}"), "NUMBER"),
    (re.compile(r"/orders/[\w-]{43}"), "/orders/TOKEN"),
)


@dataclass
class Visit:
    """What a stranger sees who gives a phone number, and how long the press took."""

    phone: str
    seen: list[tuple[str, int, dict[str, str], str]] = field(default_factory=list)
    seconds: float = 0.0

    def note(self, what: str, answer: TestResponse) -> None:
        headers = {name.lower(): self._masked(value) for name, value in answer.headers}
        cookies = [one.split("=")[0] for one in answer.headers.getlist("Set-Cookie")]
        headers["set-cookie"] = ",".join(cookies)
        kept = {name: value for name, value in headers.items() if name not in LENGTH_OR_DATE}
        self.seen.append((what, answer.status_code, kept, self._masked(answer.text)))

    def _masked(self, text: str) -> str:
        for written in (self.phone, self.phone.replace("-", "")):
            text = text.replace(written, "PHONE")
        for pattern, mask in MASKS:
            text = pattern.sub(mask, text)
        return text


def test_a_known_phone_is_answered_like_an_unknown_one(
    lasting_shop: RunningShop, figure: Report
) -> None:
    pairs, known, unknown = times(3, 200), [], []

    for nth in range(pairs):
        if nth % 25 == 0:  # before the shelf is empty
            lasting_shop.reset()
        phone = f"080-1{nth:03}-5678"
        buy(lasting_shop, phone)
        known.append(visit(lasting_shop.shopper(), phone))
        unknown.append(visit(lasting_shop.shopper(), f"080-2{nth:03}-5678"))

    for one, other in zip(known, unknown, strict=True):
        assert one.seen == other.seen
    apart = median(one.seconds for one in known) - median(one.seconds for one in unknown)
    figure(
        "a phone that bought here and one that never did: same status, headers and bytes, "
        "tokens masked",
        f"{pairs} pairs, {len(known[0].seen)} answers each: all the same; "
        f"medians of the press {abs(apart) * 1000:.1f} ms apart",
    )


def buy(shop: RunningShop, phone: str) -> None:
    """By a code to this phone: whatever a shop could remember of it, it could now."""
    buyer = shop.shopper().put_in("uji-sencha").answer(tel=phone)
    buyer.press_confirm()
    digits = phone.replace("-", "")
    [text] = buyer.get(f"/sandbox/phone.json?to={digits}").json or []
    placed = buyer.guess(text["text"].rsplit("#", 1)[1])
    assert "/orders/" in placed.headers["Location"]


def visit(shopper: FormShopper, phone: str) -> Visit:
    seen = Visit(phone)
    shopper.put_in("hojicha").answer(tel=phone)
    seen.note("answers", shopper.last)
    seen.note("confirmation", shopper.get("/checkout/confirm"))
    begun = time.perf_counter()
    seen.note("press", shopper.press_confirm())
    seen.seconds = time.perf_counter() - begun
    assert shopper.last.headers["Location"] == "/checkout/sms"
    for path in ("/checkout/sms", "/checkout/sms/status", "/checkout?edit=customer"):
        seen.note(path, shopper.get(path))
    for code in ("no code", "000"):
        seen.note(code, shopper.guess(code))
    seen.note("resend", shopper.post("/checkout/sms/resend"))
    wrong = {"number": "7KQ2-M9XD", "email": f"{phone.replace('-', '')}@example.com"}
    seen.note("find", shopper.post("/orders/find", wrong))
    return seen
