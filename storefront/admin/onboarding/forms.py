"""The first code of a new app."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from storefront.admin.forms import AdminForm, given, line


class NewAppForm(AdminForm):
    """The first code of a new authenticator app."""

    code = StringField(filters=[line], validators=[given(_l("確認コードを入力してください"))])

    def say_wrong(self) -> None:
        """Put the sentence about a wrong code beside the field."""
        self.code.errors = (_("確認コードが違います。アプリに表示されている6桁を入力してください"),)
