"""Static files: addresses that change with the content, caching, compression."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from storefront.web import stylesheets
from storefront.web.assets import KIT, SHEETS, SOURCE, Assets
from tests.markup import Element, parsed
from tests.walk import Screen, shared_shop

pytestmark = pytest.mark.web

URL_OF = {"img/a.svg": "/static/img/a.123.svg"}
ALL_SHEETS = [sheet for sheets in {**SHEETS, **KIT}.values() for sheet in sheets]
STYLES = sorted((SOURCE / "css").rglob("*.css"))
SCRIPTS = ["js/app.js", "js/admin.js"]
KB = 1024
FOREVER = 365 * 24 * 3600


@pytest.fixture(scope="module")
def app(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from shared_shop(seeded, tmp_path_factory.mktemp("shop"))


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    return Assets(tmp_path, watch=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Assets:
    """As outside development. Compressing takes seconds: built once, and only read by tests."""
    assets = Assets(tmp_path_factory.mktemp("built"), watch=False)
    assets.build()
    return assets


@pytest.fixture(scope="module")
def watching(tmp_path_factory: pytest.TempPathFactory) -> Assets:
    """The same in development."""
    assets = Assets(tmp_path_factory.mktemp("watching"), watch=True)
    assets.build()
    return assets


def url(app: Flask, name: str) -> str:
    found: Assets = app.extensions["assets"]
    return found.url(name)


def fetch(client: FlaskClient, address: str, accept: str = "") -> TestResponse:
    """Read to the end, so that the file is closed."""
    answer = client.get(address, headers={"Accept-Encoding": accept})
    assert answer.data is not None
    answer.close()
    return answer


def test_other_content_has_another_address(assets: Assets) -> None:
    assets._publish("a.js", b"one")
    before = assets.url("a.js")

    assets._publish("a.js", b"two")

    assert assets.url("a.js") != before


def test_the_same_content_has_the_same_address_on_every_machine(
    assets: Assets, tmp_path: Path
) -> None:
    other = Assets(tmp_path / "other", watch=False)
    for one in (assets, other):
        one._publish("a.js", b"one")

    assert assets.url("a.js") == other.url("a.js")


def test_an_address_keeps_folder_name_and_ending(assets: Assets) -> None:
    assets._publish("js/htmx-4.0.1.min.js", b"one")

    assert re.fullmatch(r"/static/js/htmx-4\.0\.1\.min\.[0-9a-f]{12}\.js", assets.url(HTMX))


HTMX = "js/htmx-4.0.1.min.js"


def test_a_file_nobody_made_has_no_address(assets: Assets) -> None:
    with pytest.raises(KeyError):
        assets.url("nothing.css")


def test_building_twice_leaves_what_was_built(built: Assets) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.target.rglob("*.*")}

    Assets(built.target, watch=False).build()

    assert {path: path.stat().st_mtime_ns for path in built.target.rglob("*.*")} == before


def test_no_half_written_file_is_left(built: Assets) -> None:
    assert list(built.target.rglob("*.part")) == []


def test_photographs_are_not_compressed_again(built: Assets) -> None:
    assert list(built.target.rglob("*.svg.br"))
    assert list(built.target.rglob("*.jpg.*")) == []


def test_every_file_of_the_source_has_an_address(built: Assets) -> None:
    names = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.*")}
    assert names - set(built.addresses) == {f"css/{sheet}.css" for sheet in ALL_SHEETS}
    assert {*SHEETS, *KIT} <= set(built.addresses)


def test_where_there_is_no_kit_for_designers_it_costs_no_byte(tmp_path: Path) -> None:
    live = Assets(tmp_path, watch=False, has_kit=False)
    live.build()

    assert [name for name in live.addresses if "design" in name] == []
    assert list(tmp_path.rglob("*design*")) == []


def test_no_style_is_left_out_and_none_comes_twice() -> None:
    files = [path.relative_to(SOURCE / "css").as_posix() for path in STYLES]

    assert sorted(f"{sheet}.css" for sheet in ALL_SHEETS) == sorted(files)


def test_all_styles_of_the_shop_are_one_file(app: Flask, client: FlaskClient) -> None:
    served = fetch(client, url(app, "css/site.css")).text

    places = [served.find(mark) for mark in ("--space-4:", "@layer base{", ".btn{", ".hero{")]
    assert -1 < places[0] < places[1] < places[2] < places[3]


def test_outside_development_styles_are_without_comments_and_room(built: Assets) -> None:
    for name in SHEETS:
        served = (built.target / built.addresses[name]).read_text(encoding="utf-8")
        assert re.search(r"/\*|\n|  |;}", served) is None


def test_in_development_styles_are_served_as_they_are_written(watching: Assets) -> None:
    served = (watching.target / watching.addresses["css/site.css"]).read_text(encoding="utf-8")
    assert (SOURCE / "css/components/box.css").read_text(encoding="utf-8") in served


@pytest.mark.parametrize("name", SCRIPTS)
def test_outside_development_scripts_are_without_comments_and_room(
    built: Assets, name: str
) -> None:
    written = (SOURCE / name).read_text(encoding="utf-8")

    served = (built.target / built.addresses[name]).read_text(encoding="utf-8")

    assert re.search(r"^\s*//", written, re.MULTILINE)
    assert re.search(r"^\s|//|\n\n|  ", served) is None


@pytest.mark.parametrize("name", SCRIPTS)
def test_taking_room_out_of_a_script_leaves_its_words_and_its_texts(
    built: Assets, name: str
) -> None:
    written = (SOURCE / name).read_text(encoding="utf-8")

    served = (built.target / built.addresses[name]).read_text(encoding="utf-8")

    tokens = re.compile(r"""//.*|("[^"]*"|`[^`]*`|[\w$]+|[^\w\s"`])""")
    assert tokens.findall(served) == [one for one in tokens.findall(written) if one]


