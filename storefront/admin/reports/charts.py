"""The geometry of the charts: shares of the width in percent, heights in pixels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

from flask_babel import gettext as _

HEIGHT, TOP, BOTTOM = 240, 24, 32  # pixels of a chart with an axis, and what is left for words
LABELS = 3  # at most along the axis: so many fit on a phone
GAPS = 60  # upright bars; between more of them gaps would only blur
ROW, BAR = 52, 18  # pixels of one bar that lies, and of the bar itself
LONGEST = 16  # wide characters of a name that fit on a phone beside its value
FIRST, LAST = 4, 9  # of them that are left of a longer one: types differ in how they end
STEPS = (1, 2, 5, 10)
DASHES = ("", "8 4", "2 4", "12 4 2 4")

Say = Callable[[int], str]  # a value with its unit


@dataclass(frozen=True)
class Tick:
    """A mark of the axis: height in pixels, and its label."""

    y: float
    label: str


@dataclass(frozen=True)
class Bar:
    """x and width in percent, y and height in pixels; says is read out, and shown on pointing."""

    x: float
    width: float
    y: float
    height: float
    says: str
    label: str = ""


@dataclass(frozen=True)
class ChartLine:
    """points as SVG writes them, in a square of 100 by 100; dash tells the line from others without
    colour."""

    name: str
    points: str
    dash: str


@dataclass(frozen=True)
class Chart:
    """A chart; about says what it shows, more what stands out in it."""

    about: str
    more: str
    height: int
    ticks: Sequence[Tick] = ()
    bars: Sequence[Bar] = ()
    lines: Sequence[ChartLine] = ()
    along: Sequence[tuple[float, str]] = ()  # words under the axis, where in percent
    zones: Sequence[tuple[float, str]] = ()  # upright lines and the words at their right


def columns(about: str, named: Sequence[tuple[str, int]], say: Say) -> Chart:
    """Upright bars, one for each day or month."""
    step, most = scale(max((value for _name, value in named), default=0))
    room = HEIGHT - TOP - BOTTOM
    width = 100 / max(1, len(named))
    gap = width / 5 if len(named) <= GAPS else 0
    bars = [
        Bar(
            x=nth * width + gap / 2,
            width=width - gap,
            y=TOP + room * (1 - value / most),
            height=room * value / most,
            says=f"{name}: {say(value)}",
        )
        for nth, (name, value) in enumerate(named)
    ]
    every = -(-len(named) // LABELS) or 1
    along = [(nth * width, name) for nth, (name, _value) in enumerate(named) if nth % every == 0]
    ticks = _ticks(step, most, say)
    return Chart(about, _highest(named, say), HEIGHT, ticks, bars, along=along)


def bars(about: str, named: Sequence[tuple[str, int]], say: Say, whole: int = 1) -> Chart:
    """Horizontal bars, each with its words; whole is the value that fills the width at least."""
    most = max([whole, *(value for _name, value in named)])
    drawn = [
        Bar(
            x=0,
            width=max(0.5, 100 * value / most) if value > 0 else 0,
            y=nth * ROW + ROW - BAR - 8,
            height=BAR,
            says=f"{name}: {say(value)}",
            label=f"{_short(name)}  {say(value)}",
        )
        for nth, (name, value) in enumerate(named)
    ]
    return Chart(about, _highest(named, say), max(ROW, ROW * len(named)), bars=drawn)


def lines(
    about: str,
    named: Mapping[str, Sequence[tuple[float, float]]],
    say: Say,
    along: Sequence[str],
    zones: Sequence[tuple[int, str]] = (),
) -> Chart:
    """Lines over a common width, from points of both axes."""
    every = [point for points in named.values() for point in points]
    widest = max((x for x, _y in every), default=0) or 1
    step, most = scale(int(max((y for _x, y in every), default=0)))
    drawn = [
        ChartLine(
            name,
            " ".join(f"{100 * x / widest:.2f},{100 - 100 * y / most:.2f}" for x, y in points),
            DASHES[nth % len(DASHES)],
        )
        for nth, (name, points) in enumerate(named.items())
    ]
    return Chart(
        about,
        "",
        HEIGHT,
        _ticks(step, most, say),
        lines=drawn,
        along=[(100 * nth / max(1, len(along)), text) for nth, text in enumerate(along)],
        zones=[(100 * x / widest, words) for x, words in zones],
    )


def scale(most: int) -> tuple[int, int]:
    """The step of the axis and its highest mark, both round numbers, for values up to most."""
    if most <= 0:
        return 1, 1
    rough = most / 4
    unit = 10 ** floor(log10(rough)) if rough >= 1 else 1
    step = int(next(unit * one for one in STEPS if unit * one >= rough or one == STEPS[-1]))
    return step, -(-most // step) * step


def _ticks(step: int, most: int, say: Say) -> list[Tick]:
    room = HEIGHT - TOP - BOTTOM
    return [Tick(TOP + room * (1 - value / most), say(value)) for value in range(0, most + 1, step)]


def _highest(named: Sequence[tuple[str, int]], say: Say) -> str:
    """What a person sees at a glance, for one who hears it."""
    name, value = max(named, key=lambda one: one[1], default=("", 0))
    return _("いちばん多いのは%(name)s、%(value)s", name=name, value=say(value)) if value else ""


def _short(name: str) -> str:
    a_wide = 2 if name.isascii() else 1  # so many narrow ones take its room
    if len(name) <= LONGEST * a_wide:
        return name
    return f"{name[: FIRST * a_wide]}…{name[-LAST * a_wide :]}"
