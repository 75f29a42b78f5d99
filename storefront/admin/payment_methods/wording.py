"""What is said of payment methods to the owner."""

from collections.abc import Iterable

from flask_babel import gettext as _

from storefront.payments.requirements import Missing
from storefront.ports.failure_reasons import FailureGroup


def missing(what: Missing) -> str:
    return {
        Missing.CONNECTION: _(
            "クロネコ代金後払い連携情報が登録されていません。"
            "「ヤマトグループサービス設定」で登録してください"
        ),
        Missing.SMARTPHONE_OPTION: _(
            "スマホタイプの契約がありません。お申込みのあと、"
            "「ヤマトグループサービス設定」で「スマホタイプを利用する」を選んでください"
        ),
        Missing.DEFERRED_SCREENING: _(
            "クロネコ代金後払いサービスの審査が完了していません。審査が完了してから公開できます"
        ),
        Missing.WEB_COLLECT_SCREENING: _(
            "クロネコ web コレクトの審査が完了していません。審査が完了してから公開できます"
        ),
        Missing.PROVIDER: _("決済会社とまだつながっていないため、公開できません"),
        Missing.ONE_COLLECTOR: _(
            "ヤマトの本番の契約では、ヤマトがお客さまに請求します。お店からも請求すると二重になるため、"
            "お届け後のお支払いの案内を「ヤマト運輸が送る」に変更してください"
        ),
        Missing.ACCOUNT: _(
            "振込先の口座がありません。銀行名・支店名・支店番号・口座番号・口座名義を入力してください"
        ),
        Missing.OWN_ACCOUNT: _("見本のお店の口座が入っています。お店の口座に書きかえてください"),
        Missing.OWN_CONTRACT: _(
            "見本のお店の加盟店コードが登録されています。"
            "「ヤマトグループサービス設定」で、お店のものを登録してください"
        ),
        Missing.PAYMENT_TIME: _("特定商取引法の表示に必要です。支払時期を入力してください"),
    }[what]


def all_missing(found: Iterable[Missing]) -> list[str]:
    return [missing(one) for one in found]


def already() -> str:
    return _(
        "この種類のお支払い方法は登録済みです。1つだけ登録できるため、"
        "一覧の「編集」から変更してください"
    )


def holders(count: int) -> str:
    return _(
        "いま%(n)s人のお客さまが、このお支払い方法を選んで注文手続きをしています。"
        "変更すると、次の画面で理由をお知らせします。入力内容とカートはそのまま残ります",
        n=count,
    )


def logo(why: str) -> str:
    return {
        "size": _("ロゴは100KB以内のPNG画像を選んでください"),
        "kind": _("PNG画像を選んでください。SVGはプログラムを含められるため、安全のため使えません"),
        "shape": _("画像が大きすぎます。500×100ピクセルのPNG画像を選んでください"),
    }[why]


def failure(what: FailureGroup) -> str:
    match what:
        case FailureGroup.PHONE:
            return _("SMS認証ができなかったとき")
        case FailureGroup.CREDIT:
            return _("与信が通らなかったとき")
        case FailureGroup.SILENCE:
            return _("結果の返事がなかったとき")
        case FailureGroup.OFFER:
            return ""  # there the owner orders nothing
