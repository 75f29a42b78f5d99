"""Which processes `storefront serve` starts, and what they share."""

import os
import sys
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from storefront.app import connections, serve
from storefront.core.extensions import db


def commands_of(app: Flask) -> list[list[str]]:
    """Those that take the place of the forked processes; none where these have the app."""
    jobs = serve.jobs(app, workers=2)
    return [job.args[1] for job in jobs if isinstance(job, partial) and job.func is os.execv]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks what was loaded")
def test_on_linux_web_and_worker_have_the_app_that_was_loaded(app: Flask) -> None:
    assert commands_of(app) == []


def test_elsewhere_each_loads_its_own(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")

    web, worker = commands_of(app)

    assert web[1:3] == ["-m", "storefront.app.web_server"]
    assert worker[1:4] == ["-m", "storefront", "worker"]
    for command in (web, worker):
        assert command[0] == sys.executable
        assert command[-2:] == ["--parent", str(os.getpid())]


def test_code_that_is_watched_for_changes_is_loaded_anew(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    developed = app.config["SETTINGS"].model_copy(update={"storefront_env": "development"})
    monkeypatch.setitem(app.config, "SETTINGS", developed)

    web, _worker = commands_of(app)

    assert "--reload" in web


def test_no_connection_is_left_to_be_shared(app: Flask) -> None:
    with app.app_context():
        db.session.execute(sa.text("SELECT 1"))
        assert db.engine.pool.checkedin() + db.engine.pool.checkedout()  # type: ignore[attr-defined]

    connections.close(app)

    with app.app_context():
        assert not db.engine.pool.checkedin() + db.engine.pool.checkedout()  # type: ignore[attr-defined]
