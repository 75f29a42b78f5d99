"""What shoppers see before the shop opens for the first time: a page that says so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app
from flask.typing import ResponseReturnValue

from storefront.shop import profile
from storefront.web.rendering import page

View = Callable[..., ResponseReturnValue]


def once_opened(view: View) -> View:
    """Let a view run only in a shop that has been open once; whoever is signed in to the owner's
    side sees it before."""

    @wraps(view)
    def shown(**values: Any) -> ResponseReturnValue:
        if profile.shop().is_new and not _is_keeper():
            return page("catalogue/preparing.html")
        return view(**values)

    return shown


def _is_keeper() -> bool:
    """Asked of the owner's side, which no part of the shop knows."""
    return bool(current_app.extensions["is_keeper_here"]())


__all__ = ["once_opened"]
