"""The table of payment moves, every cell written out."""

from collections.abc import Iterable, Sequence
from itertools import groupby, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storefront.payments.kinds import KINDS, Kind
from storefront.payments.status import (
    Impossible,
    PaymentEvent,
    PaymentState,
    next_state,
    states_before,
)

NEWS = ("requested", "overdue", "paid", "cancelled", "refunded")
NO = "impossible"
TABLE = {
    "awaiting": (NO, NO, "paid", "cancelled", NO),
    "deferred": ("requested", NO, NO, "cancelled", NO),
    "requested": ("same", "overdue", "paid", "cancelled", NO),
    "overdue": (NO, "same", "paid", "cancelled", NO),
    "paid": (NO, NO, "same", NO, "refunded"),
    "cancelled": (NO, NO, NO, "same", NO),
    "refunded": (NO, NO, NO, NO, "same"),
}
CELLS = [
    (state, news, cell)
    for state, row in TABLE.items()
    for news, cell in zip(NEWS, row, strict=True)
]
LIVES = (
    ("awaiting", "paid"),
    ("awaiting", "paid", "refunded"),
    ("awaiting", "cancelled"),
    ("deferred", "cancelled"),
    ("deferred", "requested"),
    ("deferred", "requested", "cancelled"),
    ("deferred", "requested", "paid"),
    ("deferred", "requested", "paid", "refunded"),
    ("deferred", "requested", "overdue"),
    ("deferred", "requested", "overdue", "cancelled"),
    ("deferred", "requested", "overdue", "paid"),
    ("deferred", "requested", "overdue", "paid", "refunded"),
)
FINAL = {PaymentState.CANCELLED, PaymentState.REFUNDED}
lives = st.sampled_from(LIVES)


def outcome(state: str, news: str) -> str:
    try:
        return next_state(PaymentState(state), PaymentEvent(news)) or "same"
    except Impossible:
        return NO


def path(first: str, heard: Iterable[str]) -> list[str]:
    """Every state the payment is in, one after each piece of news."""
    states = [first]
    for news in heard:
        answer = outcome(states[-1], news)
        states.append(states[-1] if answer in {"same", NO} else answer)
    return states


def refused(first: str, heard: Sequence[str]) -> list[str]:
    states = path(first, heard)
    return [news for state, news in zip(states, heard, strict=False) if outcome(state, news) == NO]


@st.composite
def doubled(draw: st.DrawFn) -> tuple[tuple[str, ...], list[str]]:
    """A life, and its news in order with late repetitions of what was heard before."""
    life = draw(lives)
    heard: list[str] = []
    for news in life[1:]:
        heard.append(news)
        heard += draw(st.lists(st.sampled_from(heard), max_size=4))
    return life, heard


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[tuple[str, ...], list[str]]:
    """A life, and its news in any order, each at least once and some often."""
    life = draw(lives)
    again = draw(st.lists(st.sampled_from(life[1:]), max_size=8))
    return life, list(draw(st.permutations([*life[1:], *again])))


@pytest.mark.parametrize(("state", "news", "cell"), CELLS)
def test_news_moves_a_payment_as_the_table_says(state: str, news: str, cell: str) -> None:
    assert outcome(state, news) == cell


def test_the_table_has_a_cell_for_every_state_and_news() -> None:
    assert {(state, news) for state, news, _ in CELLS} == set(product(PaymentState, PaymentEvent))


@pytest.mark.parametrize("news", NEWS)
def test_the_states_before_are_those_that_the_news_moves(news: str) -> None:
    moved = {state for state, heard, cell in CELLS if heard == news and cell not in {"same", NO}}

    assert set(states_before(PaymentEvent(news))) == moved


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_kind_begins_where_a_life_begins(kind: Kind) -> None:
    assert kind.first_state in {life[0] for life in LIVES}


@pytest.mark.parametrize("life", LIVES, ids=" ".join)
def test_a_plain_life_moves_at_every_news(life: tuple[str, ...]) -> None:
    assert path(life[0], life[1:]) == list(life)


def test_impossible_news_says_which_move_it_would_be() -> None:
    with pytest.raises(Impossible, match="cancelled to paid"):
        next_state(PaymentState.CANCELLED, PaymentEvent.PAID)


@given(doubled())
def test_repeated_and_late_news_changes_nothing(told: tuple[tuple[str, ...], list[str]]) -> None:
    life, heard = told

    assert path(life[0], heard)[-1] == life[-1]


@given(shuffled())
def test_shuffled_news_ends_as_the_plain_life_unless_some_was_refused(
    told: tuple[tuple[str, ...], list[str]],
) -> None:
    life, heard = told

    assert path(life[0], heard)[-1] == life[-1] or refused(life[0], heard)


@given(shuffled())
def test_true_news_told_until_it_is_heard_ends_as_the_plain_life(
    told: tuple[tuple[str, ...], list[str]],
) -> None:
    life, heard = told

    assert path(life[0], heard * len(life))[-1] == life[-1]


@given(st.sampled_from(PaymentState), st.lists(st.sampled_from(PaymentEvent)))
def test_no_news_leads_out_of_a_final_state(first: PaymentState, heard: list[PaymentEvent]) -> None:
    states = path(first, heard)

    ended = next((i for i, state in enumerate(states) if state in FINAL), len(states))
    assert len(set(states[ended:])) <= 1


@given(st.sampled_from(PaymentState), st.lists(st.sampled_from(PaymentEvent)))
def test_a_payment_never_returns_to_a_state_it_left(
    first: PaymentState, heard: list[PaymentEvent]
) -> None:
    stays = [state for state, _ in groupby(path(first, heard))]

    assert len(stays) == len(set(stays))
