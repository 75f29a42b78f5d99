"""What each button of the owner's side does, in words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from storefront.admin.auth.models import Passkey, Person
from storefront.admin.plugin import plugins
from storefront.catalogue.models import Category, Product, ProductImport
from storefront.core.extensions import db
from storefront.payments import method_settings
from storefront.shop.models import Announcement

Fields = Iterable[tuple[str, str]]


def of(endpoint: str, values: Mapping[str, Any], fields: Fields) -> str:
    """The action, after what it is done to where the address names it."""
    area, _dot, view = endpoint.removeprefix("admin.").partition(".")
    variant = str(values.get("code", "")) or dict(fields).get("do", "")
    known = _words_of(area)
    words = known.get(f"{view}:{variant}") or known.get(view) or _("操作")
    about = " ".join(filter(None, (_subject(area, *one) for one in values.items())))
    return _("「%(about)s」: %(deed)s", about=about, deed=words) if about else words


def _subject(area: str, name: str, value: Any) -> str:
    if name == "number":
        return str(value)
    if name == "code" and area == "payment_methods":
        method = method_settings.find(value)
        return method.name if method else ""
    look = SUBJECTS.get(name)
    return look(value) if look else ""


def _named(table: type[Any], column: str) -> Callable[[Any], str]:
    def look(id_: Any) -> str:
        found = db.session.get(table, id_)
        return str(getattr(found, column)) if found else ""

    return look


SUBJECTS: dict[str, Callable[[Any], str]] = {
    "person_id": _named(Person, "name"),
    "passkey_id": _named(Passkey, "name"),
    "product_id": _named(Product, "name"),
    "category_id": _named(Category, "name"),
    "import_id": _named(ProductImport, "file"),
    "news_id": _named(Announcement, "title"),
}


def _account() -> dict[str, str]:
    return {
        "change_app": _("認証アプリの登録"),
        "change_password": _("パスワードの変更"),
        "forget_passkey": _("パスキーを削除する"),
        "make_recovery_codes": _("復旧コードを作る"),
        "sign_out_others": _("ほかの端末をサインアウトする"),
    }


def _orders() -> dict[str, str]:
    return {
        "act:prepare": _("出荷準備にする"),
        "act:ship": _("発送する"),
        "act:change-slip": _("送り状番号を変更する"),
        "act:withdraw": _("送り状を取り消す"),
        "act:deliver": _("お届け完了にする"),
        "act:link": _("支払いリンクを再送"),
        "act:refresh": _("状態を更新"),
        "act:close": _("入金済みにする"),
        "act:reduce": _("請求金額を変更する"),
        "act:reissue": _("再発行を依頼する"),
        "act:cancel": _("キャンセルする"),
        "act:return": _("返品にする"),
        "act:refund": _("全額を返金する"),
        "act_with_refund:cancel": _("キャンセルして返金する"),
        "act_with_refund:return": _("返品にして返金する"),
        "act_with_refund:refund": _("全額を返金する"),
        "confirm_money": _("入金を確認した"),
        "confirm_given_back": _("返金した"),
        "keep_note": _("メモを保存"),
        "reveal": _("電話番号と住所を表示する"),
        "chosen": _("選んだ注文の操作"),
        "again": _("できなかった注文をもう一度行う"),
        "start_job": _("まとめて行う操作を始める"),
        "enter": _("注文の登録"),
        "fetch_slips": _("払込票の印字データを取りにいく"),
        "search": _("注文を探す"),
        "ship_these": _("まとめて発送する"),
        "read_slips": _("送り状番号のファイルを読み込む"),
    }


def _products() -> dict[str, str]:
    return {
        "save": _("商品の登録"),
        "create": _("商品の登録"),
        "add_picture": _("写真を追加する"),
        "change_picture": _("写真の変更"),
        "change_picture:remove": _("写真を削除する"),
        "add_category": _("カテゴリーの登録"),
        "change_category": _("カテゴリーの登録"),
        "change_category:delete": _("カテゴリーを削除する"),
        "approve": _("商品の取り込み"),
        "upload": _("商品の取り込み"),
    }


def _payment_methods() -> dict[str, str]:
    return {
        "choose_kind": _("お支払い方法の新規登録"),
        "register": _("お支払い方法の登録"),
        "change": _("お支払い方法の登録"),
        "preview": _("お客さまの見え方を確かめる"),
        "preview_new": _("お客さまの見え方を確かめる"),
        "publish": _("公開する"),
        "unpublish": _("非公開にする"),
        "delete": _("削除する"),
        "up": _("表示順を上げる"),
        "down": _("表示順を下げる"),
        "order_after_failure": _("失敗したあとの順番の変更"),
    }


def _settings() -> dict[str, dict[str, str]]:
    return {
        "people": {
            "add": _("担当者の追加"),
            "change": _("担当者の変更"),
            "change:let-go": _("権限をなくす"),
            "change:make-owner": _("オーナーにする"),
            "change:make-staff": _("スタッフにする"),
            "change:forget-second-factor": _("2段階認証を解除する"),
        },
        "shop_settings": {
            "save": _("店舗情報の登録"),
            "add_news": _("お知らせの登録"),
            "remove_news": _("お知らせを削除する"),
            "open_or_close:open": _("お店を開ける"),
            "open_or_close:close": _("お店を準備中にする"),
        },
        "delivery": {
            "add": _("配送方法の登録"),
            "save": _("配送方法の登録"),
            "do": _("配送方法の変更"),
            "keep_rest": _("休業日の登録"),
        },
        "messages": {"save": _("文面の登録"), "send": _("文面を自分あてに送る")},
        "limits": {"save": _("SMSの上限の登録")},
        "privacy": {
            "save": _("個人情報を保存する月数の登録"),
            "find": _("個人情報を削除する方を探す"),
            "erase": _("個人情報を削除する"),
        },
    }


def _area_of_settings(area: str) -> Callable[[], dict[str, str]]:
    return lambda: _settings()[area]


WORDS: dict[str, Callable[[], dict[str, str]]] = {
    "account": _account,
    "orders": _orders,
    "products": _products,
    "payment_methods": _payment_methods,
    "signing_in": lambda: {"logout": _("サインアウト")},
    "people": _area_of_settings("people"),
    "shop_settings": _area_of_settings("shop_settings"),
    "delivery": _area_of_settings("delivery"),
    "messages": _area_of_settings("messages"),
    "limits": _area_of_settings("limits"),
    "privacy": _area_of_settings("privacy"),
}


def _words_of(area: str) -> dict[str, str]:
    """The shop's own, or a provider's."""
    theirs = {one.entry.area: one.request_names for one in plugins()}
    return {**theirs, **WORDS}.get(area, dict)()
