"""E-mail and password, and the code that follows them."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from storefront.admin.forms import AdminForm, given, line, mail_address, raw


class PasswordForm(AdminForm):
    email = StringField(
        filters=[mail_address], validators=[given(_l("メールアドレスを入力してください"))]
    )
    password = StringField(filters=[raw], validators=[given(_l("パスワードを入力してください"))])

    def say_wrong_pair(self) -> None:
        """One sentence, so that nobody learns which half exists."""
        self.email.errors = (_("メールアドレスかパスワードが違います"),)

    def say_too_many(self) -> None:
        self.email.errors = (_("続けて間違えたため、30分ほどたってからもう一度お試しください"),)


class CodeForm(AdminForm):
    code = StringField(filters=[line], validators=[given(_l("確認コードを入力してください"))])

    def say_wrong(self) -> None:
        self.code.errors = (_("確認コードが違うか、使用済みです。新しいコードを入力してください"),)

    def say_too_many(self) -> None:
        self.code.errors = (_("続けて間違えたため、30分ほどたってからもう一度お試しください"),)


class ProofForm(AdminForm):
    password = StringField(filters=[raw], validators=[given(_l("パスワードを入力してください"))])

    def say_wrong(self) -> None:
        self.password.errors = (_("パスワードが違います"),)

    def say_too_many(self) -> None:
        self.password.errors = (_("続けて間違えたため、30分ほどたってからもう一度お試しください"),)
