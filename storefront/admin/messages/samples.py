"""Sending a sample to oneself, and what is said where it does not go."""

from dataclasses import replace

from flask_babel import gettext as _

from storefront.core.client_address import client_address
from storefront.ports.mail import MailUnavailable, Message
from storefront.ports.sms import NumberRefused, SmsUnavailable, SmsUnknown
from storefront.shop import profile, sample_messages
from storefront.verification.rate_limits import Budget
from storefront.verification.sending import NoTextsLeft


def mail_to(to: str, message: Message) -> str:
    """Send a sample mail; gives a sentence where it could not be sent, empty where it was."""
    try:
        sample_messages.send_mail(replace(message, to=to))
    except MailUnavailable:
        return _("メールを送れませんでした。しばらくしてからもう一度お試しください")
    return ""


def text_to(phone: str, text: str, who: str) -> str:
    """Send a sample text, which counts towards the limits; gives a sentence where it could not be
    sent."""
    shop = profile.shop()
    budget = Budget(shop.texts_per_10_minutes, shop.texts_per_day)
    try:
        sample_messages.send_text(phone, text, who, client_address(), budget)
    except NoTextsLeft:
        return _("SMSの上限に達したため、送れません。しばらくしてからお試しください")
    except NumberRefused:
        return _("この番号にはSMSを送れませんでした。別の番号を入力してください")
    except (SmsUnavailable, SmsUnknown):
        return _("SMSを送れませんでした。しばらくしてからもう一度お試しください")
    return ""
