"""Telling the owner that Yamato finds fault with the shop itself, not with a shopper."""

import structlog
from flask import current_app
from flask_babel import force_locale

from storefront.core import clock
from storefront.core.extensions import db, transaction
from storefront.outbox import outbox
from storefront.ports.mail import Message
from storefront.ports.registry import providers
from storefront.shop import emails, profile
from storefront.shop.emails import Letter

log = structlog.get_logger(__name__)
ALERT = "yamato-alert"
TITLE = "クロネコ代金後払いの接続に問題があります"
SUBJECT = f"【要対応】{TITLE}"
WORDS = (
    "ヤマト運輸が当店からの依頼を受け付けませんでした。加盟店コード・パスワード・ご契約の内容と、"
    "ログの yamato_settings_refused を確認してください。直るまで、この支払い方法は使えません。"
)


def tell(error_code: str) -> None:
    """Log that Yamato refused for a reason of the shop's own (contract, password), and have the
    owner told by mail, once a day."""
    log.error("yamato_settings_refused", provider_code=error_code[:12])
    with transaction():
        outbox.add(ALERT, 0, tag=f"{clock.today():%Y%m%d}")
    outbox.wake_worker()


def send(_about: int) -> None:
    """Mail the alert to the shop's own address; raises MailUnavailable."""
    message = mail()
    db.session.commit()  # before the call: no transaction is open while we wait for a mail server
    providers().mail.send(message)


def mail() -> Message:
    """The alert of today, in the owner's language."""
    host = current_app.config["SETTINGS"].host
    mail_id = f"<yamato-alert-{clock.today():%Y%m%d}@{host}>"
    with force_locale("ja"):
        return emails.of_letter(mail_id, profile.shop().email, SUBJECT, Letter(TITLE, [WORDS]))
