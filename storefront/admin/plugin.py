"""What a provider adds to the owner's side: pages, a row of the menu, reports, words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType

from flask import current_app

from storefront.admin.menu_entry import Entry
from storefront.admin.reports.report import Report
from storefront.payments.kinds import Kind

EXTENSION = "admin_plugins"


@dataclass(frozen=True)
class AdminPlugin:
    """gateway is the word that payment kinds have for the provider. routes is a module with a
    blueprint bp; the menu's row comes after that of another area. request_names has, for
    each view that changes something, the name that the page shows which offers to send a kept form
    again after a new sign-in.
    opening_items are the codes of legal.demo_leftovers that are mended on the page of the menu's
    row, with their names."""

    gateway: str
    routes: ModuleType
    entry: Entry
    after: str
    reports: Mapping[str, Report] = field(default_factory=dict)
    request_names: Callable[[], dict[str, str]] = dict
    opening_items: Callable[[], dict[str, str]] = dict
    cautions: Callable[[Kind], list[str]] = lambda _kind: []  # on a payment method's form
    code_note: Callable[[], str] = str  # there, too: who texts the codes


def plugins() -> list[AdminPlugin]:
    """The plugins of the providers that are wired, in their order."""
    found: list[AdminPlugin] = current_app.extensions.get(EXTENSION, [])
    return found


def plugin_of(kind: Kind) -> AdminPlugin | None:
    """The plugin of the kind's provider, or None."""
    return next((one for one in plugins() if one.gateway == kind.gateway), None)
