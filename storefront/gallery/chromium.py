"""Which Chromium is used, and how it is started; needs nothing of Playwright's."""

import os
import shutil

# the shell has no windows, which cost more than half of Chromium's CPU
ON_PATH = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update")


def found() -> str | None:
    """The one that CHROMIUM names, or one on the PATH; None leaves it to Playwright."""
    return os.environ.get("CHROMIUM") or on_path()


def on_path() -> str | None:
    return next(filter(None, map(shutil.which, ON_PATH)), None)


def arguments() -> list[str]:
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return [*QUIET, "--no-first-run", *as_root]
