"""What every mail sender promises."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from email import message_from_bytes, policy

import pytest
from flask import Flask

from storefront.ports.mail import MailSender, Message
from storefront.providers.smtp import SmtpMail
from storefront.sandbox.phone import mailbox
from storefront.sandbox.phone.mailbox import SandboxMailbox
from tests.unit.mail.test_smtp import MESSAGE, SENDER, Letterbox, listening

Read = Callable[[], list[tuple[str, str, str]]]  # message id, recipient and subject of each mail


@contextmanager
def over_smtp() -> Iterator[tuple[MailSender, Read]]:
    box = Letterbox()

    def read() -> list[tuple[str, str, str]]:
        mails = [
            message_from_bytes(content, policy=policy.default)
            for _sender, _to, content in box.arrived
        ]
        return [
            (str(one["Message-ID"]), str(one["To"]), str(one["Subject"]).strip()) for one in mails
        ]

    with listening(box) as url:
        yield SmtpMail(url, SENDER), read


@contextmanager
def into_the_sandbox() -> Iterator[tuple[MailSender, Read]]:
    def read() -> list[tuple[str, str, str]]:
        return [(one.message_id, one.to, one.subject) for one in reversed(mailbox.mails())]

    yield SandboxMailbox(), read


Make = Callable[[], AbstractContextManager[tuple[MailSender, Read]]]

# A new sender joins with one line.
SENDERS: dict[str, Make] = {"smtp": over_smtp, "sandbox": into_the_sandbox}

every_sender = pytest.mark.parametrize("make", SENDERS.values(), ids=SENDERS)


@every_sender
def test_a_mail_arrives_with_its_id_recipient_and_subject(app: Flask, make: Make) -> None:
    with make() as (sender, read):
        sender.send(MESSAGE)

        assert read() == [(MESSAGE.message_id, MESSAGE.to, MESSAGE.subject)]


@every_sender
def test_mails_arrive_in_order(app: Flask, make: Make) -> None:
    second = replace(MESSAGE, message_id="<second@shop.example.jp>", subject="二通目")

    with make() as (sender, read):
        sender.send(MESSAGE)
        sender.send(second)

        assert [subject for _id, _to, subject in read()] == [MESSAGE.subject, "二通目"]


@every_sender
def test_a_mail_sent_again_can_be_told_by_its_id(app: Flask, make: Make) -> None:
    with make() as (sender, read):
        sender.send(MESSAGE)
        sender.send(MESSAGE)

        assert {message_id for message_id, _to, _subject in read()} == {MESSAGE.message_id}


@every_sender
@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "髙﨑さま 🍵 ≠ ©"},
        {"subject": "長" * 200},
        {"text": ""},
        {"text": ".\n..\nFrom here\n"},
        {"html": ""},
    ],
)
def test_any_words_can_be_sent(app: Flask, make: Make, changes: dict[str, str]) -> None:
    message = replace(MESSAGE, **changes)

    with make() as (sender, read):
        sender.send(message)

        assert [subject for _id, _to, subject in read()] == [message.subject]


def test_the_sandbox_shows_a_doubled_mail_once(app: Flask) -> None:
    SandboxMailbox().send(MESSAGE)
    SandboxMailbox().send(MESSAGE)

    assert len(mailbox.mails()) == 1


def test_a_message_says_who_it_is_for_without_a_default() -> None:
    with pytest.raises(TypeError):
        Message("<id@example.jp>")  # type: ignore[call-arg]
