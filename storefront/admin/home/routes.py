"""The first page: what wants to be done today."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from storefront import clock
from storefront.admin.gate import me
from storefront.orders import standing
from storefront.pages import page

bp = Blueprint("home", __name__)


@bp.get("/")
def show() -> ResponseReturnValue:
    return page("admin/home/show.html", person=me(), today=standing.today(), day=clock.today())
