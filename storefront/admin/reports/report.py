"""One report of the owner's side."""

from collections.abc import Callable
from dataclasses import dataclass

from storefront.admin.reports.tables import Part


@dataclass(frozen=True)
class Report:
    """One report; by is what its address filters by: "days", "month" or nothing."""

    title: object
    about: object
    by: str
    parts: Callable[[], list[Part]]
