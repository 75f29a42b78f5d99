"""What a text that asks for payment says, in the room that one text message has.

Shop, end of the order number, amount, and a link to our own host: nothing that a stranger could
not also write, and nothing that asks for more than to look.
"""

from dataclasses import dataclass

from storefront.core.placeholders import fill
from storefront.sms.code_message import LIMIT, SHORTEST_SHOP, cut, units

# From the whole sentence to the shortest: the first that fits before the link is sent.
SENTENCES: dict[tuple[str, str], tuple[str, ...]] = {
    ("ja", "request"): (
        "【{shop}】ご注文{last} {amount}のお支払い {day}まで",
        "【{shop}】{last} {amount} {day}まで",
        "【{shop}】{last} {amount}",
        "{last} {amount}",
    ),
    ("ja", "reminder"): (
        "【{shop}】ご注文{last} {amount} お支払い期限 {day}",
        "【{shop}】{last} {amount} 期限{short}",
        "【{shop}】期限{short} {amount}",
        "期限{short} {amount}",
    ),
    ("ja", "overdue"): (
        "【{shop}】ご注文{last} {amount} お支払い期限を過ぎました",
        "【{shop}】{last} {amount} 期限超過",
        "【{shop}】期限超過 {amount}",
        "期限超過 {amount}",
    ),
    ("en", "request"): (
        "[{shop}] Order {last}: pay {amount} by {day}",
        "[{shop}] {last} {amount} by {day}",
        "[{shop}] {last} {amount}",
        "{last} {amount}",
    ),
    ("en", "reminder"): (
        "[{shop}] Order {last}: {amount} due {day}",
        "[{shop}] {last} {amount} due {day}",
        "[{shop}] Due {short} {amount}",
        "Due {short} {amount}",
    ),
    ("en", "overdue"): (
        "[{shop}] Order {last}: {amount} is overdue",
        "[{shop}] {last} {amount} overdue",
        "[{shop}] Overdue {amount}",
        "Overdue {amount}",
    ),
}


@dataclass(frozen=True)
class Facts:
    """day as in Wed, 9 Dec, short as in 12/9; url is never cut."""

    shop: str
    number: str
    amount: str
    day: str
    short: str
    url: str


def payment_text(about: str, facts: Facts, locale: str, own: str = "") -> str:
    """about is request, reminder or overdue; own is the owner's sentence."""
    shop, last_line = " ".join(facts.shop.split()), f"\n{facts.url}"
    if own:
        said = {"shop": shop, "order": facts.number, "amount": facts.amount, "due": facts.day}
        return fill(own, said) + last_line
    values = {"last": facts.number[-4:], "amount": facts.amount}
    values |= {"day": facts.day, "short": facts.short}
    for sentence in SENTENCES["en" if locale == "en" else "ja", about]:
        room = LIMIT - units(sentence.format(shop="", **values) + last_line)
        if room >= (min(units(shop), SHORTEST_SHOP) if "{shop}" in sentence else 0):
            return sentence.format(shop=cut(shop, room), **values) + last_line
    return facts.url
