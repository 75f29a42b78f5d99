"""What the client lets through, the simulator finds well-formed: one document, read twice."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from storefront.core import clock
from storefront.providers.yamato.protocol.amendments import (
    AmendedInvoice,
    Cause,
    Reduction,
    Reissue,
)
from storefront.providers.yamato.protocol.client import Client
from storefront.providers.yamato.protocol.encoding import Address
from storefront.providers.yamato.protocol.exceptions import Refused
from storefront.providers.yamato.protocol.field_errors import Invalid
from storefront.providers.yamato.protocol.line_items import LineItem
from storefront.providers.yamato.protocol.messages import InvoiceDivision, SendDivision
from storefront.providers.yamato.protocol.registration import Orderer, Recipient, Registration
from storefront.providers.yamato.protocol.results import CreditResult
from storefront.providers.yamato.protocol.shipments import Process, Shipment
from storefront.providers.yamato.simulator.server import Simulator
from storefront.providers.yamato.simulator.terms import Terms
from storefront.sandbox import time
from storefront.shipping.prefectures import PREFECTURES
from tests.conftest import entered
from tests.proofs.scale import IS_FULL
from tests.unit.providers.yamato.samples import MERCHANT, PASSWORD, a_registration
from tests.unit.providers.yamato.wires import BASE, InProcess

EXAMPLES = settings(max_examples=2_000 if IS_FULL else 80)
NUMBERS = count(1)

# letters that keyboards type and printers stumble over, beside ordinary ones
LETTERS = "山田太郎髙﨑槗𠮷薔ガｶﾞぱー・ 　aZ09-~\\\"'`¥‾〜～−‐–—①㈱½é🍵ヴゔ\u3099\u200b\n"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=34) | st.text(max_size=12)
STREETS = st.builds(
    lambda before, number, after: before + number + after,
    TEXTS,
    st.sampled_from(["", "1-2-3", "２番地", "三丁目", "無番地"]),
    TEXTS,
)
ADDRESSES = st.builds(
    Address,
    st.sampled_from([name for name, _english in PREFECTURES]) | st.just("東京"),
    st.sampled_from(["千代田区", "八千代市", "大阪市北区", "四日市市"]),
    STREETS,
    TEXTS,
)
POSTAL_CODES = st.sampled_from(["100-0005", "1500001", "〒541ー0053", "100", ""])
PHONES = st.sampled_from(
    [
        "090-1234-5678",
        "06012345678",
        "+81 80 1234 5678",
        "０７０１２３４５６７８",
        "050-3000-0000",
        "03-1234-5678",
        "(06) 6123-4567",
        "0120-444-113",
        "0800-123-4567",
        "0570-000-000",
        "020-1234-5678",
        "0088-22-1234",
        "0136-22-1234",
        "04992-2-1234",
        "110",
        "+1 500 555 0006",
        "",
    ]
)
EMAILS = st.sampled_from(["taro@example.com", "a@b", "@", "a@b@c", "山@b", "a b@c"]) | st.builds(
    lambda name: f"{name}@example.jp", st.text(st.characters(max_codepoint=0x7F), max_size=60)
)
YEN = st.integers(-999_999, 999_999) | st.integers(1, 5_000)


@st.composite
def line_sets(draw: st.DrawFn) -> tuple[tuple[LineItem, ...], int]:
    """Lines and what they make, mostly."""
    optional = st.none() | st.integers(0, 10_000)
    line = st.builds(LineItem, TEXTS.map(lambda name: f"茶{name}"), YEN, optional, optional)
    lines = tuple(draw(st.lists(line, min_size=1, max_size=11)))
    total = sum(one.subtotal for one in lines)
    return lines, total + draw(st.sampled_from([0, 0, 0, 1]))


@st.composite
def registrations(draw: st.DrawFn) -> Registration:
    lines, total = draw(line_sets())
    today = clock.today()
    orderer = Orderer(
        draw(TEXTS),
        draw(POSTAL_CODES),
        draw(ADDRESSES),
        draw(PHONES),
        draw(EMAILS),
        draw(TEXTS | st.text(st.sampled_from("ヤマダ　たろうｶﾞヴヵ"), max_size=30)),
    )
    recipient = st.builds(Recipient, TEXTS, POSTAL_CODES, ADDRESSES, PHONES)
    return Registration(
        f"A-{next(NUMBERS)}",
        today - timedelta(days=draw(st.integers(0, 3))),
        today + timedelta(days=draw(st.integers(-2, 91))),
        orderer,
        total,
        lines,
        draw(st.sampled_from(SendDivision)),
        draw(st.none() | recipient),
    )


@pytest.fixture(scope="module")
def client(shared_app: Flask) -> Iterator[Client]:
    terms = Terms(
        MERCHANT.code, PASSWORD, "さくら商店", "shop.example.jp", _no_text, credit_limit=10**9
    )
    time.install()
    with entered(shared_app):
        yield Client(BASE, MERCHANT, transport=InProcess(Simulator(shared_app, terms)))


def _no_text(_to: str, _words: str, _seconds: int) -> None:
    pass


def complaint(act: Callable[[], object]) -> str:
    """The code with which the simulator refused what the client had let through."""
    try:
        act()
    except Invalid:
        return ""
    except Refused as refusal:
        return refusal.code
    return ""


@EXAMPLES
@given(registrations())
def test_an_order_that_is_sent_is_well_formed(client: Client, order: Registration) -> None:
    assert complaint(lambda: client.apply(order)) == ""


@EXAMPLES
@given(TEXTS, ADDRESSES, st.sampled_from(SendDivision))
def test_whoever_can_be_written_down_is_taken(
    client: Client, name: str, address: Address, division: SendDivision
) -> None:
    """With all else in order, so that most examples are sent."""
    orderer = replace(a_registration().orderer, name=name, address=address)
    recipient = Recipient(name, "150-0001", address)
    order = _order(orderer=orderer, recipient=recipient, division=division)

    assert complaint(lambda: client.apply(order)) == ""


@EXAMPLES
@given(
    PHONES,
    PHONES,
    EMAILS,
    st.sampled_from(SendDivision),
    st.integers(-3, 0),
    st.integers(-100, 100),
)
def test_whoever_can_be_reached_is_taken(
    client: Client,
    phone: str,
    other: str,
    email: str,
    division: SendDivision,
    ordered: int,
    ships: int,
) -> None:
    orderer = replace(a_registration().orderer, phone=phone, email=email)
    recipient = Recipient("佐藤", "150-0001", orderer.address, other)
    days = {
        "order_day": clock.today() + timedelta(ordered),
        "ship_day": clock.today() + timedelta(ships),
    }
    order = _order(orderer=orderer, recipient=recipient, division=division, **days)

    assert complaint(lambda: client.apply(order)) == ""


def _order(**changes: Any) -> Registration:
    usual = {"order_day": clock.today(), "ship_day": clock.today()}
    return a_registration(order_number=f"A-{next(NUMBERS)}", **{**usual, **changes})


@EXAMPLES
@given(line_sets(), ADDRESSES, POSTAL_CODES, st.sampled_from(InvoiceDivision), st.booleans())
def test_an_invoice_that_is_sent_is_well_formed(
    client: Client,
    lines: tuple[tuple[LineItem, ...], int],
    address: Address,
    postal_code: str,
    division: InvoiceDivision,
    is_reissue: bool,
) -> None:
    order = _sold(client)
    made, total = lines
    invoice = AmendedInvoice(clock.today(), division, postal_code, address, total, made)
    if is_reissue:
        ends = complaint(lambda: client.reissue(Reissue(order, Cause.LOST, invoice)))
        assert ends in {"", "kaarr067E"}  # another sum than the order's
    else:
        reduction = Reduction(order, clock.today(), invoice)
        ends = complaint(lambda: client.reduce_amount(reduction))
        assert ends in {"", "kaakk049E", "kaakk050E"}  # no lower sum than the order's


def _sold(client: Client) -> str:
    order = _order(division=SendDivision.TO_ORDERER)
    assert client.apply(order).result is CreditResult.USABLE
    return order.order_number


@EXAMPLES
@given(st.sampled_from(Cause), TEXTS)
def test_the_words_of_a_reissue_are_well_formed(client: Client, cause: Cause, words: str) -> None:
    order = _order(division=SendDivision.TO_ORDERER)
    client.apply(order)
    invoice = AmendedInvoice(
        clock.today(),
        InvoiceDivision.SEPARATE,
        "1000005",
        order.orderer.address,
        order.total,
        order.lines,
    )
    reissue = Reissue(order.order_number, cause, invoice, words)

    assert complaint(lambda: client.reissue(reissue)) == ""


SLIPS = st.sampled_from(
    ["", "1234-5678-9013", "123456789013", "123456789024", "123456789012", "AB-1", "x" * 13, "あ"]
)


@EXAMPLES
@given(st.sampled_from(Process), SLIPS, SLIPS, st.none() | st.integers(-91, 91))
def test_a_parcel_that_is_sent_is_well_formed(
    client: Client, process: Process, slip: str, former: str, days: int | None
) -> None:
    order = _sold(client)
    day = None if days is None else clock.today() + timedelta(days)
    shipment = Shipment(order, process, slip, day, former)

    ends = complaint(lambda: client.ship(shipment))

    # nothing to change or to withdraw yet, or a parcel of three orders already
    assert ends in {"", "kaasl022E", "kaasl045E"}
