"""What a text that asks for payment says, in the room that one text message has.

Shop, end of the order number, amount, and a link to our own host: nothing that a stranger could
not also write, and nothing that asks for more than to look.
"""

from storefront.sms.texts import LIMIT, SHORTEST_SHOP, cut, units

# From the whole sentence to the bare link: the first that fits is sent.
SENTENCES = {
    "ja": {
        "request": "【{shop}】ご注文{last} {amount}のお支払い {day}まで",
        "reminder": "【{shop}】ご注文{last} {amount} お支払い期限 {day}",
        "overdue": "【{shop}】ご注文{last} {amount} お支払い期限を過ぎました",
    },
    "en": {
        "request": "[{shop}] Order {last}: pay {amount} by {day}",
        "reminder": "[{shop}] Order {last}: {amount} due {day}",
        "overdue": "[{shop}] Order {last}: {amount} is overdue",
    },
}
SHORTER = {
    "ja": ("【{shop}】{last} {amount} {day}まで", "【{shop}】{last} {amount}", "{last} {amount}"),
    "en": ("[{shop}] {last} {amount} by {day}", "[{shop}] {last} {amount}", "{last} {amount}"),
}


def payment_text(
    about: str, shop: str, number: str, amount: str, day: str, url: str, locale: str
) -> str:
    """about is request, reminder or overdue; the link is never cut."""
    language = locale if locale in SENTENCES else "ja"
    shop, last_line = " ".join(shop.split()), f"\n{url}"
    values = {"last": number[-4:], "amount": amount, "day": day}
    for sentence in (SENTENCES[language][about], *SHORTER[language]):
        room = LIMIT - units(sentence.format(shop="", **values) + last_line)
        if room >= (min(units(shop), SHORTEST_SHOP) if "{shop}" in sentence else 0):
            return sentence.format(shop=cut(shop, room), **values) + last_line
    return url
