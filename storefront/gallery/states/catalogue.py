"""States of home, category, search and product."""

from storefront.gallery.page import Page
from storefront.gallery.states import long, walks
from storefront.gallery.states.state import State
from storefront.gallery.visitor import Visitor


def _empty_category(visitor: Visitor) -> Page:
    visitor.owner.withdraw_category("tea")
    return visitor.get("/categories/tea")


def _one_left(visitor: Visitor) -> Page:
    """Two are wanted of the only one."""
    visitor.owner.stock("matcha-bowl", 1)
    return walks.put_in(visitor, "matcha-bowl", 2)


def _last_piece(visitor: Visitor) -> Page:
    visitor.owner.stock("matcha-bowl", 1)
    return visitor.get("/products/matcha-bowl")


def _old_token(visitor: Visitor) -> Page:
    visitor.get("/products/yunomi")
    return walks.with_old_token(visitor, "add-to-cart")


STATES = (
    State("home", "トップ", "catalogue.home", lambda visitor: visitor.get("/")),
    State(
        "category",
        "カテゴリー",
        "catalogue.category",
        lambda visitor: visitor.get("/categories/tea"),
    ),
    State("category-empty", "カテゴリー: 商品なし", "catalogue.category", _empty_category),
    State("search", "すべての商品", "catalogue.search", lambda visitor: visitor.get("/search")),
    State(
        "search-found", "検索: 結果あり", "catalogue.search", lambda one: one.get("/search?q=茶")
    ),
    State(
        "search-none", "検索: 結果なし", "catalogue.search", lambda one: one.get("/search?q=自転車")
    ),
    State("product", "商品", "catalogue.product", lambda one: one.get("/products/yunomi")),
    State(
        "product-options",
        "商品: サイズあり、食品でない",
        "catalogue.product",
        lambda one: one.get("/products/indigo-tote"),
    ),
    State(
        "product-reduced",
        "商品: 軽減税率",
        "catalogue.product",
        lambda one: one.get("/products/uji-sencha"),
    ),
    State(
        "product-one-left",
        "商品: 残り1点",
        "catalogue.product",
        _last_piece,
    ),
    State(
        "product-sold-out",
        "商品: 在庫切れ",
        "catalogue.product",
        lambda one: one.get("/products/kyusu"),
    ),
    State(
        "product-no-option",
        "商品: サイズ未選択",
        "catalogue.product",
        lambda one: walks.put_in(one, "indigo-tote"),
        422,
    ),
    State("product-too-many", "商品: 在庫より多い", "catalogue.product", _one_left, 422),
    State(
        "product-no-number",
        "商品: 数量が数字でない",
        "catalogue.product",
        lambda one: (one.get("/products/yunomi"), one.press("add-to-cart", quantity="たくさん"))[1],
        422,
    ),
    State("product-old-token", "商品: 時間がたった画面", "catalogue.product", _old_token, 422),
    State("product-long", "商品: 長い名前", "catalogue.product", long.product),
)
