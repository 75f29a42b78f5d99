"""クロネコ代金後払いサービス(払込票タイプ): goods first, then a payslip on paper."""

from storefront.payments.kinds.kind import Check, Draft, Kind, Need, Time

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
    draft=Draft(
        name="クロネコ代金後払いサービス(払込票タイプ)",
        name_en="Kuroneko pay later (payslip by post)",
        summary="商品到着後に郵送される払込票で、コンビニや郵便局でお支払い。",
        summary_en=(
            "Pay at a convenience store or post office with a payslip posted after delivery."
        ),
        payment_time=(
            "お支払い方法: クロネコ代金後払いサービス(払込票タイプ)。商品のお届け後、"
            "{sender}から郵送される払込票で、発行日から14日以内に"
            "コンビニまたは郵便局でお支払いください。決済手数料 {fee}円(税込)。"
            "ご利用残高の上限は累計55,000円(税込)です。"
        ),
        payment_time_en=(
            "Pay later with Kuroneko (payslip). After delivery, {sender} posts a payslip. "
            "Pay at a convenience store or post office within 14 days of its issue date. Fee "
            "¥{fee} (tax incl.). Your unpaid balance across shops can be up to ¥55,000 (tax "
            "incl.)."
        ),
        instructions=(
            "お支払いはまだです。商品のお届け後に郵送される払込票で、"
            "発行日から14日以内にコンビニまたは郵便局でお支払いください。"
        ),
        instructions_en=(
            "Nothing to pay yet. A payslip is posted after delivery. Pay at a convenience store "
            "or post office within 14 days of its issue date."
        ),
        maximum=50_000,
    ),
)
