from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from storefront.ports.mail import Message
from storefront.sandbox.phone import mailbox
from storefront.sandbox.phone.mailbox import SandboxMailbox


def a_mail(**changes: str) -> Message:
    fields = {
        "message_id": "<order-1@127.0.0.1>",
        "to": "taro@example.com",
        "subject": "ご注文ありがとうございます",
        "text": "山田 太郎 様\n\nご注文ありがとうございます。",
        "html": "<p>ご注文<b>ありがとうございます</b>。</p>",
    }
    return Message(**{**fields, **changes})


def listed(client: FlaskClient, query: str = "") -> list[dict[str, Any]]:
    return list(client.get(f"/sandbox/mailbox.json{query}").json or [])


def test_a_mail_is_found_by_its_address_in_any_width(client: FlaskClient) -> None:
    SandboxMailbox().send(a_mail())

    assert len(listed(client, "?to=Ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ")) == 1


def test_a_mail_is_listed_with_both_its_parts(client: FlaskClient) -> None:
    SandboxMailbox().send(a_mail())

    (mail,) = listed(client)

    assert mail.pop("sent_at").endswith("+09:00")
    assert mail.pop("id") == 1
    assert mail == {
        "to": "taro@example.com",
        "subject": "ご注文ありがとうございます",
        "text": "山田 太郎 様\n\nご注文ありがとうございます。",
        "html": "<p>ご注文<b>ありがとうございます</b>。</p>",
        "code": None,
        "links": [],
        "checkout": None,
    }


def test_the_newest_mail_comes_first(client: FlaskClient) -> None:
    for number in (1, 2):
        SandboxMailbox().send(a_mail(message_id=f"<{number}>", subject=str(number)))

    assert [mail["subject"] for mail in listed(client)] == ["2", "1"]


def test_a_mail_that_is_handed_over_twice_is_one(app: Flask) -> None:
    for _again in range(2):
        SandboxMailbox().send(a_mail())

    assert len(mailbox.mails()) == 1


def test_an_address_is_found_however_it_is_typed(client: FlaskClient) -> None:
    SandboxMailbox().send(a_mail(to="Taro+1@example.com"))
    SandboxMailbox().send(a_mail(to="hanako@example.com", message_id="<2>"))

    for to in (
        "Taro%2B1@example.com",
        "taro%2B1@EXAMPLE.com",
        "%20taro%2B1@example.com%20",
        "taro+1@example.com",  # whose + reaches us as a space
    ):
        assert [mail["to"] for mail in listed(client, f"?to={to}")] == ["Taro+1@example.com"], to


def test_no_other_address_is_found(client: FlaskClient) -> None:
    SandboxMailbox().send(a_mail())

    for to in ("taro", "example.com", "taro@example.co", "%25", "taro_example.com"):
        assert listed(client, f"?to={to}") == [], to


def test_the_screen_shows_the_text_and_only_the_source_of_the_html(client: FlaskClient) -> None:
    SandboxMailbox().send(a_mail(html="<script>alert(1)</script>"))

    screen = client.get("/sandbox/mailbox?to=taro@example.com").text

    assert screen.count('data-testid="mail-message"') == 1
    assert "山田 太郎 様\n\nご注文ありがとうございます。" in screen
    assert "<script>alert" not in screen
    assert "&lt;script&gt;alert(1)" in screen
