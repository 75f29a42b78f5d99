"""Paid at a convenience store before the parcel leaves, by a number that the provider gives."""

from storefront.payments.kinds.kind import Check, Kind, Need, Time

KIND = Kind(
    "cvs",
    time=Time.BEFORE,
    first_state="awaiting",
    check=Check.HOSTED,
    gateway="hosted",
    needs=frozenset({Need.WEB_COLLECT}),
    highest=300_000,
)
