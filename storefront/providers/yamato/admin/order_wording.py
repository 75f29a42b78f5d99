"""What the owner reads of Yamato on the page of an order."""

from flask_babel import gettext as _

from storefront.orders.provider_calls import OTHER_CONTRACT
from storefront.ports.plugin import CreditEvent
from storefront.providers.yamato.gateway import NO_OTHER_CARRIER
from storefront.providers.yamato.models import CreditAttempt
from storefront.providers.yamato.protocol.error_codes import fault_of
from storefront.providers.yamato.protocol.field_errors import Field
from storefront.web.i18n import yen

GOOD = {"placed", "approved"}


def credit_event(attempt: CreditAttempt) -> CreditEvent:
    """One request for credit as the order's timeline shows it, with its amount in yen."""
    state = states().get(attempt.state, attempt.state)
    detail = f"{attempt.order_number} {yen(attempt.total)}: {state}"
    is_good = attempt.state in GOOD
    return CreditEvent(attempt.asked_at, _("ヤマトに与信を依頼しました"), detail, is_good)


def states() -> dict[str, str]:
    """Words for each AttemptState."""
    return {
        "unknown": _("結果待ち"),
        "waiting": _("SMS認証待ち"),
        "approved": _("承認"),
        "placed": _("承認(注文成立)"),
        "cancelling": _("取り消し中"),
        "closed": _("終了(請求なし)"),
    }


def refusal(reason: str) -> str:
    """The sentence for a refusal, with Yamato's error code, by which Yamato can be asked."""
    if reason == OTHER_CONTRACT:
        return _(
            "別の契約で登録された注文のため、ヤマトに問い合わせできません。何も変更していません"
        )
    if reason == NO_OTHER_CARRIER:
        return _(
            "クロネコ代金後払いの契約に「ほかの運送会社での発送」が含まれていないため、"
            "この運送会社では発送できません。何も変更していません"
        )
    hints: dict[Field | None, str] = {
        Field.SLIP_NUMBER: _("送り状番号を確かめてください"),
        Field.ADDRESS: _("お客様の住所を確かめてください"),
        Field.POSTAL_CODE: _("お客様の郵便番号を確かめてください"),
        Field.REASON: _("理由の文字数を確かめてください"),
    }
    hint = hints.get(fault_of(reason).field, _("何も変更していません"))
    return _("ヤマトが受け付けませんでした(%(reason)s)。%(hint)s", reason=reason, hint=hint)
