"""What a state is: one screen, in one of the ways it can look."""

from collections.abc import Callable
from dataclasses import dataclass

from storefront.gallery.visitor import Page, Visitor


@dataclass(frozen=True)
class State:
    """How a visitor brings it about; screen is the endpoint whose page it is, or "" for none."""

    slug: str
    title: str
    screen: str
    how: Callable[[Visitor], Page]
    status: int = 200
