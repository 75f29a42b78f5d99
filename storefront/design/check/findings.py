"""What a check finds, and the rules that it goes by."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True)
class Rule:
    """why: what a shopper would feel; how: what mends it."""

    why: str
    how: str


@dataclass(frozen=True)
class Finding:
    """One mistake: where it stands (both counted from 1), its rule's id, and words about it."""

    path: Path
    line: int
    column: int
    rule: str
    words: str


def perhaps(name: str, known: Iterable[str]) -> str:
    """The nearest of the names that are known, as a question; empty where none is near."""
    near = get_close_matches(name, list(known), 1)
    return f"; did you mean {near[0]}?" if near else ""


RULES = {
    # names.py
    "syntax": Rule(
        "The page would be an error.", "Write the tag as Jinja's documentation has it; close it."
    ),
    "unknown-template": Rule(
        "The page would be an error.", "Name a file below templates/, with its folder."
    ),
    "unknown-name": Rule(
        "It would be empty, or an error.",
        "Use what the head comment says is given, or what every template can use.",
    ),
    "unknown-macro": Rule("The page would be an error.", "Import a macro that the file has."),
    "macro-arguments": Rule(
        "The page would be an error.", "Give what the macro's head names, by these names."
    ),
    "unknown-filter": Rule("The page would be an error.", "Use a filter of Jinja or of the shop."),
    "unknown-test": Rule("The page would be an error.", "Use a test of Jinja behind `is`."),
    "unknown-address": Rule(
        "The page would be an error.", "Give url_for a name that `storefront routes` lists."
    ),
    "unknown-file": Rule(
        "The picture would be missing.", "Name a file below static/, with its folder."
    ),
    "not-escaped": Rule(
        "What a shopper typed could become part of the page.", "Leave out the filter `safe`."
    ),
    # markup.py
    "not-closed": Rule("Browsers guess, and not alike.", "Close what is open, in turn."),
    "form-token": Rule(
        "The shop refuses a form without its token.",
        "Use the macro `form` of components/forms.html.",
    ),
    "form-in-form": Rule("Browsers drop the inner one.", "Close the outer form first."),
    "twice": Rule("Labels, links and scripts find the first only.", "Give each its own id."),
    "unknown-id": Rule(
        "A label, a hint or what HTMX swaps would lead nowhere.", "Name an id that is there."
    ),
    "no-label": Rule(
        "Who listens does not hear what the field is for.",
        "Use a macro of components/forms.html, or a label with for=.",
    ),
    "no-alt": Rule(
        "Who listens hears a file's name.", 'Say what is shown, or alt="" for an ornament.'
    ),
    "no-size": Rule("The page jumps when the picture comes.", "Give width and height."),
    "inline-style": Rule(
        "The browser ignores it: the shop forbids it.", "Use a class and a style sheet."
    ),
    "inline-script": Rule(
        "The browser ignores it: the shop forbids it.", "Put the script into static/js."
    ),
    "from-elsewhere": Rule(
        "The browser loads nothing from elsewhere: the shop forbids it.",
        "Put the file into static/.",
    ),
    "new-window": Rule("Back does not lead back.", "Leave target out; with it, add rel=noopener."),
    "tab-order": Rule("The keyboard jumps about.", "tabindex is 0 or -1."),
    "no-language": Rule("Who listens hears gibberish.", "Keep lang on <html>."),
    "zoom": Rule("Small print cannot be made larger.", "Leave the viewport's scale alone."),
    # kept.py
    "test-id": Rule(
        "Other people's programs find the screen's parts by it.", "Put data-testid back."
    ),
    "hidden-field": Rule("The shop would refuse what is sent.", "Put the hidden field back."),
    "legal-item": Rule("The law asks for it on the last screen.", "Put the part back."),
    "live-region": Rule("Who listens hears of no change.", "Put the element with this id back."),
    "step": Rule("Scripts and programs tell screens apart by it.", "Put it back on <main>."),
    "script-id": Rule("The shop's script looks for it.", "Put the element with this id back."),
    "autofill": Rule("Browsers fill it in no more.", "Put autocomplete back as it was."),
    "keyboard": Rule("A phone shows the wrong keys.", "Put inputmode or type back as it was."),
    # words.py
    "not-translated": Rule(
        "English shoppers read Japanese, or the other way round.", 'Write {{ _("…") }}.'
    ),
    "no-english": Rule("English shoppers read Japanese.", "`make words`, then write its English."),
    "not-a-literal": Rule(
        "The words cannot be collected, so they are never translated.",
        "Write the whole sentence between the quotes, with %(name)s in it.",
    ),
    "placeholder": Rule("The page would be an error.", "Give each %(name)s its name=…"),
    # styles.py
    "css-syntax": Rule("Browsers skip it.", "Write name: value; between { and }."),
    "css-braces": Rule("All that follows is read wrongly.", "One } for each {."),
    "unknown-property": Rule("Browsers skip it.", "Use a property that browsers know."),
    "unknown-token": Rule("Browsers skip the declaration.", "Use a name of tokens.css."),
    "unknown-width": Rule("The rule never applies.", "Use a @custom-media of tokens.css."),
    "literal-colour": Rule("It does not change with the theme, nor in the dark.", "Use a token."),
    "missing-file": Rule("The picture or font would be missing.", "Name a file below static/."),
    "css-import": Rule("It would hold up every page.", "Put the rules into this file."),
    "important": Rule("Nothing can win over it.", "Let the layer or a later rule win."),
    "focus-ring": Rule("The keyboard's place is lost.", "Leave the outline, or set another."),
    "small-field": Rule("Phones zoom in when it is touched.", "16 px or 1rem at least."),
    "small-tap": Rule("Thumbs miss it.", "var(--tap) or var(--tap-small): 44 px at least."),
}
