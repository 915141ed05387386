"""Candidates as lines of lists, and which of them a viewer sees."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from dreiklang.conflicts.models import STATE_LABELS, Candidate, FoundFact
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.queries.names import names_in, parties_of, with_unknown
from dreiklang.conflicts.queries.records import CandidateLine, FoundLine, Names, Party
from dreiklang.conflicts.rules import Kind, Sense, State
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

# Whoever works a list off looks for these.
OPEN = (State.NEW, State.SEEN, State.IN_TALKS)
BY_STRENGTH = ("-strength", "pk")


def visible(viewer: Viewer) -> QuerySet[Candidate]:
    """All candidates for the administration, none for everybody else."""
    return Candidate.objects.all() if may(viewer, SEE) else Candidate.objects.none()


def lines_of(
    viewer: Viewer, found: Sequence[Candidate], *, with_places: bool = False
) -> tuple[CandidateLine, ...]:
    """The candidates as lines, in their order. Seven statements for any number."""
    keys = {key for one in found for key in one.parties}
    parties = parties_of(viewer, keys)
    findings = findings_of([one.pk for one in found], with_places=with_places)
    facts = [fact.facts for facts in findings.values() for fact in facts]
    names = names_in(viewer, facts, parties)
    return tuple(line_of(one, parties, findings.get(one.pk, []), names) for one in found)


def line_of(
    candidate: Candidate, parties: Mapping[str, Party], findings: Sequence[FoundLine], names: Names
) -> CandidateLine:
    """One candidate as a line."""
    state = State(candidate.state)
    return CandidateLine(
        pk=candidate.pk,
        key=candidate.key,
        state=state,
        state_label=str(STATE_LABELS[state]),
        sense=Sense(candidate.sense),
        strength=candidate.strength,
        kinds=tuple(Kind(one) for one in candidate.kinds),
        parties=with_unknown(candidate.parties, parties),
        findings=tuple(findings),
        found_at=candidate.found_at,
        is_reopened=candidate.reopened_at is not None and state in OPEN,
        names=names,
    )


def findings_of(ids: Collection[int], *, with_places: bool = False) -> Mapping[int, list[FoundLine]]:
    """The findings of these candidates, the strongest first. One statement."""
    found: dict[int, list[FoundLine]] = defaultdict(list)
    fields = ["candidate_id", "kind", "sense", "strength", "facts", *(["geometry"] if with_places else [])]
    rows = FoundFact.objects.filter(candidate__in=ids).order_by("candidate_id", "-strength", "kind", "pk")
    for row in rows.values(*fields):
        found[row["candidate_id"]].append(
            FoundLine(
                Kind(row["kind"]), Sense(row["sense"]), row["strength"], row["facts"], row.get("geometry")
            )
        )
    return found


def said_lines(facts: Sequence[Mapping[str, Any]]) -> tuple[FoundLine, ...]:
    """Facts as they were when somebody said something of them."""
    return tuple(
        FoundLine(Kind(one["kind"]), Sense(one.get("sense", Sense.CONFLICT)), 0.0, one["facts"])
        for one in facts
    )
