"""A buyer as a browser is one: a warm connection, cookies, compressed answers."""

import time
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from urllib3 import HTTPConnectionPool

from storefront.testing.form_shopper import ADDRESS, field_value

FORM = "application/x-www-form-urlencoded"


class Buyer:
    """Buys a tea cup from product to completion; seconds holds the time of each answer."""

    def __init__(self, url: str, wait: Callable[[], object] = lambda: None) -> None:
        self.line = HTTPConnectionPool("127.0.0.1", urlsplit(url).port, maxsize=1)
        self.wait = wait  # before each step
        self.path = ""  # where the last step led
        self.cookies = SimpleCookie()
        self.seconds: list[float] = []

    def buy(self) -> None:
        for _station in self.stations():
            pass

    def stations(self) -> Iterator[tuple[str, str]]:
        """Name and path of each screen on the way, when it is reached."""
        product = self.get("/products/yunomi")
        token = {"csrf_token": field_value(product, "csrf_token")}
        self.send("/cart/items", {**token, "product": "yunomi", "quantity": "1"})
        yield "cart", "/cart"
        self.get("/checkout")
        yield "order input", "/checkout"
        answers = {**ADDRESS, "payment": "kuroneko_smartphone"}
        confirmation = self.send("/checkout", {**token, **answers})
        yield "confirmation", "/checkout/confirm"
        key = {"confirmation_key": field_value(confirmation, "confirmation_key")}
        self.send("/checkout/confirm", {**token, **key})
        yield "code entry", "/checkout/sms"
        self.send("/checkout/sms", {**token, "code": "1234"})
        yield "completion", self.path

    def weigh(self, path: str, **headers: str) -> int:
        """Bytes of an answer as they go over the line."""
        asked = {"Accept-Encoding": "br", "Cookie": self.cookie, **headers}
        answer = self.line.request("GET", path, headers=asked, decode_content=False)
        return len(answer.data)

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())

    def get(self, path: str) -> str:
        status, text = self._ask("GET", path)
        assert status == 200, (path, status)
        return text

    def send(self, path: str, fields: dict[str, str]) -> str:
        """Post a form, and follow to where it leads."""
        status, text = self._ask("POST", path, urlencode(fields))
        assert status == 303, (path, status, text)
        return self.get(text)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        """Status and page, or where a redirect leads."""
        self.wait()
        self.path = path
        headers = {"Accept-Encoding": "br", "Cookie": self.cookie, "Content-Type": FORM}
        begun = time.perf_counter()
        answer = self.line.request(method, path, body=body, headers=headers, redirect=False)
        self.seconds.append(time.perf_counter() - begun)
        for cookie in answer.headers.getlist("Set-Cookie"):
            self.cookies.load(cookie)
        return answer.status, answer.headers.get("Location") or answer.data.decode()
