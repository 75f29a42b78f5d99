"""What was saved is counted, told to who waits, and everything of another process counts."""

import json
import threading
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from storefront.design.changes import PAGE, STYLES, Changes, kinds_of
from tests.unit.design.conftest import Changed


@pytest.fixture
def prepared() -> list[set[Path]]:
    return []


@pytest.fixture
def changes(tmp_path: Path, prepared: list[set[Path]]) -> Changes:
    return Changes([tmp_path], prepared.append)


def test_a_version_is_followed_by_what_was_saved_since(changes: Changes) -> None:
    first = changes.version
    changes.saved([Path("one.css")])
    second = changes.version
    changes.saved([Path("one.html")])

    assert changes.since(first) == {STYLES, PAGE}
    assert changes.since(second) == {PAGE}
    assert changes.since(changes.version) == set()


@pytest.mark.parametrize("version", ["", "other.0", "other.x"])
def test_of_another_process_everything_has_changed(changes: Changes, version: str) -> None:
    assert changes.since(version) == {STYLES, PAGE}


def test_what_no_page_shows_is_no_change(changes: Changes, prepared: list[set[Path]]) -> None:
    before = changes.version

    changes.saved([Path("one.py"), Path("one.mo"), Path(".one.html.swp")])

    assert changes.version == before
    assert prepared == []


def test_the_style_of_mails_is_seen_in_the_pages_that_show_them() -> None:
    assert kinds_of(Path("templates/mail/_style.css")) == {PAGE}
    assert kinds_of(Path("static/css/base.css")) == {STYLES}


def test_a_change_is_prepared_before_it_is_told(changes: Changes) -> None:
    before = changes.version
    versions: list[str] = []
    changes.prepare = lambda _saved: versions.append(changes.version)

    changes.saved([Path("one.css")])

    assert versions == [before]


def test_a_file_that_is_saved_is_noticed(changes: Changes, tmp_path: Path) -> None:
    before = changes.version
    changes.start()
    writing = threading.Event()

    def write() -> None:
        while not writing.wait(0.05):
            (tmp_path / "one.css").write_text("one {}")

    writer = threading.Thread(target=write)
    writer.start()
    assert changes.wait(before, 30)
    writing.set()
    writer.join()
    changes.stop()


@pytest.fixture
def client(development: Changed) -> FlaskClient:
    return development.app.test_client()


@pytest.mark.web
def test_the_stream_tells_what_was_saved(development: Changed, client: FlaskClient) -> None:
    changes: Changes = development.app.extensions["changes"]
    before = changes.version
    changes.saved([Path("one.css")])

    answer = client.get(f"/design/changes?seen={before}", buffered=False)
    parts = answer.iter_encoded()
    told = [next(parts), next(parts)]
    answer.close()

    assert answer.mimetype == "text/event-stream"
    number, data = told[1].decode().split("\n")[:2]
    assert number == f"id: {changes.version}"
    event = json.loads(data.removeprefix("data: "))
    assert {one.split(".")[0] for one in event["styles"]} == {
        "/static/css/site",
        "/static/css/admin",
        "/static/css/design",
    }
    assert (event["page"], event["wrong"]) == (False, False)


@pytest.mark.web
def test_a_page_brings_the_script_once(client: FlaskClient) -> None:
    assert client.get("/").text.count("/design/static/design.js") == 1
    assert client.get("/en/search").text.count('src="/design/static/design.js"') == 1
    assert "design.js" not in client.get("/search", headers={"HX-Request": "true"}).text
    for address in ("/design/static/design.js", "/design/static/mistake.css"):
        assert client.get(address).status_code == 200


@pytest.mark.web
def test_no_more_streams_than_there_may_be(development: Changed, client: FlaskClient) -> None:
    streams = development.app.extensions["design_standing"].streams
    taken = 0
    while streams.acquire(blocking=False):
        taken += 1

    assert client.get("/design/changes").status_code == 503

    for _ in range(taken):
        streams.release()


@pytest.mark.web
def test_tests_have_no_stream(in_tests: Changed) -> None:
    client = in_tests.app.test_client()

    assert client.get("/design/changes").status_code == 404
    assert "design.js" not in client.get("/").text


@pytest.mark.web
def test_a_template_that_goes_before_another_is_seen(
    development: Changed, client: FlaskClient
) -> None:
    changes: Changes = development.app.extensions["changes"]
    client.get("/search")
    path = development.folder / "partials" / "search_form.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text("<p>Instead</p>", encoding="utf-8")

    changes.saved([path])

    assert "<p>Instead</p>" in client.get("/search").text
    development.mend()
