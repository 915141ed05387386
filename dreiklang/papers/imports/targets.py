"""What lists of papers and checks may name: goals, concepts, measures, indicators, areas, each by its number or name."""

from collections.abc import Iterable, Mapping

from dreiklang.concepts.queries import concept_choices
from dreiklang.core.imports.draft import Lookup
from dreiklang.goals.queries import goal_choices
from dreiklang.measures.queries import ids_of
from dreiklang.monitoring.queries import indicator_ids, indicator_names
from dreiklang.papers.queries.resolutions.choices import measure_names
from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.people.rules import SYSTEM, HeldRole, Role, Viewer
from dreiklang.places.queries import areas

KIND_WORDS = {
    "Ziel": TargetKind.GOAL.value,
    "Entwicklungsziel": TargetKind.GOAL.value,
    "Konzept": TargetKind.CONCEPT.value,
    "Fachkonzept": TargetKind.CONCEPT.value,
    "Maßnahme": TargetKind.MEASURE.value,
    "Indikator": TargetKind.INDICATOR.value,
    "Kennzahl": TargetKind.INDICATOR.value,
    "Stadtteil": TargetKind.AREA.value,
    "Ortsteil": TargetKind.AREA.value,
    **{
        one.value: one.value
        for one in (
            TargetKind.GOAL,
            TargetKind.CONCEPT,
            TargetKind.MEASURE,
            TargetKind.INDICATOR,
            TargetKind.AREA,
        )
    },
}
# Lists come from the administration; what a row names may be internal.
_ALL = Viewer(held=frozenset({HeldRole(Role.COORDINATOR)}))


def target_lookups() -> dict[str, Lookup]:
    """Kind → the keys and names under which a list may name a target of that kind."""
    return {
        TargetKind.GOAL.value: Lookup.of(_split(label) for _pk, label in goal_choices(SYSTEM)),
        TargetKind.CONCEPT.value: Lookup.of(_split(label) for _pk, label in concept_choices(SYSTEM)),
        TargetKind.MEASURE.value: Lookup.of(measure_names()),
        TargetKind.INDICATOR.value: Lookup.of(indicator_names()),
        TargetKind.AREA.value: Lookup.of((one.key or one.name, one.name) for one in areas(SYSTEM)),
    }


def target_ids(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """(kind, key) → database id, for the pairs that exist. Constant number of statements."""
    pairs = set(wanted)
    measures = sorted(key for kind, key in pairs if kind == TargetKind.MEASURE)
    known: Mapping[str, Mapping[str, int]] = {
        TargetKind.GOAL.value: {_split(label)[0]: pk for pk, label in goal_choices(SYSTEM)},
        TargetKind.CONCEPT.value: {_split(label)[0]: pk for pk, label in concept_choices(SYSTEM)},
        TargetKind.MEASURE.value: ids_of(_ALL, numbers=measures),
        TargetKind.INDICATOR.value: indicator_ids(),
        TargetKind.AREA.value: {one.key or one.name: one.pk for one in areas(SYSTEM)},
    }
    return {(kind, key): known[kind][key] for kind, key in pairs if key in known.get(kind, {})}


def target_keys() -> dict[tuple[str, int], str]:
    """(kind, database id) → the key a list names it by."""
    wanted = [
        *((TargetKind.GOAL.value, _split(label)[0]) for _pk, label in goal_choices(SYSTEM)),
        *((TargetKind.CONCEPT.value, _split(label)[0]) for _pk, label in concept_choices(SYSTEM)),
        *((TargetKind.MEASURE.value, number) for number, _title in measure_names()),
        *((TargetKind.INDICATOR.value, key) for key in indicator_ids()),
        *((TargetKind.AREA.value, one.key or one.name) for one in areas(SYSTEM)),
    ]
    return {(kind, pk): key for (kind, key), pk in target_ids(wanted).items()}


def _split(label: str) -> tuple[str, str]:
    number, _sign, title = label.partition(" ")
    return number, title
