"""Alembic's entry: runs migrations on the shop's own engine."""

from alembic import context
from flask import current_app

from storefront.core.extensions import db
from storefront.core.migrate import changing_tables


def run() -> None:
    options = current_app.extensions["migrate"].configure_args
    with changing_tables() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, **options)
        with context.begin_transaction():
            context.run_migrations()


run()
