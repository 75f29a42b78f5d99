"""What the checkout says when something is not as hoped: the copy deck of screens.md §9."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from storefront.checkout.journey import Journey
from storefront.checkout.seen_terms import Terms
from storefront.checkout.validation import ValidationProblem, address_length
from storefront.core import clock, phones
from storefront.payments import methods
from storefront.payments.hosted_sessions import OWED_BACK, REFUNDED
from storefront.payments.models import HostedSession, PaymentMethod
from storefront.ports.failure_reasons import (
    FailureGroup,
    FailureReason,
    OfCode,
    OfCredit,
    OfNumber,
    OfOffer,
)
from storefront.ports.payments import Outcome
from storefront.verification.code_check import CodeCheckResult
from storefront.verification.sending import NoTextsLeft, TooEarly
from storefront.web.i18n import locale, localized, price
from storefront.web.rendering import errors_of


def lost(typed: Mapping[str, Any], shown: Mapping[str, Any]) -> str:
    """For a shopper who was away too long: which parts of the form were typed and are empty
    again."""
    gone = [name for name, value in typed.items() if value and value != shown.get(name)]
    parts = list(dict.fromkeys(filter(None, map(_part_of_form, gone))))
    if not parts:
        return _(
            "60分以上操作がなかったため、手続きを最初からにしました。カートの商品は残っています。"
        )
    return _(
        "60分以上操作がなかったため、入力内容(%(parts)s)が消えました。"
        "お手数ですが、もう一度入力してください。カートの商品は残っています。",
        parts=_("、").join(parts),
    )


def _part_of_form(name: str) -> str:
    """What the form calls the part that a field stands in."""
    if name.startswith("ship_"):
        return _("お届け先")
    return {
        "gift_sender": _("お届け先"),
        "delivery_method": _("配送方法"),
        "delivery_date": _("お届け日時"),
        "delivery_time": _("お届け日時"),
        "payment": _("お支払い方法"),
        "sms_tel": _("お支払い方法"),
        "note": _("備考"),
        "save_details": "",
    }.get(name, _("ご注文者"))


def misfit(what: ValidationProblem, journey: Journey) -> str:
    """The sentence for what the shopper has to change."""
    if what is ValidationProblem.LIMIT:
        return _limit(journey)
    if what is ValidationProblem.LONG_ADDRESS:
        return _(
            "住所は都道府県から建物名まで合わせて50文字以内で入力してください(現在%(n)s文字)。"
            "建物名を短くするか、別のお支払い方法を選んでください",
            n=address_length(journey.answers) if journey.answers else 0,
        )
    return {
        ValidationProblem.NO_METHOD: _("お支払い方法を選択してください"),
        ValidationProblem.GONE: gone(),
        ValidationProblem.FAILED: _(
            "このお支払い方法は今回ご利用いただけません。別の方法を選んでください"
        ),
        ValidationProblem.DAY_GONE: _("お選びの日は指定できなくなりました。別の日を選んでください"),
        ValidationProblem.SLOT_GONE: _(
            "お選びの時間帯は指定できなくなりました。別の時間帯を選んでください"
        ),
        ValidationProblem.NO_DELIVERY: _("配送方法を選択してください"),
        ValidationProblem.DELIVERY: _(
            "このお支払い方法は、お選びの配送方法ではご利用いただけません。"
            "どちらかを選び直してください"
        ),
        ValidationProblem.NO_MOBILE: _("SMSを受け取る携帯電話番号を入力してください"),
    }[what]


def gone() -> str:
    """The sentence for a method that is no longer on offer."""
    return _("このお支払い方法は、ただいまご利用いただけません。別の方法を選んでください")


def _limit(journey: Journey) -> str:
    method = journey.method
    if method and journey.offer.total < method.minimum:
        return _(
            "このお支払い方法は%(min)s以上でご利用いただけます。別のお支払い方法を選んでください",
            min=price(method.minimum),
        )
    maximum = methods.most_of(method) if method else None
    return _(
        "このお支払い方法は%(max)sまでご利用いただけます。別のお支払い方法を選んでください",
        max=price(maximum or 0),
    )


def withdrawn(terms: Terms | None) -> str:
    """The method that was chosen has gone from the offer; its name where it is remembered."""
    if not terms:
        return gone()
    name = terms["name_en"] or terms["name"] if locale() == "en" else terms["name"]
    return _(
        "お選びの「%(method)s」は、ただいまご利用いただけなくなりました。"
        "ご注文は確定していません。別のお支払い方法を選んでください",
        method=name,
    )


def terms_changed(seen: Terms, method: PaymentMethod) -> str:
    """The sentence for a method whose fee or texts have changed; the fees are in yen, tax
    included."""
    if seen["fee"] != method.fee:
        return _(
            "「%(method)s」の手数料が%(old)sから%(new)sに変わりました。内容をもう一度ご確認ください",
            method=localized(method, "name"),
            old=price(seen["fee"]),
            new=price(method.fee),
        )
    return _(
        "「%(method)s」のお支払い時期などの条件が変わりました。内容をもう一度ご確認ください",
        method=localized(method, "name"),
    )


def refused_number(journey: Journey, wrong: Sequence[ValidationProblem]) -> str:
    """Why the number given in the banner does not open the method again."""
    if ValidationProblem.NO_MOBILE in wrong:
        return _("060・070・080・090から始まる11桁の番号を入力してください")
    if ValidationProblem.FAILED in wrong:
        return _("この番号にはSMSを送れませんでした。別の番号を入力してください")
    return misfit(wrong[0], journey)


def failure(reason: FailureReason, journey: Journey) -> str:
    """The sentence of the NG banner; it never says why credit was refused."""
    reason = _untexted(reason, journey)
    match reason:
        case FailureReason.WITHDRAWN | FailureReason.AMOUNT | FailureReason.DECLINED:
            return _of_offer(reason, journey)
        case FailureReason.CREDIT | FailureReason.LIMIT | FailureReason.UNANSWERED:
            return _of_credit(reason, journey)
        case FailureReason.UNDELIVERED | FailureReason.REFUSED:
            return _of_number(reason, journey)
        case (
            FailureReason.LOCKED
            | FailureReason.TOO_MANY
            | FailureReason.UNAVAILABLE
            | FailureReason.ENDED
        ):
            return _of_code(reason)


def _of_offer(reason: OfOffer, journey: Journey) -> str:
    match reason:
        case FailureReason.WITHDRAWN:
            return withdrawn(journey.checkout.seen_terms)
        case FailureReason.AMOUNT:
            return _limit(journey)
        case FailureReason.DECLINED:
            return _declined(journey)


def _declined(journey: Journey) -> str:
    if journey.method and journey.failure(journey.method):
        return _(
            "このお支払い方法ではお支払いを完了できませんでした。ご注文は確定していません。"
            "別のお支払い方法を選んでください"
        )
    return _(
        "このお支払い方法ではお支払いを完了できませんでした。ご注文は確定していません。"
        "もう一度試すか、別のお支払い方法を選んでください"
    )


def _of_credit(reason: OfCredit, journey: Journey) -> str:
    if journey.credit is not None and (own := journey.credit.refusal_text(reason)):
        return own
    match reason:
        case FailureReason.CREDIT:
            return _(
                "このお支払い方法は今回ご利用いただけませんでした。ご注文は確定していません。"
                "別のお支払い方法を選んでください"
            )
        case FailureReason.LIMIT:
            return _(
                "ご利用できる金額の上限を超えるため、このお支払い方法は使えません。"
                "別のお支払い方法を選んでください"
            )
        case FailureReason.UNANSWERED:
            return _(
                "ご利用の確認ができませんでした。ご注文は確定していません。"
                "別のお支払い方法を選んでください"
            )


def _of_number(reason: OfNumber, journey: Journey) -> str:
    masked = phones.masked(journey.phone) if journey.phone else ""
    match reason:
        case FailureReason.UNDELIVERED:
            return _(
                "%(masked)sにSMSを届けられませんでした。番号を確認するか、"
                "別のお支払い方法を選んでください",
                masked=masked,
            )
        case FailureReason.REFUSED:
            return _(
                "%(masked)sはSMSを受け取れない番号のようです。ご注文は確定していません。"
                "番号を変えるか、別のお支払い方法を選んでください",
                masked=masked,
            )


def _of_code(reason: OfCode) -> str:
    match reason:
        case FailureReason.LOCKED:
            return _(
                "認証番号の入力回数が上限に達しました。ご注文は確定していません。"
                "別のお支払い方法を選んでください"
            )
        case FailureReason.TOO_MANY:
            return _("認証番号を送れる回数の上限に達しました。別のお支払い方法を選んでください")
        case FailureReason.UNAVAILABLE:
            return _(
                "ただいまSMSを送れません。ご注文は確定していません。別のお支払い方法を選んでください"
            )
        case FailureReason.ENDED:
            return _(
                "SMS認証を完了できませんでした。ご注文は確定していません。"
                "別のお支払い方法を選んでください"
            )


def failure_title(reason: FailureReason, journey: Journey) -> str:
    """The heading of the NG banner: what kind of failure it was."""
    match reason.group:
        case FailureGroup.OFFER:
            if reason is FailureReason.DECLINED:
                return _("お支払いが完了しませんでした")
            return _("お支払い方法を選び直してください")
        case FailureGroup.CREDIT | FailureGroup.SILENCE:
            return _("このお支払い方法はご利用いただけませんでした")
        case FailureGroup.PHONE:
            if _is_texted(journey):
                return _("SMS認証を完了できませんでした")
            return _("このお支払い方法はご利用いただけませんでした")


def _untexted(reason: FailureReason, journey: Journey) -> FailureReason:
    """A method that texts nothing is not told of texts: its provider could not be asked."""
    if reason is FailureReason.UNAVAILABLE and not _is_texted(journey):
        return FailureReason.UNANSWERED
    return reason


def _is_texted(journey: Journey) -> bool:
    return journey.method is None or methods.checks_sms(journey.method)


def waiting(journey: Journey) -> str:
    """The sentence that stands beside the confirmation's button while its press is answered."""
    if journey.credit is None or not (journey.needs_code or journey.needs_credit):
        return _("送信しています…")
    if journey.needs_code:
        return _("ご利用の確認とSMSの送信を行っています(数秒かかります)")
    return _("ご利用の確認を行っています(数秒かかります)")


