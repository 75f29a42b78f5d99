import pytest

from storefront.sms.segments import size_of


@pytest.mark.parametrize(
    ("text", "characters", "parts"),
    [
        ("あ" * 70, 70, 1),
        ("あ" * 71, 71, 2),
        ("あ" * 134, 134, 2),
        ("あ" * 135, 135, 3),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("€" * 80, 160, 1),
        ("€" * 81, 162, 2),
        ("a" * 159 + "あ", 160, 3),
        ("😀" * 35, 70, 1),
        ("😀" * 36, 72, 2),
    ],
)
def test_a_text_is_counted_as_it_is_billed(text: str, characters: int, parts: int) -> None:
    size = size_of(text)

    assert (size.characters, size.parts) == (characters, parts)


def test_one_wide_letter_makes_the_whole_text_wide() -> None:
    assert (size_of("a").most, size_of("aあ").most) == (160, 70)
