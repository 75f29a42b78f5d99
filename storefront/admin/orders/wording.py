"""What the states of orders, payments and credit are called on the owner's side."""

from collections.abc import Iterable

from flask_babel import gettext as _

from storefront.orders.models import Order
from storefront.orders.queries.groups import Group
from storefront.payments.kinds import kind_of_code
from storefront.ports.registry import providers
from storefront.web.i18n import yen


def statuses() -> dict[str, str]:
    """Of orders, in the order of their way."""
    return {
        "placed": _("受付"),
        "preparing": _("出荷準備"),
        "shipped": _("発送済み"),
        "delivered": _("お届け済み"),
        "cancelled": _("キャンセル"),
        "returned": _("返品"),
    }


def groups() -> dict[str, str]:
    """As the first page counts them."""
    return {
        Group.TO_SHIP: _("発送待ち"),
        Group.OVERDUE: _("支払い期限超過"),
        Group.OWED_BACK: _("返金する注文"),
        Group.COUNTED: _("売上に数える注文"),
    }


def payments() -> dict[str, str]:
    """States of payments."""
    return {
        "awaiting": _("入金待ち"),
        "deferred": _("後払い(お届け前)"),
        "requested": _("支払い待ち"),
        "overdue": _("支払い期限切れ"),
        "paid": _("支払い済み"),
        "cancelled": _("請求なし"),
        "refunded": _("返金済み"),
    }


def standings() -> dict[str, str]:
    """Where the provider of the credit says that a payment stands."""
    return {
        "examining": _("審査中"),
        "approved": _("承認済み"),
        "shipped": _("送り状登録済み"),
        "in-doubt": _("配送要調査"),
        "sold": _("売上確定"),
        "requested": _("請求書発行済み"),
        "paid": _("入金済み"),
        "cancelled": _("取消済み"),
        "refused": _("与信不可"),
    }


def contract(known: str | None) -> str:
    """An order's contract for the owner: the code of 12345678901/live and whether it is the real
    service or the test one; empty for none."""
    code, _slash, host = (known or "").partition("/")
    words = {"live": _("%(code)s(本番)", code=code), "test": _("%(code)s(テスト)", code=code)}
    return words.get(host, "")


def provider(payment_code: str) -> str:
    """What the provider is called that carries the credit of orders with this payment code."""
    plugin = providers().plugin(kind_of_code(payment_code).gateway)
    return plugin.name if plugin else _("決済会社")


def providers_of(orders: Iterable[Order]) -> str:
    """The names of all that carry the credit of these orders, each once."""
    return _("、").join(dict.fromkeys(provider(one.payment_code) for one in orders))


def credit_providers() -> str:
    """The names of all that carry credit for the shop, as one word of a sentence."""
    return _("、").join(one.name for one in providers().plugins) or _("決済会社")


def credit_services() -> str:
    """What they offer, as one word of a sentence."""
    return _("、").join(one.service for one in providers().plugins) or _("後払い")


def tone(state: str) -> str:
    """The colour only helps: the words say it too."""
    tones = {"paid": "ok", "delivered": "ok", "overdue": "danger", "in-doubt": "danger"}
    tones |= dict.fromkeys(("awaiting", "requested", "examining"), "warn")
    return tones.get(state, "")


def action_names() -> dict[str, str]:
    """Of many orders at once."""
    return {
        "ship": _("発送"),
        "deliver": _("お届け完了"),
        "refresh": _("状態の更新"),
        "link": _("支払いリンクの再送"),
        "slip": _("同梱払込票の印字データの取得"),
    }


def results() -> dict[str, str]:
    """Words for the state of one order in a job."""
    return {
        "waiting": _("待機中"),
        "running": _("処理中"),
        "done": _("完了"),
        "failed": _("できませんでした"),
    }


def refusal(code: str, payment_code: str) -> str:
    """A sentence for each code of bulk.action_errors, of an order that is paid so; empty for
    none."""
    kind, _colon, reason = code.partition(":")
    if kind == "refused":
        return _refused(reason, payment_code)
    if kind == "differs":
        return _differs(int(reason))
    sentences = {
        "not-now": _("この注文の今の状態では、この操作はできません。注文の状態を確かめてください"),
        "being-moved": _(
            "この注文は、いまお客さまか別の担当者が操作しています。少し待って、注文の状態を確かめてください"
        ),
        "not-paid": _("前払いの注文です。入金を確認してから発送してください"),
        "not-that-day": _("ご注文日から今日までの日付を入力してください"),
        "more-than-owed": _("まだ返金していない金額以下で入力してください"),
        "not-less": _("今の請求金額より小さく、1円以上の金額を入力してください"),
        "too-soon": _("支払い待ちの注文に、1分以上あけて3回までお送りできます"),
        "unavailable": _(
            "決済会社に接続できませんでした。何も変更していません。"
            "しばらくしてから、もう一度お試しください"
        ),
        "unknown": _(
            "決済会社から結果が返りませんでした。[状態を更新]で確かめてから、もう一度お試しください"
        ),
    }
    return sentences.get(kind, "")


def _differs(over: int) -> str:
    said = (
        _("請求金額より%(yen)s多い金額です。", yen=yen(over))
        if over > 0
        else _("請求金額より%(yen)s少ない金額です。", yen=yen(-over))
    )
    return said + _("このまま入金済みにするときは、確認の欄を選んで、もう一度押してください")


def _refused(reason: str, payment_code: str) -> str:
    """In the words of the provider that refused."""
    if plugin := providers().plugin(kind_of_code(payment_code).gateway):
        return plugin.refusal(reason)
    return _("決済会社が受け付けませんでした(%(reason)s)。何も変更していません", reason=reason)


def slip_faults() -> dict[str, str]:
    """What is wrong with a row of a file of tracking numbers."""
    return {
        "number-missing": _("注文番号がありません"),
        "number-twice": _("同じ注文番号が前の行にもあります"),
        "number-unknown": _("この番号の注文はありません"),
        "not-now": _("発送できる状態の注文ではありません(発送済み、またはキャンセル)"),
        "being-moved": _(
            "この注文は、いまお客さまか別の担当者が操作しています。少し待って、注文の状態を確かめてください"
        ),
        "not-paid": _("前払いの注文で、まだ入金がありません"),
        "slip-missing": _("送り状番号がありません"),
        "slip-shortened": _(
            "表計算ソフトが番号を短くしています。書き出したままのファイルを使ってください"
        ),
        "slip-digits": _("送り状番号は12桁の数字です"),
        "slip-check": _("送り状番号の最後の数字(検査数字)が合いません"),
        "slip-twice": _("同じ送り状番号が前の行にもあります"),
    }


def unreadable() -> dict[str, str]:
    """What is wrong with a whole file."""
    return {
        "missing": _("ファイルを選択してください"),
        "size": _("ファイルが大きすぎます(2MBまで)。分けてお送りください"),
        "encoding": _("文字コードを読み取れません。UTF-8かShift_JISで保存してください"),
        "columns": _("1行目に「お客様管理番号」と「伝票番号」の列名が必要です"),
        "empty": _("データの行がありません"),
        "rows": _("行が多すぎます(5,000行まで)。分けてお送りください"),
    }
