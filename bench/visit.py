"""Every screen that an address opens, with the cookies it needs."""

from collections.abc import Iterator

from bench.buyer import Buyer

PUBLIC = {
    "home": "/",
    "list": "/search",
    "category": "/categories/tea",
    "product": "/products/yunomi",
    "terms of trade": "/legal/tokushoho",
    "privacy": "/legal/privacy",
    "terms": "/legal/terms",
    "returns": "/legal/returns",
    "help": "/help",
}  # what search engines may list
FOR_FEW = {"find an order": "/orders/find"}


def screens(url: str) -> Iterator[tuple[str, str, Buyer]]:
    """Name, path and a buyer who may open it; each is looked at before the next is reached."""
    buyer = Buyer(url)
    for name, path in {**PUBLIC, **FOR_FEW}.items():
        yield name, path, buyer
    for name, path in buyer.stations():
        yield name, path, buyer
