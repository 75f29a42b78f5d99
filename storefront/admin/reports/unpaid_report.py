"""What is still to be paid, by age, with the way to the orders themselves."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from storefront.admin.reports import charts
from storefront.admin.reports.tables import Cell, Column, Part
from storefront.orders.queries.groups import Group
from storefront.payments.status import PaymentState
from storefront.reports import receivables
from storefront.reports.receivables import UNPAID, Bucket
from storefront.web.i18n import yen

BEFORE = 3  # columns before those of the states


def parts() -> list[Part]:
    """The table of unpaid amounts in yen by age, with links to the orders."""
    buckets = receivables.by_age()
    words = {
        PaymentState.AWAITING: _("入金待ち"),
        PaymentState.DEFERRED: _("お届け前(後払い)"),
        PaymentState.REQUESTED: _("ご案内済み"),
        PaymentState.OVERDUE: _("期限超過"),
    }
    rows: list[Sequence[Cell]] = [
        (
            _age(one),
            one.count,
            one.total,
            *(one.yen.get(state, 0) for state in UNPAID),
        )
        for one in buckets
    ]
    named = [(_age(one), one.total) for one in buckets]
    return [
        Part(
            "age",
            _("注文からの日数ごと"),
            [
                Column(_("注文から")),
                Column(_("注文"), "count"),
                Column(_("未入金の合計"), "yen"),
                *(Column(words[state], "yen") for state in UNPAID),
            ],
            rows,
            charts.bars(_("注文からの日数ごとの未入金"), named, yen),
            has_total=True,
            links=_links(buckets),
        )
    ]


def _age(one: Bucket) -> str:
    if one.oldest is None:
        return _("%(n)s日以上", n=one.youngest)
    return _("%(from_)s〜%(to)s日", from_=one.youngest, to=one.oldest)


def _links(buckets: Sequence[Bucket]) -> dict[tuple[int, int], str]:
    """From each sum to the very orders it is of."""
    return {
        (row, BEFORE + nth): url_for(
            "admin.orders.listing",
            since=one.first_day,
            until=one.last_day,
            payment=state,
            group=Group.COUNTED,
        )
        for row, one in enumerate(buckets)
        for nth, state in enumerate(UNPAID)
        if one.orders.get(state)
    }
