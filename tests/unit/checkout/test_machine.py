"""A shopper who does anything in any order: whatever happens, the books are right."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from werkzeug.test import TestResponse

from storefront.sandbox.phone import phone as sandbox_phone
from storefront.testing.form_shopper import ADDRESS, FormShopper, field_value
from tests import invariants
from tests.conftest import MakeApp
from tests.cookies import keep, value_in
from tests.proofs.grounds import VERIFIERS, on_both_verifiers
from tests.proofs.plugin import Report
from tests.proofs.scale import IS_FULL, times

pytestmark = [pytest.mark.web, pytest.mark.proof, on_both_verifiers]

WALKS, STEPS = times(12, 200), times(15, 60)
COUNTS = settings(
    max_examples=WALKS,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    derandomize=not IS_FULL,
    suppress_health_check=list(HealthCheck),
)

SKUS = ["yunomi", "uji-sencha", "matcha-bowl", "chasen"]
METHODS = ["kuroneko_smartphone", "cod", "bank_transfer"]
ENDINGS = ["0000", "0001", "0002", "0003", "0004", "0006", "0007", "0020", "0021", "0023", "0040"]
PHONES = [*(f"0900000{ending}" for ending in ENDINGS), "08012345678", "0312345678"]
TEXTED = [f"0900000{ending}" for ending in ("0000", "0001", "0003", "0006", "0040")]
PATHS = ["", "/confirm", "/confirm/status", "/sms", "/sms/status", "?switch=1", "/address"]


class Checkout(RuleBasedStateMachine):
    """Every rule is something a shopper, or a stale tab, may send."""

    app: Flask

    @initialize()
    def open_the_shop(self) -> None:
        client = self.app.test_client()
        assert client.post("/sandbox/reset", json={"seed": 1}).status_code == 200
        self.shopper = FormShopper(client)
        self.token = self.shopper.token()
        self.keys = ["0" * 32]
        self.tabs = [("/checkout/sms", dict[str, str](code="1234"), "")]
        with self.app.app_context():
            self.stock = invariants.stock()

    def see(self, answer: TestResponse) -> TestResponse:
        assert answer.status_code < 500, answer.text
        return answer

    def get(self, path: str) -> TestResponse:
        return self.see(self.shopper.client.get(path))

    def post(self, path: str, **fields: str) -> TestResponse:
        """Send it, and keep the tab that sent it for later."""
        self.tabs.append((path, fields, value_in(self.shopper.client, "checkout")))
        data = {"csrf_token": self.token, **fields}
        return self.see(self.shopper.client.post(path, data=data))

    @rule(sku=st.sampled_from(SKUS), quantity=st.integers(1, 3))
    def put_in(self, sku: str, quantity: int) -> None:
        self.post("/cart/items", product=sku, quantity=str(quantity))

    @rule(sku=st.sampled_from(SKUS), quantity=st.integers(0, 4))
    def change_quantity(self, sku: str, quantity: int) -> None:
        self.post(f"/cart/items/{sku}", quantity=str(quantity))

    @rule()
    def empty_the_cart(self) -> None:
        for sku in SKUS:
            self.post(f"/cart/items/{sku}", quantity="0")

    @rule(payment=st.sampled_from(METHODS), tel=st.sampled_from(PHONES))
    def answer(self, payment: str, tel: str) -> None:
        self.get("/checkout")
        self.post("/checkout", **{**ADDRESS, "payment": payment, "tel": tel})

    @rule(payment=st.sampled_from(METHODS), tel=st.sampled_from(PHONES))
    def buy_in_one_go(self, payment: str, tel: str) -> None:
        self.put_in("yunomi", 1)
        self.answer(payment, tel)
        self.press_confirm()
        self.guess("right")

    @rule(tel=st.sampled_from(TEXTED))
    def ask_for_a_code(self, tel: str) -> None:
        self.put_in("yunomi", 1)
        self.answer("kuroneko_smartphone", tel)
        self.press_confirm()

    @rule(times=st.sampled_from([1, 3]))
    def guess_wrong(self, times: int) -> None:
        for _ in range(times):
            self.guess("wrong")

    @rule(seconds=st.sampled_from([30, 60, 601]))
    def wait_and_resend(self, seconds: int) -> None:
        self.wait(seconds)
        self.resend()

    @rule()
    def press_confirm(self) -> None:
        screen = self.get("/checkout/confirm")
        if screen.status_code == 200 and 'name="confirmation_key"' in screen.text:
            key = field_value(screen.text, "confirmation_key")
            self.keys.append(key)
            self.post("/checkout/confirm", confirmation_key=key)

    @rule(which=st.integers(0, 100))
    def press_an_old_key(self, which: int) -> None:
        self.post("/checkout/confirm", confirmation_key=self.keys[which % len(self.keys)])

    @rule(kind=st.sampled_from(["right", "right", "wrong", "malformed"]))
    def guess(self, kind: str) -> None:
        codes = {"right": self.right_code(), "wrong": "9999", "malformed": "12a"}
        self.post("/checkout/sms", code=codes[kind])

    def right_code(self) -> str:
        with self.app.app_context():
            texts = sandbox_phone.messages()
            return sandbox_phone.code_in(texts[0]) if texts else "1234"

    @rule()
    def resend(self) -> None:
        self.post("/checkout/sms/resend")

    @rule(seconds=st.sampled_from([1, 2, 30, 60, 601, 901, 3_601]))
    def wait(self, seconds: int) -> None:
        answer = self.shopper.client.post("/sandbox/clock", json={"advance": seconds})
        assert answer.status_code == 200

    @rule(payment=st.sampled_from([*METHODS, "", "barter"]))
    def choose_another_method(self, payment: str) -> None:
        self.post("/checkout/other-method", payment=payment)

    @rule(tel=st.sampled_from(PHONES))
    def give_another_number(self, tel: str) -> None:
        self.post("/checkout/other-method", payment="kuroneko_smartphone", sms_tel=tel)

    @rule(path=st.sampled_from(PATHS))
    def visit(self, path: str) -> None:
        self.get(f"/checkout{path}")

    @rule(which=st.integers(0, 100), has_old_cookie=st.booleans())
    def press_in_an_old_tab(self, which: int, has_old_cookie: bool) -> None:
        path, fields, cookie = self.tabs[which % len(self.tabs)]
        if has_old_cookie and cookie:
            keep(self.shopper.client, "checkout", cookie)
        self.post(path, **fields)

    @invariant()
    def the_books_are_right(self) -> None:
        if not hasattr(self, "stock"):
            return
        with self.app.app_context():
            invariants.check(self.stock)


@pytest.fixture
def shop(make_app: MakeApp, verifier: str) -> Flask:
    return make_app(kuroneko_base_url=VERIFIERS[verifier])


def test_whatever_a_shopper_does_the_books_are_right(shop: Flask, figure: Report) -> None:
    machine = type("Shopping", (Checkout,), {"app": shop})

    run_state_machine_as_test(machine, settings=COUNTS)

    figure(
        "Whatever a shopper and stale tabs do in any order, the books are right after each step",
        f"{WALKS} walks of up to {STEPS} steps, no fault",
    )
