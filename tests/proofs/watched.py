"""A page in Chromium that tells whether anything ran, was asked for or was forbidden there."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

CANARY = "canary.invalid"
# runs before any page's own scripts, and no policy holds it
WATCH = """
addEventListener('securitypolicyviolation', (event) =>
  console.error('FORBIDDEN ' + event.violatedDirective + ' ' + event.blockedURI))
"""
SUBMIT = """
([action, fields]) => {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = action
  const token = document.querySelector('[name=csrf_token]')
  for (const [name, value] of [...fields, ['csrf_token', token ? token.value : '']]) {
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = name
    input.value = value
    form.append(input)
  }
  document.body.append(form)
  setTimeout(() => form.submit())
}
"""


class Watched:
    """Opens pages and sends forms as a browser does; caught says what should not have happened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.opened = 0
        self.caught: list[str] = []
        page.add_init_script(WATCH)
        page.on("dialog", self._dialog)
        page.on("request", self._request)
        page.on("console", self._console)

    def _dialog(self, dialog: Dialog) -> None:
        self.caught.append(f"dialog at {self.page.url}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).hostname == CANARY:
            self.caught.append(f"request to {request.url} from {self.page.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if "FORBIDDEN" in message.text or "Content Security Policy" in message.text:
            self.caught.append(f"{message.text} at {self.page.url}")

    def open(self, url: str) -> None:
        self.page.goto(url)
        self.opened += 1

    def send(self, path: str, fields: dict[str, str]) -> None:
        """Post a form with the token of the page that is open, and stand where that leads."""
        with self.page.expect_event("load"):  # not any change of the address: HTMX makes some
            self.page.evaluate(SUBMIT, [path, list(fields.items())])
        self.opened += 1

    def show(self, document: str) -> None:
        """As a mail reader without any policy would."""
        self.page.goto("about:blank")
        self.page.set_content(document)
        self.opened += 1

    def value(self, name: str) -> str:
        return self.page.locator(f"[name={name}]").first.input_value()


@contextmanager
def watching(browser: Browser, base_url: str) -> Iterator[Watched]:
    context = browser.new_context(base_url=base_url)
    context.set_default_timeout(30_000)
    try:
        yield Watched(context.new_page())
    finally:
        context.close()
