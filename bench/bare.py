"""The yardstick: a bare Flask page of a wished size, rendered by Jinja from one SQLite read."""

import os
import sqlite3
import tempfile
import threading
from pathlib import Path

from flask import Flask, render_template

THINGS = 24
PAGE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>{{ title }}</title></head><body><main><ul>
{% for name, price in things %}
<li><a href="/things/{{ name }}">{{ name }}</a> <b>{{ price }}</b><p>{{ words }}</p></li>
{% endfor %}
</ul></main></body></html>"""

app = Flask(__name__)
template = app.jinja_env.from_string(PAGE)
path = Path(tempfile.gettempdir()) / f"bare-{os.getpid()}.sqlite3"
local = threading.local()


def database() -> sqlite3.Connection:
    """One connection a thread, as the shop has."""
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(path)
    connection: sqlite3.Connection = local.connection
    return connection


def fill() -> None:
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE things (name TEXT, price INTEGER)")
        rows = [(f"thing-{number:02}", 1000 + number) for number in range(THINGS)]
        connection.executemany("INSERT INTO things VALUES (?, ?)", rows)


@app.get("/<int:size>")
def page(size: int) -> str:
    things = database().execute("SELECT name, price FROM things").fetchall()
    room = size - len(PAGE) - THINGS * 60
    words = "x" * max(0, room // THINGS)
    return render_template(template, title="Bare", things=things, words=words)


fill()
