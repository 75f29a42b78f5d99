"""A theme dresses the shop: its files, templates and words count before the shop's own."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from storefront.config.settings import Settings
from storefront.web import assets, mail_styles, themes, tokens
from storefront.web.assets import Assets
from storefront.web.stylesheets import SheetFault
from tests.app_pool import close, copy_data, own_folder, settings
from tests.unit.web.own_theme import write

pytestmark = pytest.mark.web

ROOT = Path(__file__).parents[3]
SENTENCES = ROOT / "storefront/translations/en/LC_MESSAGES/messages.po"
FINISHED = sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.toml"))
HEAVIEST = 120 * 1024

Dress = Callable[[str], Flask]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a shop is started that has a theme of its own."""
    monkeypatch.chdir(tmp_path)
    return write(tmp_path / "themes/mine")


def opened(seeded: Path, instance: Path, theme: str) -> Flask:
    from storefront import create_app

    own_folder(seeded, instance)
    copy_data(seeded, instance)
    return create_app(settings(instance, storefront_theme=theme))


def page_of(app: Flask, path: str = "/") -> str:
    html = app.test_client().get(path).text
    close(app)
    return html


def sheet_of(folder: Path, target: Path, watch: bool = False) -> str:
    built = Assets(target, watch, theme=themes.read(folder.name))
    built.build()
    return (target / built.addresses["css/site.css"]).read_text(encoding="utf-8")


def test_a_themes_template_words_file_and_paper_are_shown(
    seeded: Path, tmp_path: Path, folder: Path
) -> None:
    (folder / "templates/partials").mkdir(parents=True)
    (folder / "templates/partials/footer.html").write_text("<footer>mine</footer>")

    html = page_of(opened(seeded, tmp_path / "shop", "mine"))

    assert "<footer>mine</footer>" in html
    assert ">品物を見る</a>" in html
    assert re.search(r'name="theme-color" content="#102030" media="\(prefers-color-scheme: l', html)
    assert re.search(r'name="theme-color" content="#131316" media="\(prefers-color-scheme: d', html)


def test_mails_take_the_themes_tokens_in_colours_that_mail_programs_know(
    seeded: Path, tmp_path: Path, folder: Path
) -> None:
    (folder / "tokens.css").write_text(":root { --paper: oklch(1 0 0); color-scheme: dark; }")
    app = opened(seeded, tmp_path / "shop", "mine")

    with app.app_context():
        scheme = mail_styles.tokens().scheme
        style = mail_styles.filled("p { border: 1px solid var(--paper); }")
    close(app)

    assert (scheme, style.strip()) == ("dark", "p { border: 1px solid #ffffff; }")


def test_english_has_the_themes_words_and_else_the_shops(
    seeded: Path, tmp_path: Path, folder: Path
) -> None:
    html = page_of(opened(seeded, tmp_path / "shop", "mine"), "/en/")

    assert ">See what we have</a>" in html
    assert ">Privacy policy</a>" in html


def test_the_owners_side_keeps_the_shops_own_look(
    seeded: Path, tmp_path: Path, folder: Path
) -> None:
    app = opened(seeded, tmp_path / "shop", "mine")
    with app.app_context():
        themed, own = assets.url("css/site.css"), assets.url("css/undressed.css")

    html = page_of(app, "/admin/login")

    assert themed != own
    assert [one.split(".")[0] for one in (themed, own)] == [
        "/static/css/site",
        "/static/css/undressed",
    ], "a saved style is swapped by its name"
    assert own in html
    assert themed not in html


def test_the_shop_without_a_theme_has_one_sheet(tmp_path: Path) -> None:
    built = Assets(tmp_path, watch=False)
    built.build()

    assert built.url("css/undressed.css") == built.url("css/site.css")


def test_in_development_changed_words_show_at_the_next_request(
    seeded: Path, tmp_path: Path, folder: Path
) -> None:
    app = opened(seeded, tmp_path / "shop", "mine")
    before = app.test_client().get("/").text
    words = folder / "words.po"
    words.write_text(words.read_text("utf-8").replace("品物", "品々"), encoding="utf-8")
    later = words.stat().st_mtime + 5
    os.utime(words, (later, later))

    with app.app_context():
        themes.refresh()
    after = app.test_client().get("/").text
    close(app)

    assert ">品物を見る</a>" in before
    assert ">品々を見る</a>" in after


def test_pages_kept_of_one_theme_are_not_shown_in_another(
    seeded: Path, tmp_path: Path, folder: Path
) -> None:
    app = opened(seeded, tmp_path / "shop", "mine")
    before = app.test_client().get("/").text

    app.extensions["theme"] = themes.OWN
    after = app.test_client().get("/").text
    close(app)

    assert ">品物を見る</a>" in before
    assert ">商品を見る</a>" in after


def test_a_themes_rules_win_over_every_layer_of_the_shop(tmp_path: Path, folder: Path) -> None:
    served = sheet_of(folder, tmp_path / "built")

    assert served.endswith('}@layer theme{.btn{background:url("' + _address(served) + '")}}')
    assert served.index("--paper:#102030") > served.index("--paper:#131316")


def _address(served: str) -> str:
    return re.findall(r"/static/img/mine\.[0-9a-f]{12}\.svg", served)[0]


