"""States of the owner's side, as the demo owner sees them who is signed in."""

import re
from collections.abc import Callable

from storefront.admin.auth import second_factor
from storefront.core.published_values import PASSWORD, SECRET
from storefront.gallery.page import Page
from storefront.gallery.states import walks
from storefront.gallery.states.state import State
from storefront.gallery.visitor import Visitor
from storefront.sandbox import demo_owner

How = Callable[[Visitor], Page]


def _give_password(visitor: Visitor, password: str = PASSWORD) -> Page:
    visitor.get("/admin/login")
    return visitor.press("password", email=demo_owner.EMAIL, password=password)


def _sign_in(visitor: Visitor) -> Page:
    """By the forms, with what the demo shop publishes."""
    _give_password(visitor)
    return visitor.press("code", code=second_factor.code_now(SECRET))


def _open(visitor: Visitor, path: str) -> Page:
    """Raises LookupError where something else is shown, as when the owner's password is another."""
    page = visitor.get(path)
    if walks.path_of(visitor, page.address) != path.partition("?")[0]:
        raise LookupError(f"{path} led to {page.address}")
    return page


def _at(path: str) -> How:
    def play(visitor: Visitor) -> Page:
        _sign_in(visitor)
        return _open(visitor, f"/admin{path}")

    return play


def _linked(listed: str, rest: str = "") -> How:
    """The first page that a list leads to by a number, or a page of that."""

    def play(visitor: Visitor) -> Page:
        _sign_in(visitor)
        found = re.search(
            rf'href="[^"]*(/admin{listed}/\d+)"', _open(visitor, f"/admin{listed}").html
        )
        if found is None:
            raise LookupError(f"/admin{listed} lists nothing")
        return _open(visitor, f"{found[1]}{rest}")

    return play


def _order(payment: str, path: str = "/") -> How:
    """Of an order that was just placed; path stands before its number."""

    def play(visitor: Visitor) -> Page:
        walks.to_completion(visitor, payment)
        _sign_in(visitor)
        return _open(visitor, f"/admin/orders{path}{visitor.order}")

    return play


def _refused(path: str, field: str) -> How:
    """A form that is sent with one field emptied."""

    def play(visitor: Visitor) -> Page:
        _at(path)(visitor)
        return visitor.press(field, **{field: ""})

    return play


SETTINGS = "/settings"
STATES = (
    State(
        "owner-sign-in",
        "管理・サインイン: パスワード",
        "admin.signing_in.login",
        lambda visitor: visitor.get("/admin/login"),
    ),
    State(
        "owner-sign-in-wrong",
        "管理・サインイン: 違う組",
        "admin.signing_in.login",
        lambda visitor: _give_password(visitor, "wrong"),
        422,
    ),
    State("owner-code", "管理・サインイン: 確認コード", "admin.signing_in.code", _give_password),
    State("owner-home", "管理・ホーム", "admin.home.show", _at("/")),
    State("owner-orders", "管理・注文: 一覧", "admin.orders.listing", _at("/orders")),
    State("owner-order", "管理・注文: 代金後払い", "admin.orders.show", _order(walks.SMARTPHONE)),
    State("owner-order-transfer", "管理・注文: 振込", "admin.orders.show", _order(walks.TRANSFER)),
    State("owner-order-new", "管理・注文: 電話の注文", "admin.orders.new", _at("/orders/new")),
    State(
        "owner-order-ship",
        "管理・注文: 追跡番号",
        "admin.orders.ship",
        _order(walks.COD, "/ship?n="),
    ),
    State(
        "owner-order-notes",
        "管理・注文: 納品書",
        "admin.orders.notes",
        _order(walks.COD, "/notes?n="),
    ),
    State(
        "owner-order-export", "管理・注文: CSV", "admin.orders.export_page", _at("/orders/export")
    ),
    State("owner-products", "管理・商品: 一覧", "admin.products.listing", _at("/products")),
    State("owner-product", "管理・商品: 編集", "admin.products.edit", _linked("/products")),
    State(
        "owner-product-refused",
        "管理・商品: 名前がない",
        "admin.products.edit",
        _refused("/products/new", "name"),
        422,
    ),
    State(
        "owner-product-new", "管理・商品: 新しい商品", "admin.products.new", _at("/products/new")
    ),
    State(
        "owner-pictures",
        "管理・商品: 写真",
        "admin.products.pictures_of",
        _linked("/products", "/pictures"),
    ),
    State(
        "owner-categories",
        "管理・商品: カテゴリー",
        "admin.products.category_list",
        _at("/products/categories"),
    ),
    State("owner-sheet", "管理・商品: CSV", "admin.products.sheet", _at("/products/sheet")),
    State("owner-reports", "管理・レポート", "admin.reports.show", _at("/reports")),
    State("owner-shop", "管理・店舗情報", "admin.shop_settings.show", _at(f"{SETTINGS}/shop")),
    State(
        "owner-shop-refused",
        "管理・店舗情報: 店名がない",
        "admin.shop_settings.show",
        _refused(f"{SETTINGS}/shop", "name"),
        422,
    ),
    State(
        "owner-opening",
        "管理・店舗情報: 開店まで",
        "admin.shop_settings.meter",
        _at(f"{SETTINGS}/shop/opening"),
    ),
    State(
        "owner-news",
        "管理・店舗情報: お知らせ",
        "admin.shop_settings.news",
        _at(f"{SETTINGS}/shop/news"),
    ),
    State(
        "owner-payments",
        "管理・お支払い方法: 一覧",
        "admin.payment_methods.listing",
        _at(f"{SETTINGS}/payment-methods"),
    ),
    State(
        "owner-payment",
        "管理・お支払い方法: 編集",
        "admin.payment_methods.edit",
        _at(f"{SETTINGS}/payment-methods/cod"),
    ),
    State("owner-delivery", "管理・配送", "admin.delivery.listing", _at(f"{SETTINGS}/delivery")),
    State("owner-messages", "管理・文面", "admin.messages.listing", _at(f"{SETTINGS}/messages")),
    State("owner-limits", "管理・上限", "admin.limits.show", _at(f"{SETTINGS}/sms-limits")),
    State("owner-yamato", "管理・ヤマト", "admin.yamato.show", _at(f"{SETTINGS}/yamato")),
    State("owner-privacy", "管理・個人情報", "admin.privacy.show", _at(f"{SETTINGS}/privacy")),
    State("owner-people", "管理・担当者", "admin.people.show", _at(f"{SETTINGS}/people")),
    State("owner-account", "管理・アカウント", "admin.account.show", _at("/account")),
    State("owner-audit", "管理・操作の記録", "admin.audit_log.show", _at("/audit")),
)
