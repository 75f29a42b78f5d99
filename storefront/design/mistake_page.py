"""The page that shows a mistake in development, in the place of the one that has it."""

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue

from storefront.core.extensions import db
from storefront.core.tracebacks import traced
from storefront.design import mistakes
from storefront.design.mistakes import Mistake
from storefront.web import error_pages

log = structlog.get_logger()

HEADER = "X-Design-Mistake"  # tells the script, which shows it above a page that HTMX is in


def init_app(app: Flask) -> None:
    """In the place of the shopper's page for a fault; what no template has a part in keeps that."""
    app.register_error_handler(Exception, _shown)


def _shown(error: Exception) -> ResponseReturnValue:
    mistake = mistakes.of(error)
    if mistake is None:
        return error_pages.fault(error)
    log.error("request_failed", **traced(error), endpoint=request.endpoint)
    db.session.rollback()
    return page(mistake)


def page(mistake: Mistake) -> ResponseReturnValue:
    place = f"{mistake.place.file}:{mistake.place.line}"
    headers = {HEADER: place, "Cache-Control": "no-store"}
    return render_template("design/mistake.html", mistake=mistake), 500, headers
