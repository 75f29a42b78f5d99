"""The contract as data: addresses, names, test ids, numbers, goods and seconds."""

import re
from collections.abc import Iterable
from typing import Any

from flask import Flask
from werkzeug.routing import Rule
from wtforms.fields.core import UnboundField

from storefront.cart.forms import PutInForm, QuantityForm
from storefront.checkout.forms.forms import CodeForm, ConfirmForm, OrderForm, OtherMethodForm
from storefront.checkout.steps import STATES, Step
from storefront.core.phones import formatted
from storefront.orders import status as orders
from storefront.orders.forms import FindForm, ReceiptNameForm
from storefront.orders.status import OrderStatus
from storefront.payment_requests.web.forms import PayForm
from storefront.payment_requests.web.screens import PayState
from storefront.payments import status as payments
from storefront.payments.kinds import KINDS
from storefront.payments.pay_later_options import MEANS
from storefront.payments.status import PaymentEvent, PaymentState
from storefront.ports import codes
from storefront.ports.failure_reasons import FailureReason
from storefront.providers.yamato.credit import outcomes
from storefront.providers.yamato.simulator import scenarios as yamatos
from storefront.sandbox import demo
from storefront.sandbox.contract import test_ids
from storefront.sandbox.orders.events import EVENTS
from storefront.sandbox.phone import scenarios
from storefront.sandbox.phone.scenarios import OWN, YAMATO, Scenario
from storefront.sandbox.yamato.credit_numbers import CREDIT
from storefront.web.i18n import UNPREFIXED

Part = dict[str, Any]
ADMIN = "/admin"
FORMS = {
    "product": PutInForm,
    "cart": QuantityForm,
    "input": OrderForm,
    "other-method": OtherMethodForm,
    "confirm": ConfirmForm,
    "sms": CodeForm,
    "receipt": ReceiptNameForm,
    "find": FindForm,
    "pay": PayForm,
}


def document(app: Flask) -> Part:
    """Everything; the same whatever the shop's settings and data are, outside production."""
    addresses = _addresses(app.url_map.iter_rules())
    return {
        "addresses": [one for one in addresses if not _is_admin(one)],
        "admin_addresses": [one for one in addresses if _is_admin(one)],
        "steps": [step.value for step in Step],
        "states": {
            **{step.value: [state.value for state in its] for step, its in STATES.items()},
            "pay": [state.value for state in PayState],
        },
        "reasons": [reason.value for reason in FailureReason],
        "fields": {name: _fields(form) for name, form in FORMS.items()},
        "test_ids": test_ids.expanded(),
        "admin_test_ids": list(test_ids.ADMIN),
        "numbers": [
            *(_number(one, [OWN, YAMATO]) for one in scenarios.SCENARIOS),
            *(_number(one, [YAMATO]) for one in CREDIT),
        ],
        "events": list(EVENTS),
        "orders": _orders(),
        "payments": _payments(),
        **_demo(),
        "seconds": _seconds(),
        "tries": codes.TRIES,
        "texts": codes.SENDS,
        "gallery": app.extensions["gallery_states"],
    }


def _addresses(rules: Iterable[Rule]) -> list[Part]:
    """Each path with its methods; those with a language are there below /en too."""
    known: dict[str, set[str]] = {}
    for rule in rules:
        path = re.sub(r"<[^:>]+:", "<", rule.rule)
        known.setdefault(path, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    return [
        {"path": path, "methods": sorted(methods), "has_language": _has_language(path)}
        for path, methods in sorted(known.items())
    ]


def _has_language(path: str) -> bool:
    return not any(path == one or path.startswith(f"{one}/") for one in UNPREFIXED)


def _is_admin(address: Part) -> bool:
    return str(address["path"]).startswith(ADMIN)


def _fields(form: type) -> list[str]:
    """In the order in which the form's class names them."""
    named = {name: getattr(form, name) for name in dir(form)}
    fields = {name: one for name, one in named.items() if isinstance(one, UnboundField)}
    return sorted(fields, key=lambda name: fields[name].creation_counter)


def _number(one: Scenario, verifiers: list[str]) -> Part:
    """reasons: of the failed check that the number ends in, by who judges the code."""
    return {
        "ending": one.ending,
        "number": formatted(one.number),
        "verifiers": verifiers,
        "code": _code(one),
        "reasons": {verifier: one.reason_by(verifier) for verifier in verifiers},
        "happens": one.happens,
        "happens_en": one.happens_en,
        "leads_to": one.leads_to,
        "leads_to_en": one.leads_to_en,
    }


def _code(one: Scenario) -> str | None:
    """None where no text comes, or one with a random code."""
    known = yamatos.SMS.get(one.ending) if one.is_texted else None
    return None if known is None else str(known.get("code", yamatos.KNOWN_CODE))


def _orders() -> Part:
    moves = {state: _next(state) for state in OrderStatus}
    return {"states": [state.value for state in OrderStatus], "moves": moves}


def _next(state: OrderStatus) -> list[str]:
    targets = {target for sources, target in orders.TRANSITIONS.values() if state in sources}
    return [one.value for one in OrderStatus if one in targets]


def _payments() -> Part:
    """Of each method where the payment of a placed order stands, and its limit in yen."""
    moves = {
        state.value: [news.value for news in PaymentEvent if news in payments.TRANSITIONS[state]]
        for state in PaymentState
    }
    fees = {method["code"]: method for method in demo.payment_methods()}
    methods = [
        {
            "code": kind.code,
            "pays": kind.time.value,
            "begins": kind.first_state,
            "check": kind.check.value,
            "fee": fees[kind.code].get("fee", 0),
            "most": fees[kind.code].get("maximum"),
        }
        for kind in KINDS.values()
        if kind.code in fees
    ]
    states = [state.value for state in PaymentState]
    return {"states": states, "moves": moves, "methods": methods, "means": [m.code for m in MEANS]}


def _demo() -> Part:
    """Goods of the demo shop, prices in yen with tax, and what a parcel costs."""
    delivery = [
        {"code": one["code"], "fee": one["fee"], "free_from": one.get("free_from")}
        for one in demo.deliveries()
    ]
    return {"goods": [_product(one) for one in demo.products()], "delivery": delivery}


def _product(one: Part) -> Part:
    variants = [
        {"sku": variant.sku, "price": variant.price, "stock": variant.available}
        for variant in demo.variants(one)
    ]
    names = {"name": one["name"], "name_en": one["name_en"]}
    return {"slug": one["slug"], **names, "tax": one["tax"], "variants": variants}


def _seconds() -> Part:
    """Waits before the second and the third text, and how long a code lives."""
    waits = [codes.USUAL.wait_after(texts) for texts in (1, 2)]
    lives = {OWN: codes.LIFETIME, YAMATO: outcomes.LIFETIME}
    return {
        "resend": [int(wait.total_seconds()) for wait in waits],
        "lives": {verifier: int(life.total_seconds()) for verifier, life in lives.items()},
    }
