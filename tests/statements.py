"""What is asked of the database."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from storefront.core.extensions import db
from storefront.sandbox import time
from storefront.testing.form_shopper import ADDRESS, QuickFormShopper, field_value

PAUSE = 40  # seconds: so long that each step also notes that the shopper is still there
BUDGETS = {  # performance.md §2
    **dict.fromkeys(("list", "search", "product"), 4),
    **dict.fromkeys(("input", "confirm", "code entry", "complete"), 6),
    **dict.fromkeys(("input refused", "input sent", "code asked for", "placed"), 15),
    **dict.fromkeys(("code wrong", "code sent again", "code right"), 15),
}
# Missed: three transactions, the try, the pass and the order, which reads anew. It must not grow.
# And by the caps on orders without a code: which slots are free, and taking them.
BEYOND = {"code right": 21, "placed": 17}
AROUND = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")  # what begins and ends transactions


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The shop's own statements meanwhile, without those of the sandbox and around them all."""
    asked: list[str] = []

    def hear(*heard: Any) -> None:
        _connection, _cursor, statement, _parameters, context, _many = heard
        is_sandbox = "sandbox_" in statement or context.execution_options.get("of_sandbox")
        if not statement.startswith(AROUND) and not is_sandbox:
            asked.append(re.sub(r"\s+", " ", statement))

    with app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", hear)
    yield asked
    sa.event.remove(engine, "before_cursor_execute", hear)


class Counted:
    """A shopper with three lines in the cart, each of whose steps is counted."""

    def __init__(self, app: Flask, **headers: str) -> None:
        self.app = app
        self.headers = headers
        self.shopper = QuickFormShopper(app.test_client())
        self.asked: dict[str, list[str]] = {}
        for goods in ("yunomi", "uji-sencha", "hojicha"):
            self.shopper.put_in(goods)

    def get(self, step: str, path: str) -> TestResponse:
        return self.count(step, lambda: self.shopper.get(path, **self.headers), 200)

    def post(self, step: str, path: str, typed: dict[str, str], status: int = 303) -> TestResponse:
        fields = {"csrf_token": self.shopper.token(), **typed}
        client, headers = self.shopper.client, self.headers
        return self.count(step, lambda: client.post(path, data=fields, headers=headers), status)

    def count(self, step: str, act: Callable[[], TestResponse], status: int) -> TestResponse:
        time.advance(PAUSE)
        with statements(self.app) as asked:
            answer = act()
        assert answer.status_code == status, answer.text
        self.asked[step] = asked
        return answer

    def browse(self) -> "Counted":
        self.get("list", "/categories/tea")
        self.get("search", "/search?q=お茶")
        self.get("product", "/products/yunomi")
        return self

    def to_confirmation(self, payment: str) -> str:
        self.get("input", "/checkout")
        self.post("input refused", "/checkout", {**ADDRESS, "name": ""}, 422)
        self.post("input sent", "/checkout", {**ADDRESS, "payment": payment})
        page = self.get("confirm", "/checkout/confirm").text
        return field_value(page, "confirmation_key")

    def buy_with_code(self) -> "Counted":
        key = self.to_confirmation("kuroneko_smartphone")
        self.post("code asked for", "/checkout/confirm", {"confirmation_key": key})
        self.shopper.get("/checkout/sms/status")  # the sandbox reports what became of the text
        self.get("code entry", "/checkout/sms")
        self.post("code wrong", "/checkout/sms", {"code": "9999"}, 422)
        self.post("code sent again", "/checkout/sms/resend", {})
        self.shopper.get("/checkout/sms/status")
        path = self.post("code right", "/checkout/sms", {"code": "1234"}).location
        self.get("complete", path)
        return self

    def buy_without_code(self) -> "Counted":
        key = self.to_confirmation("cod")
        self.post("placed", "/checkout/confirm", {"confirmation_key": key})
        return self
