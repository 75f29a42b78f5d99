"""What is said of payment methods to the owner."""

from collections.abc import Iterable

from flask_babel import gettext as _

from storefront.payments.kinds import Kind
from storefront.payments.requirements import Missing
from storefront.ports.failure_reasons import FailureGroup
from storefront.ports.plugin import Place
from storefront.ports.registry import providers


def missing(code: str) -> str:
    """A sentence for each code of publishing.missing, the provider's own where it is one of its."""
    sentences: dict[str, str] = {
        Missing.PROVIDER: _("決済会社とまだつながっていないため、公開できません"),
        Missing.ACCOUNT: _(
            "振込先の口座がありません。銀行名・支店名・支店番号・口座番号・口座名義を入力してください"
        ),
        Missing.OWN_ACCOUNT: _("見本のお店の口座が入っています。お店の口座に書きかえてください"),
        Missing.PAYMENT_TIME: _("特定商取引法の表示に必要です。支払時期を入力してください"),
    }
    return sentences.get(code) or _of_a_provider(code)


def _of_a_provider(code: str) -> str:
    said = (one.requirement(code) for one in providers().plugins)
    unsaid = _("決済会社での手続きが残っています(%(code)s)", code=code)
    return next(filter(None, said), unsaid)


def all_missing(found: Iterable[str]) -> list[str]:
    """A sentence for each of these codes, in their order."""
    return [missing(one) for one in found]


def by_provider(kind: Kind) -> str:
    """The choice that the provider, not the shop, asks for the money after delivery."""
    plugin = providers().plugin(kind.gateway)
    return (plugin.note(Place.COLLECTOR) if plugin else "") or _("決済会社が送る")


def already() -> str:
    """The sentence for a kind that has room for one method."""
    return _(
        "この種類のお支払い方法は登録済みです。1つだけ登録できるため、"
        "一覧の「編集」から変更してください"
    )


def holders(count: int) -> str:
    """The sentence for so many shoppers who have just chosen the method."""
    return _(
        "いま%(n)s人のお客さまが、このお支払い方法を選んで注文手続きをしています。"
        "変更すると、次の画面で理由をお知らせします。入力内容とカートはそのまま残ります",
        n=count,
    )


def logo(why: str) -> str:
    """The sentence for a picture that cannot be used."""
    return {
        "size": _("ロゴは100KB以内のPNG画像を選んでください"),
        "kind": _("PNG画像を選んでください。SVGはプログラムを含められるため、安全のため使えません"),
        "shape": _("画像が大きすぎます。500×100ピクセルのPNG画像を選んでください"),
    }[why]


def failure(what: FailureGroup) -> str:
    """What a group of failures is called; empty for one that the owner sets no order for."""
    match what:
        case FailureGroup.PHONE:
            return _("SMS認証ができなかったとき")
        case FailureGroup.CREDIT:
            return _("与信が通らなかったとき")
        case FailureGroup.SILENCE:
            return _("結果の返事がなかったとき")
        case FailureGroup.OFFER:
            return ""  # there the owner orders nothing
