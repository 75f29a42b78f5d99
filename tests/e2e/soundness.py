"""What is measured on a page: its layout, its texts and its fields, each as a list of faults."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Axe()

WIDER = """(width) => [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > width + 0.5
    && !one.closest(".gallery, .vh, .skip, pre"))
  .map((one) => one.outerHTML.slice(0, 120))"""
SMALL_TEXT = """() => [...document.querySelectorAll("body *")]
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((one) => !one.closest(".vh, noscript, script")
    && parseFloat(getComputedStyle(one).fontSize) < 14)
  .map((one) => one.outerHTML.slice(0, 120))"""
SMALL_FIELDS = """() => [...document.querySelectorAll("input, select, textarea")]
  .filter((one) => !["hidden", "radio", "checkbox", "button"].includes(one.type))
  .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 16)
  .map((one) => one.name)"""
SMALL_TARGETS = """() => {
  const isInText = (one) => one.matches("a") && getComputedStyle(one).display === "inline";
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((one) => !one.closest(".vh, .skip") && one.getClientRects().length && !isInText(one))
    .filter((one) => {
      const { width, height } = one.getBoundingClientRect();
      return width < 24 || height < 24;
    })
    .map((one) => one.outerHTML.slice(0, 120));
}"""
TWICE = """() => [...document.querySelectorAll("[id]")].map((one) => one.id)
  .filter((id, place, all) => all.indexOf(id) !== place)"""
FIELDS = """() => [...document.querySelectorAll("main input, main select, main textarea")]
  .filter((one) => one.name && !["hidden", "radio", "button"].includes(one.type))
  .map((one) => [one.name, one.type, one.inputMode || "", one.getAttribute("autocomplete")])"""


TEXT, NUMBER, TEL, SELECT = ("text", ""), ("text", "numeric"), ("tel", ""), ("select-one", "")
EXPECTED = {  # type, inputmode and autocomplete, as the order form promises them
    "name": (*TEXT, "name"),
    "company": (*TEXT, "organization"),
    "gift_sender": (*TEXT, None),
    "receipt_name": (*TEXT, "off"),
    "name_kana": (*TEXT, "section-kana name"),
    "postal_code": (*NUMBER, "postal-code"),
    "prefecture": (*SELECT, "address-level1"),
    "city": (*TEXT, "address-level2"),
    "street": (*TEXT, "address-line1"),
    "building": (*TEXT, "address-line2"),
    "tel": (*TEL, "tel-national"),
    "sms_tel": (*TEL, "tel-national"),
    "email": ("email", "email", "email"),
    "delivery_date": (*SELECT, None),
    "note": ("textarea", "", None),
    **dict.fromkeys(("save_details", "english"), ("checkbox", "", None)),
    "code": (*NUMBER, "one-time-code"),
    "quantity": (*NUMBER, "off"),
    "store": (*SELECT, None),
    "payment_number": (*NUMBER, "off"),
    "order": (*TEXT, "off"),
    "number": (*TEXT, "off"),
    "q": ("search", "", "off"),
    "who": (*TEXT, "off"),
    **dict.fromkeys(("seconds", "status", "delay"), (*NUMBER, "off")),  # of the control panel
}


def barriers(page: Page, is_mail: bool) -> list[str]:
    """What axe finds.

    A mail is no page with landmarks, and has no colours of its own: axe takes any bare canvas
    for a white one.
    """
    tags = TAGS if is_mail else [*TAGS, "best-practice"]
    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": tags},
        "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": not is_mail}},
        "resultTypes": ["violations"],
    }
    found = AXE.run(page, options=options).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def faults_of_layout(page: Page, width: int) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [
        *([f"{wide} pixels wide"] if wide > width else []),
        *(f"too wide: {one}" for one in page.evaluate(WIDER, width)),
        *(f"small text: {one}" for one in page.evaluate(SMALL_TEXT)),
        *(f"small field: {one}" for one in page.evaluate(SMALL_FIELDS)),
        *(f"small target: {one}" for one in page.evaluate(SMALL_TARGETS)),
    ]


def faults_of_structure(page: Page, is_mail: bool) -> list[str]:
    headings = page.locator("h1").count()
    return [
        *([f"{headings} headings of the first level"] if headings != 1 and not is_mail else []),
        *([] if page.title().strip() else ["no title"]),
        *(f"id used twice: {one}" for one in page.evaluate(TWICE)),
    ]


def faults_of_fields(page: Page) -> list[str]:
    """Fields that a browser would not fill in, or not with the right keyboard."""
    return [
        f"{name}: {how}" for name, *how in page.evaluate(FIELDS) if tuple(how) != _expected(name)
    ]


def _expected(name: str) -> tuple[str | None, ...] | None:
    """Those of another address have the same names, and say that they are of another address."""
    found = EXPECTED.get(name.removeprefix("ship_"))
    if found is None or not name.startswith("ship_"):
        return found
    kind, keyboard, purpose = found
    return kind, keyboard, f"shipping {purpose}"