@pytest.mark.parametrize("name", [*SCRIPTS, "vendor/htmx-4.0.1.min.js"])
def test_in_development_scripts_are_served_as_they_are_written(watching: Assets, name: str) -> None:
    assert (watching.target / watching.addresses[name]).read_bytes() == (SOURCE / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "most"),
    [("css/site.css", 8 * KB), ("js/app.js", 3 * KB), ("vendor/htmx-4.0.1.min.js", 12 * KB)],
)
def test_what_every_first_visit_loads_stays_within_its_size(
    app: Flask, client: FlaskClient, name: str, most: int
) -> None:
    answer = fetch(client, url(app, name), "br")

    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) <= most


def test_taking_room_out_leaves_what_stands_in_quotes_and_sums() -> None:
    written = """
      /* a { } */
      .a > b,  [x="p ; q"] :hover {
        content: "→ /* no */ ";
        margin: calc(1px + 2px) 0;
      }
      """

    assert stylesheets.compact(written) == (
        '.a>b,[x="p ; q"] :hover{content:"→ /* no */ ";margin:calc(1px + 2px) 0}'
    )


def test_what_stands_between_two_comments_is_never_taken_out() -> None:
    written = "/* a */ .a { top: 0; } .b { top: 1px; /* b */ }"

    assert stylesheets.compact(written) == ".a{top:0}.b{top:1px}"


def test_taking_room_out_leaves_addresses_and_texts_as_they_are() -> None:
    written = """.a {
      background: url( "a, b;c.svg" ), url('d > e.svg'),  url(data:image/png;base64,AA==);
      content: 'it; } \\' is';
    }"""

    assert stylesheets.compact(written) == (
        """.a{background:url( "a, b;c.svg" ),url('d > e.svg'),url(data:image/png;base64,AA==);"""
        """content:'it; } \\' is'}"""
    )


def test_a_layer_that_goes_on_is_not_opened_again() -> None:
    written = """
      @layer a, b;
      @layer a { .x { top: 0; } @media print { .x { top: 1px; } } }
      @layer a { .y { top: 0; } }
      .z { top: 0; }
      @layer a { .z { top: 1px; } }
      """

    assert stylesheets.compact(written) == (
        "@layer a,b;@layer a{.x{top:0}@media print{.x{top:1px}}}@layer a{.y{top:0}}"
        ".z{top:0}@layer a{.z{top:1px}}"
    )


def joined(tmp_path: Path, written: str) -> str:
    """A sheet that may name one file."""

    def address(file: str) -> str:
        if file not in URL_OF:
            raise stylesheets.Unusable("there is no such file")
        return URL_OF[file]

    sheet = tmp_path / "theme.css"
    sheet.write_text(written, encoding="utf-8")
    return stylesheets.joined([stylesheets.StyleSheet(sheet)], address)


