"""Requests nobody well-meaning sends, made from the shop's own addresses and a seed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import quote_from_bytes, quote_plus

from werkzeug.routing import Map, Rule

from storefront.testing.form_shopper import ADDRESS
from tests.cookies import full_name
from tests.proofs import corpus
from tests.proofs.standings import Holding

GOOD: dict[str, bytes] = {
    **{name: value.encode() for name, value in ADDRESS.items()},
    "product": b"yunomi",
    "variant_1": b"S",
    "variant_2": b"",
    "quantity": b"1",
    "payment": b"cod",
    "sms_tel": b"",
    "note": "置き配でお願いします".encode(),
    "code": b"1234",
    "number": b"7KQ2-M9XD",
    "press": b"60",
    "switch": b"1",
    "town": "丸の内".encode(),
    "MessageStatus": b"delivered",
    "MessageSid": b"1",
    "q": "茶".encode(),
    "page": b"1",
    "to": b"09000000000",
    "edit": b"delivery",
    **{f"ship_{name}": ADDRESS[name].encode() for name in ("name", "postal_code", "prefecture")},
}
GOOD_PARTS = ("yunomi", "indigo-tote", "indigo-tote-s", "tea", "email", "tel", "postal_code")
ONE_MB = 1_000_000
UNREAD = 100_000  # from here a server may hang up in the middle of a body it does not want


@dataclass(frozen=True)
class Attack:
    """The bytes of one request; is_http when any server must answer it."""

    raw: bytes
    is_http: bool = True
    method: str = "GET"


class Attacker:
    """Makes requests for a shop at a host, often with what a real shopper holds."""

    def __init__(self, random: Random, addresses: Map, host: str) -> None:
        self.random = random
        self.rules: Sequence[Rule] = list(addresses.iter_rules())
        self.host = host.encode()
        self.port = int(host.rpartition(":")[2])

    def attack(self, holding: Holding) -> Attack:
        rule = self.random.choice(self.rules)
        method = self._method(rule)
        target = self._target(rule, holding)
        headers = [(b"Host", self._host()), *self._cookies(holding), *self._headers()]
        content = b""
        if method not in {"GET", "HEAD"} or self._sometimes(0.02):
            kind, content = self._body(holding)
            headers.append((b"Content-Type", kind))
        head = b"%s %s HTTP/1.1\r\n" % (method.encode(), target)
        lines = b"".join(b"%s: %s\r\n" % pair for pair in headers)
        if self._sometimes(0.02):
            return Attack(head + lines + self._odd_framing(content), is_http=False, method=method)
        framing = b"Content-Length: %d\r\n\r\n" % len(content)
        is_answered = len(content) < UNREAD
        is_http = is_answered and not any(_is_no_header(value) for _name, value in headers)
        return Attack(head + lines + framing + content, is_http, method)

    def _sometimes(self, share: float) -> bool:
        return self.random.random() < share

    def _text(self) -> bytes:
        return self.random.choice(corpus.TEXTS)

    def _method(self, rule: Rule) -> str:
        usual = sorted((rule.methods or {"GET"}) - {"OPTIONS", "HEAD"})
        return self.random.choice(corpus.METHODS if self._sometimes(0.15) else usual)

    def _target(self, rule: Rule, holding: Holding) -> bytes:
        path = "/en" * self._sometimes(0.3) + rule.rule
        for name in rule.arguments:
            path = path.replace(f"<{name}>", self._part(holding))
        path += self.random.choice(("/", "//", "/..", "%00", ";a", ".json")) * self._sometimes(0.04)
        pairs = [self._pair(holding) for _ in range(self.random.choice((0, 0, 1, 2)))]
        query = b"&".join(b"%s=%s" % (_quoted(name), _quoted(value)) for name, value in pairs)
        return path.encode() + (b"?" + query if query else b"")

    def _part(self, holding: Holding) -> str:
        if self._sometimes(0.5):
            return self.random.choice((*GOOD_PARTS, holding.order or "none"))
        return quote_from_bytes(self._text()[:2_000], safe="") or "%20"

    def _pair(self, holding: Holding) -> tuple[bytes, bytes]:
        names = [*GOOD, "confirmation_key", "csrf_token"]
        name = self.random.choice(names).encode() if self._sometimes(0.9) else self._text()[:200]
        return name, self._text()[:4_000]

    def _host(self) -> bytes:
        return self.random.choice(corpus.HOSTS) if self._sometimes(0.02) else self.host

    def _headers(self) -> list[tuple[bytes, bytes]]:
        count = self.random.choice((0, 0, 1, 3))
        found = [self.random.choice(corpus.HEADERS) for _ in range(count)]
        return [(name.encode(), value) for name, value in found]

    def _cookies(self, holding: Holding) -> list[tuple[bytes, bytes]]:
        kept = {name: value.encode() for name, value in holding.cookies.items()}
        if self._sometimes(0.2):
            name = full_name(self.random.choice(("session", "cart", "checkout")), self.port)
            kept[name] = self._spoilt(kept.get(name, b"c:none.signature"))
        if not kept or self._sometimes(0.05):
            return []
        return [(b"Cookie", b"; ".join(b"%s=%s" % (name.encode(), v) for name, v in kept.items()))]

    def _spoilt(self, value: bytes) -> bytes:
        """Cut short, changed, or something else altogether."""
        place = self.random.randrange(len(value) + 1)
        text = self._text().translate(None, b"\r\n\x00;")
        return self.random.choice(
            (value[:place], value[:place] + b"!" + value[place:], text[:8_000])
        )

    def _body(self, holding: Holding) -> tuple[bytes, bytes]:
        choice = self.random.random()
        fields = self._fields(holding)
        if choice < 0.60:
            return corpus.TYPES[0], _urlencoded(fields)
        if choice < 0.75:
            return b"multipart/form-data; boundary=x", _multipart(fields)
        if choice < 0.80:
            text = {name.decode("latin-1"): value.decode("latin-1") for name, value in fields}
            return b"application/json", json.dumps(text).encode()
        if choice < 0.93:
            return b"application/json", self.random.choice(corpus.BODIES)
        if choice < 0.99:
            return self.random.choice(corpus.TYPES), self._text()
        return corpus.TYPES[0], b"note=" + b"%E3" * (ONE_MB // 3)

    def _fields(self, holding: Holding) -> list[tuple[bytes, bytes]]:
        """A good form with a few things wrong with it: enough gets past the token and the guard."""
        fields = [(name.encode(), value) for name, value in GOOD.items() if self._sometimes(0.95)]
        fields += [(b"csrf_token", holding.token.encode())] * self._sometimes(0.9)
        fields += [(b"confirmation_key", holding.key.encode())] * self._sometimes(0.7)
        for _ in range(self.random.choice((0, 1, 1, 2, 5))):
            fields.insert(self.random.randrange(len(fields) + 1), self._pair(holding))
        if self._sometimes(0.05):
            fields *= self.random.choice((2, 20))
        return fields

    def _odd_framing(self, content: bytes) -> bytes:
        size = len(content)
        return self.random.choice(
            (
                b"Content-Length: %d\r\n\r\n" % (size + 100) + content,
                b"Content-Length: -1\r\n\r\n" + content,
                b"Content-Length: 1e3\r\n\r\n" + content,
                b"Content-Length: %s\r\n\r\n" % (b"9" * 40) + content,
                b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + content,
                b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (size or 1, content),
                b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + content,
                b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n" + content,
                b"Transfer-Encoding: identity, chunked, \x0b\r\n\r\n" + content,
                b"X-Huge: %s\r\n\r\n" % (b"h" * 200_000),
                b"X-Null: a\x00b\r\n\r\n",
                b" X-Folded: a\r\n b\r\n\r\n",
                b": nameless\r\n\r\n",
                b"\r\n" * 50,
                b"",
            )
        )


def _is_no_header(value: bytes) -> bool:
    return any(byte < 32 or byte == 127 for byte in value)


def _quoted(value: bytes) -> bytes:
    return quote_plus(value).encode()


def _urlencoded(fields: Sequence[tuple[bytes, bytes]]) -> bytes:
    return b"&".join(b"%s=%s" % (_quoted(name), _quoted(value)) for name, value in fields)


def _multipart(fields: Sequence[tuple[bytes, bytes]]) -> bytes:
    part = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    files = (b"", b'; filename="a.txt"')
    parts = [part % (name, files[i % 17 == 16], value) for i, (name, value) in enumerate(fields)]
    return b"".join(parts) + b"--x--\r\n"
