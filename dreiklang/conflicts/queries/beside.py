"""What lies beside a draft while somebody types it: never all claims, only what the indexes give.

Nothing of the draft is kept.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import shapely
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from dreiklang.conflicts.models import Candidate, StoredClaim
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.queries.draft_texts import Wording, wording_of
from dreiklang.conflicts.queries.names import named_parties, names_in
from dreiklang.conflicts.queries.records import Arising, Beside, DraftClaim, FoundLine, Neighbour, Party
from dreiklang.conflicts.queries.stored import FIELDS, city_zone, claims_from, metric_places
from dreiklang.conflicts.queries.thresholds import limits
from dreiklang.conflicts.rules import Finding, candidate_key
from dreiklang.conflicts.rules.comparing import compare_with
from dreiklang.core.claims import Claim, Effect
from dreiklang.core.search import SortKey
from dreiklang.core.values import Period, Unknown
from dreiklang.goals.queries import goal_labels
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import areas

OWN = "draft:0"
# What is read at most; what shares the place comes first.
MOST_READ = 200
SHOWN = 12
MOST_ARISING = 6
# Words of a title this long say what it is about.
TELLING = 6
NEAR_DAYS = 366


@dataclass(frozen=True)
class _Read:
    """What the indexes gave, and the draft as a claim."""

    draft: DraftClaim
    own: Claim
    rows: Sequence[dict[str, Any]]
    claims: Sequence[Claim]
    parties: Mapping[str, Party]
    wording: Wording


def beside(viewer: Viewer, *, draft: DraftClaim, today: date) -> Beside:
    """What runs or is planned in the same place, theme and time, and which candidates would arise; nothing for outsiders.

    Contents are compared only where enough was typed and the encoder answers at once; else by words. Nine statements.
    """
    if not may(viewer, SEE):
        return Beside()
    rows = list(_hits(draft).values(*FIELDS, "goal_ids", "vector", "is_gone")[:MOST_READ])
    if not rows:
        return Beside()
    read = _read(viewer, draft, rows)
    findings = compare_with([read.own], read.claims, limits=limits(), today=today)
    arising = _arising(read, [one for one in findings if OWN in one.parties])
    names = names_in(viewer, [fact.facts for one in arising for fact in one.findings], read.parties)
    return Beside(
        neighbours=_neighbours(viewer, read),
        arising=arising,
        names={**names, OWN: draft.title},
        is_text_read=read.wording.vector is not None,
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
    for word in _telling(draft.title):
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


def _read(viewer: Viewer, draft: DraftClaim, rows: Sequence[dict[str, Any]]) -> _Read:
    zone = city_zone()
    wording = wording_of(draft, [row["key"] for row in rows])
    own = _claim(draft, zone, wording.vector)
    return _Read(draft, own, rows, claims_from(rows, zone=zone), named_parties(viewer, rows), wording)


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


def _arising(read: _Read, findings: Collection[Finding]) -> tuple[Arising, ...]:
    by_party: dict[str, list[Finding]] = {}
    for one in findings:
        for key in one.parties:
            if key != OWN:
                by_party.setdefault(key, []).append(one)
    there = _candidates(read.draft.own_key, by_party)
    found = [
        Arising(
            party=read.parties[key],
            findings=tuple(FoundLine(one.kind, one.sense, one.strength, one.facts) for one in ones),
            candidate=there.get(key),
            strength=max(one.strength for one in ones),
        )
        for key, ones in by_party.items()
    ]
    least = limits().least_strength
    strong = [one for one in found if one.strength >= least]
    return tuple(sorted(strong, key=lambda one: (-one.strength, one.party.key))[:MOST_ARISING])


def _candidates(own_key: str, others: Collection[str]) -> Mapping[str, int]:
    """The candidate with each other, where the record being edited has one already."""
    if not own_key or not others:
        return {}
    keys = {candidate_key((own_key, one)): one for one in others}
    found = Candidate.objects.filter(key__in=list(keys)).values_list("key", "pk")
    return {keys[key]: pk for key, pk in found}


def _neighbours(viewer: Viewer, read: _Read) -> tuple[Neighbour, ...]:
    goals = goal_labels(viewer, ids=[goal for goal, _supports, _weight in read.draft.goals])
    districts = (
        {one.pk: one.name for one in areas(viewer, ids=read.draft.area_ids)} if read.draft.area_ids else {}
    )
    found = []
    for row, claim in zip(read.rows, read.claims, strict=True):
        shared_goals = [goals[pk] for pk in row["goal_ids"] if pk in goals]
        found.append(
            Neighbour(
                party=read.parties[row["key"]],
                shares_place=_meets(read.own, claim),
                areas=tuple(districts[pk] for pk in row["area_ids"] if pk in districts),
                goals=tuple(f"{one.number} {one.title}".strip() for one in shared_goals),
                same_time=_same_time(read.own, claim),
                nearness=read.wording.nearness.get(row["key"]),
            )
        )
    telling = [one for one in found if one.shares_place or one.areas or one.goals or (one.nearness or 0) > 0]
    return tuple(sorted(telling, key=_rank)[:SHOWN])


def _rank(one: Neighbour) -> tuple[Any, ...]:
    shared = 3 * one.shares_place + bool(one.areas) + len(one.goals) + 2 * (one.nearness or 0)
    return (one.same_time is False, -shared, one.party.is_lasting, one.party.key)


def _meets(own: Claim, other: Claim) -> bool:
    return (
        own.place is not None and other.place is not None and bool(shapely.intersects(own.place, other.place))
    )


def _same_time(own: Claim, other: Claim) -> bool | None:
    if not isinstance(own.period, Period) or not isinstance(other.period, Period):
        return None
    return own.period.overlaps(other.period)
