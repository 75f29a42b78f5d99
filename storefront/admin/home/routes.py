"""The first page: what wants to be done today."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from storefront.admin.auth.gate import me
from storefront.core import clock
from storefront.reports import dashboard
from storefront.web.rendering import page

bp = Blueprint("home", __name__)


@bp.get("/")
def show() -> ResponseReturnValue:
    """The first page, with today's figures."""
    return page("admin/home/show.html", person=me(), today=dashboard.today(), day=clock.today())
