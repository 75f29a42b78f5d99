"""クロネコ代金後払いサービス(払込票タイプ): goods first, then a payslip on paper."""

from storefront.payments.kinds.kind import Check, Kind, Need, Time

KIND = Kind(
    "kuroneko_payslip",
    time=Time.LATER,
    first_state="deferred",
    check=Check.CREDIT,
    gateway="kuroneko",
    needs=frozenset({Need.YAMATO_CONNECTION, Need.WEB_COLLECT}),
    needs_consent=True,
    is_cumulative=True,
    highest=55_000,
    longest_address=50,
)
