"""What a text that asks for payment says: as a shop would, so that nobody takes it for a fraud's.

Shop, what it is about, amount, last day, and a link to our own host; in two parts where one has
no room for all of that. Only the shop's name is ever cut.
"""

from dataclasses import dataclass

from storefront.core.placeholders import fill
from storefront.sms.code_message import SHORTEST_SHOP, cut, units
from storefront.sms.segments import size_of

MOST_PARTS = 2  # 134 characters of Japanese, 306 of GSM-7

SENTENCES: dict[tuple[str, str], str] = {
    ("ja", "request"): "【{shop}】ご注文{last}のお支払いのご案内 {amount} {day}まで",
    ("ja", "reminder"): "【{shop}】ご注文{last}のお支払い期限が近づいています {amount} {day}まで",
    ("ja", "overdue"): "【{shop}】ご注文{last}のお支払い期限を過ぎています {amount} 期限{day}",
    ("en", "request"): "[{shop}] Payment for order {last}: {amount} by {day}",
    ("en", "reminder"): "[{shop}] Payment reminder for order {last}: {amount} by {day}",
    ("en", "overdue"): "[{shop}] Payment overdue for order {last}: {amount}, due {day}",
}
HEADINGS = {"ja": ("【{shop}】", "お支払いのご案内: "), "en": ("[{shop}] ", "Payment: ")}
SAYS_PAYMENT = {"ja": "支払", "en": "pay"}


@dataclass(frozen=True)
class Facts:
    """day as in Wed, 9 Dec; url is never cut."""

    shop: str
    number: str
    amount: str
    day: str
    url: str


def payment_text(about: str, facts: Facts, locale: str, own: str = "") -> str:
    """about is request, reminder or overdue; own is the owner's sentence."""
    language = "en" if locale == "en" else "ja"
    shop, last_line = " ".join(facts.shop.split()), f"\n{facts.url}"
    if own:
        said = {"shop": shop, "order": facts.number, "amount": facts.amount, "due": facts.day}
        return _headed(fill(own, said), shop, language) + last_line
    values = {"last": facts.number[-4:], "amount": facts.amount, "day": facts.day}
    sentence = SENTENCES[language, about]
    for room in range(units(shop), SHORTEST_SHOP, -1):
        text = sentence.format(shop=cut(shop, room), **values) + last_line
        if size_of(text).parts <= MOST_PARTS:
            return text
    return sentence.format(shop=cut(shop, SHORTEST_SHOP), **values) + last_line


def _headed(said: str, shop: str, language: str) -> str:
    """The owner's words, begun with the shop's name and with what they are about where these
    are missing: without them a text reads like a fraud's."""
    name, about = HEADINGS[language]
    if SAYS_PAYMENT[language] not in said.lower():
        said = about + said
    return said if shop in said else name.format(shop=shop) + said
