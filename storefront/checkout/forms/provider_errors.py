"""What a provider of credit finds wrong, beside the field of the form that cures it."""

from flask_babel import gettext as _

from storefront.checkout.journey import Journey
from storefront.checkout.validation import credit_problems
from storefront.ports.deferred_credit import FieldProblem, OrderField, Reason

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


def field_errors(journey: Journey) -> list[tuple[str, str]]:
    """Field and sentence of each; the payment method itself for what no field can cure."""
    found = [(_field(one), _sentence(one)) for one in credit_problems(journey)]
    if journey.field_to_correct and not found:
        field = journey.field_to_correct
        if field == OrderField.PHONE and journey.needs_code:
            field = OrderField.SMS_PHONE  # it is the number that gets the text
        found.append((FORM_FIELDS.get(field, "payment"), _refused()))
    return found


def _field(problem: FieldProblem) -> str:
    if problem.reason is Reason.NO_BLOCK_NUMBER:
        return STREETS[problem.field]
    return FORM_FIELDS.get(problem.field, "payment")


def _sentence(problem: FieldProblem) -> str:
    if problem.reason is Reason.NO_BLOCK_NUMBER:
        return str(_("番地を数字で入力してください(番地がない場合は「番地なし」と入力)"))
    if problem.reason is Reason.CHARACTERS:
        bad = problem.character
        return str(_("使えない文字「%(c)s」があります。別の文字で入力してください", c=bad))
    if problem.field is OrderField.SHIP_ADDRESS and problem.reason is Reason.LONG:
        return str(
            _(
                "お届け先の住所は都道府県から建物名まで合わせて50文字以内で入力してください"
                "(現在%(n)s文字)。建物名を短くするか、別のお支払い方法を選んでください",
                n=problem.found,
            )
        )
    return _refused()


def _refused() -> str:
    return str(
        _(
            "このお支払い方法では受け付けられない内容です。"
            "書き方を変えるか、別のお支払い方法を選んでください"
        )
    )
