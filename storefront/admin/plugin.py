"""What a provider adds to the owner's side: pages, a row of the menu, reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import ModuleType

from flask import current_app

from storefront.admin.menu_entry import Entry
from storefront.admin.reports.report import Report

EXTENSION = "admin_plugins"


@dataclass(frozen=True)
class AdminPlugin:
    """routes is a module with a blueprint bp; the menu's row comes after that of another area."""

    routes: ModuleType
    entry: Entry
    after: str
    reports: Mapping[str, Report] = field(default_factory=dict)


def plugins() -> list[AdminPlugin]:
    found: list[AdminPlugin] = current_app.extensions.get(EXTENSION, [])
    return found
