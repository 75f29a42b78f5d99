"""A tab of any browser that speaks WebDriver: what a shopper does, waiting as a person would."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

PATIENCE = 20.0  # seconds until something must be there
CSS = "css selector"


class Element(Protocol):
    text: str

    def click(self) -> None: ...
    def clear(self) -> None: ...
    def send_keys(self, text: str) -> None: ...
    def is_displayed(self) -> bool: ...


class Driver(Protocol):
    def find_element(self, by: str, value: str) -> Element: ...
    def execute_script(self, script: str) -> Any: ...


@dataclass(frozen=True)
class Tab:
    driver: Driver
    go: Callable[[str], object]
    shop: str

    def open(self, path: str) -> None:
        self.go(self.shop + path)

    def see(self, css: str) -> str:
        """The words of something, as soon as it is shown."""
        return self._soon(lambda: self._shown(css).text)

    def press(self, test_id: str) -> None:
        self._click(f'[data-testid="{test_id}"]')

    def choose(self, method: str) -> None:
        self._click(f'label[for="payment-{method}"]')

    def type(self, field: str, text: str) -> None:
        element = self._soon(lambda: self._shown(f"#{field}"))
        element.clear()
        element.send_keys(text)

    def value(self, field: str) -> str:
        """What stands in a field, as soon as something does."""
        script = f"return document.getElementById('{field}').value"
        return str(self._soon(lambda: self.driver.execute_script(script)))

    def _click(self, css: str) -> None:
        def click() -> bool:
            self._shown(css).click()
            return True

        self._soon(click)

    def _shown(self, css: str) -> Element:
        element = self.driver.find_element(CSS, css)
        if not element.is_displayed():
            raise LookupError(css)
        return element

    def _soon(self, what: Callable[[], Any]) -> Any:
        """Try until it succeeds: each driver has errors of its own for what is not there yet."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if found := what():
                    return found
            except Exception:
                if time.monotonic() > end:
                    raise
            assert time.monotonic() < end, "nothing came"
            time.sleep(0.1)
