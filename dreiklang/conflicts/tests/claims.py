"""Claims for tests: plain squares and strips in metres, days around the end of 2026."""

from datetime import date
from typing import Any

import numpy as np
from shapely.geometry import Polygon, box

from dreiklang.conflicts.rules import Finding, Limits, Supplies, compare
from dreiklang.core.claims import Claim, Effect
from dreiklang.core.values import Period

TODAY = date(2026, 11, 22)
YEAR = Period(date(2027, 1, 1), date(2027, 12, 31))


def claim(key: str, **more: Any) -> Claim:
    """A claim with nothing but a key, unless more is said."""
    return Claim(**{"key": key, "number": key.replace(":", "-"), "title": key, "period": YEAR, **more})


def square(x: float = 0, y: float = 0, side: float = 100) -> Polygon:
    return box(x, y, x + side, y + side)


def strip(x: float = 0, y: float = 0, *, length: float = 600, width: float = 12) -> Polygon:
    return box(x, y, x + length, y + width)


def on(*said: tuple[str, int]) -> tuple[Effect, ...]:
    """Effects by signed weight: ("goal:1", -3) hinders strongly."""
    return tuple(Effect(on=name, supports=weight > 0, weight=abs(weight)) for name, weight in said)


def vector(*parts: float) -> Any:
    found = np.zeros(8, dtype=np.float32)
    found[: len(parts)] = parts
    return found / np.linalg.norm(found)


USUAL, NOTHING = Limits(), Supplies()


def found(*claims: Claim, limits: Limits = USUAL, supplies: Supplies = NOTHING) -> list[Finding]:
    """Everything that is found among these claims, of all kinds."""
    return compare(claims, limits=limits, today=TODAY, supplies=supplies)


def only(*claims: Claim, **more: Any) -> Finding:
    """The one finding there is."""
    (finding,) = found(*claims, **more)
    return finding


def pair(**of_both: Any) -> tuple[Claim, Claim]:
    """Two claims for the same street in the same year."""
    shared = {"place": strip(), **of_both}
    return claim("measure:1", **shared), claim("measure:2", **shared)
