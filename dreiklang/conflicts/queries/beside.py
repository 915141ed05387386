"""What lies beside a draft while somebody types it: never all claims, only what the indexes give.

Nothing of the draft is kept.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import shapely
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from dreiklang.conflicts.models import Candidate, StoredClaim
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.queries.draft_texts import by_meaning, by_words, draft_vector
from dreiklang.conflicts.queries.names import district_names, named_parties, names_in
from dreiklang.conflicts.queries.records import (
    Arising,
    Beside,
    DraftClaim,
    FoundLine,
    Names,
    Neighbour,
    Party,
)
from dreiklang.conflicts.queries.stored import FIELDS, claims_from, metric_places
from dreiklang.conflicts.queries.thresholds import limits
from dreiklang.conflicts.rules import Finding, candidate_key
from dreiklang.conflicts.rules.comparing import compare_with
from dreiklang.core.claims import Claim, Effect
from dreiklang.core.metres import zone_of
from dreiklang.core.search import SortKey
from dreiklang.core.values import Period, Unknown
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

OWN = "draft:0"
# What is read at most; what shares the place comes first.
MOST_READ = 200
SHOWN = 12
MOST_WORDED = 30
MOST_ARISING = 6
# Words of a title this long say what it is about.
TELLING = 6
NEAR_DAYS = 366
ANY_ZONE = 25832


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
    rows = list(_hits(draft).values(*FIELDS, "goal_ids", "vector", "is_gone")[:MOST_READ])
    if not rows:
        return Beside()
    # All that is compared here lies near the draft: any zone serves, as long as it is one.
    zone = zone_of(draft.place.bounds[0]) if _is_drawn(draft) and draft.place is not None else ANY_ZONE
    vector = draft_vector(draft)
    own, claims = _claim(draft, zone, vector), claims_from(rows, zone=zone)
    thresholds = limits()
    findings = compare_with([own], claims, limits=thresholds, today=today)
    arising = _by_party(findings, least=thresholds.least_strength)
    near = _nearest(draft, own, rows, claims, vector)
    return _named(viewer, draft, rows, near, arising, is_text_read=vector is not None)


def _is_drawn(draft: DraftClaim) -> bool:
    return draft.place is not None and not draft.place.is_empty


def _nearest(
    draft: DraftClaim, own: Claim, rows: Sequence[Mapping[str, Any]], claims: Sequence[Claim], vector: Any
) -> list[_Near]:
    goals = {goal for goal, _supports, _weight in draft.goals}
    found = [
        _Near(
            row,
            _meets(own, claim),
            tuple(pk for pk in row["area_ids"] if pk in draft.area_ids),
            tuple(pk for pk in row["goal_ids"] if pk in goals),
            _same_time(own, claim),
        )
        for row, claim in zip(rows, claims, strict=True)
    ]
    # Texts of what is far in all else would not bring it to the top.
    first = sorted(found, key=lambda one: one.rank)[:MOST_WORDED]
    if vector is not None:
        texts = by_meaning(vector, [one.row for one in first])
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
    rows: Sequence[Mapping[str, Any]],
    near: Sequence[_Near],
    arising: Sequence[tuple[str, list[Finding]]],
    *,
    is_text_read: bool,
) -> Beside:
    """In words, only what is shown."""
    keys = {one.row["key"] for one in near} | {key for key, _ones in arising}
    shown = [row for row in rows if row["key"] in keys]
    districts = district_names(viewer, {pk for row in shown for pk in row["area_ids"]})
    parties = named_parties(viewer, shown, districts=districts)
    own_goals = {"on": [{"key": f"goal:{goal}"} for goal, _supports, _weight in draft.goals]}
    names = names_in(viewer, [own_goals, *(one.facts for _key, ones in arising for one in ones)], parties)
    there = _candidates(draft.own_key, [key for key, _ones in arising])
    return Beside(
        neighbours=tuple(_neighbour(one, parties, districts, names) for one in near),
        arising=tuple(_arising(parties[key], ones, there.get(key)) for key, ones in arising),
        names={**names, OWN: draft.title},
        is_text_read=is_text_read,
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


def _hits(draft: DraftClaim) -> QuerySet[StoredClaim]:
    """What shares place, district and theme, or words of the title; the place first."""
    in_place = Q(pk=None)
    if draft.place is not None and not draft.place.is_empty:
        in_place = Q(bounds__overlaps=draft.place.bounds)
    named = StoredClaim.objects.alias(folded=SortKey("title"))
    found = named.filter(in_place | _same_theme(draft), is_gone=False)
    found = found.exclude(key__in=[draft.own_key, *draft.kin]).filter(_in_time(draft))
    first = Case(When(in_place, then=Value(True)), default=Value(False), output_field=BooleanField())
    return found.annotate(in_place=first).order_by("-in_place", "-pk")


def _same_theme(draft: DraftClaim) -> Q:
    goals = [goal for goal, _supports, _weight in draft.goals]
    theme = Q(pk=None)
    if draft.area_ids:
        theme |= Q(area_ids__overlap=list(draft.area_ids))
    if goals and not draft.area_ids:
        theme |= Q(goal_ids__overlap=goals)
    if draft.needs_first:
        theme |= Q(key__in=draft.needs_first)
    # Names are looked through only where nothing else says what it is near to.
    for word in _telling(draft.title) if not draft.area_ids and not _is_drawn(draft) else ():
        theme |= Q(folded__contains=SortKey(Value(word)))
    return theme


def _telling(title: str) -> list[str]:
    """The two longest words of a title: enough to find what is called alike."""
    words = {word.strip(".,;:()„“\"'–-") for word in title.split()}
    return sorted((one for one in words if len(one) >= TELLING), key=lambda one: (-len(one), one))[:2]


def _in_time(draft: DraftClaim) -> Q:
    """What lies more than a year before or after the draft is no neighbour; what has no dates may be one."""
    near = Q()
    if draft.starts_on is not None:
        near &= Q(ends_on=None) | Q(ends_on__gte=_moved(draft.starts_on, -NEAR_DAYS))
    if draft.ends_on is not None:
        near &= Q(starts_on=None) | Q(starts_on__lte=_moved(draft.ends_on, NEAR_DAYS))
    return near


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _claim(draft: DraftClaim, zone: int, vector: Any) -> Claim:
    start, end = draft.starts_on, draft.ends_on
    if start and end and end < start:
        # Half typed: only the begin is sure.
        end = None
    return Claim(
        key=OWN,
        number="",
        title=draft.title,
        place=metric_places([draft.place], zone=zone)[0],
        areas=draft.area_ids,
        period=Period(start, end) if start or end else Unknown("not_stated"),
        effects=tuple(Effect(f"goal:{goal}", supports, weight) for goal, supports, weight in draft.goals),
        vector=vector,
        needs_first=draft.needs_first,
        kin=draft.kin,
        offices=draft.office_ids,
        is_lasting=draft.is_lasting,
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