def sms_errors(
    form: FlaskForm | None,
    verdict: CodeCheckResult | None,
    left: int,
    refusal: Exception | None,
    minutes: int,
) -> tuple[list[tuple[str, str]], str]:
    """Errors of the code field, and a notice that is about sending rather than the code."""
    if refusal is not None:
        return [], refused(refusal)
    if verdict is CodeCheckResult.WRONG:
        tries = ngettext("(あと%(num)s回入力できます)", "(あと%(num)s回入力できます)", left)
        text = _("認証番号が違います。SMSの番号を確認して、もう一度入力してください")
        return [("code", f"{text}{tries}")], ""
    if verdict is CodeCheckResult.EXPIRED:
        return [("code", expired(minutes))], ""
    return (errors_of(form) if form is not None else []), ""


def expired(minutes: int) -> str:
    """The sentence for a code that was good for so many minutes."""
    return _(
        "認証番号の有効時間(%(m)s分)を過ぎました。新しい番号を送るか、"
        "別のお支払い方法を選んでください。ご注文はまだ確定していません",
        m=minutes,
    )


def refused(refusal: Exception) -> str:
    """The sentence for why no other code was sent: TooEarly, NoTextsLeft or SmsUnavailable."""
    if isinstance(refusal, TooEarly):
        return _("認証番号はあと%(s)s秒でもう一度送れます", s=seconds_until(refusal.until))
    if isinstance(refusal, NoTextsLeft):
        return _("認証番号を送れる回数の上限に達しました。別のお支払い方法を選んでください")
    return _(
        "ただいまSMSを送れません。届いている認証番号を入力するか、別のお支払い方法を選んでください"
    )


def payment_notice(visit: HostedSession | None, what: str) -> str:
    """After coming back from the provider's page, by its button or the browser's."""
    if visit is None:
        return ""
    unpaid = _("お支払いは完了していません。ご注文は確定していません。もう一度押すと続けられます")
    given_back = _("ご注文を確定できなかったため、お支払い済みの代金は全額お返しします")
    return {
        Outcome.OPEN: unpaid,
        Outcome.ABANDONED: unpaid,
        OWED_BACK: given_back,
        REFUNDED: given_back,
        "unknown": _(
            "お支払いの結果を確認しています。しばらくしてからこの画面を開き直してください"
        ),
    }.get(what or visit.outcome, "")


def seconds_until(moment: datetime) -> int:
    """Whole seconds until a moment, at least 1."""
    return max(1, round((moment - clock.now()).total_seconds()))
