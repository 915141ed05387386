"""Tables of counts with their sums, and what an attacker can work out of them."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import product

from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.suppression import Cell, Line
from dreiklang.monitoring.rules.values import ReleaseState

from .attacker import Attacker

RELEASED, SMALL, PARTNER = ReleaseState.RELEASED, ReleaseState.SUPPRESSED, ReleaseState.SUPPRESSED_SECONDARY
Counts = Mapping[str, int]
States = Mapping[str, ReleaseState]


def cells_of(counts: Mapping[str, int | Unknown]) -> list[Cell]:
    return [
        Cell(key, value if isinstance(value, Unknown) else Decimal(value)) for key, value in counts.items()
    ]


def hidden_in(states: States) -> set[str]:
    return {key for key, state in states.items() if state in {SMALL, PARTNER}}


def attacker_of(counts: Counts, lines: Sequence[Line], states: States) -> Attacker:
    hidden = hidden_in(states)
    published = {key: count for key, count in counts.items() if key not in hidden}
    bound = [(line.parts, line.total) for line in lines if line.total]
    return Attacker(bound, published, hidden, largest=max(counts.values()) + 40)


def attacked(counts: Counts, lines: Sequence[Line], states: States) -> dict[str, tuple[int, int]]:
    """What somebody can work out of every hidden cell."""
    attacker = attacker_of(counts, lines, states)
    return {key: attacker.range_of(key) for key in hidden_in(states)}


def cube(*sizes: int) -> tuple[list[str], list[Line]]:
    """Keys and lines of a table with all its sums, in any number of dimensions; the sum is "*"."""
    axes = [[f"{axis}{n}" for n in range(size)] for axis, size in zip("abc", sizes, strict=False)]
    lines = []
    for along in range(len(axes)):
        for others in product(*([*axis, "*"] for number, axis in enumerate(axes) if number != along)):
            key = lambda name, others=others, along=along: ".".join((*others[:along], name, *others[along:]))  # noqa: E731
            lines.append(Line(f"{key('*')} {along}", tuple(key(name) for name in axes[along]), key("*")))
    return [".".join(names) for names in product(*axes)], lines


def town() -> tuple[list[str], list[Line]]:
    """Districts in two planning areas, by sex: three dimensions' worth of lines, one above the other."""
    inner = [f"{district}.{sex}" for district in "1234" for sex in "wm"]
    lines = [
        *(
            Line(f"{sex} in {area}", tuple(f"{d}.{sex}" for d in parts), f"{area}.{sex}")
            for sex in "wmz"
            for area, parts in (("N", "12"), ("S", "34"))
        ),
        *(Line(f"{sex} in all", (f"N.{sex}", f"S.{sex}"), f"T.{sex}") for sex in "wmz"),
        *(Line(f"sum of {area}", (f"{area}.w", f"{area}.m"), f"{area}.z") for area in "1234NST"),
    ]
    return inner, lines


def filled(inner: Sequence[str], lines: Sequence[Line], values: Sequence[int]) -> dict[str, int]:
    counts = dict(zip(inner, values, strict=True))
    while missing := [line for line in lines if line.total not in counts]:
        for line in missing:
            if all(part in counts for part in line.parts):
                counts[line.total] = sum(counts[part] for part in line.parts)
    return counts


small_counts = st.one_of(st.integers(0, 6), st.integers(0, 25))


@st.composite
def tables(
    draw: st.DrawFn, *shapes: Callable[[], tuple[list[str], list[Line]]]
) -> tuple[dict[str, int], list[Line]]:
    inner, lines = draw(st.sampled_from([shape() for shape in shapes]))
    return filled(inner, lines, draw(st.lists(small_counts, min_size=len(inner), max_size=len(inner)))), lines


flat = tables(lambda: cube(2, 2), lambda: cube(2, 3), lambda: cube(3, 3), lambda: cube(4, 2))
deep = tables(lambda: cube(2, 2, 2), town)
