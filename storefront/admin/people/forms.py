"""Somebody new, and what they may do."""

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import ValidationError

from storefront.admin.auth.models import OWNER, STAFF
from storefront.admin.forms import AdminForm, at_most, given, line, mail_address

ROLES = (STAFF, OWNER)


class PersonForm(AdminForm):
    """A person to give access to: name, mail address and role."""

    name = StringField(
        filters=[line], validators=[given(_l("お名前を入力してください")), at_most(80)]
    )
    email = StringField(
        filters=[mail_address],
        validators=[given(_l("メールアドレスを入力してください")), at_most(254)],
    )
    role = StringField(filters=[line], default=STAFF)

    def validate_email(self, field: StringField) -> None:
        """Require a mail address."""
        try:
            validate_email(field.data, check_deliverability=False)
        except EmailNotValidError:
            raise ValidationError(
                _("メールアドレスの形が正しくありません。例: hana@example.com")
            ) from None

    def validate_role(self, field: StringField) -> None:
        """Require one of the roles."""
        if field.data not in ROLES:
            raise ValidationError(_("権限を選択してください"))

    def say_taken(self) -> None:
        """Put the sentence about a mail address that is in use beside its field."""
        self.email.errors = (_("このメールアドレスはすでに登録されています"),)
