"""What one guest of the test shop sees otherwise than everybody else: goods, terms, a first page.

A screen such as "sold out meanwhile" needs a shop that has changed. Nothing is changed for it: the
rows are given the guest's own values as they are read, in requests that bring the guest's cookie,
and what others read, and what stands in the database, stays as it is.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, has_app_context, request
from sqlalchemy.engine import Result
from sqlalchemy.orm import ORMExecuteState, with_loader_criteria
from sqlalchemy.orm.attributes import set_committed_value

from storefront.catalogue.models import Category, Product, Variant
from storefront.core import clock
from storefront.core.extensions import Base, db, transaction
from storefront.sandbox.models import SandboxGuest
from storefront.shipping.models import DeliveryMethod
from storefront.shop.models import Shop

KEPT = timedelta(hours=1)
COOKIE = "guest"
NAMED_BY: dict[type[Base], str] = {Variant: "sku", Product: "slug", Shop: "id"}
DEARER = {"沖縄県": 1_500}  # yen; of every parcel, once there is another way to deliver
LETTER, EMPTY_CATEGORY = "letter", "empty_category"

Changes = dict[str, Any]


def letter() -> DeliveryMethod:
    """Another way to deliver: cheaper, without a choice of date."""
    return DeliveryMethod(
        code="letter",
        name="ネコポス",
        name_en="Nekopos",
        carrier="yamato",
        published=True,
        position=1,
        fee=385,
        fees={},
        prepare_days=2,
        offers_dates=False,
        days_offered=14,
        slots=[],
    )


def receive() -> str:
    """A new guest, who sees what everybody does; returns the cookie's value."""
    token = secrets.token_urlsafe(16)
    with transaction():
        old = SandboxGuest.since < clock.now() - KEPT
        db.session.execute(sa.delete(SandboxGuest).where(old))
        db.session.add(SandboxGuest(token=token, changes={}, since=clock.now()))
    return token


def change(token: str, what: str, **values: object) -> None:
    """The guest sees these values from here on; what is the name of a row, as name_of has it."""
    with transaction():
        guest = db.session.get_one(SandboxGuest, token)
        guest.changes = {**guest.changes, what: {**guest.changes.get(what, {}), **values}}


class Answered(Protocol):
    """A page as it was answered."""

    @property
    def address(self) -> str: ...

    @property
    def status(self) -> int: ...

    @property
    def html(self) -> str: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


def keep_page(token: str, page: Answered) -> None:
    """Show the guest's browser this page when it first opens the address: a refused form, a fault
    or a notice that is given once cannot be asked for again."""
    parts = urlsplit(page.address)
    with transaction():
        guest = db.session.get_one(SandboxGuest, token)
        guest.path, guest.status, guest.html = f"{parts.path}?{parts.query}", page.status, page.html
        guest.content_type = page.headers.get("Content-Type", "text/html; charset=utf-8")


def name_of(kind: type[Base], key: object) -> str:
    """The name of a row in a guest's changes: its class, and the key by which NAMED_BY knows it."""
    return f"{kind.__name__} {key}"


def cookie() -> str:
    """The full name of the cookie by which a guest is known."""
    return str(current_app.config["SETTINGS"].cookie(COOKIE))


def init_app(app: Flask) -> None:
    """Have each request looked at for a guest's cookie."""
    app.before_request(_know)


def _know() -> Response | None:
    """The page that was kept for this request, once; else the shop as the guest sees it."""
    token = request.cookies.get(cookie())
    guest = db.session.get(SandboxGuest, token) if token else None
    if guest is None:
        return None
    page = _first_page(guest) if guest.html is not None else None
    if page is None:
        g.guest_sees = guest.changes
    return page


def _first_page(guest: SandboxGuest) -> Response | None:
    """Whoever opens another page first sees that, and from then on what is there."""
    is_meant = request.method == "GET" and _here() == guest.path
    if not is_meant and not _opens_a_page():
        return None
    page = Response(guest.html, guest.status, content_type=guest.content_type)
    with transaction():
        guest.html = None
    return page if is_meant else None


def _here() -> str:
    query = request.query_string.decode("ascii", "ignore")
    return f"{request.script_root}{request.path}?{query}"


def _opens_a_page() -> bool:
    return "text/html" in request.headers.get("Accept", "")


def _changes() -> Changes:
    return g.get("guest_sees", {}) if has_app_context() else {}


def _put_on(row: Base, *_context: object) -> None:
    changes = _changes()
    if changes:
        key = row.__dict__.get(NAMED_BY[type(row)])
        for name, value in changes.get(name_of(type(row), key), {}).items():
            set_committed_value(row, name, value)


for kind in NAMED_BY:
    sa.event.listen(kind, "load", _put_on)
    sa.event.listen(kind, "refresh", _put_on)


@sa.event.listens_for(db.session, "do_orm_execute")
def _leave_out(asked: ORMExecuteState) -> None:
    """The goods of a category that is empty for the guest."""
    slug = _changes().get(EMPTY_CATEGORY, {}).get("slug")
    if slug and asked.is_select:
        category = sa.select(Category.id).where(Category.slug == slug).scalar_subquery()
        others = with_loader_criteria(Product, Product.category_id != category)
        asked.statement = asked.statement.options(others)


@sa.event.listens_for(db.session, "do_orm_execute")
def _also_deliver_by_letter(asked: ORMExecuteState) -> Result[Any] | None:
    """Whenever the shop's profile is read: its delivery methods come with it."""
    if LETTER not in _changes() or not asked.is_select or Shop.__mapper__ not in asked.all_mappers:
        return None
    read = asked.invoke_statement().unique().freeze()
    for shop in [one for one in asked.session.identity_map.values() if isinstance(one, Shop)]:
        stored = [one for one in shop.deliveries if one.id]
        for one in stored:
            set_committed_value(one, "fees", DEARER)
        set_committed_value(shop, "deliveries", [*stored, letter()])
    return read()
