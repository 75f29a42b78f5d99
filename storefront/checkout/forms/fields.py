"""Filters and validators of the checkout's fields: filters give the usual spelling of what was
typed, validators raise ValidationError with the sentence that stands beside the field."""

from typing import Any

from flask_babel import gettext as _
from wtforms import Field, RadioField, SelectField
from wtforms.validators import ValidationError

from storefront.checkout import wording
from storefront.core import japanese, phones
from storefront.ports.codes import DIGITS
from storefront.ports.mail import is_address, read_address
from storefront.shipping import address_lookup, postal_codes
from storefront.shipping.dates import SLOTS
from storefront.shipping.prefectures import PREFECTURES
from storefront.web.i18n import english_prefecture, month

NAMES = {name for name, _english in PREFECTURES}
NAME, CITY, LINE, KANA, NOTE = 60, 25, 50, 40, 500
COMPANY, SENDER = 25, 20  # in full width: what a label has room for
LINKS = ("://", "www.")


def scalar(value: Any) -> str:
    """The text as it was sent; empty for anything that is not one text, such as a list or a
    file."""
    return value if isinstance(value, str) else ""


def tidy(value: str) -> str:
    """The text with usual spaces and signs, see japanese.tidy."""
    return japanese.tidy(value or "")


def to_name(value: str) -> str:
    """The text, tidied, without the honorific (様, 御中) that the shop writes by itself."""
    return japanese.without_honorific(tidy(value))


