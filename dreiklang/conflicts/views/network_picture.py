"""The network as a picture of arcs: who meets is listed one below the other, arcs join those of a candidate.

Conflicts bow to the left, synergies to the right, so that colour is never needed to tell them apart.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ROW = 34
# Half the width of the picture is enough for the longest arc; longer ones flatten.
WIDTH = 180
_INSET = 6


@dataclass(frozen=True)
class Link:
    """Two of those listed, joined by a candidate."""

    pk: int
    one: str
    other: str
    is_conflict: bool
    strength: float


@dataclass(frozen=True)
class Arc:
    """A link as drawn: path data, and how thick (1 to 4)."""

    link: Link
    path: str
    thickness: int


@dataclass(frozen=True)
class NetworkPicture:
    """The keys from top to bottom, and the arcs on either side."""

    keys: tuple[str, ...]
    conflicts: tuple[Arc, ...]
    synergies: tuple[Arc, ...]

    @property
    def height(self) -> int:
        """The height of the picture: one row for each key."""
        return ROW * len(self.keys)


def network_picture(links: Sequence[Link]) -> NetworkPicture:
    """All that is linked, ordered so that what belongs together stands together."""
    keys = tuple(_ordered(links))
    places = {key: at for at, key in enumerate(keys)}
    longest = max((abs(places[one.one] - places[one.other]) for one in links), default=1)
    drawn = [_arc(one, places, longest) for one in links]
    return NetworkPicture(
        keys=keys,
        conflicts=tuple(one for one in drawn if one.link.is_conflict),
        synergies=tuple(one for one in drawn if not one.link.is_conflict),
    )


def _ordered(links: Sequence[Link]) -> Iterable[str]:
    """Group by group, the largest first; within a group from the best linked outwards."""
    beside: dict[str, list[str]] = defaultdict(list)
    for one in links:
        beside[one.one].append(one.other)
        beside[one.other].append(one.one)
    groups = list(_groups(beside))
    groups.sort(key=lambda group: (-len(group), group[0]))
    for group in groups:
        yield from group


def _groups(beside: dict[str, list[str]]) -> Iterable[list[str]]:
    seen: set[str] = set()
    for start in sorted(beside, key=lambda key: (-len(beside[key]), key)):
        if start in seen:
            continue
        seen.add(start)
        group, waiting = [], deque([start])
        while waiting:
            key = waiting.popleft()
            group.append(key)
            for other in sorted(set(beside[key]) - seen):
                seen.add(other)
                waiting.append(other)
        yield group


def _arc(link: Link, places: dict[str, int], longest: int) -> Arc:
    """Half an ellipse between two rows; the farther apart, the wider it bows."""
    top, bottom = sorted((places[link.one], places[link.other]))
    y1, y2 = ROW * top + ROW // 2, ROW * bottom + ROW // 2
    wide = (WIDTH - _INSET) * ((bottom - top) / longest) ** 0.6
    edge = WIDTH if link.is_conflict else 0
    out = edge - wide if link.is_conflict else edge + wide
    path = f"M{edge} {y1}C{out:.0f} {y1} {out:.0f} {y2} {edge} {y2}"
    return Arc(link, path, 1 + round(3 * min(max(link.strength, 0), 1)))
