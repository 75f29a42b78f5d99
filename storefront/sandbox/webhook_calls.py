"""Calls of outside parties to the shop's webhooks, made without a network."""

from collections.abc import Mapping

from flask import current_app
from werkzeug.test import Client

from storefront.core.extensions import db


def post(path: str, form: Mapping[str, str]) -> int:
    """Post a form to one of the shop's addresses and give the status; the shop answers in a context
    of its own, as if asked from outside."""
    db.session.commit()  # what this request has written is there for the other, and no lock held
    outside = Client(current_app.wsgi_app)
    base_url = current_app.config["SETTINGS"].base_url
    answer = outside.post(path, data=dict(form), base_url=base_url)
    db.session.expire_all()
    return answer.status_code
