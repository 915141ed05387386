"""Where and when the parties of a candidate meet: map, districts, time bar."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from dreiklang.conflicts.queries import CandidateLine, Party
from dreiklang.conflicts.views.lines import LETTERS, spans_of
from dreiklang.conflicts.views.place_picture import Ground, place_picture
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import area_shapes


def where_and_when(viewer: Viewer, line: CandidateLine) -> dict[str, Any]:
    """What the map and the time bar of a candidate need."""
    shapes = area_shapes(viewer)
    shared = next((one.place for one in line.findings if one.place is not None), None)
    names = shared_areas(line.parties)
    return {
        "picture": place_picture(grounds_of(line.parties), shared=shared, districts=shapes),
        "shapes": shapes,
        "marked": [one.pk for one in shapes if one.name in names],
        "marked_names": names,
        "spans": spans_of(line.parties),
        "today": timezone.localdate(),
    }


def grounds_of(parties: Sequence[Party]) -> list[Ground]:
    """The grounds that were drawn, each with the letter of its party."""
    return [
        Ground(letter, f"{letter} · {one.number} {one.title}", one.place)
        for letter, one in zip(LETTERS, parties, strict=False)
        if one.place is not None
    ]


def shared_areas(parties: Sequence[Party]) -> list[str]:
    """The districts that all name; without any, those that one names."""
    named = [one.areas for one in parties]
    common = [name for name in named[0] if all(name in one for one in named[1:])] if named else []
    return common or list(dict.fromkeys(name for one in named for name in one))
