"""Charts: nothing leaves the frame, and axes have steps that a person counts in."""

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storefront.admin.reports import charts

values = st.lists(st.integers(0, 10**9), max_size=400)
quick = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.integers(0, 10**12))
def test_an_axis_has_a_few_round_steps_and_nothing_exceeds_it(most: int) -> None:
    step, end = charts.scale(most)

    assert f"{step}".rstrip("0") in {"1", "2", "5"}
    assert end >= max(most, 1)
    assert end % step == 0
    assert 1 <= end // step <= 5
    assert end - step < max(most, 1)


@quick
@given(values)
def test_upright_bars_stand_side_by_side_on_the_axis(app: Flask, found: list[int]) -> None:
    with app.test_request_context():
        drawn = charts.columns("", [(f"{nth}", value) for nth, value in enumerate(found)], str)

    floor = charts.HEIGHT - charts.BOTTOM
    ends = [one.x for one in drawn.bars[1:]] + [100.0] * bool(drawn.bars)
    for one, end in zip(drawn.bars, ends, strict=True):
        assert charts.TOP - 0.01 <= one.y <= floor + 0.01
        assert abs(one.y + one.height - floor) < 0.01
        assert one.x + one.width <= end + 0.01
    assert len(drawn.along) <= charts.LABELS
    assert drawn.ticks[-1].y == charts.TOP


@quick
@given(values)
def test_lying_bars_are_as_long_as_what_they_stand_for(app: Flask, found: list[int]) -> None:
    with app.test_request_context():
        drawn = charts.bars("", [(f"{nth}", value) for nth, value in enumerate(found)], str)

    most = max([*found, 1])
    for one, value in zip(drawn.bars, found, strict=True):
        assert abs(one.width - 100 * value / most) <= 0.5
        assert (one.width == 0) == (value == 0)
        assert one.y + one.height <= drawn.height


def test_long_names_stay_apart_by_their_ends(app: Flask) -> None:
    names = ["クロネコ代金後払いサービス(スマホタイプ)", "クロネコ代金後払いサービス(払込票タイプ)"]
    with app.test_request_context():
        drawn = charts.bars("", [(name, 1) for name in names], str)

    assert len({one.label for one in drawn.bars}) == 2
    assert all(len(one.label) < 24 for one in drawn.bars)
