"""The shop as somebody installs it: a wheel, an empty folder, production settings, a proxy that
speaks https in front, a mail server that really listens."""

import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any

from werkzeug.middleware.http_proxy import ProxyMiddleware
from werkzeug.test import Client, TestResponse
from werkzeug.urls import iri_to_uri

from tests.proofs.shop import RunningShop
from tests.unit.config.test_settings import GOOD_PRODUCTION
from tests.unit.opening.person import HOST
from tests.wheel import environment

PATIENCE = 60  # seconds; the shop's own promises are shorter
ADDRESSES = itertools.count(1)


class Browser(Client):
    """Asks for the shop's own https address, whatever server stands behind the proxy."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        args = tuple(iri_to_uri(one) if isinstance(one, str) else one for one in args)
        kwargs.setdefault("base_url", f"https://{HOST}")
        kwargs.setdefault("headers", {}).setdefault("Referer", f"https://{HOST}/")
        return super().open(*args, **kwargs)


class InstalledShop(RunningShop):
    """`storefront serve` of a wheel in a folder of its own; each of its browsers has an address
    of its own in the world.
    """

    def __init__(self, wheel: Path, folder: Path, mail_url: str, twilio_url: str) -> None:
        super().__init__(folder)
        self.where = folder
        self.commands = ["serve"]  # that were used, to be compared with a manual
        self.settings = {
            **GOOD_PRODUCTION,
            "MAIL_URL": mail_url,
            "TRUSTED_PROXIES": "1",
            "PORT": str(self.port),
        }
        stand_in = {"TWILIO_BASE_URL": twilio_url, "NO_PROXY": "*"}
        self.environment = environment(wheel, folder / "instance", **self.settings, **stand_in)

    def command(self, *words: str, typed: str = "") -> str:
        """What `storefront …` says; typed: what is answered where it asks."""
        self.commands.append(" ".join(one for one in words[:2] if one.isalpha()))
        return self._run("-m", "storefront", *words, typed=typed)

    def found_at(self) -> str:
        """The file that the shop's Python takes for the shop."""
        asked = "from importlib.util import find_spec; print(find_spec('storefront').origin)"
        return self._run("-c", asked).strip()

    def _run(self, *words: str, typed: str = "") -> str:
        ended = subprocess.run(  # noqa: S603  # our own words
            [sys.executable, *words],
            cwd=self.where,
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def answers(self) -> bool:
        return self.browser().get("/readyz").status_code == 200

    def browser(self) -> Browser:
        n = next(ADDRESSES)
        headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": f"198.51.{n // 250}.{n % 250}"}
        target = {"target": self.url, "host": HOST, "headers": headers}
        proxy = ProxyMiddleware(_nowhere, {"shop": target}, timeout=PATIENCE)
        [whole] = proxy.targets.values()

        def carry(environ: Any, start: Any) -> Any:
            return proxy.proxy_to(whole, environ["PATH_INFO"], "/")(environ, start)

        return Browser(carry)


def _nowhere(_environ: object, _start: object) -> list[bytes]:
    raise AssertionError("every address is the shop's")
