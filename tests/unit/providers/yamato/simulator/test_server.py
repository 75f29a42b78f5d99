"""Addresses, methods and bytes; and serving beside the shop or alone."""

import logging
import threading

import pytest
import requests
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront.providers.yamato.simulator.server import Simulator
from storefront.providers.yamato.simulator.standalone import Served
from storefront.providers.yamato.simulator.terms import Terms
from tests.unit.providers.yamato.simulator.merchant import ENQUIRY, ORDER, PASSWORD, Merchant, Phone


def test_only_a_post_is_answered(merchant: Merchant) -> None:
    answer = requests.get(f"{merchant.url}KAAST0010APIAction_execute.action", timeout=20)

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "KAAAU0010APIAction_execute.action",
        "kaara0010APIAction_execute.action",
        "KAARA0010APIAction_execute.action/",
        "../KAARA0010APIAction_execute.action",
    ],
)
def test_any_other_address_is_unknown(merchant: Merchant, path: str) -> None:
    assert requests.post(merchant.url + path, ORDER, timeout=20).status_code == 404


def test_an_answer_is_xml_in_utf_8(merchant: Merchant) -> None:
    answer = merchant.post("KAARA0010", ORDER)

    assert answer.headers["Content-Type"] == "application/xml; charset=UTF-8"
    assert answer.content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert b"<return><requestDate>20261201120000</requestDate>" in answer.content


def test_a_request_without_fields_misses_the_merchant(merchant: Merchant) -> None:
    answer = merchant.post("KAARA0010", {})

    assert b"<errorCode>kaara001E</errorCode>" in answer.content


def test_a_huge_request_is_turned_away(merchant: Merchant) -> None:
    answer = merchant.post("KAARA0010", {**ORDER, "name": "山" * 100_000})

    assert answer.status_code == 413


@given(st.text(), st.text())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_the_answer_is_whole(merchant: Merchant, number: str, other: str) -> None:
    sendable = {
        name: value.encode("utf-8", "replace").decode()
        for name, value in {"orderNo": number, "requestDate": other}.items()
    }

    answer = merchant.ask("KAAST0010", **sendable)

    assert answer["returnCode"] == "1"


def test_nothing_secret_is_logged(
    merchant: Merchant, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    merchant.order()
    merchant.try_code(phone.code)

    words = caplog.text
    assert not any(secret in words for secret in (PASSWORD, ORDER["telNum"], "山田"))


def test_terms_do_not_show_the_password(terms: Terms) -> None:
    assert PASSWORD not in repr(terms)


def test_it_serves_in_a_thread_beside_the_shop_until_it_is_closed(app: Flask, terms: Terms) -> None:
    before = threading.active_count()
    served = Served(Simulator(app, terms))

    answer = Merchant(served.url).ask("KAAST0010", **ENQUIRY)
    served.close()

    assert answer["errorCode"] == "kaast008E"
    assert threading.active_count() == before
    with pytest.raises(requests.ConnectionError):
        Merchant(served.url).ask("KAAST0010", **ENQUIRY)