def tidy_note(value: str) -> str:
    """The lines of a text, each tidied, without empty lines at both ends."""
    lines = (value or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(map(japanese.tidy, lines)).strip("\n")


def to_katakana(value: str) -> str:
    """Hiragana and half-width kana as full-width katakana."""
    return japanese.katakana(value or "")


def to_digits(value: str) -> str:
    """Digits of any width as ASCII digits, without hyphens and spaces."""
    return japanese.digits(value or "")


def to_phone(value: str) -> str:
    """A phone number in national digits; what is none stays as digits, to be refused by a
    validator."""
    return phones.national(value or "") or japanese.digits(value or "")


def to_email(value: str) -> str:
    """The mail address with its usual spelling of width and spaces."""
    return read_address(value or "")


def _given(field: Field, message: str) -> None:
    if not field.data:
        raise ValidationError(message)


def _no_link(field: Field) -> None:
    """What stands in a name is written into mails: nobody sends links in the shop's name."""
    plain = japanese.half_width(field.data or "").casefold()
    if any(sign in plain for sign in LINKS):
        raise ValidationError(_("URLは入力できません。「://」や「www.」を取り除いてください"))


def _writable(field: Field) -> None:
    _no_link(field)
    if bad := japanese.first_unwritable(field.data):
        raise ValidationError(
            _("使えない文字「%(c)s」があります。別の文字で入力してください", c=bad)
        )


def name(form: Any, field: Field) -> None:
    """Require a name of at most NAME characters, in signs that mails and labels can show, and
    without a link.

    A company that is named needs no person beside it.
    """
    if not form[field.name.replace("name", "company")].data:
        _given(field, _("お名前を入力してください"))
    length = len(field.data)
    if length > NAME:
        raise ValidationError(_("お名前は60文字以内で入力してください(現在%(n)s文字)", n=length))
    if bad := japanese.first_unwritable(field.data):
        raise ValidationError(
            _("お名前に使えない文字「%(c)s」があります。別の文字で入力してください", c=bad)
        )
    _no_link(field)


def company(_form: Any, field: Field) -> None:
    """Allow a company's name of at most COMPANY characters in full width."""
    _narrow(field, COMPANY)


def gift_sender(form: Any, field: Field) -> None:
    """Allow the name of a gift's sender of at most SENDER characters in full width; asked for only
    where the parcel goes to another address."""
    if form["ship_to"].data == "other":
        _narrow(field, SENDER)


def _narrow(field: Field, most: int) -> None:
    length = len(japanese.full_width(field.data))
    if length > most:
        raise ValidationError(
            _("%(most)s文字以内で入力してください(現在%(n)s文字)", most=most, n=length)
        )
    _writable(field)


def kana(_form: Any, field: Field) -> None:
    """Allow katakana of at most KANA characters."""
    if field.data and not japanese.is_katakana(field.data):
        raise ValidationError(
            _("フリガナはカタカナで入力してください(ひらがなは自動で変換されます)")
        )
    if len(field.data) > KANA:
        raise ValidationError(_("フリガナは40文字以内で入力してください"))


def postal_code(form: Any, field: Field) -> None:
    """Require seven digits that are in Japan Post's list; a code that is not in the list is allowed
    where prefecture, city and street were typed by hand."""
    _given(field, _("郵便番号を入力してください"))
    if not (field.data.isascii() and field.data.isdigit() and len(field.data) == 7):
        raise ValidationError(_("郵便番号は7桁の数字で入力してください"))
    if not postal_codes.find(field.data) and not _is_whole(form, field.name):
        raise ValidationError(not_found(field.data))


def not_found(code: str) -> str:
    """The sentence about digits that stand for no address."""
    return str(
        _(
            "「%(v)s」の住所が見つかりません。番号を確認するか、住所を直接入力してください",
            v=code,
        )
    )


def _is_whole(form: Any, postal_code: str) -> bool:
    prefix = postal_code.removesuffix("postal_code")
    return all(form[prefix + name].data for name in ("prefecture", "city", "street"))


def is_unlisted(code: str) -> bool:
    """Whether these are seven digits that Japan Post's list does not have."""
    return len(code) == 7 and code.isascii() and code.isdigit() and not postal_codes.find(code)


def unlisted(code: str) -> str:
    """The sentence about seven digits that may be newer than the shop's list, which says the month
    of the list."""
    return str(
        _(
            "郵便番号%(code)sは、当店の一覧(%(month)s版)にありません。"
            "番号と住所が正しければ、このままお進みください",
            code=_hyphenated(code),
            month=month(postal_codes.issued_on()),
        )
    )


def rest_of(city: str) -> str:
    """The name for the place of a postal code that names no town, in a list beside places that
    do."""
    return str(_("%(city)s(その他の町名)", city=city))


def prefecture(form: Any, field: Field) -> None:
    """Require one of the 47 prefectures, and the one that the postal code lies in."""
    if field.data not in NAMES:
        raise ValidationError(_("都道府県を選択してください"))
    code = form[field.name.removesuffix("prefecture") + "postal_code"].data
    if sentence := contradiction(code or "", field.data):
        raise ValidationError(sentence)


def contradiction(code: str, given: str) -> str:
    """A sentence where a prefecture is not the one of the postal code, or empty text."""
    of_code = list(dict.fromkeys(place.prefecture for place in postal_codes.find(code)))
    if not given or not of_code or given in of_code:
        return ""
    names = _("、").join(english_prefecture(one) for one in of_code)
    return str(
        _(
            "郵便番号%(code)sは%(prefecture)sの番号です。郵便番号か都道府県を直してください",
            code=_hyphenated(code),
            prefecture=names,
        )
    )


def other_city(code: str, city: str, street: str) -> str:
    """A sentence to check a city that is none of the postal code's, or empty text.

    It refuses nothing: a name from before a merger is right, too, and no list has all of these.
    """
    places = postal_codes.find(code)
    if not city or not places or address_lookup.may_be_in(places, city, street):
        return ""
    return str(
        _(
            "郵便番号%(code)sは%(city)sの番号です。市区町村をお確かめください",
            code=_hyphenated(code),
            city=_("、").join(dict.fromkeys(place.city for place in places)),
        )
    )


def _hyphenated(code: str) -> str:
    return f"{code[:3]}-{code[3:]}"


def city(_form: Any, field: Field) -> None:
    """Require a city of at most CITY characters, without a link."""
    _given(field, _("市区町村を入力してください"))
    if len(field.data) > CITY:
        raise ValidationError(
            _("市区町村は25文字以内で入力してください(現在%(n)s文字)", n=len(field.data))
        )
    _writable(field)


def street(_form: Any, field: Field) -> None:
    """Require town and number of at most LINE characters, without a link."""
    _given(field, _("町名・番地を入力してください"))
    _short_line(field)


def building(_form: Any, field: Field) -> None:
    """Allow a building of at most LINE characters, without a link."""
    _short_line(field)


def _short_line(field: Field) -> None:
    if len(field.data) > LINE:
        raise ValidationError(_("50文字以内で入力してください(現在%(n)s文字)", n=len(field.data)))
    _writable(field)


def tel(_form: Any, field: Field) -> None:
    """Require a Japanese phone number of 10 or 11 digits."""
    _given(field, _("電話番号を入力してください"))
    if phones.national(field.data) is None:
        raise ValidationError(_("電話番号は0から始まる10桁か11桁の数字で入力してください"))


def mobile(_form: Any, field: Field) -> None:
    """Allow a Japanese mobile number; whether one is needed is for validation.problems to say, as
    it depends on the payment method."""
    if field.data and not phones.is_mobile(field.data):
        raise ValidationError(bad_mobile())


def bad_mobile() -> str:
    """The sentence about a number that gets no text messages."""
    return str(_("060・070・080・090から始まる11桁の番号を入力してください"))


def email(_form: Any, field: Field) -> None:
    """Require a mail address that the mail port can write to."""
    _given(field, _("メールアドレスを入力してください"))
    if not is_address(field.data):
        raise ValidationError(_("メールアドレスを「name@example.com」の形で入力してください"))


def one_of_dates(_form: Any, field: SelectField) -> None:
    """Allow a day that is still among the form's choices."""
    if field.data and field.data not in field.choices:
        raise ValidationError(_("お選びの日は指定できなくなりました。別の日を選んでください"))


def slot(_form: Any, field: Field) -> None:
    """Require one of the carrier's time slots, or none in particular."""
    if field.data not in SLOTS:
        raise ValidationError(_("お届け時間帯を選択してください"))


def delivery_method(_form: Any, field: RadioField) -> None:
    """Require one of the shop's delivery methods where there is more than one."""
    if len(field.choices) > 1 and field.data not in field.choices:
        raise ValidationError(_("配送方法を選択してください"))


def payment(_form: Any, field: RadioField) -> None:
    """Require a payment method that is still on offer."""
    if not field.data:
        raise ValidationError(_("お支払い方法を選択してください"))
    if field.data not in field.choices:
        raise ValidationError(wording.gone())


def note(_form: Any, field: Field) -> None:
    """Allow a note of at most NOTE characters."""
    if len(field.data) > NOTE:
        raise ValidationError(
            _("備考は500文字以内で入力してください(現在%(n)s文字)", n=len(field.data))
        )


def code(_form: Any, field: Field) -> None:
    """Require digits in any usual spelling of a four-digit code; text that is no code is refused
    here, so that it costs no try."""
    typed = japanese.digits(field.data or "")
    if not typed:
        raise ValidationError(_("SMSに届いた4桁の認証番号を入力してください"))
    if not (typed.isascii() and typed.isdigit() and len(typed) == DIGITS):
        raise ValidationError(_("認証番号は4桁の数字です"))
