"""What the messages and the gaps in them are called."""

from flask_babel import gettext as _


def kinds() -> dict[str, tuple[str, str]]:
    """Each message's name and when it is sent, by its code."""
    return {
        "order-intro": (_("注文確認メールの書き出し"), _("ご注文の確定のすぐあと")),
        "order-closing": (_("注文確認メールの結び"), _("ご注文の確定のすぐあと")),
        "shipped-mail": (_("発送のお知らせメール"), _("商品を発送したとき")),
        "request-mail": (_("お支払い手続きのお願いメール"), _("商品のお届けのあと")),
        "reminder-mail": (_("お支払い期限のお知らせメール"), _("お支払い期限の前")),
        "overdue-mail": (_("お支払い期限を過ぎたときのメール"), _("お支払い期限のあと")),
        "code-sms": (_("認証番号のSMS"), _("お店が認証番号を送るとき")),
        "request-sms": (_("お支払い手続きのお願いSMS"), _("商品のお届けのあと")),
        "reminder-sms": (_("お支払い期限のお知らせSMS"), _("お支払い期限の前")),
        "overdue-sms": (_("お支払い期限を過ぎたときのSMS"), _("お支払い期限のあと")),
    }


def gaps() -> dict[str, str]:
    """What each placeholder stands for."""
    return {
        "shop": _("店名"),
        "order": _("注文番号"),
        "amount": _("金額"),
        "name": _("お客さまのお名前"),
        "url": _("注文状況またはお支払いのページ"),
        "slip": _("送り状番号"),
        "due": _("お支払い期限"),
        "code": _("認証番号"),
        "minutes": _("有効な分数"),
    }
