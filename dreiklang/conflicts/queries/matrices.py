"""Who meets whom, two by two: goals, concepts, and the network of all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from dreiklang.concepts.queries import concept_labels
from dreiklang.conflicts.models import Candidate, StoredClaim
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.queries.lines import BY_STRENGTH, OPEN, visible
from dreiklang.conflicts.queries.names import parties_of, with_unknown
from dreiklang.conflicts.queries.records import Cell, Link, Matrix, Network
from dreiklang.conflicts.queries.stored import goal_of
from dreiklang.conflicts.rules import Kind, Sense, State
from dreiklang.core.records import Ref
from dreiklang.goals.queries import goal_labels
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

# More links than this are no picture any more.
MOST_LINKS = 60
_EMPTY = Matrix((), (), ())
Pair = tuple[int, int]


def goal_matrix(viewer: Viewer) -> Matrix:
    """Goal × goal: how many claims help both (synergies), and how many help one and hinder the other (conflicts).

    On the diagonal (row = column): how many help the goal while others hinder it; conflicts are the smaller of both
    numbers. `keys` names the claims. Only goals on which something acts; two statements.
    """
    if not may(viewer, SEE):
        return _EMPTY
    rows = StoredClaim.objects.filter(is_gone=False).exclude(goal_ids=[]).order_by("key")
    help_: dict[Pair, list[str]] = defaultdict(list)
    clash: dict[Pair, list[str]] = defaultdict(list)
    sides: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for key, content in rows.values_list("key", "content"):
        acts = _acts(content)
        for goal, supports in acts:
            sides[goal][0 if supports else 1].append(key)
        for (one, first), (other, second) in combinations(acts, 2):
            if first or second:
                (help_ if first and second else clash)[(one, other)].append(key)
    for goal, both in sides.items():
        if all(both):
            clash[(goal, goal)] = min(both, key=len)
    names = goal_labels(viewer, ids=list(sides))
    heads = [(goal.pk, Ref(goal.number, goal.title, goal.url)) for goal in names.values()]
    return _matrix(heads, help_, clash)


def _acts(content: Mapping[str, Any]) -> list[tuple[int, bool]]:
    """On which goals a claim acts, and whether it helps; by goal."""
    return sorted((goal, bool(one[1])) for one in content["effects"] if (goal := goal_of(one[0])) is not None)


def concept_matrix(viewer: Viewer) -> Matrix:
    """Concept × concept: candidates between the two themselves and between measures that come from them.

    `ids` names the open candidates, the strongest first; on the diagonal those between measures of one concept.
    Four statements.
    """
    if not may(viewer, SEE):
        return _EMPTY
    concepts = _concepts_of_claims()
    help_: dict[Pair, list[int]] = defaultdict(list)
    clash: dict[Pair, list[int]] = defaultdict(list)
    for one in _open_candidates(viewer):
        target = help_ if one.sense == Sense.SYNERGY else clash
        for pair in _pairs(one.parties, concepts):
            target[pair].append(one.pk)
    ids = {pk for pair in (*help_, *clash) for pk in pair}
    heads = sorted(concept_labels(viewer, ids=ids).items(), key=lambda one: (one[1].key, one[0]))
    return _matrix(heads, help_, clash)


def network(viewer: Viewer, *, most: int = MOST_LINKS) -> Network:
    """The strongest open candidates as links between their parties, a link for each two of them. Six statements."""
    found = _open_candidates(viewer)
    drawn = found[:most]
    parties = parties_of(viewer, {key for one in drawn for key in one.parties})
    links = tuple(
        Link(
            one.pk,
            first,
            second,
            Sense(one.sense),
            State(one.state),
            tuple(Kind(kind) for kind in one.kinds),
            one.strength,
        )
        for one in drawn
        for first, second in combinations(sorted(one.parties), 2)
    )
    keys = dict.fromkeys(key for link in links for key in (link.one, link.other))
    return Network(with_unknown(keys, parties), links, left_out=len(found) - len(drawn))


def _open_candidates(viewer: Viewer) -> list[Candidate]:
    return list(visible(viewer).filter(state__in=OPEN).order_by(*BY_STRENGTH))


def _concepts_of_claims() -> Mapping[str, tuple[int, ...]]:
    """For each claim the concepts it stands for: itself, or those it comes from."""
    found: dict[str, tuple[int, ...]] = {}
    for key, content in StoredClaim.objects.values_list("key", "content"):
        named = [key] if key.startswith("concept:") else content["kin"]
        found[key] = tuple(sorted(int(one[8:]) for one in named if one.startswith("concept:")))
    return found


def _pairs(parties: Sequence[str], concepts: Mapping[str, Collection[int]]) -> Iterable[Pair]:
    found = {
        (min(first, second), max(first, second))
        for one, other in combinations(parties, 2)
        for first in concepts.get(one, ())
        for second in concepts.get(other, ())
    }
    return sorted(found)


def _matrix(
    heads: Sequence[tuple[int, Ref]],
    help_: Mapping[Pair, Sequence[int | str]],
    clash: Mapping[Pair, Sequence[int | str]],
) -> Matrix:
    place = {pk: number for number, (pk, _name) in enumerate(heads)}
    cells = []
    for pair in {**help_, **clash}:
        if pair[0] not in place or pair[1] not in place:
            continue
        one, other = sorted(pair, key=lambda pk: place[pk])
        behind = [*clash.get(pair, ()), *help_.get(pair, ())]
        cells.append(
            Cell(
                row=one,
                column=other,
                conflicts=len(clash.get(pair, ())),
                synergies=len(help_.get(pair, ())),
                ids=tuple(each for each in behind if isinstance(each, int)),
                keys=tuple(each for each in behind if isinstance(each, str)),
            )
        )
    cells.sort(key=lambda cell: (place[cell.row], place[cell.column]))
    return Matrix(tuple(name for _pk, name in heads), tuple(pk for pk, _name in heads), tuple(cells))
