"""What the checkout says when something is not as hoped: the copy deck of screens.md §9."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from storefront.checkout.journey import Journey
from storefront.checkout.seen_terms import Terms
from storefront.checkout.validation import Misfit, address_length
from storefront.core import clock, phones
from storefront.payments import methods
from storefront.payments.hosted_sessions import OWED_BACK, REFUNDED
from storefront.payments.models import HostedPayment, PaymentMethod
from storefront.ports.payments import Outcome
from storefront.verification.code_check import Verdict
from storefront.verification.sending import NoTextsLeft, TooEarly
from storefront.web.i18n import locale, localized, price
from storefront.web.rendering import errors_of


def misfit(what: Misfit, journey: Journey) -> str:
    if what is Misfit.LIMIT:
        return _limit(journey)
    if what is Misfit.LONG_ADDRESS:
        return _(
            "住所は都道府県から建物名まで合わせて50文字以内で入力してください(現在%(n)s文字)。"
            "建物名を短くするか、別のお支払い方法を選んでください",
            n=address_length(journey.answers) if journey.answers else 0,
        )
    return {
        Misfit.NO_METHOD: _("お支払い方法を選択してください"),
        Misfit.GONE: gone(),
        Misfit.FAILED: _("このお支払い方法は今回ご利用いただけません。別の方法を選んでください"),
        Misfit.DAY_GONE: _("お選びの日は指定できなくなりました。別の日を選んでください"),
        Misfit.SLOT_GONE: _("お選びの時間帯は指定できなくなりました。別の時間帯を選んでください"),
        Misfit.NO_DELIVERY: _("配送方法を選択してください"),
        Misfit.DELIVERY: _(
            "このお支払い方法は、お選びの配送方法ではご利用いただけません。"
            "どちらかを選び直してください"
        ),
        Misfit.NO_MOBILE: _("SMSを受け取る携帯電話番号を入力してください"),
    }[what]


def gone() -> str:
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


def refused_number(journey: Journey, wrong: Sequence[Misfit]) -> str:
    """Why the number given in the banner does not open the method again."""
    if Misfit.NO_MOBILE in wrong:
        return _("060・070・080・090から始まる11桁の番号を入力してください")
    if Misfit.FAILED in wrong:
        return _("この番号にはSMSを送れませんでした。別の番号を入力してください")
    return misfit(wrong[0], journey)


def failure(reason: str, journey: Journey) -> str:
    """The sentence of the NG banner; it never says why credit was refused."""
    masked = phones.masked(journey.phone) if journey.phone else ""
    return {
        "withdrawn": withdrawn(journey.checkout.seen_terms),
        "amount": _limit(journey),
        "locked": _(
            "認証番号の入力回数が上限に達しました。ご注文は確定していません。"
            "別のお支払い方法を選んでください"
        ),
        "too-many": _("認証番号を送れる回数の上限に達しました。別のお支払い方法を選んでください"),
        "undelivered": _(
            "%(masked)sにSMSを届けられませんでした。番号を確認するか、"
            "別のお支払い方法を選んでください",
            masked=masked,
        ),
        "refused": _(
            "%(masked)sはSMSを受け取れない番号のようです。ご注文は確定していません。"
            "番号を変えるか、別のお支払い方法を選んでください",
            masked=masked,
        ),
        "declined": _(
            "このお支払い方法ではお支払いを完了できませんでした。ご注文は確定していません。"
            "もう一度試すか、別のお支払い方法を選んでください"
        ),
        "ended": _(
            "SMS認証を完了できませんでした。ご注文は確定していません。別のお支払い方法を選んでください"
        ),
        "credit": _(
            "このお支払い方法は今回ご利用いただけませんでした。ご注文は確定していません。"
            "別のお支払い方法を選んでください。理由のお問い合わせはヤマト運輸の窓口へお願いします"
        ),
        "limit": _(
            "ご利用できる金額の上限を超えるため、このお支払い方法は使えません。"
            "別のお支払い方法を選んでください"
        ),
        "unanswered": _(
            "ご利用の確認ができませんでした。ご注文は確定していません。"
            "別のお支払い方法を選んでください"
        ),
        "unavailable": _(
            "ただいまSMSを送れません。ご注文は確定していません。別のお支払い方法を選んでください"
        ),
    }[_untexted(reason, journey)]


def _untexted(reason: str, journey: Journey) -> str:
    """A method that texts nothing is not told of texts: Yamato could not be asked."""
    is_texted = journey.method is None or methods.checks_sms(journey.method)
    return "unanswered" if reason == "unavailable" and not is_texted else reason


def sms_errors(
    form: FlaskForm | None,
    verdict: Verdict | None,
    left: int,
    refusal: Exception | None,
    minutes: int,
) -> tuple[list[tuple[str, str]], str]:
    """Errors of the code field, and a notice that is about sending rather than the code."""
    if refusal is not None:
        return [], refused(refusal)
    if verdict is Verdict.WRONG:
        tries = ngettext("(あと%(num)s回入力できます)", "(あと%(num)s回入力できます)", left)
        text = _("認証番号が違います。SMSの番号を確認して、もう一度入力してください")
        return [("code", f"{text}{tries}")], ""
    if verdict is Verdict.EXPIRED:
        return [("code", expired(minutes))], ""
    return (errors_of(form) if form is not None else []), ""


def expired(minutes: int) -> str:
    return _(
        "認証番号の有効時間(%(m)s分)を過ぎました。新しい番号を送るか、"
        "別のお支払い方法を選んでください。ご注文はまだ確定していません",
        m=minutes,
    )


def refused(refusal: Exception) -> str:
    if isinstance(refusal, TooEarly):
        return _("認証番号はあと%(s)s秒でもう一度送れます", s=seconds_until(refusal.until))
    if isinstance(refusal, NoTextsLeft):
        return _("認証番号を送れる回数の上限に達しました。別のお支払い方法を選んでください")
    return _(
        "ただいまSMSを送れません。届いている認証番号を入力するか、別のお支払い方法を選んでください"
    )


def payment_notice(visit: HostedPayment | None, what: str) -> str:
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
    return max(1, round((moment - clock.now()).total_seconds()))
