"""A transfer to the shop's own account before the parcel leaves."""

from storefront.payments.kinds.kind import Draft, Kind, Time

KIND = Kind(
    "bank_transfer",
    time=Time.BEFORE,
    first_state="awaiting",
    waits=True,
    needs_account=True,
    draft=Draft(
        name="銀行振込(前払い)",
        name_en="Bank transfer (in advance)",
        summary="ご注文後{days}日以内にお振込みください。ご入金の確認後に発送します。",
        summary_en="Transfer within {days} days of your order. We ship after your payment arrives.",
        payment_time=(
            "ご注文日から{days}日以内に、当店指定の口座へお振込みください。"
            "振込手数料はお客さまのご負担です。ご入金の確認後に発送します。"
        ),
        payment_time_en=(
            "Transfer to our account within {days} days of your order. You bear the bank's "
            "transfer fee. We ship after your payment arrives."
        ),
        instructions=(
            "ご注文日から{days}日以内に、次の口座へお振込みください。\n"
            "お振込名義の前に、ご注文番号をご入力ください。"
        ),
        instructions_en=(
            "Please transfer the total within {days} days of your order.\nPut your order number "
            "before your name."
        ),
    ),
)
