"""States of the cart."""

from storefront.gallery.page import Page
from storefront.gallery.states import long, walks
from storefront.gallery.states.state import State
from storefront.gallery.visitor import Visitor


def _filled(visitor: Visitor) -> Page:
    walks.put_in(visitor, "uji-sencha", 2)
    walks.put_in(visitor, "indigo-tote", option="M")
    return visitor.get("/cart")


def _changed_behind_its_back(visitor: Visitor) -> Page:
    walks.put_in(visitor)
    walks.put_in(visitor, "uji-sencha", 3)
    walks.put_in(visitor, "chasen")
    visitor.owner.stock("matcha-bowl", 1)
    walks.put_in(visitor, "matcha-bowl")
    visitor.owner.price("yunomi", 3_520)
    visitor.owner.stock("uji-sencha", 1)
    visitor.owner.withdraw("chasen")
    visitor.owner.stock("matcha-bowl", 0)
    return visitor.get("/cart")


def _change(visitor: Visitor, quantity: str) -> Page:
    walks.put_in(visitor)
    return visitor.press("quantity-yunomi", quantity=quantity)


def _last_removed(visitor: Visitor) -> Page:
    return _change(visitor, "0")


def _one_of_two_removed(visitor: Visitor) -> Page:
    walks.put_in(visitor, "uji-sencha")
    return _change(visitor, "0")


def _old_token(visitor: Visitor) -> Page:
    walks.put_in(visitor)
    return walks.with_old_token(visitor, "quantity-yunomi")


def _closed(visitor: Visitor) -> Page:
    walks.put_in(visitor)
    visitor.owner.close()
    return visitor.get("/cart")


def _varied_shipping(visitor: Visitor) -> Page:
    visitor.owner.also_deliver_by_letter()
    return walks.put_in(visitor)


CART = "cart.show"
STATES = (
    State("cart-empty", "カート: 空", CART, lambda visitor: visitor.get("/cart")),
    State("cart", "カート: 2品", CART, _filled),
    State("cart-added", "カート: 入れたところ、送料無料まであと少し", CART, walks.put_in),
    State("cart-free", "カート: 送料無料", CART, lambda one: walks.put_in(one, "tsumugi")),
    State("cart-changed", "カート: 価格・在庫・販売の変更", CART, _changed_behind_its_back),
    State("cart-quantity", "カート: 数量を変えたところ", CART, lambda one: _change(one, "2")),
    State("cart-refused", "カート: 数量が数字でない", CART, lambda one: _change(one, "abc"), 422),
    State("cart-too-many", "カート: 多すぎる数量", CART, lambda one: _change(one, "100"), 422),
    State("cart-removed", "カート: 1品を削除したところ", CART, _one_of_two_removed),
    State("cart-removed-last", "カート: 最後の品を削除したところ", CART, _last_removed),
    State("cart-old-token", "カート: 時間がたった画面", CART, _old_token, 422),
    State("cart-closed", "カート: お店が準備中", CART, _closed),
    State("cart-shipping", "カート: お届け先で変わる送料", CART, _varied_shipping),
    State("cart-long", "カート: 長い名前と大きな金額", CART, long.cart),
)