def test_a_themes_file_stands_before_the_shops_of_that_name(tmp_path: Path, folder: Path) -> None:
    (folder / "static/img/logo.svg").write_text("<svg>mine</svg>")
    built = Assets(tmp_path / "built", watch=False, theme=themes.read("mine"))
    built.build()

    assert (built.target / built.addresses["img/logo.svg"]).read_text() == "<svg>mine</svg>"


def test_a_theme_has_the_shops_widths(tmp_path: Path, folder: Path) -> None:
    (folder / "theme.css").write_text("@media (--from-desk) { .btn { top: 0; } }")

    assert "@media (min-width:60rem){.btn{top:0}}" in sheet_of(folder, tmp_path / "built")


FAULTS = {
    "a picture that is not there": ('.a {\n  background: url("img/mien.svg");\n}', "did you mean"),
    "an import": ('@import "more.css";', "@import would be one more request"),
    "a font that is too heavy": (
        '@font-face {\n  src: url("fonts/heavy.woff2");\n}',
        "weighs 121 KB, a font 120 at most",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_mistake_in_a_theme_stops_the_start_with_file_and_line(
    tmp_path: Path, folder: Path, fault: str
) -> None:
    written, words = FAULTS[fault]
    (folder / "theme.css").write_text(f"/* mine */\n{written}")
    (folder / "static/fonts").mkdir()
    (folder / "static/fonts/heavy.woff2").write_bytes(b"x" * 121 * 1024)

    with pytest.raises(SheetFault, match=re.escape(words)) as told:
        sheet_of(folder, tmp_path / "built")

    line = 2 if written.startswith("@import") else 3
    assert str(told.value).startswith(f"{folder / 'theme.css'}:{line}: ")


BROKEN = {
    "nowhere": ({}, "no theme 'nowhere' in "),
    "../mine": ({}, "no theme '../mine' in "),
    "mine": ({"theme.toml": 'name = "mine"\nversion = "1"\n'}, 'theme.toml: give made_for = "…"'),
    "mine ": ({}, "no theme 'mine ' in "),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_unknown_or_broken_theme_stops_the_start_in_one_line(
    seeded: Path, tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    files, words = BROKEN[name]
    for file, text in files.items():
        (folder / file).write_text(text)

    with pytest.raises(SystemExit):
        opened(seeded, tmp_path / "shop", name)

    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert told[0].startswith("storefront: STOREFRONT_THEME: ")
    assert words in told[0]


@pytest.mark.parametrize(
    ("file", "text", "words"),
    [
        ("theme.toml", "name = ", "theme.toml: "),
        ("theme.toml", 'name = "x"\nversion = "1"\nmade_for = "1"', "its folder's another"),
        ("words.po", 'msgid "a\n', "words.po: "),
        ("templates/a.html", "\n{% if %}", "a.html:2: "),
        ("theme.css", ".a {", "theme.css:1: this { is never closed"),
    ],
)
def test_what_is_broken_is_named(
    seeded: Path,
    tmp_path: Path,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    text: str,
    words: str,
) -> None:
    (folder / "templates").mkdir(exist_ok=True)
    (folder / file).write_text(text)

    with pytest.raises(SystemExit):
        opened(seeded, tmp_path / "shop", "mine")

    assert words in capsys.readouterr().err


def test_no_theme_is_the_default() -> None:
    assert Settings.model_fields["storefront_theme"].default == ""
    assert themes.read("") is themes.OWN


@pytest.mark.parametrize("name", FINISHED)
def test_a_finished_theme_copies_no_template_and_brings_light_fonts_with_their_licence(
    name: str,
) -> None:
    theme = themes.read(name)
    assert theme.static
    assert theme.styles
    fonts = list(theme.static.rglob("*.woff2"))

    assert theme.templates is None
    assert fonts
    assert sum(font.stat().st_size for font in fonts) <= HEAVIEST
    assert [font.name for font in fonts if not (font.parent / "LICENSE.txt").is_file()] == []
    faces = re.findall(r"@font-face \{[^}]*\}", theme.styles.read_text(encoding="utf-8"))
    assert len(faces) == len(fonts)
    assert [face for face in faces if "font-display: swap;" not in face] == []


@pytest.mark.parametrize("name", FINISHED)
def test_a_finished_theme_says_its_words_in_both_languages(name: str) -> None:
    with SENTENCES.open("rb") as file:
        shops = {message.id for message in read_po(file)}
    said = {
        language: {one.id for one in _read(themes.find(name) / file) if one.id and one.string}
        for language, file in themes.WORDS.items()
    }

    assert said["ja"] == said["en"] <= shops


def _read(path: Path) -> list:  # type: ignore[type-arg]  # of Babel's untyped messages
    with path.open("rb") as file:
        return list(read_po(file))


@pytest.mark.parametrize("name", FINISHED)
def test_a_finished_theme_changes_only_tokens_that_there_are(name: str) -> None:
    assert set(tokens.of(themes.read(name))["light"]) == set(tokens.of(themes.OWN)["light"])


def test_no_page_has_a_colour_of_its_own() -> None:
    """A theme could not change it. But a bar code is read by a machine: black on white."""
    pages = (ROOT / "storefront/templates").rglob("*.html")
    coloured = {
        one.name for one in pages if re.search(r'"#[0-9a-fA-F]{3,6}"', one.read_text("utf-8"))
    }

    assert coloured == {"pay.html"}
