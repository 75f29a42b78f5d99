"""Where a request comes from: the one place that reads the client's address."""

import ipaddress
import re

from flask import request

UNKNOWN = "unknown"
PREFIX = 64  # an IPv6 host commands its whole /64, so that is what is counted
# some proxies forward the port as well: 192.0.2.1:4711 or [2001:db8::1]:4711
WITH_PORT = re.compile(r"\[([^\]]+)\](?::\d+)?|([^:]+):\d+")


def client_address() -> str:
    """Who is counted for this request: an IPv4 address, an IPv6 /64, or unknown.

    Behind as many proxies as TRUSTED_PROXIES says, the address is what the outermost of them saw.
    """
    return source_of(request.remote_addr or "")


def as_seen_from(address: str) -> dict[str, str]:
    """The part of a WSGI environment by which a request made here comes from an address."""
    return {"REMOTE_ADDR": address}


def source_of(told: str) -> str:
    """The same for an address as a server or a proxy tells it, with or without a port."""
    with_port = WITH_PORT.fullmatch(told.strip())
    bare = (with_port[1] or with_port[2]) if with_port else told.strip()
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, PREFIX), strict=False))
