"""The radar: candidates by strength, narrowed by kind, sense, goal, district, office, state and words."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from dreiklang.conflicts.models import KIND_LABELS, SENSE_LABELS, STATE_LABELS, Candidate, StoredClaim
from dreiklang.conflicts.queries.lines import BY_STRENGTH, OPEN, lines_of, visible
from dreiklang.conflicts.queries.records import CandidateLine, Choice, Radar, RadarFilter
from dreiklang.goals.queries import GoalNode, goals_tree, ids_below
from dreiklang.people.queries import departments_by_id
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import areas

PAGE = 20
_FACETS = ("pk", "state", "sense", "kinds", "goal_ids", "area_ids", "office_ids", "strength")
Row = Mapping[str, Any]


def radar(viewer: Viewer, *, wanted: RadarFilter, page: int = 1, size: int = PAGE) -> Radar:
    """One page of the candidates the filter leaves, strongest first, with what each filter offers.

    A page beyond the last gives the last. Fourteen statements however many there are.
    """
    goals = _Goals(viewer, wanted.goal)
    rows = _rows(viewer, wanted)
    tests = _tests(wanted, goals)
    left = [row for row in rows if all(test(row) for test in tests.values())]
    page_count = max(1, -(-len(left) // size))
    page = min(max(page, 1), page_count)
    ids = [row["pk"] for row in left[(page - 1) * size : page * size]]
    return Radar(
        lines=lines_of(viewer, _in_order(ids)),
        count=len(left),
        page=page,
        page_count=page_count,
        **_choices(viewer, rows, tests, goals),
    )


def radar_rows(viewer: Viewer, *, wanted: RadarFilter, most: int) -> tuple[CandidateLine, ...]:
    """All candidates the filter leaves, strongest first, for a file to take away."""
    goals = _Goals(viewer, wanted.goal)
    rows = _rows(viewer, wanted)
    tests = _tests(wanted, goals)
    ids = [row["pk"] for row in rows if all(test(row) for test in tests.values())]
    return lines_of(viewer, _in_order(ids[:most]))


class _Goals:
    """The goals of the framework by name, and those at or below the one asked for."""

    def __init__(self, viewer: Viewer, wanted: int | None) -> None:
        self.names: dict[int, str] = {}
        self.above: dict[int, tuple[int, ...]] = {}
        self.meant: frozenset[int] = frozenset([wanted]) if wanted is not None else frozenset()
        for node in goals_tree(viewer):
            self._walk(node, (), wanted)

    def _walk(self, node: GoalNode, above: tuple[int, ...], wanted: int | None) -> None:
        self.names[node.pk] = f"{node.number} {node.title}".strip()
        self.above[node.pk] = (*above, node.pk)
        if node.pk == wanted:
            self.meant = frozenset(ids_below(node))
        for child in node.children:
            self._walk(child, self.above[node.pk], wanted)


def _rows(viewer: Viewer, wanted: RadarFilter) -> list[dict[str, Any]]:
    found = visible(viewer)
    if wanted.text.strip():
        words = Q()
        for word in wanted.text.split():
            words &= Q(title__icontains=word) | Q(number__icontains=word)
        found = found.filter(parties__overlap=StoredClaim.objects.filter(words).order_by().values("key"))
    return list(found.order_by(*BY_STRENGTH).values(*_FACETS))


def _tests(wanted: RadarFilter, goals: _Goals) -> dict[str, Callable[[Row], bool]]:
    """One test for each filter that is set; without a state only what is still open."""
    tests: dict[str, Callable[[Row], bool]] = {}
    if wanted.state is not None:
        tests["states"] = lambda row: row["state"] == wanted.state
    else:
        tests["states"] = lambda row: row["state"] in OPEN
    if wanted.kind is not None:
        tests["kinds"] = lambda row: wanted.kind in row["kinds"]
    if wanted.sense is not None:
        tests["senses"] = lambda row: row["sense"] == wanted.sense
    if wanted.goal is not None:
        tests["goals"] = lambda row: not goals.meant.isdisjoint(row["goal_ids"])
    if wanted.area is not None:
        tests["areas"] = lambda row: wanted.area in row["area_ids"]
    if wanted.office is not None:
        tests["offices"] = lambda row: wanted.office in row["office_ids"]
    return tests


def _choices(
    viewer: Viewer, rows: Sequence[Row], tests: Mapping[str, Callable[[Row], bool]], goals: _Goals
) -> dict[str, tuple[Choice, ...]]:
    counts = {
        name: _counted(rows, name, tests, values)
        for name, values in (
            ("kinds", lambda row: row["kinds"]),
            ("senses", lambda row: [row["sense"]]),
            ("states", lambda row: [row["state"]]),
            ("goals", lambda row: {pk for one in row["goal_ids"] for pk in goals.above.get(one, ())}),
            ("areas", lambda row: row["area_ids"]),
            ("offices", lambda row: row["office_ids"]),
        )
    }
    districts = {one.pk: one.name for one in areas(viewer, ids=counts["areas"])}
    offices = {pk: one.name for pk, one in departments_by_id(list(counts["offices"])).items()}
    return {
        "kinds": _listed(counts["kinds"], KIND_LABELS),
        "senses": _listed(counts["senses"], SENSE_LABELS),
        "states": _listed(counts["states"], STATE_LABELS),
        "goals": _listed(counts["goals"], goals.names),
        "areas": _listed(counts["areas"], dict(sorted(districts.items(), key=lambda one: one[1]))),
        "offices": _listed(counts["offices"], dict(sorted(offices.items(), key=lambda one: one[1]))),
    }


def _counted(
    rows: Iterable[Row],
    name: str,
    tests: Mapping[str, Callable[[Row], bool]],
    values: Callable[[Row], Iterable[Any]],
) -> Counter[Any]:
    others = [test for other, test in tests.items() if other != name]
    return Counter(value for row in rows if all(test(row) for test in others) for value in set(values(row)))


def _listed(counts: Counter[Any], labels: Mapping[Any, Any]) -> tuple[Choice, ...]:
    """In the order of the labels; what has no name and what leaves nothing is not offered."""
    return tuple(Choice(str(key), str(label), counts[key]) for key, label in labels.items() if counts[key])


def _in_order(ids: Sequence[int]) -> list[Candidate]:
    found = Candidate.objects.in_bulk(list(ids))
    return [found[pk] for pk in ids if pk in found]
