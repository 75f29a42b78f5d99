"""The states as /design/ lists them: by part of the shop and by screen, and as they are sought."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from storefront.gallery.states import OWNERS, STATES, State

ALL = (*STATES, *OWNERS)
BY_SLUG = {state.slug: state for state in ALL}


@dataclass(frozen=True)
class ShopPart:
    """A part of the shop, in both languages; a state is of the first one that it is one of."""

    name: str
    title: str
    title_en: str
    has: Callable[[State], bool]


def _slug(*beginnings: str) -> Callable[[State], bool]:
    return lambda state: state.slug.startswith(beginnings)


def _screen(*beginnings: str) -> Callable[[State], bool]:
    return lambda state: state.screen.startswith(beginnings)


PARTS = (
    ShopPart(
        "mails", "メール", "Mails", lambda one: one.slug.startswith("mail") and not one.screen
    ),
    ShopPart("texts", "SMS", "Texts", _slug("phone")),
    ShopPart("paper", "紙", "Paper", _screen("orders.show_receipt", "admin.orders.notes")),
    ShopPart("errors", "エラー", "Errors", _slug("error")),
    ShopPart("owner", "店舗管理", "Owner", _screen("admin.")),
    ShopPart("shop", "お店", "Shop", _screen("catalogue.")),
    ShopPart("cart", "カート", "Cart", _screen("cart.")),
    ShopPart("sms", "認証番号", "Code", _screen("checkout.sms")),
    ShopPart("checkout", "ご注文", "Checkout", _screen("checkout.")),
    ShopPart("orders", "ご注文後", "Orders", _screen("orders.", "collecting.")),
    ShopPart("sandbox", "サンドボックス", "Sandbox", _screen("sandbox.")),
    ShopPart("about", "法律・お問い合わせ", "Legal, help", lambda one: True),
)
SHOWN = ("shop", "cart", "checkout", "sms", "orders", "mails", "texts", "paper", "about", "errors")
ORDER = (*SHOWN, "owner", "sandbox")


def part_of(state: State) -> ShopPart:
    return next(part for part in PARTS if part.has(state))


IN_PARTS = [next(part for part in PARTS if part.name == name) for name in ORDER]


def screen_of(state: State) -> str:
    """What stands before the colon of its title."""
    return state.title.partition(":")[0]


def look_of(state: State) -> str:
    """What stands behind it, the whole title where there is none."""
    return state.title.partition(": ")[2] or state.title


SCREENS = list(dict.fromkeys(map(screen_of, ALL)))


def _place(state: State) -> tuple[int, int]:
    return ORDER.index(part_of(state).name), SCREENS.index(screen_of(state))


IN_ORDER = sorted(ALL, key=_place)
Group = tuple[str, str, Sequence[State]]  # a heading, that in English or "", and its states


@dataclass(frozen=True)
class Sought:
    """What is looked for: every word in slug, title, screen or reason; of one part, or of any."""

    words: str = ""
    part: str = ""

    @property
    def query(self) -> dict[str, str]:
        """Of an address that looks for the same."""
        return {name: one for name, one in (("q", self.words), ("part", self.part)) if one}

    def by_part(self) -> list[Group]:
        found = self.states()
        return [
            (part.title, part.title_en, [one for one in found if part_of(one) == part])
            for part in IN_PARTS
            if any(part_of(one) == part for one in found)
        ]

    def by_screen(self) -> list[Group]:
        return [(screen, "", list(its)) for screen, its in groupby(self.states(), key=screen_of)]

    def states(self) -> list[State]:
        """In the order of the list; a screen's states stand together."""
        return [one for one in IN_ORDER if self._fits(one)]

    def _fits(self, state: State) -> bool:
        text = searched(state)
        is_of_part = not self.part or part_of(state).name == self.part
        return is_of_part and all(word in text for word in self.words.lower().split())


def searched(state: State) -> str:
    part = part_of(state)
    words = (state.slug, state.title, state.screen, state.reason, state.state, str(state.status))
    return " ".join([*words, part.title, part.title_en]).lower()


def neighbours(found: Sequence[State], slug: str) -> tuple[State | None, State | None]:
    """The states before and after this one; those at the ends where it is none of them."""
    slugs = [one.slug for one in found]
    if slug not in slugs:
        return (found[-1], found[0]) if found else (None, None)
    at = slugs.index(slug)
    return (found[at - 1] if at else None), (found[at + 1] if at + 1 < len(found) else None)