@pytest.mark.parametrize(
    ("written", "served"),
    [
        ('url("img/a.svg")', 'url("/static/img/a.123.svg")'),
        ("url( 'img/a.svg' )", 'url("/static/img/a.123.svg")'),
        ("url(img/a.svg#part)", 'url("/static/img/a.123.svg#part")'),
        ("url(#mask)", "url(#mask)"),
        ("url('data:image/svg+xml,<svg/>')", "url('data:image/svg+xml,<svg/>')"),
        ('"url(img/b.svg)"', '"url(img/b.svg)"'),
        ("/* url(img/b.svg) */", "/* url(img/b.svg) */"),
    ],
)
def test_a_file_that_a_sheet_names_is_found_under_its_address(
    tmp_path: Path, written: str, served: str
) -> None:
    assert joined(tmp_path, f".a {{ --x: {written}; }}") == f".a {{ --x: {served}; }}"


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (".a {\n  background: url('img/b.svg');\n}", ':2: url("img/b.svg"): there is no such'),
        (".a {\n  background: url(https://x.jp/a.svg);\n}", ':2: url("https://x.jp/a.svg"): '),
        ("/* a\n*/\n@import 'b.css';", ":3: @import would be one more request"),
        (".a {}\n@media (--from-moon) {}", ":2: no width has the name --from-moon: --below-"),
        (".a {\n.b {}\n", ":1: this { is never closed"),
        (".a {}\n}", ":2: this } closes nothing"),
        (".a {}\n/* ", ":2: this comment is never closed"),
    ],
)
def test_a_mistake_in_a_sheet_is_told_with_file_and_line(
    tmp_path: Path, written: str, words: str
) -> None:
    with pytest.raises(stylesheets.SheetFault, match=re.escape(f"theme.css{words}")):
        joined(tmp_path, written)


BARE = re.compile(r"/\*.*?\*/", re.DOTALL)
MEASURES = r"(?<![\w-])\d*\.?\d+(?:px|rem|vw|vi|pt|ch)"
NO_TOKEN = {
    "a colour": r"#[0-9a-fA-F]{3,8}\b(?!\w)|(?:rgb|hsl|oklch|lab|color-mix)a?\("
    r"|:[^;{]*(?<![\w-])(?:white|black|red|green|blue|gr[ae]y|gold|pink|orange)(?![\w-])[^;{]*;",
    "a radius": rf"radius: [^;]*{MEASURES}",
    "a weight": r"font(?:-weight)?: (?:[^;v]* )?(?:[1-9]00|bold)\b",
    "a size of text": rf"font(?:-size)?: [^;]*{MEASURES}",
    "tracking": rf"letter-spacing: {MEASURES}",
}


@pytest.mark.parametrize("what", NO_TOKEN)
def test_what_a_look_is_made_of_stands_in_the_tokens(what: str) -> None:
    """A proportion may stand in a rule: a share of the text (em) or of the box (%). So may the
    measures of a layout: columns, gaps, heights."""
    found = {
        sheet.path.name: re.findall(NO_TOKEN[what], BARE.sub("", sheet.path.read_text("utf-8")))
        for sheet in stylesheets.own([*stylesheets.SITE, *stylesheets.ADMIN])
        if sheet.path.stem != "tokens"
    }

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("what", "written"),
    [
        ("a colour", "a { color: #1f4e79; }"),
        ("a colour", "a { background: linear-gradient(black, var(--ink)); }"),
        ("a radius", "a { border-start-start-radius: 4px; }"),
        ("a weight", "a { font: 700 var(--text-m)/1 var(--font-text); }"),
        ("a weight", "a { font-weight: bold; }"),
        ("a size of text", "a { font-size: clamp(1rem, 4vw, 2rem); }"),
        ("tracking", "a { letter-spacing: 0.5px; }"),
    ],
)
def test_what_stands_beside_the_tokens_would_be_found(what: str, written: str) -> None:
    assert re.search(NO_TOKEN[what], written)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_a_style_has_one_declaration_a_line_and_names_its_widths(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    bare = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)

    crowded = [one for one in bare.splitlines() if re.search(r"[;{].*\S", one)]
    assert crowded == []
    assert written.startswith(("/* ", "@layer"))
    assert re.findall(r"@media.*width.*", bare) == []


def test_every_token_that_a_style_uses_is_there_and_the_other_way_round() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in STYLES)
    named = set(re.findall(r"^ *(?:@custom-media )?(--[\w-]+)", written, flags=re.MULTILINE))

    used = set(re.findall(r"(?:var|@media )\((--[\w-]+)", written))
    assert used == named


