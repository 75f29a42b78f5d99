"""クロネコ代金後払いサービス(スマホタイプ): goods first, a link to pay by after delivery."""

from storefront.payments.kinds.kind import Check, Draft, Kind, Need, Time

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
    bill_division="2",
    bills_by_sms=True,
    draft=Draft(
        name="クロネコ代金後払いサービス(スマホタイプ)",
        name_en="Kuroneko pay later (smartphone type)",
        summary="商品到着後にお支払い。注文時に携帯電話のSMSで確認します。",
        summary_en="Pay after delivery. We confirm by SMS when you order.",
        payment_time=(
            "お支払い方法: クロネコ代金後払いサービス(スマホタイプ)。商品のお届け後、"
            "{sender}からメールとSMSで届くURLでお支払い方法({means})を選び、"
            "ご案内の発行日から14日以内にお支払いください。決済手数料 {fee}円(税込)。"
            "ご利用残高の上限は累計55,000円(税込)です。"
        ),
        payment_time_en=(
            "Pay later with Kuroneko (smartphone type). After delivery, you get an email and an "
            "SMS with a link from {sender}. Choose how to pay ({means}), and pay within 14 days of "
            "the notice date. Fee ¥{fee} (tax incl.). Your unpaid balance across shops can be up "
            "to ¥55,000 (tax incl.)."
        ),
        instructions=(
            "お支払いはまだです。商品のお届け後に{sender}からメールとSMSで届くURLで、"
            "お支払い方法({means})を選べます。お支払い期限はご案内の発行日から14日です。"
        ),
        instructions_en=(
            "Nothing to pay yet. After delivery you get an email and an SMS from {sender} with a "
            "link where you choose how to pay ({means}). Pay within 14 days of the notice date."
        ),
        maximum=50_000,
    ),
)
