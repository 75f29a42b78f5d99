"""The connections of a process, which no other may share with it."""

from flask import Flask

from storefront.core.extensions import db


def close(app: Flask) -> None:
    """Close those to database and queue, before a process is forked; each opens anew when asked."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
    app.extensions["queue"].storage.close()
