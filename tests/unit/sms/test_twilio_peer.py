"""The Twilio adapter against Prism, which answers by Twilio's own OpenAPI description."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from storefront.ports.sms import SenderMisconfigured, SmsUnavailable
from storefront.providers.twilio import TwilioMessages
from storefront.sms.code_message import code_text
from tests.needs import missing
from tests.ports import free_port

pytestmark = pytest.mark.peer

ROOT = Path(__file__).parents[3]
DESCRIPTION = Path(
    os.environ.get("TWILIO_OPENAPI", ROOT / "../shared/data/twilio/twilio_api_v2010.yaml")
)
START_SECONDS = 60  # reading 1.5 MB of description is slow on a small machine

SID = "AC" + "0" * 32
TOKEN = "made-up"
CALLBACK = "https://shop.example/webhooks/twilio/status"
TEXT = code_text("さくら商店", "4821", "3,980円", 10, "shop.example", "ja")
GOOD = {"To": "+819012345678", "From": "+15005550006", "Body": TEXT, "ValidityPeriod": "600"}


def _program() -> str | None:
    own = ROOT / "node_modules/.bin/prism"
    return str(own) if own.exists() else shutil.which("prism")


if not _program():
    missing("Prism is missing (docs/sms.md tells how to get it)")
if not DESCRIPTION.is_file():
    pytest.skip(f"Twilio's description is missing: {DESCRIPTION}", allow_module_level=True)


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def prism() -> Iterator[str]:
    port = free_port()
    command = [str(_program()), "mock", "-p", str(port), "-h", "127.0.0.1", str(DESCRIPTION)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:  # noqa: S603 - ours
        try:
            end = time.monotonic() + START_SECONDS
            while not _listens(port):
                assert process.poll() is None, "Prism ended before it listened"
                assert time.monotonic() < end, "Prism does not listen"
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def sender_at(prism: str, sid: str = SID, token: str = TOKEN) -> TwilioMessages:
    return TwilioMessages(sid, token, "+15005550006", CALLBACK, prism)


def post(prism: str, fields: dict[str, str], **how: str) -> requests.Response:
    url = f"{prism}/2010-04-01/Accounts/{SID}/Messages.json"
    return requests.post(url, fields, auth=(SID, TOKEN), headers=how, timeout=5)


def test_our_request_is_one_that_twilio_describes(prism: str) -> None:
    receipt = sender_at(prism).send("+819012345678", TEXT, 600)

    assert receipt.provider == "twilio"
    assert re.fullmatch("SM[0-9a-f]{32}", receipt.reference)


def test_the_fields_that_the_next_test_spoils_are_good(prism: str) -> None:
    assert post(prism, GOOD).status_code == 201


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"To": None}, "To"),
        ({"ValidityPeriod": "soon"}, "ValidityPeriod"),
        ({"StatusCallback": "not an address"}, "StatusCallback"),
    ],
)
def test_a_request_that_twilio_does_not_describe_is_rejected(
    prism: str, wrong: dict[str, str | None], named: str
) -> None:
    fields = {name: value for name, value in (GOOD | wrong).items() if value is not None}

    answer = post(prism, fields)

    assert answer.status_code == 422
    assert named in str(answer.json()["validation"])


def test_a_rejected_request_is_unavailable(prism: str) -> None:
    with pytest.raises(SmsUnavailable) as failure:
        sender_at(prism, sid="not-an-account").send("+819012345678", TEXT, 600)

    assert type(failure.value) is SmsUnavailable


def test_a_request_without_a_token_is_our_own_mistake(prism: str) -> None:
    with pytest.raises(SenderMisconfigured):
        sender_at(prism, token="").send("+819012345678", TEXT, 600)


def test_twilio_describes_no_error_answers_for_a_message(prism: str) -> None:
    """So the endings are proven by test_twilio.py; should this fail, force them here."""
    answer = post(prism, GOOD, Prefer="code=400")

    assert answer.status_code == 404
    assert "400 is not defined" in answer.json()["detail"]
