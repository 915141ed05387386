"""Runs of five characters, counted: what texts share in wording, whatever the ending or the compound.

"Radverkehr" and "Radverkehrskonzept" share most of their runs, so no list of German words is needed.
"""

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable

LENGTH = 5
# Runs are known by their checksum: 2 ** 18 places, few enough to count them in a plain array.
PLACES = 1 << 18
_MOST = (1 << 14) - 1
_NOT_A_WORD = re.compile(r"[^a-zäöüß]+")
# Words every paper has; they would only make long texts alike.
_COMMON = frozenset(
    [
        "und",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einer",
        "eines",
        "einem",
        "einen",
        "für",
        "mit",
        "von",
        "zum",
        "zur",
        "auf",
        "aus",
        "bei",
        "bis",
        "als",
        "auch",
        "wird",
        "werden",
        "wurde",
        "wurden",
        "sind",
        "sich",
        "nicht",
        "oder",
        "nach",
        "vor",
        "über",
        "unter",
        "durch",
        "hat",
        "haben",
        "soll",
        "sollen",
        "kann",
        "können",
        "alle",
        "dass",
        "diese",
        "dieser",
        "dieses",
        "diesem",
        "diesen",
        "sowie",
        "wie",
    ]
)


def counted(parts: Iterable[str]) -> bytes:
    """The runs of the parts as uint32: place in the low 18 bits, how often in the 14 above; each place once."""
    runs: Counter[int] = Counter()
    for part in parts:
        for word in _NOT_A_WORD.sub(" ", part.lower()).split():
            if len(word) >= LENGTH - 1 and word not in _COMMON:
                runs.update(_places(f"_{word}_"))
    return array("I", [place | min(times, _MOST) << 18 for place, times in sorted(runs.items())]).tobytes()


def _places(word: str) -> list[int]:
    last = max(1, len(word) - LENGTH + 1)
    return [zlib.crc32(word[start : start + LENGTH].encode()) % PLACES for start in range(last)]
