"""Paid at a convenience store before the parcel leaves, by a number that the provider gives."""

from storefront.payments.kinds.kind import Check, Draft, Kind, Need, Time

KIND = Kind(
    "cvs",
    time=Time.BEFORE,
    first_state="awaiting",
    check=Check.HOSTED,
    gateway="hosted",
    needs=frozenset({Need.WEB_COLLECT}),
    highest=300_000,
    waits=True,
    draft=Draft(
        name="コンビニ払い(前払い)",
        name_en="Convenience store (in advance)",
        summary=(
            "決済会社のページで払込番号を受け取り、お近くのコンビニでお支払い。"
            "ご入金の確認後に発送します。"
        ),
        summary_en=(
            "Get a payment number on the provider's page and pay at a store. We ship after your "
            "payment arrives."
        ),
        payment_time=(
            "ご注文日から{days}日以内に、コンビニでお支払いください。"
            "決済手数料 {fee}円(税込)。ご入金の確認後に発送します。"
        ),
        payment_time_en=(
            "Pay at a convenience store within {days} days of your order. Fee ¥{fee} (tax incl.). "
            "We ship after your payment arrives."
        ),
        instructions="ご注文日から{days}日以内に、払込番号を使ってコンビニでお支払いください。",
        instructions_en=(
            "Please pay at a convenience store with your payment number within {days} days of your "
            "order."
        ),
        maximum=300_000,
    ),
)
