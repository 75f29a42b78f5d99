"""Own words as they are typed, and what may not stand in them."""

from flask_babel import gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

from storefront.admin.forms import AdminForm, line, text
from storefront.admin.messages import previews
from storefront.core import phones
from storefront.shop import message_templates
from storefront.shop.message_templates import LANGUAGES, Channel, Kind


class WordingForm(AdminForm):
    """The shop's own wording of a message in both languages; empty for the usual one."""

    ja = TextAreaField(filters=[text])
    en = TextAreaField(filters=[text])

    kind: Kind

    def validate_ja(self, field: TextAreaField) -> None:
        """Require every placeholder that the message needs, and no other."""
        _check(self.kind, field)

    def validate_en(self, field: TextAreaField) -> None:
        """Require every placeholder that the message needs, and no other."""
        _check(self.kind, field)

    def words(self) -> dict[str, str]:
        """The wording by language."""
        return {locale: str(self[locale].data or "") for locale in LANGUAGES}


class SampleForm(AdminForm):
    """The language of a sample, and the phone that gets it where it is a text."""

    locale = StringField(filters=[line], default="ja")
    phone = StringField(filters=[line])

    channel = Channel.MAIL

    def validate_locale(self, field: StringField) -> None:
        """Require one of the shop's languages."""
        if field.data not in LANGUAGES:
            raise ValidationError(_("言語を選択してください"))

    def validate_phone(self, field: StringField) -> None:
        """Require a mobile number where the sample is a text."""
        if self.channel is Channel.MAIL:
            return
        found = phones.national(field.data or "")
        if not found or not phones.is_mobile(found):
            raise ValidationError(_("060・070・080・090から始まる11桁の番号を入力してください"))


def _check(kind: Kind, field: TextAreaField) -> None:
    words, locale = field.data or "", field.name
    if not words:
        return
    if unknown := message_templates.unknown(kind, words):
        raise ValidationError(
            _(
                "「{%(name)s}」は使えません。使えるのは %(allowed)s です",
                name=unknown[0][:30],
                allowed=" ".join(f"{{{name}}}" for name in kind.allowed),
            )
        )
    if missing := message_templates.missing(kind, words):
        raise ValidationError(_("「{%(name)s}」は必ず入れてください", name=missing[0]))
    if not message_templates.is_too_long(kind, words, previews.longest(locale)):
        return
    if kind.channel is Channel.MAIL:
        raise ValidationError(_("%(n)s文字以内で入力してください", n=message_templates.LONGEST))
    raise ValidationError(
        _(
            "長すぎます。店名や金額を入れたときに%(n)s通に収まるようにしてください",
            n=kind.most_parts,
        )
    )
