"""The database's schema and its revisions; apart, as a process that serves needs no Alembic."""

import logging
from pathlib import Path
from typing import Any

from flask import current_app
from flask_migrate import Migrate, upgrade

from storefront.extensions import db

REVISIONS = Path(__file__).parent / "migrations"


def migrate() -> None:
    """Bring the database up to date, quietly where it is already."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    _bind()
    upgrade()


def config() -> Any:
    """Alembic's configuration for this shop."""
    return _bind().get_config(str(REVISIONS))


def _bind() -> Migrate:
    return Migrate(current_app, db, directory=str(REVISIONS), render_as_batch=True)
