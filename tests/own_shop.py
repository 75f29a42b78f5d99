"""A demo shop that is taken for a real one: its data is the demo's, its settings are not."""

from typing import Any

from flask import Flask
from pydantic import SecretStr

from storefront.config.settings import Settings


def in_production(app: Flask, **changes: Any) -> Settings:
    """Its outside world stays the sandbox's."""
    settings: Settings = app.config["SETTINGS"]
    changes = {"storefront_env": "production", "kuroneko_base_url": "", **changes}
    changes |= {"sms_providers": "twilio", "mail_url": SecretStr("smtp://mail.example.jp")}
    app.config["SETTINGS"] = settings.model_copy(update=changes)
    app.config["SETTINGS"].__dict__.pop("senders", None)  # worked out before
    made: Settings = app.config["SETTINGS"]
    return made
