"""Geometry of the pictures the server draws. All positions are shares of the width in percent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dreiklang.ui.rules.values import Part, Tone, Words

# A part of the bar is never narrower than this, so that its number can be read. A count of 1
# among 200 is therefore drawn too wide: the number inside, not the width, is the statement.
LEAST_PERCENT = 4.6
LETTER_PERCENT = 2.6  # a letter of a longer text, in a bar of the side column


@dataclass(frozen=True)
class Segment:
    """A part with its place in the bar."""

    part: Part
    x: float
    width: float

    @property
    def inside(self) -> str:
        """The text in the part: its count, or the given words where they fit."""
        if not self.part.shown:
            return self.part.figure
        return self.part.shown if self.width >= LETTER_PERCENT * len(self.part.shown) else ""


def segments(parts: Sequence[Part], *, scale: float = 0) -> tuple[Segment, ...]:
    """The drawn parts from left to right; parts without a count are left out.

    `scale` is the count that fills the whole width (the longest bar of a list); 0 means the sum.
    """
    drawn = [p for p in parts if p.count > 0]
    total = sum(p.count for p in drawn)
    if not total:
        return ()
    # A short bar grows until its numbers can be read, but never beyond the whole width.
    full = max(100 * total / max(scale, total), min(LEAST_PERCENT * len(drawn), 100))
    least = min(LEAST_PERCENT, full / len(drawn))
    widths = _widths([p.count for p in drawn], full=full, least=least)
    placed, x = [], 0.0
    for part, width in zip(drawn, widths, strict=True):
        placed.append(Segment(part=part, x=round(x, 3), width=round(width, 3)))
        x += width
    return tuple(placed)


def _widths(counts: Sequence[float], *, full: float, least: float) -> list[float]:
    """Widths that sum to `full`, proportional except that none is below `least`."""
    small: set[int] = set()
    while True:
        free = full - least * len(small)
        rest = sum(c for i, c in enumerate(counts) if i not in small)
        widths = [least if i in small else free * c / rest for i, c in enumerate(counts)]
        found = {i for i, w in enumerate(widths) if w < least - 1e-9}
        if not found:
            return widths
        small |= found


@dataclass(frozen=True)
class PhaseStep:
    """One phase on the way from idea to use."""

    code: str
    label: Words
    reached_on: date | None = None
    planned_on: date | None = None
    first_planned_on: date | None = None
    is_current: bool = False


@dataclass(frozen=True)
class PhasePoint:
    """A phase with its place on the line."""

    step: PhaseStep
    x: float
    is_reached: bool
    anchor: str
    shift_days: int


@dataclass(frozen=True)
class PhasePicture:
    """A phase line: points, how far the way is done, and where today stands."""

    points: tuple[PhasePoint, ...]
    reached_x: float
    today_x: float | None
    is_late: bool

    @property
    def has_second_row(self) -> bool:
        """Whether a date needs a word below it: planned, or later than first planned."""
        return any(p.shift_days > 0 or (p.step.planned_on and not p.step.reached_on) for p in self.points)

    @property
    def top(self) -> int:
        """Where the line begins: below the word for today, if there is one."""
        return 0 if self.today_x is None else 30

    @property
    def height(self) -> int:
        """The height of the picture in pixels, to the last row of words."""
        return self.top + (86 if self.has_second_row else 68)


def phase_picture(steps: Sequence[PhaseStep], *, today: date) -> PhasePicture:
    """The phase line with equal distances; today stands between its neighbours by date.

    Unknown: `today_x` is None when a neighbour has no date, nothing is then drawn.
    """
    gap = 100 / max(len(steps) - 1, 1)
    last = max((i for i, s in enumerate(steps) if s.reached_on or s.is_current), default=-1)
    points = tuple(
        PhasePoint(
            step=step,
            x=round(i * gap, 3),
            is_reached=i <= last,
            anchor="start" if i == 0 else "end" if i == len(steps) - 1 else "middle",
            shift_days=_shift(step),
        )
        for i, step in enumerate(steps)
    )
    return PhasePicture(
        points=points,
        reached_x=round(max(last, 0) * gap, 3),
        today_x=_today_x(steps, last, gap, today),
        is_late=any(p.shift_days > 0 and not p.is_reached for p in points),
    )


def _shift(step: PhaseStep) -> int:
    """Days by which the step is later than first planned; 0 when it is not known."""
    now = step.reached_on or step.planned_on
    return (now - step.first_planned_on).days if now and step.first_planned_on else 0


def _today_x(steps: Sequence[PhaseStep], last: int, gap: float, today: date) -> float | None:
    if last < 0 or last + 1 >= len(steps):
        return None
    begin, end = steps[last].reached_on, steps[last + 1].planned_on
    if not begin or not end or end <= begin:
        return None
    share = (today - begin).days / (end - begin).days
    # An overdue step keeps today just before its point: beyond it would say the step is done.
    return round((last + min(max(share, 0.04), 0.94)) * gap, 3)


@dataclass(frozen=True)
class Span:
    """A period on a time bar; `end` is inclusive, None means open."""

    label: Words
    begin: date
    end: date | None
    tone: Tone = Tone.ACCENT
    note: Words = ""
    href: str = ""


@dataclass(frozen=True)
class Band:
    """A drawn stretch of time."""

    x: float
    width: float
    begin: date
    end: date


@dataclass(frozen=True)
class TimePicture:
    """A time bar: year ticks, one band for each span, and the stretches where spans overlap."""

    ticks: tuple[tuple[int, float], ...]
    bands: tuple[tuple[Span, Band], ...]
    overlaps: tuple[Band, ...]
    today_x: float | None


def time_picture(spans: Sequence[Span], *, today: date) -> TimePicture:
    """The spans over whole calendar years, in the given order; overlaps merged and ordered by day."""
    if not spans:
        return TimePicture(ticks=(), bands=(), overlaps=(), today_x=None)
    first = date(min(s.begin.year for s in spans), 1, 1)
    until = max((s.end or today).year for s in spans)
    last = date(max(until, *(s.begin.year for s in spans)), 12, 31)
    length = (last - first).days + 1

    def band(begin: date, end: date) -> Band:
        x = 100 * (begin - first).days / length
        return Band(round(x, 3), round(100 * ((end - begin).days + 1) / length, 3), begin, end)

    years = range(first.year, last.year + 1)
    stride = max(1, -(-len(years) // 10))
    ends = [(s, max(s.end or last, s.begin)) for s in spans]
    return TimePicture(
        ticks=tuple((y, round(100 * (date(y, 1, 1) - first).days / length, 3)) for y in years[::stride]),
        bands=tuple((s, band(s.begin, end)) for s, end in ends),
        overlaps=tuple(band(b, e) for b, e in overlaps([(s.begin, end) for s, end in ends])),
        today_x=round(100 * (today - first).days / length, 3) if first <= today <= last else None,
    )


def overlaps(periods: Sequence[tuple[date, date]]) -> tuple[tuple[date, date], ...]:
    """The stretches covered by two or more periods, merged, ordered by begin; ends inclusive."""
    found = []
    for i, (begin, end) in enumerate(periods):
        for other_begin, other_end in periods[i + 1 :]:
            shared = (max(begin, other_begin), min(end, other_end))
            if shared[0] <= shared[1]:
                found.append(shared)
    merged: list[tuple[date, date]] = []
    for begin, end in sorted(found):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((begin, end))
    return tuple(merged)
