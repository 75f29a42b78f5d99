"""A credit card, on a page of the provider: no card data ever reaches the shop."""

from storefront.payments.kinds.kind import Check, Kind, Need, Time

KIND = Kind(
    "card",
    time=Time.BEFORE,
    first_state="awaiting",
    check=Check.HOSTED,
    gateway="hosted",
    needs=frozenset({Need.WEB_COLLECT}),
    highest=999_999,
)
