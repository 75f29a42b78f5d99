"""How a visitor reaches a running shop."""

# requests takes a while to import, so it is imported where it is used: a shop never reaches itself
# over the network.

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, Self

from storefront.gallery.page import Page

if TYPE_CHECKING:
    from requests import Response

PATIENCE = 30.0  # seconds; one number of the sandbox makes a sender hang for five


class Reach(Protocol):
    """Reaches one shop, and keeps one visitor's cookies; redirects are followed."""

    url: str

    def get(self, address: str, headers: Mapping[str, str]) -> Page: ...

    def send(self, address: str, fields: Mapping[str, str]) -> Page: ...

    def ask(self, path: str, **query: str) -> Any:
        """JSON of the sandbox."""

    def tell(self, path: str, body: Mapping[str, object]) -> None:
        """Post JSON to the sandbox; raises LookupError where it refuses."""

    def another(self) -> Self:
        """To the same shop, without a cookie."""


class Network:
    """To a shop that is served somewhere."""

    def __init__(self, url: str) -> None:
        import requests

        self.url = url.rstrip("/")
        self._http = requests.Session()

    def get(self, address: str, headers: Mapping[str, str]) -> Page:
        return self._page(self._http.get(address, headers=dict(headers), timeout=PATIENCE))

    def send(self, address: str, fields: Mapping[str, str]) -> Page:
        return self._page(self._http.post(address, data=dict(fields), timeout=PATIENCE))

    def _page(self, answer: "Response") -> Page:
        cookies = self._http.cookies.get_dict()
        return Page(answer.url, answer.status_code, answer.text, dict(answer.headers), cookies)

    def ask(self, path: str, **query: str) -> Any:
        import requests  # without this visitor's cookies

        answer = requests.get(self.url + path, params=query, timeout=PATIENCE)
        answer.raise_for_status()
        return answer.json()

    def tell(self, path: str, body: Mapping[str, object]) -> None:
        import requests

        answer = requests.post(self.url + path, json=dict(body), timeout=PATIENCE)
        if not answer.ok:
            raise LookupError(f"{path}: {answer.text}")

    def another(self) -> "Network":
        return Network(self.url)
