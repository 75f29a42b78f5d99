"""What is sealed opens again, and only with the right key, place and bytes."""

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from storefront.core.encryption import Vault

VAULT = Vault("a secret of the tests")
texts = st.text(max_size=200)
words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)


@given(texts, texts)
def test_what_was_sealed_opens_again(text: str, bound_to: str) -> None:
    assert VAULT.open(VAULT.seal(text, bound_to), bound_to) == text


@given(texts)
def test_the_same_text_is_never_sealed_the_same_way(text: str) -> None:
    assert VAULT.seal(text) != VAULT.seal(text)


@given(st.text(min_size=4, max_size=50))
def test_a_sealed_text_does_not_show(text: str) -> None:
    assert text.encode() not in VAULT.seal(text)


@given(texts, st.data())
def test_a_changed_bit_is_noticed(text: str, data: st.DataObject) -> None:
    sealed = bytearray(VAULT.seal(text))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(InvalidTag):
        VAULT.open(bytes(sealed))


@given(texts, st.data())
def test_a_missing_piece_is_noticed(text: str, data: st.DataObject) -> None:
    sealed = VAULT.seal(text)
    kept = data.draw(st.integers(0, len(sealed) - 1))

    with pytest.raises(InvalidTag):
        VAULT.open(sealed[:kept])


@given(st.binary(max_size=100))
def test_rubbish_does_not_open(rubbish: bytes) -> None:
    with pytest.raises(InvalidTag):
        VAULT.open(rubbish)


@given(texts)
def test_another_key_does_not_open(text: str) -> None:
    with pytest.raises(InvalidTag):
        Vault("another secret").open(VAULT.seal(text))


@given(st.tuples(texts, texts).filter(lambda two: two[0] != two[1]))
def test_a_text_opens_only_where_it_belongs(places: tuple[str, str]) -> None:
    sealed = VAULT.seal("4821", places[0])

    with pytest.raises(InvalidTag):
        VAULT.open(sealed, places[1])


@given(words, st.lists(words, max_size=3))
def test_a_mark_is_the_same_for_the_same_parts(purpose: str, parts: list[str]) -> None:
    assert VAULT.digest(purpose, *parts) == Vault(VAULT.secret).digest(purpose, *parts)


def test_a_mark_has_128_bits() -> None:
    assert len(bytes.fromhex(VAULT.digest("phone", "09012345678"))) == 16


def test_one_purposes_mark_is_not_anothers() -> None:
    assert VAULT.digest("phone", "09012345678") != VAULT.digest("limit", "09012345678")


def test_another_key_makes_another_mark() -> None:
    assert VAULT.digest("phone", "09012345678") != Vault("other").digest("phone", "09012345678")


@given(st.lists(words, min_size=1, max_size=3), st.lists(words, min_size=1, max_size=3))
def test_other_parts_make_another_mark(one: list[str], other: list[str]) -> None:
    assert (VAULT.digest("offer", *one) == VAULT.digest("offer", *other)) == (one == other)


def test_parts_do_not_run_into_each_other() -> None:
    assert VAULT.digest("limit", "ab", "c") != VAULT.digest("limit", "a", "bc")


def test_a_mark_does_not_show_what_it_marks() -> None:
    assert "09012345678" not in VAULT.digest("phone", "09012345678")
