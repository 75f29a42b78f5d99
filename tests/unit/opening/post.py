"""What leaves the shop: mails at a real SMTP server, texts at a stand-in of Twilio's."""

import json
import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import uuid4

from tests.proofs.fault_proxy import Desk, FakeTwilio, answers, fails
from tests.unit.mail.test_smtp import Letterbox

PATIENCE = 30  # seconds; a mail takes a few
NOBODYS = "+819011110000"  # a number that does not exist


def mail_in(box: Letterbox, to: str, words: str) -> EmailMessage:
    """As soon as one to this address with these words in its subject is there."""
    end = time.monotonic() + PATIENCE
    while True:
        mails = [_read(content) for _sender, rcpt, content in list(box.arrived) if to in rcpt]
        found = [one for one in mails if words in one["subject"]]
        if found:
            return found[-1]
        assert time.monotonic() < end, f"no {words} among {[one['subject'] for one in mails]}"
        time.sleep(0.1)


def body_of(mail: EmailMessage) -> str:
    plain = mail.get_body(("plain",))
    assert plain
    return str(plain.get_content())


def _read(content: bytes) -> EmailMessage:
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def take(desk: Desk) -> None:
    """Twilio takes every text but the one to nobody's number."""
    if desk.fields["To"] == NOBODYS:
        fails(400, 21211)(desk)
        return
    taken = {"sid": f"SM{uuid4().hex}", "status": "queued", "to": desk.fields["To"]}
    answers(201, json.dumps(taken))(desk)


def code_in(twilio: FakeTwilio, phone: str) -> str:
    """Of the last text to a number in national digits."""
    to = "+81" + phone.replace("-", "").removeprefix("0")
    texts = [fields["Body"] for _path, fields in list(twilio.asked) if fields["To"] == to]
    found = re.search(r"#(\d+)$", texts[-1])
    assert found
    return found[1]
