"""What lies beside a draft while somebody types it, in words. Nothing of the draft is kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import shapely

from dreiklang.conflicts.models import Candidate
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.queries.draft_texts import by_meaning, by_words
from dreiklang.conflicts.queries.names import district_names, named_parties, names_in
from dreiklang.conflicts.queries.near import OWN, Met, met
from dreiklang.conflicts.queries.records import (
    Arising,
    Beside,
    DraftClaim,
    FoundLine,
    Names,
    Neighbour,
    Party,
)
from dreiklang.conflicts.rules import Finding, candidate_key
from dreiklang.core.claims import Claim
from dreiklang.core.values import Period
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

SHOWN = 12
MOST_WORDED = 30
MOST_ARISING = 6


@dataclass(frozen=True)
class _Near:
    """A row the indexes gave, as a claim, and what it shares with the draft; `nearness` of the texts where compared."""

    row: Mapping[str, Any]
    shares_place: bool
    areas: tuple[int, ...]
    goals: tuple[int, ...]
    same_time: bool | None
    nearness: float | None = None

    @property
    def rank(self) -> tuple[Any, ...]:
        """The nearest first: same time before other times, place before theme."""
        shared = 3 * self.shares_place + bool(self.areas) + len(self.goals) + 2 * (self.nearness or 0)
        return (self.same_time is False, -shared, self.row["content"]["is_lasting"], self.row["key"])

    @property
    def is_telling(self) -> bool:
        return self.shares_place or bool(self.areas or self.goals) or (self.nearness or 0) > 0


def beside(viewer: Viewer, *, draft: DraftClaim, today: date) -> Beside:
    """What runs or is planned in the same place, theme and time, and which candidates would arise; nothing for outsiders.

    Contents are compared only where enough was typed and the encoder answers at once; else by words. Nine statements.
    """
    if not may(viewer, SEE):
        return Beside()
    found = met(draft, today=today)
    if found is None:
        return Beside()
    arising = _by_party(found.findings, least=found.least_strength)
    return _named(viewer, draft, found, _nearest(draft, found), arising)


def _nearest(draft: DraftClaim, meeting: Met) -> list[_Near]:
    goals = {goal for goal, _supports, _weight in draft.goals}
    found = [
        _Near(
            row,
            _meets(meeting.own, claim),
            tuple(pk for pk in row["area_ids"] if pk in draft.area_ids),
            tuple(pk for pk in row["goal_ids"] if pk in goals),
            _same_time(meeting.own, claim),
        )
        for row, claim in zip(meeting.rows, meeting.claims, strict=True)
    ]
    # Texts of what is far in all else would not bring it to the top.
    first = sorted(found, key=lambda one: one.rank)[:MOST_WORDED]
    if meeting.vector is not None:
        texts = by_meaning(meeting.vector, [one.row for one in first])
    else:
        texts = by_words(draft, [one.row["key"] for one in first])
    read = [replace(one, nearness=texts.get(one.row["key"])) for one in first]
    return sorted((one for one in read if one.is_telling), key=lambda one: one.rank)[:SHOWN]


def _by_party(findings: Collection[Finding], *, least: float) -> list[tuple[str, list[Finding]]]:
    """The findings by the other party, the strongest first; only those worth a line."""
    by_party: dict[str, list[Finding]] = {}
    for one in findings:
        for key in one.parties:
            if key != OWN and OWN in one.parties:
                by_party.setdefault(key, []).append(one)
    strong = [(key, ones) for key, ones in by_party.items() if max(one.strength for one in ones) >= least]
    return sorted(strong, key=lambda pair: (-max(one.strength for one in pair[1]), pair[0]))[:MOST_ARISING]


def _named(
    viewer: Viewer,
    draft: DraftClaim,
    meeting: Met,
    near: Sequence[_Near],
    arising: Sequence[tuple[str, list[Finding]]],
) -> Beside:
    """In words, only what is shown."""
    keys = {one.row["key"] for one in near} | {key for key, _ones in arising}
    shown = [row for row in meeting.rows if row["key"] in keys]
    districts = district_names(viewer, {pk for row in shown for pk in row["area_ids"]})
    parties = named_parties(viewer, shown, districts=districts)
    own_goals = {"on": [{"key": f"goal:{goal}"} for goal, _supports, _weight in draft.goals]}
    names = names_in(viewer, [own_goals, *(one.facts for _key, ones in arising for one in ones)], parties)
    there = _candidates(draft.own_key, [key for key, _ones in arising])
    return Beside(
        neighbours=tuple(_neighbour(one, parties, districts, names) for one in near),
        arising=tuple(_arising(parties[key], ones, there.get(key)) for key, ones in arising),
        names={**names, OWN: draft.title},
        is_text_read=meeting.vector is not None,
    )


def _arising(party: Party, findings: Sequence[Finding], candidate: int | None) -> Arising:
    return Arising(
        party=party,
        findings=tuple(FoundLine(one.kind, one.sense, one.strength, one.facts) for one in findings),
        candidate=candidate,
        strength=max(one.strength for one in findings),
    )


def _neighbour(
    one: _Near, parties: Mapping[str, Party], districts: Mapping[int, str], names: Names
) -> Neighbour:
    return Neighbour(
        party=parties[one.row["key"]],
        shares_place=one.shares_place,
        areas=tuple(districts[pk] for pk in one.areas if pk in districts),
        goals=tuple(names[f"goal:{pk}"] for pk in one.goals if f"goal:{pk}" in names),
        same_time=one.same_time,
        nearness=one.nearness,
    )


def _candidates(own_key: str, others: Collection[str]) -> Mapping[str, int]:
    """The candidate with each other, where the record being edited has one already."""
    if not own_key or not others:
        return {}
    keys = {candidate_key((own_key, one)): one for one in others}
    found = Candidate.objects.filter(key__in=list(keys)).values_list("key", "pk")
    return {keys[key]: pk for key, pk in found}


def _meets(own: Claim, other: Claim) -> bool:
    return (
        own.place is not None and other.place is not None and bool(shapely.intersects(own.place, other.place))
    )


def _same_time(own: Claim, other: Claim) -> bool | None:
    if not isinstance(own.period, Period) or not isinstance(other.period, Period):
        return None
    return own.period.overlaps(other.period)
