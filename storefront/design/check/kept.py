"""What a screen must keep: what other people's programs, scripts, browsers and the law rely on."""

import re
from collections.abc import Iterator

from storefront.design.check.findings import Finding
from storefront.design.check.knowledge import Knowledge
from storefront.design.check.sources import SHOP, Source, Template
from storefront.sandbox.contract.test_ids import BY_SCREEN, EVERYWHERE, each

SCREENS = {
    "product": "catalogue/product.html",
    "cart": "cart/show.html",
    "order input": "checkout/order_input.html",
    "confirmation": "checkout/confirm.html",
    "SMS": "checkout/sms.html",
    "completion": "orders/complete.html",
    "order status": "orders/status.html",
    "cancelling": "orders/cancel.html",
    "receipt": "orders/receipt.html",
    "payment page": "collecting/pay.html",
    "privacy": "shop/privacy.html",
    "home, category, search": "catalogue/category.html",
    EVERYWHERE: "layouts/page.html",
}
LEGAL = {
    "checkout/_agreement.html": ("quantity", "price", "payment", "delivery", "cancel"),
}
BY_CODE = {
    "unlisted-code",
    "other-city",
    "error-summary",
    "sandbox-banner",
}  # in no template's text
LIVE = {"layouts/page.html": ("status", "alert")}
NAMES = re.compile(r"""(?:extends|include|import|from)\s+["']([^"']+)["']""")
OTHER_NAMES = re.compile(r"""["']([\w/]+\.html)["']""")
HIDDEN = re.compile(r'type="hidden"[^>]*?\bname="(\w+)"')
BY_FIELD = {
    "autofill": re.compile(r'autocomplete="([^"{]+)"'),
    "keyboard": re.compile(r'\b(?:inputmode|type)="(numeric|tel|email)"'),
}


def look(source: Source, knowledge: Knowledge) -> Iterator[Finding]:
    mine = {page.name for page in source.templates}
    for screen, name in SCREENS.items():
        parts = _parts(name, knowledge.pages)
        if mine & parts.keys():
            yield from _ids(parts[name], screen, parts, mine)
    for page in source.templates:
        yield from _of_page(page)
        original = {one.name: one for one in SHOP.templates}.get(page.name)
        if original and not source.of_shop:
            yield from _of_copy(page, original)
    yield from _of_scripts(source, knowledge)


def _parts(name: str, pages: dict[str, Template]) -> dict[str, Template]:
    """The template with everything that it is made of."""
    found: dict[str, Template] = {}
    ahead = [name]
    while ahead:
        one = ahead.pop()
        if one in pages and one not in found:
            found[one] = pages[one]
            ahead += OTHER_NAMES.findall(pages[one].text)
    return found


def _ids(
    page: Template, screen: str, parts: dict[str, Template], mine: set[str]
) -> Iterator[Finding]:
    """Told at the copy that lost it, else at the screen's own template."""
    text = "\n".join(part.text for part in parts.values())
    for pattern in BY_SCREEN[screen]:
        if pattern in BY_CODE or _has(pattern, text):
            continue
        stem = pattern.partition("<")[0]
        had = {one.name for one in SHOP.templates if f'"{stem}' in one.text}
        lost = [part for name, part in parts.items() if name in mine & had]
        where = next(iter(lost), page)
        place = where.find("<main") if "<main" in where.text else (1, 1)
        yield Finding(where.path, *place, "test-id", f"{pattern} of the screen {screen} is gone")


def _has(pattern: str, text: str) -> bool:
    """Whether an id is written there; of one that stands for several: each, or what makes them."""
    stem = re.escape(pattern.partition("<")[0])
    is_made = "<" in pattern and re.search(rf"""["']{stem}(\{{|["'])""", text)
    return bool(is_made) or all(re.search(rf"""["']{one}["']""", text) for one in each(pattern))


def _of_page(page: Template) -> Iterator[Finding]:
    for item in LEGAL.get(page.name, ()):
        if f'data-law="{item}"' not in page.text and f'"{item}"' not in page.text:
            yield Finding(page.path, 1, 1, "legal-item", f"the part {item} is gone")
    for own in LIVE.get(page.name, ()):
        if f'id="{own}"' not in page.text:
            yield Finding(page.path, *page.find("<body"), "live-region", f"#{own} is gone")
    main = re.search(r"<main\b[^>]*>", page.html)
    if main and 'id="main"' not in page.text[main.start() : main.end()]:
        yield Finding(page.path, *page.place(main.start()), "live-region", "<main> has no id main")


def _of_copy(copy: Template, original: Template) -> Iterator[Finding]:
    """What a theme's copy has lost of its original."""
    for name in sorted(set(HIDDEN.findall(original.text)) - set(HIDDEN.findall(copy.text))):
        yield Finding(copy.path, *copy.find("<form"), "hidden-field", f"{name} is gone")
    for attribute in ("data-step", "data-state", "data-reason"):
        if attribute in original.text and attribute not in copy.text:
            yield Finding(copy.path, *copy.find("<main"), "step", f"{attribute} is gone")
    for rule, pattern in BY_FIELD.items():
        lost = set(pattern.findall(original.text)) - set(pattern.findall(copy.text))
        for value in sorted(lost):
            yield Finding(copy.path, *copy.find("<input"), rule, f"{value} is gone")


def _of_scripts(source: Source, knowledge: Knowledge) -> Iterator[Finding]:
    """An id that a script looks for and no template has: told at the script, or at the copy that
    lost it."""
    told = {own for page in LIVE.values() for own in page}
    for own, script in knowledge.script_ids.items():
        if own in knowledge.ids | told or any(_ends(one, own) for one in knowledge.ids):
            continue
        lost = [page for page in SHOP.templates if f'id="{own}"' in page.text]
        copies = [page for page in source.templates if page.name in {one.name for one in lost}]
        for page in copies:
            yield Finding(
                page.path, 1, 1, "script-id", f"#{own} is gone, which {script.name} needs"
            )
        if source.of_shop and not lost:
            line = 1 + script.read_text(encoding="utf-8").partition(f'"{own}"')[0].count("\n")
            yield Finding(script, line, 1, "script-id", f"no template has #{own}")


def _ends(written: str, own: str) -> bool:
    return "{{" in written and own.endswith(written.rpartition("}}")[2] or "?")
