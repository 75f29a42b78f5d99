"""What shoppers see of a shop that was never open: that it is being prepared, and no more."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app
from flask.typing import ResponseReturnValue

from storefront.shop import profile
from storefront.web.rendering import page

View = Callable[..., ResponseReturnValue]


def once_opened(view: View) -> View:
    """Whoever looks after the shop sees it before, as shoppers will."""

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
