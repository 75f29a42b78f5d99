"""Firefox and WebKit, each started for one test run; a reason to skip where one is missing."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.engines.tab import Tab
from tests.needs import missing

FIREFOX = ("firefox-esr", "firefox")
MINI_BROWSERS = ("webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0")


def _on_path(*names: str) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def _mini_browser() -> Path | None:
    found = (
        path for name in MINI_BROWSERS for path in Path("/usr").glob(f"lib*/**/{name}/MiniBrowser")
    )
    return next(found, None)


@contextmanager
def firefox(shop: str) -> Iterator[Tab]:
    binary = _on_path(*FIREFOX)
    if binary is None:
        missing("Firefox is missing (Debian package firefox-esr)")
    marionette = pytest.importorskip("marionette_driver.marionette")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    driver = marionette.Marionette(bin=binary, port=port, headless=True, gecko_log="-")
    driver.start_session()
    driver.set_window_rect(width=450, height=900)
    try:
        yield Tab(driver, driver.navigate, shop)
    finally:
        driver.quit()
        driver.cleanup()


@contextmanager
def webkit(shop: str) -> Iterator[Tab]:
    program, browser, screen = _on_path("WebKitWebDriver"), _mini_browser(), _on_path("Xvfb")
    if program is None or browser is None or screen is None:
        missing("WebKit is missing (Debian packages webkit2gtk-driver and xvfb)")
    webdriver = pytest.importorskip("selenium.webdriver")
    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(browser)
    options.add_argument("--automation")
    with _display(screen) as display:
        environment = {**os.environ, "DISPLAY": display}
        service = webdriver.WebKitGTKService(program, env=environment)
        driver = webdriver.WebKitGTK(options, service)
        try:
            yield Tab(driver, driver.get, shop)
        finally:
            driver.quit()


@contextmanager
def _display(program: str) -> Iterator[str]:
    """A screen nobody looks at, on the first number that is free."""
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", "500x1000x24"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)  # noqa: S603
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    try:
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()
