"""The layers of the map as a list: each says what it is called and asks its subject for counts, lines and shapes.

A new layer (funding areas, contributions) is one more entry here; the pages, the table, the print and the script know
no layer by name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from dreiklang.concepts import queries as concepts
from dreiklang.concepts.queries import ConceptFilter
from dreiklang.measures import queries as measures
from dreiklang.measures.rules import MeasureFilter, Phase, Standing, Terms
from dreiklang.people.rules import Viewer
from dreiklang.places import queries as places
from dreiklang.places.rules.placed import LineWish, Placed, PlacedCount, Placing
from dreiklang.portal.rules import Bounds, MapFrame, frame_around
from dreiklang.ui.rules import Sign

MEASURES, CONCEPTS, DISTRICTS = "massnahmen", "konzepte", "stadtteile"


@dataclass(frozen=True)
class MapWish:
    """What the reader asked of the map. Ids are database ids; `year` None stands for all years."""

    today: date
    task: int | None = None
    goal: int | None = None
    topic: str | None = None
    phase: Phase | None = None
    is_phase_unknown: bool = False
    year: int | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the year narrows the map."""
        asked = (self.task, self.goal, self.topic, self.phase)
        return any(one is not None for one in asked) or self.is_phase_unknown


Counts = Callable[[Viewer, MapWish], Sequence[PlacedCount]]
Lines = Callable[[Viewer, MapWish, LineWish], Sequence[Placed]]
Shapes = Callable[[Viewer, MapWish, Bounds | None], Sequence[Placed]]


@dataclass(frozen=True)
class Layer:
    """A layer: `code` stands in addresses; `ignores` names filters that do not apply to it, in words.

    `counts` is None where nothing is counted. `drawing`: marks (a sign, and its shape where that is wide enough), areas (an outline), ground (the districts).
    """

    code: str
    label: Any
    drawing: str
    is_on: bool
    counts: Counts | None
    lines: Lines
    shapes: Shapes
    signs: Mapping[str, Sign] = field(default_factory=dict)
    stages: Callable[[], Mapping[str, str]] = dict
    ignores: Any = ""
    sentence: str = "portal/parts/map_sentence_any.html"

    @property
    def is_counted(self) -> bool:
        """Whether it has records of its own, with sums and a table; else it is only drawn."""
        return self.counts is not None


def layer_of(code: str) -> Layer | None:
    """The layer of that name; None if there is none."""
    return next((one for one in LAYERS if one.code == code), None)


def map_frame(viewer: Viewer) -> MapFrame:
    """The whole city in metres: its districts, or without any what is known of its measures."""
    areas = [one.geometry for one in places.area_shapes(viewer) if one.is_ours]
    if not areas:
        areas = measures.all_places(viewer)
    return frame_around(areas)


def _terms(wish: MapWish) -> Terms:
    return measures.terms_of(today=wish.today)


def _measure_filter(wish: MapWish, *, year: int | None) -> MeasureFilter:
    return MeasureFilter(
        task=wish.task,
        goal=wish.goal,
        topic=wish.topic,
        phase=wish.phase,
        is_phase_unknown=wish.is_phase_unknown,
        year=year,
    )


def _measure_counts(viewer: Viewer, wish: MapWish) -> Sequence[PlacedCount]:
    return measures.placed_counts(viewer, wanted=_measure_filter(wish, year=None), terms=_terms(wish))


def _measure_lines(viewer: Viewer, wish: MapWish, asked: LineWish) -> Sequence[Placed]:
    wanted = _measure_filter(wish, year=None if asked.without_period else wish.year)
    return measures.placed_lines(viewer, wanted=wanted, terms=_terms(wish), wish=asked)


def _measure_shapes(viewer: Viewer, wish: MapWish, bounds: Bounds | None) -> Sequence[Placed]:
    wanted = _measure_filter(wish, year=wish.year)
    return measures.placed_shapes(viewer, wanted=wanted, terms=_terms(wish), bounds=bounds)


def _concept_filter(wish: MapWish) -> ConceptFilter:
    return ConceptFilter(task_id=wish.task, goal_id=wish.goal)


def _concept_counts(viewer: Viewer, wish: MapWish) -> Sequence[PlacedCount]:
    return concepts.placed_counts(viewer, asked=_concept_filter(wish))


def _concept_lines(viewer: Viewer, wish: MapWish, asked: LineWish) -> Sequence[Placed]:
    year = None if asked.without_period else wish.year
    return concepts.placed_lines(viewer, asked=_concept_filter(wish), year=year, wish=asked)


def _concept_shapes(viewer: Viewer, wish: MapWish, bounds: Bounds | None) -> Sequence[Placed]:
    return concepts.placed_shapes(viewer, asked=_concept_filter(wish), year=wish.year, bounds=bounds)


def _district_lines(viewer: Viewer, wish: MapWish, asked: LineWish) -> Sequence[Placed]:
    found = _district_shapes(viewer, wish, None)
    return [one for one in found if asked.keys is None or one.key in asked.keys]


def _district_shapes(viewer: Viewer, wish: MapWish, bounds: Bounds | None) -> Sequence[Placed]:
    """All of them, whatever the part: they are few, and the ground of the whole map."""
    return [
        Placed(
            key=one.key or one.name,
            title=one.name,
            url=one.url,
            placing=Placing.ON_MAP,
            state="ours" if one.is_ours else "outside",
            geometry=one.geometry,
        )
        for one in places.area_shapes(viewer)
    ]


def _phases() -> Mapping[str, str]:
    return {one.value: measures.phase_label(one) for one in Phase}


LAYERS = (
    Layer(
        code=MEASURES,
        label=_("Maßnahmen"),
        drawing="marks",
        is_on=True,
        counts=_measure_counts,
        lines=_measure_lines,
        shapes=_measure_shapes,
        signs={one.value: measures.STANDING_SIGNS[one] for one in Standing},
        stages=_phases,
        sentence="portal/parts/map_sentence_measures.html",
    ),
    Layer(
        code=CONCEPTS,
        label=_("Schwerpunkte der Konzepte"),
        drawing="areas",
        is_on=False,
        counts=_concept_counts,
        lines=_concept_lines,
        shapes=_concept_shapes,
        signs={one.value: sign for one, sign in concepts.STATUS_SIGNS.items()},
        ignores=_("ohne die Filter nach Thema und Phase; das Jahr meint die Gültigkeit"),
    ),
    Layer(
        code=DISTRICTS,
        label=_("Stadtteile"),
        drawing="ground",
        is_on=True,
        counts=None,
        lines=_district_lines,
        shapes=_district_shapes,
    ),
)
