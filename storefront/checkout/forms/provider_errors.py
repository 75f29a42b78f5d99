"""What a provider of credit finds wrong, beside the field of the form that cures it."""

from flask_babel import gettext as _

from storefront.checkout.journey import Journey
from storefront.checkout.validation import credit_problems
from storefront.providers.yamato.protocol.field_errors import Field, Problem, Reason

FORM_FIELDS = {
    Field.NAME: "name",
    Field.KANA: "name_kana",
    Field.POSTAL_CODE: "postal_code",
    Field.ADDRESS: "building",
    Field.PHONE: "tel",
    Field.SMS_PHONE: "sms_tel",
    Field.EMAIL: "email",
    Field.SHIP_NAME: "ship_name",
    Field.SHIP_POSTAL_CODE: "ship_postal_code",
    Field.SHIP_ADDRESS: "ship_building",
    Field.SHIP_PHONE: "ship_tel",
}
STREETS = {Field.ADDRESS: "street", Field.SHIP_ADDRESS: "ship_street"}


def blamed(journey: Journey) -> list[tuple[str, str]]:
    """Field and sentence of each; the payment method itself for what no field can cure."""
    found = [(_field(one), _sentence(one)) for one in credit_problems(journey)]
    if journey.blamed and not found:
        field = Field(journey.blamed)
        if field is Field.PHONE and journey.needs_code:
            field = Field.SMS_PHONE  # it is the number that gets the text
        found.append((FORM_FIELDS.get(field, "payment"), _refused()))
    return found


def _field(problem: Problem) -> str:
    if problem.reason is Reason.NO_BLOCK_NUMBER:
        return STREETS[problem.field]
    return FORM_FIELDS.get(problem.field, "payment")


def _sentence(problem: Problem) -> str:
    if problem.reason is Reason.NO_BLOCK_NUMBER:
        return str(_("番地を数字で入力してください(番地がない場合は「番地なし」と入力)"))
    if problem.reason is Reason.CHARACTERS:
        bad = problem.character
        return str(_("使えない文字「%(c)s」があります。別の文字で入力してください", c=bad))
    if problem.field is Field.SHIP_ADDRESS and problem.reason is Reason.LONG:
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
