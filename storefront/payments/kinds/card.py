"""A credit card, on a page of the provider: no card data ever reaches the shop."""

from storefront.payments.kinds.kind import Check, Draft, Kind, Need, Time

KIND = Kind(
    "card",
    time=Time.BEFORE,
    first_state="awaiting",
    check=Check.HOSTED,
    gateway="hosted",
    needs=frozenset({Need.WEB_COLLECT}),
    highest=999_999,
    draft=Draft(
        name="クレジットカード",
        name_en="Credit card",
        summary="決済会社のページでカード番号を入力します。当店がカード情報を見ることはありません。",
        summary_en=(
            "You enter your card on the payment provider's page. We never see your card details."
        ),
        payment_time=(
            "ご注文時に、決済会社のページでお支払いください。"
            "カード会社からの請求時期は各社の規約によります。決済手数料 {fee}円(税込)。"
        ),
        payment_time_en=(
            "Pay on the payment provider's page when you order. Your card company's terms say "
            "when it bills you. Fee ¥{fee} (tax incl.)."
        ),
        instructions="お支払いは完了しています。",
        instructions_en="Your payment is complete.",
    ),
)
