"""Cash to the driver."""

from storefront.payments.kinds.kind import Draft, Kind, Time

KIND = Kind(
    "cod",
    time=Time.DOOR,
    first_state="awaiting",
    draft=Draft(
        name="代金引換",
        name_en="Cash on delivery",
        summary="商品のお届け時に、配達員へ現金でお支払いください。",
        summary_en="Pay the driver in cash when your parcel arrives.",
        payment_time="商品のお届け時に、配達員へ現金でお支払いください。代引手数料 {fee}円(税込)。",
        payment_time_en="Pay the driver in cash when your parcel arrives. Fee ¥{fee} (tax incl.).",
        instructions="商品のお届け時に、合計金額を配達員へ現金でお支払いください。",
        instructions_en="Please have the total ready in cash when your parcel arrives.",
        maximum=300_000,
    ),
)
