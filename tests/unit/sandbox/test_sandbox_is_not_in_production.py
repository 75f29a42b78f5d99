from pathlib import Path

import pytest
from pydantic import ValidationError

from storefront import create_app
from storefront.app.wiring import build
from storefront.config.settings import Settings, faults
from storefront.sandbox.phone.codes import SandboxCodes
from storefront.sandbox.phone.mailbox import SandboxMailbox
from tests.app_pool import close, own_folder

SECRET = "0123456789abcdef0123456789abcdef"


def production(instance: Path, **changes: object) -> Settings:
    fields = {
        "storefront_env": "production",
        "secret_key": f"s{SECRET}",
        "code_key": f"c{SECRET}",
        "data_key": f"d{SECRET}",
        "base_url": "https://shop.example.jp",
        "trusted_hosts": "shop.example.jp",
        "sms_providers": "twilio",
        "twilio_account_sid": "AC" + "0" * 32,
        "twilio_auth_token": SECRET,
        "twilio_from": "+15005550006",
        "mail_url": "smtp://mail.example.jp:587",
        "STOREFRONT_INSTANCE": instance,
    }
    return Settings(**{**fields, **changes})  # type: ignore[arg-type]


def test_production_has_no_address_of_the_sandbox(seeded: Path, tmp_path: Path) -> None:
    app = create_app(production(own_folder(seeded, tmp_path)))
    close(app)

    rules = [rule.rule for rule in app.url_map.iter_rules()]
    assert not [rule for rule in rules if rule.startswith("/sandbox")]
    assert "sandbox" not in app.blueprints
    assert app.jinja_env.globals["is_sandbox"] is False
    assert "sandbox_scenarios" not in app.jinja_env.globals


def test_production_has_no_part_of_the_sandbox(tmp_path: Path) -> None:
    providers = build(production(tmp_path))

    assert not isinstance(providers.codes, SandboxCodes)
    assert not isinstance(providers.mail, SandboxMailbox)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("sms_providers", "sandbox"),
        ("sms_providers", "sandbox_b"),
        ("sms_providers", "twilio,sandbox"),
        ("sms_providers", "twilio, sandbox_b"),
        ("mail_url", "sandbox:"),
        ("limits", "relaxed"),
    ],
)
def test_production_refuses_to_start_with_a_part_of_it(
    tmp_path: Path, setting: str, value: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        production(tmp_path, **{setting: value})

    assert [fault.split(":")[0] for fault in faults(refusal.value)] == [setting.upper()]


def test_production_by_default_refuses_both_sandbox_parts(tmp_path: Path) -> None:
    """An environment that sets nothing is production, and sets no sender either."""
    with pytest.raises(ValidationError) as refusal:
        Settings(STOREFRONT_INSTANCE=tmp_path)

    named = {fault.split(":")[0] for fault in faults(refusal.value)}
    assert {"SMS_PROVIDERS", "MAIL_URL"} <= named
