"""A new password, and whose passkey goes."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import ValidationError

from storefront.admin.auth import passwords
from storefront.admin.forms import AdminForm, given, raw


def good_password(form: "NewPasswordForm", field: StringField) -> None:
    """Require a length, not a mixture of characters (OWASP ASVS 5.0, 6.2), and refuse passwords
    that are common or made of what is known of the person."""
    if len(field.data) < passwords.SHORTEST:
        raise ValidationError(_("%(n)s文字以上にしてください", n=passwords.SHORTEST))
    if len(field.data) > passwords.LONGEST:
        raise ValidationError(_("%(n)s文字以内にしてください", n=passwords.LONGEST))
    if passwords.is_guessable(field.data, [*form.about]):
        raise ValidationError(
            _("よく使われる言葉や推測しやすい並びです。関係のない単語をいくつか並べてください")
        )


class NewPasswordForm(AdminForm):
    """A new password, typed twice; about holds words that may not stand in it."""

    about: Sequence[str] = ()  # words that are known of the person

    password = StringField(
        filters=[raw],
        validators=[given(_l("新しいパスワードを入力してください")), good_password],
    )
    again = StringField(filters=[raw])

    def validate_again(self, field: StringField) -> None:
        """Require the same password again."""
        if field.data != self.password.data and not self.password.errors:
            raise ValidationError(_("2つのパスワードが違います"))
