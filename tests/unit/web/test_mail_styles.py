"""What becomes of a mail's style: values in place of tokens, and a second set for the dark."""

import pytest

from storefront.web import mail_styles

TOKENS = """
:root {
  color-scheme: light dark;
  --paper: #fff; /* the ground */
  --ink: #111;
  --title: var(--ink);
  --space: 0.5rem;
  --type: clamp(1.25rem, 1rem + 2vw, 2rem);
  --odd: color-mix(in oklch, red, blue);
}
@media (min-width: 36rem) { :root { --space: 2rem; } }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; } }
"""


def resolved(css: str) -> str:
    known = mail_styles.read(TOKENS)
    return mail_styles.resolved(css, known.light, known.dark)


def test_tokens_become_values_and_rem_pixels() -> None:
    assert resolved("p { padding: var(--space) 1rem; }") == "p { padding: 8px 16px; }\n"


def test_what_is_another_colour_in_the_dark_is_said_once_more() -> None:
    css = "p { margin: 0; color: var(--title); background-color: var(--paper); }"

    assert resolved(css) == (
        "p { margin: 0; color: #111; background-color: #fff; }\n"
        "@media (prefers-color-scheme: dark) {\np { color: #eee; }\n}\n"
    )


@pytest.mark.parametrize("value", ["var(--gone)", "var(--odd)", "calc(1rem + 2px)"])
def test_what_no_mail_program_knows_is_left_out(value: str) -> None:
    assert resolved(f"p {{ margin: 0; border-color: {value}; }}") == "p { margin: 0; }\n"


def test_a_size_that_follows_the_width_is_that_of_a_phone() -> None:
    assert resolved("h1 { font-size: var(--type); }") == "h1 { font-size: 20px; }\n"


def test_of_two_values_the_later_counts_in_the_dark_too() -> None:
    later = mail_styles.read(f"{TOKENS} :root {{ --ink: #222; color-scheme: dark; }}")

    assert (later.light["ink"], later.dark["ink"], later.scheme) == ("#222", "#222", "dark")


def test_the_scheme_is_that_of_the_tokens() -> None:
    assert mail_styles.read(TOKENS).scheme == "light dark"


def test_the_shops_own_tokens_are_all_read() -> None:
    tokens = mail_styles.tokens()

    assert tokens.light["paper"] == "#fff"
    assert tokens.dark["paper"] == "#131316"
    assert tokens.dark["space-4"] == "1rem"
