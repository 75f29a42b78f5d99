"""What happened on the way of an order, in words: the pieces of its timeline."""

from flask_babel import gettext as _


def of_order() -> dict[str, str]:
    """Words for the events of an order."""
    return {
        "placed": _("注文を受け付けました"),
        "preparing": _("出荷準備を始めました"),
        "shipped": _("発送しました"),
        "unshipped": _("送り状を取り消しました(未発送に戻しました)"),
        "delivered": _("お届けが完了しました"),
        "requested": _("お支払いを請求しました"),
        "overdue": _("お支払い期限を過ぎました"),
        "paid": _("入金を確認しました"),
        "cancelled": _("キャンセルしました"),
        "cancelled-by-shopper": _("お客さまがキャンセルしました"),
        "lapsed": _("期限までに入金がなく、自動で取り消しました"),
        "returned": _("返品を受け付けました"),
        "refunded": _("返金にしました"),
        "reduced": _("請求金額を減らしました"),
        "late-money": _("終わった注文に入金がありました。返金してください"),
        "given-back": _("お客様に返金しました"),
        "reissued": _("請求書を再発行しました"),
    }


def of_outbox() -> dict[str, str]:
    """Words for the messages that the outbox holds for an order."""
    return {
        "order-mail": _("注文確認メール"),
        "shipped-mail": _("発送のお知らせメール"),
        "cancelled-mail": _("取り消しのお知らせメール"),
        "not-cancelled-mail": _("キャンセルできなかったお知らせメール"),
        "owner-cancelled-mail": _("お店へのキャンセルのお知らせメール"),
        "finish-cancelling": _("キャンセルについての決済会社への確認"),
        "returned-mail": _("返品のお知らせメール"),
        "refunded-mail": _("返金のお知らせメール"),
        "reduced-mail": _("請求金額変更のメール"),
        "paid-mail": _("入金確認メール"),
        "late-money-mail": _("終わった注文への入金のメール"),
        "request-mail": _("支払いのお願いメール"),
        "request-sms": _("支払いリンクのSMS"),
        "reminder-mail": _("支払い期限前のメール"),
        "reminder-sms": _("支払い期限前のSMS"),
        "overdue-mail": _("支払い期限切れのメール"),
        "overdue-sms": _("支払い期限切れのSMS"),
        "press-mail": _("督促メール"),
        "press-sms": _("督促SMS"),
        **{f"link-{n}-mail": _("支払いリンクの再送メール(%(n)s回目)", n=n) for n in (1, 2, 3)},
        **{f"link-{n}-sms": _("支払いリンクの再送SMS(%(n)s回目)", n=n) for n in (1, 2, 3)},
    }


def of_ended_check() -> dict[str, str]:
    """Why a phone check led nowhere."""
    return {
        "locked": _("入力回数の上限に達しました"),
        "too-many": _("SMS送信の上限に達していたため、送りませんでした"),
        "undelivered": _("SMSが届きませんでした"),
        "refused": _("この番号にはSMSを送れませんでした"),
        "unavailable": _("SMSの送信サービスが応答しませんでした"),
        "ended": _("認証が途中で終わりました"),
        "credit": _("与信の結果、後払いを利用できませんでした"),
        "limit": _("後払いの利用限度額を超えていました"),
        "unanswered": _("与信の結果が返りませんでした"),
        "correct": _("入力内容の修正が必要でした"),
        "replaced": _("注文内容が変わり、新しい認証に替わりました"),
    }


def of_delivery() -> dict[str, str]:
    """How far a text has come."""
    return {
        "queued": _("SMSの送信を受け付けました"),
        "sent": _("SMSを送信しました"),
        "delivered": _("SMSが届きました"),
        "undelivered": _("SMSが届きませんでした"),
    }


def of_visit() -> dict[str, str]:
    """How a visit to a hosted page ended."""
    return {
        "open": _("手続き中"),
        "paid": _("支払い完了"),
        "issued": _("支払い番号を発行"),
        "refused": _("支払い不可"),
        "abandoned": _("中断"),
        "owed-back": _("返金待ち"),
        "refunded": _("返金済み"),
    }
