"""Where the marks of a chart stand: shares of the width in percent, heights in pixels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

HEIGHT, TOP, BOTTOM = 240, 24, 32  # pixels of a chart with an axis, and what is left for words
LABELS = 4  # at most along the axis: so many fit on a phone
ROW, BAR = 52, 18  # pixels of one bar that lies, and of the bar itself
LONGEST = 18  # characters of its name; the table has it whole
STEPS = (1, 2, 5, 10)
DASHES = ("", "8 4", "2 4", "12 4 2 4")


@dataclass(frozen=True)
class Tick:
    y: float
    label: str


@dataclass(frozen=True)
class Bar:
    """x and width in percent, y and height in pixels; says is read out and seen on pointing."""

    x: float
    width: float
    y: float
    height: float
    says: str
    label: str = ""


@dataclass(frozen=True)
class Line:
    """points as an SVG has them, of a hundred by a hundred; dash tells it from the others."""

    name: str
    points: str
    dash: str


@dataclass(frozen=True)
class Chart:
    """kind is columns, bars or lines; about says in a sentence what it shows."""

    kind: str
    about: str
    height: int
    ticks: Sequence[Tick] = ()
    bars: Sequence[Bar] = ()
    lines: Sequence[Line] = ()
    along: Sequence[tuple[float, str]] = ()  # words under the axis, where in percent


def columns(about: str, named: Sequence[tuple[str, int]], unit: str) -> Chart:
    """Upright bars: a value each day or month."""
    step, most = scale(max((value for _, value in named), default=0))
    room = HEIGHT - TOP - BOTTOM
    width = 100 / max(1, len(named))
    bars = [
        Bar(
            x=nth * width + width * 0.1,
            width=width * 0.8,
            y=TOP + room * (1 - value / most),
            height=room * value / most,
            says=f"{name}: {value:,}{unit}",
        )
        for nth, (name, value) in enumerate(named)
    ]
    every = -(-len(named) // LABELS) or 1
    along = [(nth * width, name) for nth, (name, _) in enumerate(named) if nth % every == 0]
    return Chart("columns", about, HEIGHT, _ticks(step, most, unit), bars, along=along)


def bars(about: str, named: Sequence[tuple[str, int]], unit: str) -> Chart:
    """Lying bars, each under its own words."""
    most = max([value for _, value in named if value > 0], default=1)
    drawn = [
        Bar(
            x=0,
            width=max(0.5, 100 * value / most) if value > 0 else 0,
            y=nth * ROW + ROW - BAR - 8,
            height=BAR,
            says=f"{name}: {value:,}{unit}",
            label=f"{_short(name)}  {value:,}{unit}",
        )
        for nth, (name, value) in enumerate(named)
    ]
    return Chart("bars", about, max(ROW, ROW * len(named)), bars=drawn)


def lines(
    about: str, named: Mapping[str, Sequence[tuple[float, float]]], unit: str, along: Sequence[str]
) -> Chart:
    """Lines over the same width; points are of what lies along and what rises."""
    every = [point for points in named.values() for point in points]
    widest = max((x for x, _ in every), default=0) or 1
    step, most = scale(int(max((y for _, y in every), default=0)))
    drawn = [
        Line(
            name,
            " ".join(f"{100 * x / widest:.2f},{100 - 100 * y / most:.2f}" for x, y in points),
            DASHES[nth % len(DASHES)],
        )
        for nth, (name, points) in enumerate(named.items())
    ]
    words = [(100 * nth / max(1, len(along)), text) for nth, text in enumerate(along)]
    return Chart("lines", about, HEIGHT, _ticks(step, most, unit), lines=drawn, along=words)


def scale(most: int) -> tuple[int, int]:
    """A round step, and the multiple of it that nothing exceeds."""
    if most <= 0:
        return 1, 1
    rough = most / 4
    unit = 10 ** floor(log10(rough)) if rough >= 1 else 1
    step = int(next(unit * one for one in STEPS if unit * one >= rough or one == STEPS[-1]))
    return step, -(-most // step) * step


def _ticks(step: int, most: int, unit: str) -> list[Tick]:
    room = HEIGHT - TOP - BOTTOM
    return [
        Tick(TOP + room * (1 - value / most), f"{value:,}{unit}")
        for value in range(0, most + 1, step)
    ]


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
