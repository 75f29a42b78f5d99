"""What the text with a code says, in the room that one text message has."""

from storefront.core.placeholders import fill
from storefront.sms.segments import size_of

LIMIT = 70  # UTF-16 units in one part; Japanese carriers bill and may split anything longer
SHORTEST_SHOP = 4  # units: three characters and …; a shop cut below that is no name any more

# From the whole sentence to the bare code: the first that fits is sent.
SENTENCES = {
    "ja": (
        "【{shop}】認証番号 {code} ({amount}のご注文) {minutes}分有効",
        "【{shop}】認証番号 {code} {minutes}分有効",
        "【{shop}】認証番号 {code}",
        "認証番号 {code}",
    ),
    "en": (
        "[{shop}] Code {code} (order {amount}) {minutes} min",
        "[{shop}] Code {code} {minutes} min",
        "[{shop}] Code {code}",
        "Code {code}",
    ),
}


def code_text(
    shop: str, code: str, amount: str, minutes: int, host: str, locale: str, own: str = ""
) -> str:
    """One text with the code; its last line ties the code to our host, as phones expect it.

    own: the owner's sentence, said where all of it has room.
    """
    shop = " ".join(shop.split())
    last_line = f"\n@{host} #{code}"
    values = {"shop": shop, "code": code, "amount": amount, "minutes": str(minutes)}
    if own and size_of(text := fill(own, values) + last_line).parts == 1:
        return text
    text = ""
    for sentence in SENTENCES.get(locale, SENTENCES["ja"]):
        bare = sentence.format(shop="", code=code, amount=amount, minutes=minutes)
        room = LIMIT - units(bare + last_line)
        text = sentence.format(shop=cut(shop, room), code=code, amount=amount, minutes=minutes)
        if room >= min(units(shop), SHORTEST_SHOP):
            break
    return text + last_line


def units(text: str) -> int:
    """As carriers count a text that is not all Latin."""
    return len(text.encode("utf-16-le")) // 2


def cut(shop: str, room: int) -> str:
    """The name in so many units, with … where something is missing."""
    if units(shop) <= room:
        return shop
    while shop and units(shop) >= room:
        shop = shop[:-1]
    return f"{shop.rstrip()}…"
