"""Mail over SMTP, against a server that really listens."""

import socket
import ssl
from asyncio import Server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from flask import Flask

from storefront.orders.emails import sending
from storefront.ports.mail import MailUnavailable, Message
from storefront.providers.smtp import SmtpMail
from tests.factories import an_order, some_answers

SENDER = "noreply@shop.example.jp"
MESSAGE = Message(
    message_id="<0123456789abcdef@shop.example.jp>",
    to="taro@example.com",
    subject="ご注文ありがとうございます（7KQ2-M9XD）",
    text="山田 太郎 様\n合計は4,290円(税込)です。\n",
    html="<p>山田 太郎 様</p><p>合計は<b>4,290円(税込)</b>です。</p>",
)


@dataclass
class Letterbox:
    """Keeps what arrives; answers each step as told."""

    rcpt: str = "250 OK"
    data: str = "250 OK"
    arrived: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # of each RCPT, as it came over the line

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.arrived.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return self.data

    def only_mail(self) -> EmailMessage:
        [(_sender, _to, content)] = self.arrived
        found = message_from_bytes(content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        return found


class Listener(SMTP):
    async def smtp_RCPT(self, arg: str) -> None:
        self.event_handler.said.append(arg)
        await super().smtp_RCPT(arg)


class OnAnyPort(Controller):
    def factory(self) -> SMTP:
        return Listener(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def listening(
    box: Letterbox, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[str]:
    server = OnAnyPort(box, hostname=host, port=0, tls_context=tls)
    server.start()
    try:
        yield f"smtp://{host}:{server.port}"
    finally:
        server.stop()


def send(message: Message = MESSAGE) -> EmailMessage:
    box = Letterbox()
    with listening(box) as url:
        SmtpMail(url, SENDER).send(message)
    return box.only_mail()


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content())


def test_the_subject_arrives_as_written() -> None:
    assert send()["Subject"].strip() == MESSAGE.subject


def test_the_mail_goes_from_the_shop_to_the_shopper() -> None:
    mail = send()

    assert (mail["From"], mail["To"]) == (SENDER, MESSAGE.to)


def test_the_envelope_is_as_the_letter_says() -> None:
    box = Letterbox()
    with listening(box) as url:
        SmtpMail(url, SENDER).send(MESSAGE)

    [(sender, to, _content)] = box.arrived

    assert (sender, to) == (SENDER, [MESSAGE.to])


OF_BEFORE_2009 = ["taro..y.@docomo.ne.jp", "a...b@ezweb.ne.jp", "taro.@au.com"]


@pytest.mark.parametrize("address", OF_BEFORE_2009)
def test_stray_dots_are_quoted_on_the_envelope_and_in_the_letter(address: str) -> None:
    local, _at, domain = address.partition("@")
    box = Letterbox()
    with listening(box) as url:
        SmtpMail(url, SENDER).send(replace(MESSAGE, to=address))

    assert box.said == [f'TO:<"{local}"@{domain}>']
    assert f'To: "{local}"@{domain}\r\n'.encode() in box.arrived[0][2]


def test_the_orders_mail_goes_to_an_address_of_before_2009(app: Flask) -> None:
    order = an_order(customer=some_answers(email="taro..y.@docomo.ne.jp"))
    box = Letterbox()
    with listening(box) as url:
        wired = app.extensions["providers"]
        app.extensions["providers"] = replace(wired, mail=SmtpMail(url, SENDER))
        sending.send_order_mail(order.id)

    assert box.said == ['TO:<"taro..y."@docomo.ne.jp>']
    assert order.number in box.only_mail()["Subject"]


def test_the_mail_has_a_text_and_an_html_part() -> None:
    mail = send()

    assert mail.get_content_type() == "multipart/alternative"
    assert part(mail, "plain").replace("\r\n", "\n") == MESSAGE.text
    assert part(mail, "html").strip() == MESSAGE.html


def test_the_message_id_is_the_one_it_was_given() -> None:
    assert send().get_all("Message-ID") == [MESSAGE.message_id]


def test_a_second_try_has_the_same_message_id() -> None:
    assert send()["Message-ID"] == send()["Message-ID"]


def test_two_mails_go_over_one_sender() -> None:
    box = Letterbox()
    with listening(box) as url:
        mail = SmtpMail(url, SENDER)
        mail.send(MESSAGE)
        mail.send(replace(MESSAGE, to="hanako@example.com"))

    assert [to for _sender, to, _content in box.arrived] == [
        ["taro@example.com"],
        ["hanako@example.com"],
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["subject", "to", "message_id"])
def test_a_line_end_never_becomes_a_header(name: str, end: str) -> None:
    box = Letterbox()
    hostile = replace(MESSAGE, **{name: f"a@example.com{end}Bcc: thief@example.com"})

    with listening(box) as url, pytest.raises(ValueError, match=r"newline|Invalid address"):
        SmtpMail(url, SENDER).send(hostile)

    assert box.arrived == []


def test_a_server_that_is_not_there_is_tried_later() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]

        with pytest.raises(MailUnavailable):
            SmtpMail(f"smtp://127.0.0.1:{port}", SENDER).send(MESSAGE)


def test_a_name_that_does_not_exist_is_tried_later() -> None:
    with pytest.raises(MailUnavailable):
        SmtpMail("smtp://nowhere.invalid:25", SENDER).send(MESSAGE)


@pytest.mark.parametrize("answer", ["451 later", "550 no such user", "421 going down"])
def test_a_recipient_that_is_refused_is_tried_later(answer: str) -> None:
    with listening(Letterbox(rcpt=answer)) as url, pytest.raises(MailUnavailable):
        SmtpMail(url, SENDER).send(MESSAGE)


@pytest.mark.parametrize("answer", ["451 later", "554 rejected"])
def test_a_letter_that_is_refused_is_tried_later(answer: str) -> None:
    with listening(Letterbox(data=answer)) as url, pytest.raises(MailUnavailable):
        SmtpMail(url, SENDER).send(MESSAGE)


def test_a_password_that_cannot_be_used_is_tried_later() -> None:
    with listening(Letterbox()) as url, pytest.raises(MailUnavailable):
        SmtpMail(url.replace("//", "//user:secret@"), SENDER).send(MESSAGE)


def test_a_server_that_hangs_up_is_tried_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        port = server.getsockname()[1]
        server.listen()
        mail = SmtpMail(f"smtp://127.0.0.1:{port}", SENDER)
        mail.carrier.config["MAIL_TIMEOUT"] = 0.2
        mail.mail.init_app(mail.carrier)

        with pytest.raises(MailUnavailable):
            mail.send(MESSAGE)


def test_no_ending_names_the_shopper() -> None:
    with listening(Letterbox(data="554 rejected")) as url, pytest.raises(MailUnavailable) as ending:
        SmtpMail(url, SENDER).send(MESSAGE)

    assert MESSAGE.to not in str(ending.value)


def test_this_machine_is_spoken_to_without_tls() -> None:
    assert send()["Message-ID"] == MESSAGE.message_id


def test_another_machine_is_never_spoken_to_without_tls() -> None:
    box = Letterbox()

    # an address of this machine that the sender does not know for one
    with listening(box, "127.0.0.2") as url, pytest.raises(MailUnavailable):
        SmtpMail(url, SENDER).send(MESSAGE)

    assert box.arrived == []


def test_a_certificate_that_anybody_could_make_is_refused(tmp_path: Path) -> None:
    box = Letterbox()

    with listening(box, "127.0.0.2", self_signed(tmp_path)) as url, pytest.raises(MailUnavailable):
        SmtpMail(url, SENDER).send(MESSAGE)

    assert box.arrived == []


def self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.2")])
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.2"))])
    begins = datetime(2020, 1, 1, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, begins, begins.replace(year=2099))
        .add_extension(alternative, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "self-signed.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.jp", ("mail.example.jp", 587, True, False)),
        ("smtp://mail.example.jp:2525", ("mail.example.jp", 2525, True, False)),
        ("smtps://mail.example.jp", ("mail.example.jp", 465, False, True)),
        ("smtp://localhost:25", ("localhost", 25, False, False)),
        ("smtp://127.0.0.1:25", ("127.0.0.1", 25, False, False)),
    ],
)
def test_the_address_says_how_to_connect(url: str, expected: tuple[str, int, bool, bool]) -> None:
    carrier = SmtpMail(url, SENDER).carrier.config

    assert tuple(carrier[name] for name in CONNECTION) == expected


CONNECTION = ("MAIL_SERVER", "MAIL_PORT", "MAIL_USE_TLS", "MAIL_USE_SSL")


def test_a_password_may_hold_any_character() -> None:
    carrier = SmtpMail("smtp://taro%40example.com:p%40ss%3A%2F@mail.example.jp", SENDER).carrier

    assert carrier.config["MAIL_USERNAME"] == "taro@example.com"
    assert carrier.config["MAIL_PASSWORD"] == "p@ss:/"
