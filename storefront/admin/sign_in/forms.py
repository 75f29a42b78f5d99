"""E-mail and password, and the code that follows them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from storefront.admin.forms import AdminForm, given, line, mail_address, raw


class PasswordForm(AdminForm):
    """Mail address and password."""

    email = StringField(
        filters=[mail_address], validators=[given(_l("メールアドレスを入力してください"))]
    )
    password = StringField(filters=[raw], validators=[given(_l("パスワードを入力してください"))])

    def say_wrong_pair(self) -> None:
        """Put one sentence beside both fields, so that nobody learns which of them was right."""
        self.email.errors = (_("メールアドレスかパスワードが違います"),)

    def say_too_many(self) -> None:
        """Put the sentence about too many tries beside the field."""
        self.email.errors = (_("続けて間違えたため、30分ほどたってからもう一度お試しください"),)


class CodeForm(AdminForm):
    """The second factor's code: of the app, or a recovery code."""

    code = StringField(filters=[line], validators=[given(_l("確認コードを入力してください"))])

    def say_wrong(self) -> None:
        """Put the sentence about a wrong code beside the field."""
        self.code.errors = (_("確認コードが違うか、使用済みです。新しいコードを入力してください"),)

    def say_too_many(self) -> None:
        """Put the sentence about too many tries beside the field."""
        self.code.errors = (_("続けて間違えたため、30分ほどたってからもう一度お試しください"),)


class ProofForm(AdminForm):
    """The password, typed again by somebody who is signed in."""

    password = StringField(filters=[raw], validators=[given(_l("パスワードを入力してください"))])

    def say_wrong(self) -> None:
        """Put the sentence about a wrong proof beside the field."""
        self.password.errors = (_("パスワードが違います"),)

    def say_too_many(self) -> None:
        """Put the sentence about too many tries beside the field."""
        self.password.errors = (_("続けて間違えたため、30分ほどたってからもう一度お試しください"),)
