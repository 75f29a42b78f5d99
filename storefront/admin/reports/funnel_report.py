"""How far shoppers come, why they stop, and how many are saved by another method."""

from collections import Counter
from collections.abc import Iterable

from flask_babel import gettext as _

from storefront.admin.orders.detail_screen import method_names
from storefront.admin.orders.wording import credit_providers
from storefront.admin.reports import charts
from storefront.admin.reports.tables import Column, Part
from storefront.core.calendar import Span
from storefront.reports import checkout_funnel
from storefront.reports.checkout_funnel import PAGE_LEFT, PAGE_REFUSED, End, Reached
from storefront.verification.challenges import Ended


def parts(span: Span) -> list[Part]:
    """Tables of the steps reached, of failures, and of orders completed by another method."""
    ends = checkout_funnel.ends(span)
    return [_steps(ends), _failures(ends), _switches(ends)]


def _steps(ends: list[End]) -> Part:
    words = {
        Reached.OPENED: _("注文情報入力を開いた"),
        Reached.CONFIRMED: _("注文内容確認に進んだ"),
        Reached.ASKED: _("SMS認証へ進んだ"),
        Reached.SENT: _("認証番号が送られた"),
        Reached.PROVEN: _("認証できた"),
    }
    rows = [_step(words[step], ends, step) for step in Reached]
    first = rows[0][1]
    rows.append((_("注文が完了した"), _sum(one for one in ends if one.placed_by), None))
    return Part(
        "steps",
        _("手続きの進み方"),
        [
            Column(_("段階")),
            Column(_("お客さま"), "count"),
            Column(_("ここでやめた"), "count"),
            Column(_("はじめからの割合"), "share"),
        ],
        [(name, came, left, came / first if first else None) for name, came, left in rows],
        charts.bars(
            _("購入手続きの段階ごとのお客さまの数"), [(name, n) for name, n, _left in rows], _people
        ),
        note=_(
            "SMS認証のないお支払い方法では、確認の次に注文が完了します。"
            "そのため、完了した人数が認証した人数より多いことがあります。"
        ),
    )


def _step(name: str, ends: list[End], step: Reached) -> tuple[str, int, int | None]:
    """How many came so far, and how many of them no further and without an order."""
    came = [one for one in ends if one.came_to(step)]
    left = [one for one in came if one.furthest == step and not one.placed_by]
    return name, _sum(came), _sum(left)


def _people(count: int) -> str:
    return _("%(n)s人", n=f"{count:,}")


def _failures(ends: list[End]) -> Part:
    kinds, switched, same = Counter[str](), Counter[str](), Counter[str]()
    for one in ends:
        kinds[one.failure] += one.checkouts if one.failure else 0
        switched[one.failure] += one.checkouts if _is_switch(one) else 0
        same[one.failure] += one.checkouts if one.placed_by == one.failed_by else 0
    rows = [
        (_failure(kind), count, switched[kind], same[kind], count - switched[kind] - same[kind])
        for kind, count in kinds.most_common()
        if kind
    ]
    return Part(
        "failures",
        _("うまくいかなかった理由"),
        [
            Column(_("理由")),
            Column(_("お客さま"), "count"),
            Column(_("別の方法で完了"), "count"),
            Column(_("同じ方法で完了"), "count"),
            Column(_("離脱"), "count"),
        ],
        rows,
        charts.bars(_("理由ごとのお客さまの数"), [(row[0], row[1]) for row in rows], _people),
        has_total=True,
    )


def _switches(ends: list[End]) -> Part:
    names, pairs = method_names(), Counter[tuple[str, str]]()
    for one in ends:
        if _is_switch(one):
            pairs[one.failed_by, one.placed_by] += one.checkouts
    rows = [
        (names.get(old, old), names.get(new, new), count)
        for (old, new), count in pairs.most_common()
    ]
    return Part(
        "switches",
        _("別の方法で完了した注文"),
        [
            Column(_("うまくいかなかった方法")),
            Column(_("完了した方法")),
            Column(_("お客さま"), "count"),
        ],
        rows,
        charts.bars(
            _("別の方法で完了した注文の数"), [(f"→ {row[1]}", row[2]) for row in rows], _people
        ),
    )


def _is_switch(one: End) -> bool:
    return bool(one.failure and one.placed_by) and one.placed_by != one.failed_by


def _sum(ends: Iterable[End]) -> int:
    return sum(one.checkouts for one in ends)


def _failure(kind: str) -> str:
    words = {
        Ended.LOCKED: _("認証番号を続けて間違えた"),
        Ended.TOO_MANY: _("SMSの送信回数の上限"),
        Ended.UNDELIVERED: _("SMSが届かなかった"),
        Ended.REFUSED: _("SMSを送れない番号"),
        Ended.UNAVAILABLE: _("SMSの送信サービスが停止"),
        Ended.CREDIT: _("与信が通らなかった"),
        Ended.LIMIT: _("利用限度額を超えた"),
        Ended.UNANSWERED: _("%(provider)sから返事がない", provider=credit_providers()),
        PAGE_REFUSED: _("決済ページで断られた"),
        PAGE_LEFT: _("決済ページから戻らなかった"),
    }
    return words.get(kind, _("その他(%(kind)s)", kind=kind))
