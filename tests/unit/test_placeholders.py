from storefront.core import placeholders


def test_known_gaps_are_filled_and_others_stay() -> None:
    assert placeholders.fill("{shop} {what} {", {"shop": "さくら"}) == "さくら {what} {"


def test_a_value_that_looks_like_a_gap_is_not_filled_again() -> None:
    assert placeholders.fill("{a}{b}", {"a": "{b}", "b": "x"}) == "{b}x"


def test_nothing_of_a_value_can_be_reached_through_a_gap() -> None:
    assert placeholders.fill("{a.__class__} {a!r} {a:>9}", {"a": "x"}) == (
        "{a.__class__} {a!r} {a:>9}"
    )


def test_each_gap_is_named_once_in_its_order() -> None:
    assert placeholders.names("{b} {a} {b} {}") == ["b", "a", ""]
