"""A visitor inside a running shop, whom nobody else notices: their reach, their owner."""

import contextvars
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.test import Client, TestResponse
from werkzeug.urls import iri_to_uri

from storefront.catalogue.models import Product, Variant
from storefront.core.client_address import as_seen_from
from storefront.core.extensions import Base, db
from storefront.gallery.owner import Owner
from storefront.gallery.page import Page
from storefront.sandbox import guests
from storefront.shop.models import Shop


class Inside:
    """Asks the shop's own WSGI application, in this thread, each time in a context of its own.

    token is the cookie of the guest that the visitor is; url is the shop's, and client_address the
    caller's, as the caller's own request has them.
    """

    def __init__(self, app: Flask, url: str, client_address: str, token: str) -> None:
        self.url = url
        self._app, self._address, self._token = app, client_address, token
        self._host = urlsplit(url).hostname or ""
        self._client = Client(app.wsgi_app)
        self._names = {guests.cookie()}
        self._client.set_cookie(guests.cookie(), token, domain=self._host)

    @property
    def cookies(self) -> dict[str, str]:
        kept = {name: self._client.get_cookie(name, domain=self._host) for name in self._names}
        return {name: cookie.value for name, cookie in sorted(kept.items()) if cookie}

    def get(self, address: str, headers: Mapping[str, str]) -> Page:
        return self._follow(address, self._open(address, headers=dict(headers)))

    def send(self, address: str, fields: Mapping[str, str]) -> Page:
        return self._follow(address, self._open(address, method="POST", data=dict(fields)))

    def _follow(self, address: str, answer: TestResponse) -> Page:
        while answer.location:
            address = urljoin(address, answer.location)
            answer = self._open(address)
        headers = dict(answer.headers)
        where = iri_to_uri(address)
        return Page(where, answer.status_code, answer.text, headers, self.cookies)

    def ask(self, path: str, **query: str) -> Any:
        return self._open(self.url + path, query_string=query).get_json()

    def tell(self, path: str, body: Mapping[str, object]) -> None:
        answer = self._open(self.url + path, method="POST", json=dict(body))
        if answer.status_code >= 400:
            raise LookupError(f"{path}: {answer.get_json()['error']}")

    def another(self) -> "Inside":
        return Inside(self._app, self.url, self._address, self._token)

    def _open(self, address: str, **request: Any) -> TestResponse:
        if not address.startswith(f"{self.url}/"):
            raise LookupError(f"{address} is not of this shop")
        db.session.commit()  # what was written is there for the other, and no lock is held
        answer: TestResponse = contextvars.Context().run(
            self._client.open,
            address.removeprefix(self.url),
            base_url=self.url,
            environ_overrides=as_seen_from(self._address),
            buffered=True,
            **request,
        )
        self._names |= {one.partition("=")[0] for one in answer.headers.getlist("Set-Cookie")}
        return answer


class OneGuestsOwner(Owner):
    """Changes goods and terms for one guest; what the guest has ordered is changed for real."""

    def __init__(self, app: Flask, token: str) -> None:
        super().__init__(app)
        self._token = token

    def begin_anew(self) -> None:
        raise LookupError("a shop that others are in is not made new")

    def price(self, sku: str, yen: int) -> None:
        self._show(Variant, sku, price=yen)

    def stock(self, sku: str, pieces: int) -> None:
        self._show(Variant, sku, available=pieces)

    def withdraw(self, slug: str) -> None:
        self._show(Product, slug, published=False)

    def withdraw_category(self, slug: str) -> None:
        guests.change(self._token, guests.EMPTY_CATEGORY, slug=slug)

    def rename(self, slug: str, name: str, name_en: str) -> None:
        self._show(Product, slug, name=name, name_en=name_en)

    def close(self) -> None:
        self._show(Shop, 1, is_open=False)

    def also_deliver_by_letter(self) -> None:
        guests.change(self._token, guests.LETTER)

    def _show(self, kind: type[Base], key: object, **values: object) -> None:
        guests.change(self._token, guests.name_of(kind, key), **values)
