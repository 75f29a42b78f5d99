"""The one place that says where a request comes from."""

from pathlib import Path

import pytest
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st

from storefront.core.client_address import UNKNOWN, client_address, source_of

SHOP = Path(__file__).parents[3] / "storefront"

SOURCES = {
    "192.0.2.1": "192.0.2.1",
    "192.0.2.1:4711": "192.0.2.1",
    " 192.0.2.1 ": "192.0.2.1",
    "2001:db8:0:1::5": "2001:db8:0:1::/64",
    "[2001:db8:0:1::6]": "2001:db8:0:1::/64",
    "[2001:db8:0:1::7]:443": "2001:db8:0:1::/64",
    "2001:DB8:0:1:ffff:ffff:ffff:ffff": "2001:db8:0:1::/64",
    "fe80::1%eth0": "fe80::/64",
    "[fe80::2%eth0]:80": "fe80::/64",
    "::ffff:192.0.2.1": "192.0.2.1",
    "[::ffff:192.0.2.1]:80": "192.0.2.1",
    "::1": "::/64",
    "": UNKNOWN,
    "unix:": UNKNOWN,
    "unknown": UNKNOWN,
    "192.0.2.300": UNKNOWN,
    "[2001:db8::1": UNKNOWN,
    "192.0.2.1:port": UNKNOWN,
    "shop.example:443": UNKNOWN,
}


@pytest.mark.parametrize("told", SOURCES)
def test_an_address_is_one_source_however_a_proxy_tells_it(told: str) -> None:
    assert source_of(told) == SOURCES[told]


@given(st.ip_addresses(v=4), st.integers(0, 65_535))
def test_the_port_of_a_connection_never_counts(address: object, port: int) -> None:
    assert source_of(f"{address}:{port}") == source_of(str(address)) == str(address)


@given(st.text())
def test_whatever_a_proxy_tells_has_a_source(told: str) -> None:
    assert source_of(told)


def test_a_request_is_counted_by_its_address(app: Flask) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": "2001:db8:0:1::5"}):
        assert request.remote_addr == "2001:db8:0:1::5"
        assert client_address() == "2001:db8:0:1::/64"


def test_nobody_else_reads_the_address() -> None:
    """Whoever counts by another spelling of it counts one shopper twice, or all as one."""
    words = ("remote_addr", "REMOTE_ADDR", "access_route", "get_remote_address")
    readers = {
        path.name
        for path in SHOP.rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in words)
    }

    assert readers == {"client_address.py"}
