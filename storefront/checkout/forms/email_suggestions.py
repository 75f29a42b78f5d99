"""A slip of the finger in a well-known mail domain, and what was probably meant."""

import difflib

DOMAINS = (
    "gmail.com",
    "yahoo.co.jp",
    "icloud.com",
    "docomo.ne.jp",
    "ezweb.ne.jp",
    "softbank.ne.jp",
    "outlook.jp",
    "outlook.com",
    "hotmail.co.jp",
)


def suggest(address: str) -> str | None:
    """What an address with a slip in a well-known domain was probably meant to be."""
    local, at, domain = (address or "").rpartition("@")
    if not at or domain in DOMAINS:
        return None
    near = difflib.get_close_matches(domain, DOMAINS, n=1, cutoff=0.85)
    return f"{local}@{near[0]}" if near else None
