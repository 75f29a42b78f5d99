"""What a provider of credit finds wrong, beside the field of the form that cures it."""

from flask_babel import gettext as _

from storefront.checkout.journey import Journey
from storefront.checkout.validation import credit_problems, takers
from storefront.ports.deferred_credit import FieldProblem, OrderField, Reason
from storefront.web.i18n import localized

FORM_FIELDS: dict[str, str] = {
    OrderField.NAME: "name",
    OrderField.KANA: "name_kana",
    OrderField.POSTAL_CODE: "postal_code",
    OrderField.ADDRESS: "building",
    OrderField.PHONE: "tel",
    OrderField.SMS_PHONE: "sms_tel",
    OrderField.EMAIL: "email",
    OrderField.SHIP_NAME: "ship_name",
    OrderField.SHIP_POSTAL_CODE: "ship_postal_code",
    OrderField.SHIP_ADDRESS: "ship_building",
    OrderField.SHIP_PHONE: "ship_tel",
}
STREETS: dict[str, str] = {OrderField.ADDRESS: "street", OrderField.SHIP_ADDRESS: "ship_street"}
PAYMENT = "payment"
OF_METHOD = (Reason.CHARACTERS, Reason.LONG)  # another method is the likelier cure: told beside it


def field_errors(journey: Journey) -> list[tuple[str, str]]:
    """Field and sentence of each; the payment method itself for what no field can cure."""
    found = credit_problems(journey)
    if journey.field_to_correct and not found:
        return [_refused_by_provider(journey)]
    said: dict[str, list[str]] = {}
    for one in found:
        said.setdefault(_field(one), []).append(_sentence(one, journey))
    return [(field, _with_way_out(sentences, journey)) for field, sentences in said.items()]


def _refused_by_provider(journey: Journey) -> tuple[str, str]:
    field = journey.field_to_correct
    if field == OrderField.PHONE and journey.needs_code:
        field = OrderField.SMS_PHONE  # it is the number that gets the text
    return FORM_FIELDS.get(field, PAYMENT), _refused()


def _field(problem: FieldProblem) -> str:
    if problem.reason is Reason.NO_BLOCK_NUMBER:
        return STREETS[problem.field]
    if problem.reason in OF_METHOD and not _is_long_destination(problem):
        return PAYMENT
    return FORM_FIELDS.get(problem.field, PAYMENT)


def _is_long_destination(problem: FieldProblem) -> bool:
    return (problem.field, problem.reason) == (OrderField.SHIP_ADDRESS, Reason.LONG)


def _sentence(problem: FieldProblem, journey: Journey) -> str:
    if _is_long_destination(problem):
        return _(
            "お届け先の住所は都道府県から建物名まで合わせて50文字以内で入力してください"
            "(現在%(n)s文字)。建物名を短くしてください",
            n=problem.found,
        )
    words = {"method": _method(journey), "field": _name_of(problem.field)}
    match problem.reason:
        case Reason.NO_BLOCK_NUMBER:
            return _("番地を数字で入力してください(番地がない場合は「番地なし」と入力)")
        case Reason.CHARACTERS:
            return _(
                "「%(method)s」では、%(field)sに「%(c)s」を使えません", c=problem.character, **words
            )
        case Reason.LONG:
            return _(
                "「%(method)s」では、%(field)sは%(most)s文字までです(現在%(n)s文字)",
                most=problem.limit,
                n=problem.found,
                **words,
            )
        case Reason.EMPTY:
            return _("「%(method)s」では、%(field)sの入力が必要です", **words)
    return _refused()


def _with_way_out(sentences: list[str], journey: Journey) -> str:
    """The sentences, and by which methods the answers would be taken as they are."""
    said = _("。").join(dict.fromkeys(sentences))
    others = [localized(one, "name") for one in takers(journey)]
    if not others:
        return said
    way_out = _("%(methods)sなら、このままご注文いただけます", methods=_("、").join(others))
    return f"{said}{_('。')}{way_out}"


def _method(journey: Journey) -> str:
    return localized(journey.method, "name") if journey.method else ""


def _name_of(field: OrderField) -> str:
    return {
        OrderField.NAME: _("お名前"),
        OrderField.ADDRESS: _("住所"),
        OrderField.EMAIL: _("メールアドレス"),
        OrderField.SHIP_NAME: _("お届け先のお名前"),
        OrderField.SHIP_ADDRESS: _("お届け先の住所"),
    }.get(field, "")


def _refused() -> str:
    return _(
        "このお支払い方法では受け付けられない内容です。"
        "書き方を変えるか、別のお支払い方法を選んでください"
    )
