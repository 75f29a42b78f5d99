"""クロネコ代金後払いサービス(スマホタイプ): goods first, a link to pay by after delivery."""

from storefront.payments.kinds.kind import Check, Kind, Need, Time

KIND = Kind(
    "kuroneko_smartphone",
    time=Time.LATER,
    first_state="deferred",
    check=Check.CREDIT_AND_CODE,
    gateway="kuroneko",
    needs=frozenset({Need.YAMATO_CONNECTION, Need.SMARTPHONE_OPTION, Need.WEB_COLLECT}),
    needs_consent=True,
    is_cumulative=True,
    highest=55_000,
    longest_address=50,
)