@pytest.mark.parametrize("name", ["css/site.css", "js/app.js", "img/logo.svg"])
def test_a_file_is_kept_for_a_year_and_never_asked_for_again(
    app: Flask, client: FlaskClient, name: str
) -> None:
    caching = fetch(client, url(app, name)).headers["Cache-Control"]

    assert "immutable" in caching
    assert "public" in caching
    assert int(re.findall(r"max-age=(\d+)", caching)[0]) >= FOREVER


@pytest.mark.parametrize("name", ["css/site.css", "js/app.js", "vendor/htmx-4.0.1.min.js"])
def test_a_browser_that_knows_brotli_gets_it(app: Flask, client: FlaskClient, name: str) -> None:
    plain = fetch(client, url(app, name)).data

    answer = fetch(client, url(app, name), "gzip, br")

    assert answer.headers["Content-Encoding"] == "br"
    assert brotli.decompress(answer.data) == plain
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_browser_that_knows_only_gzip_gets_that(app: Flask, client: FlaskClient) -> None:
    address = url(app, "css/site.css")

    answer = fetch(client, address, "gzip")

    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == fetch(client, address).data


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("css/site.css", "text/css"),
        ("js/app.js", "text/javascript"),
        ("img/logo.svg", "image/svg+xml"),
    ],
)
def test_a_file_says_what_it_is_and_is_taken_at_its_word(
    app: Flask, client: FlaskClient, name: str, kind: str
) -> None:
    answer = fetch(client, url(app, name))

    assert answer.mimetype == kind
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/css/site.css",
        "/static/css/site.000000000000.css",
        "/static/../wsgi.py",
        "/static/%2e%2e/%2e%2e/wsgi.py",
        "/static/../queue.sqlite3",
        "/static/..%2fstorefront.sqlite3",
        "/static//etc/passwd",
        "/en/static/css/site.css",
    ],
)
def test_what_is_not_published_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_files_have_no_language(app: Flask, client: FlaskClient) -> None:
    assert client.get("/en" + url(app, "css/site.css")).status_code == 404


@pytest.mark.parametrize("name", ["img/logo.png", "img/products/yunomi-1.jpg"])
def test_a_picture_of_a_mail_is_shown_where_others_let_people_read_their_mail(
    app: Flask, client: FlaskClient, name: str
) -> None:
    policy = fetch(client, url(app, name)).headers["Cross-Origin-Resource-Policy"]

    assert policy == "cross-origin"


PAGES = {"canonical", "alternate"}


def used(page: Element) -> set[str]:
    """A link may name a page instead: this one, and the same in another language."""
    ones = [one for one in page.all("img", "script", "link") if one.get("rel") not in PAGES]
    return {one.get("src") or one.get("href") for one in ones} - {""}


def test_every_file_that_a_page_uses_is_there(client: FlaskClient, screens: list[Screen]) -> None:
    files = set().union(*(used(screen.page) for screen in screens))

    missing = [file for file in sorted(files) if fetch(client, file).status_code != 200]

    assert len(files) > 20
    assert missing == []


def test_every_file_that_the_styles_use_is_there(app: Flask, client: FlaskClient) -> None:
    used_by_styles = re.findall(
        r"url\(['\"]?([^'\")]+)", fetch(client, url(app, "css/site.css")).text
    )

    missing = [file for file in used_by_styles if not file.startswith(("data:", "#"))]

    assert missing == []


def test_no_page_uses_a_file_of_another_site(screens: list[Screen]) -> None:
    faults = [
        f"{screen}: {file}"
        for screen in screens
        for file in used(screen.page)
        if not re.match("/static/", file)
    ]

    assert faults == []


def test_a_page_needs_one_style_and_two_scripts(client: FlaskClient) -> None:
    page = parsed(client.get("/").text)

    assert len(page.all("link", rel="stylesheet")) == 1
    assert len([one for one in page.all("script") if "src" in one]) == 2


def test_a_changed_style_shows_at_the_next_request_in_development(watching: Assets) -> None:
    watching.seen -= 1
    watching.addresses.clear()

    watching.refresh()

    assert "css/site.css" in watching.addresses


def test_outside_development_nothing_is_built_again(built: Assets) -> None:
    resting = Assets(built.target, watch=False)
    resting.build()
    resting.seen -= 1
    resting.addresses.clear()

    resting.refresh()

    assert resting.addresses == {}
