"""What a comparison found becomes candidates. What people said stays, and says whether it still holds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from shapely.geometry.base import BaseGeometry

from dreiklang.conflicts.models import Candidate, FoundFact, Talk, Weighing
from dreiklang.conflicts.queries.stored import goal_of
from dreiklang.conflicts.rules import (
    RULE_VERSION,
    CandidateFacts,
    Finding,
    Kind,
    Limits,
    State,
    candidates,
    compare_with,
    is_still_said,
    shared_place,
    what_changed,
)
from dreiklang.conflicts.rules.standing import OF_FACTS, SETTLED, TAKEN_UP, state_now
from dreiklang.conflicts.services.attaching import attach_talks
from dreiklang.core.claims import Claim
from dreiklang.core.metres import in_degrees

BATCH = 500
_DERIVED = (
    "sense",
    "strength",
    "kinds",
    "person_ids",
    "office_ids",
    "area_ids",
    "goal_ids",
    "fingerprint",
    "found_limits",
    "state",
    "reopened_at",
    "reopened_by",
    "compared_at",
)


@dataclass(frozen=True)
class Ground:
    """What settling needs to know of the claims: by key, in metres of that zone; who else answers for each.

    `compared` are the same claims as they were compared on `today`, to compare some of them with other thresholds.
    """

    claims: Mapping[str, Claim]
    zone: int
    limits: Limits
    now: datetime
    compared: Sequence[Claim]
    today: date


@dataclass
class Settled:
    """What became of the candidates, by id."""

    made: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)
    vanished: list[int] = field(default_factory=list)
    # Settled by people, and open again since a fact changed.
    reopened: list[int] = field(default_factory=list)
    # Settled by people, and no longer found.
    overtaken: list[int] = field(default_factory=list)


def settle(found: Sequence[CandidateFacts], *, scope: Q, ground: Ground) -> Settled:
    """Bring the candidates in `scope` in step with what was found of them, in the caller's transaction.

    Only rows that differ are written. A candidate that is no longer found goes, unless somebody said something.
    """
    result = Settled()
    wanted = {one.key: one for one in found}
    rows = Candidate.objects.select_for_update().filter(scope | Q(key__in=list(wanted))).order_by("pk")
    there = {one.key: one for one in rows}
    said = _found_as_said(there.values(), ground)
    # Stricter thresholds take nothing off the list that people took up under others.
    wanted |= {
        key: one for key, one in said.items() if key not in wanted and there[key].said_state in TAKEN_UP
    }
    facts = _facts_of([one.pk for one in there.values()])
    fresh = [_filled(Candidate(key=key), one, ground) for key, one in wanted.items() if key not in there]
    for row in Candidate.objects.bulk_create(fresh, batch_size=BATCH):
        result.made.append(row.pk)
    _write_facts({row.pk: wanted[row.key] for row in fresh}, ground)
    attach_talks(result.made, claims=ground.claims, now=ground.now)
    _update(there, wanted, said, facts, ground, result)
    _vanish([one for key, one in there.items() if key not in wanted], ground, result)
    return result


def _update(
    there: Mapping[str, Candidate],
    wanted: Mapping[str, CandidateFacts],
    said: Mapping[str, CandidateFacts],
    facts: Mapping[int, Sequence[tuple[Any, ...]]],
    ground: Ground,
    result: Settled,
) -> None:
    rewritten: dict[int, CandidateFacts] = {}
    changed: list[Candidate] = []
    for key, row in there.items():
        one = wanted.get(key)
        if one is None:
            continue
        before = [getattr(row, name) for name in _DERIVED[:-1]]
        was = State(row.state)
        _filled(row, one, ground, said.get(key))
        if facts.get(row.pk, ()) != _signs(one.findings):
            rewritten[row.pk] = one
        if before == [getattr(row, name) for name in _DERIVED[:-1]] and row.pk not in rewritten:
            continue
        row.compared_at = ground.now
        changed.append(row)
        if was in {*SETTLED, State.OUTDATED} and row.said_state in SETTLED and row.state == State.NEW:
            result.reopened.append(row.pk)
    Candidate.objects.bulk_update(changed, _DERIVED, batch_size=BATCH)
    FoundFact.objects.filter(candidate__in=list(rewritten)).delete()
    _write_facts(rewritten, ground)
    result.changed.extend(row.pk for row in changed)


def _found_as_said(rows: Iterable[Candidate], ground: Ground) -> dict[str, CandidateFacts]:
    """What is found under the thresholds people knew, of the candidates they spoke of under others than today's.

    What they said is measured with it: thresholds alone reopen nothing, and hide no change.
    """
    now = asdict(ground.limits)
    under: dict[Limits, list[Candidate]] = {}
    for row in rows:
        if row.said_state in OF_FACTS | TAKEN_UP and row.said_limits not in ({}, now):
            under.setdefault(_said_under(row, ground), []).append(row)
    found: dict[str, CandidateFacts] = {}
    for limits, spoken in under.items():
        keys = {key for row in spoken for key in row.parties}
        own = [claim for claim in ground.compared if claim.key in keys]
        findings = compare_with(own, ground.compared, limits=limits, today=ground.today)
        asked = {row.key for row in spoken}
        found |= {one.key: one for one in candidates(findings, limits=limits) if one.key in asked}
    return found


def _said_under(row: Candidate, ground: Ground) -> Limits:
    names = [one.name for one in fields(Limits) if one.name in row.said_limits]
    return replace(ground.limits, **{name: row.said_limits[name] for name in names})


def _filled(
    row: Candidate, one: CandidateFacts, ground: Ground, said: CandidateFacts | None = None
) -> Candidate:
    """The candidate as it follows from what was found and from what people said, measured with `said`."""
    claims = [ground.claims[key] for key in one.parties if key in ground.claims]
    row.parties, row.sense, row.strength = list(one.parties), one.sense, one.strength
    row.kinds = list(dict.fromkeys(finding.kind.value for finding in one.findings))
    row.fingerprint = one.fingerprint
    row.found_limits = row.said_limits if one is said else asdict(ground.limits)
    row.person_ids = sorted({pk for claim in claims for pk in _people(claim)})
    row.office_ids = sorted({pk for claim in claims for pk in claim.offices})
    row.area_ids = sorted({pk for claim in claims for pk in claim.areas})
    row.goal_ids = sorted(
        {pk for claim in claims for on in claim.effects if (pk := goal_of(on.on)) is not None}
    )
    row.compared_at = row.compared_at or ground.now
    _take_stand(row, (said or one).facts, ground)
    return row


def _people(claim: Claim) -> Iterable[int]:
    return [pk for pk in (claim.person, claim.more.get("deputy")) if pk is not None]


def _take_stand(row: Candidate, facts: Sequence[Mapping[str, Any]], ground: Ground) -> None:
    said, was = State(row.said_state), State(row.state)
    holds = said == State.NEW or is_still_said(row.said_facts, facts, limits=_said_under(row, ground))
    row.state = state_now(said, is_found=True, is_still_said=holds)
    if holds or said == State.IN_TALKS:
        row.reopened_at, row.reopened_by = None, []
        return
    # Whatever is back after it was found no more opens anew.
    row.reopened_at = ground.now if was == State.OUTDATED else row.reopened_at or ground.now
    row.reopened_by = [asdict(change) for change in what_changed(row.said_facts, facts)]


def _vanish(rows: Collection[Candidate], ground: Ground, result: Settled) -> None:
    """What nobody spoke of goes; the rest stays as outdated, with everything people said and what no longer holds."""
    if not rows:
        return
    spoken = set(_spoken_of(Candidate.objects.filter(pk__in=[one.pk for one in rows])))
    left = [one for one in rows if one.pk in spoken and one.state != State.OUTDATED]
    for row in left:
        row.state, row.fingerprint, row.compared_at = State.OUTDATED, "", ground.now
        row.reopened_by = _gone(row.said_facts) if row.said_state in SETTLED else []
        row.reopened_at = ground.now if row.reopened_by else None
        if row.reopened_by:
            result.overtaken.append(row.pk)
    FoundFact.objects.filter(candidate__in=[one.pk for one in left]).delete()
    Candidate.objects.bulk_update(left, _DERIVED, batch_size=BATCH)
    gone = [one.pk for one in rows if one.pk not in spoken]
    Candidate.objects.filter(pk__in=gone).delete()
    result.vanished.extend([*(one.pk for one in left), *gone])


def _gone(said: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The reasons that fell away, each with the facts that no longer hold."""
    facts = {one["kind"]: {"sense": one["sense"], "facts": one["facts"]} for one in reversed(said)}
    return [{**asdict(change), **facts[change.kind]} for change in what_changed(said, [])]


def _spoken_of(found: QuerySet[Candidate]) -> Iterable[int]:
    talks, weighings = (model.objects.filter(candidate=OuterRef("pk")) for model in (Talk, Weighing))
    said = ~Q(said_state=State.NEW) | Exists(talks) | Exists(weighings)
    return found.filter(said).values_list("pk", flat=True)


def _facts_of(ids: Collection[int]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    rows = FoundFact.objects.filter(candidate__in=ids, rule_version=RULE_VERSION)
    for pk, *sign in rows.values_list("candidate_id", "kind", "sense", "strength", "facts"):
        found.setdefault(pk, []).append(tuple(sign))
    return {pk: sorted(signs, key=repr) for pk, signs in found.items()}


def _signs(findings: Iterable[Finding]) -> list[tuple[Any, ...]]:
    """What tells whether the kept findings are these, exactly and not only by their rounded facts."""
    found = [(one.kind.value, one.sense.value, one.strength, dict(one.facts)) for one in findings]
    return sorted(found, key=repr)


def _write_facts(wanted: Mapping[int, CandidateFacts], ground: Ground) -> None:
    rows = [
        FoundFact(
            candidate_id=pk,
            kind=finding.kind,
            sense=finding.sense,
            strength=finding.strength,
            facts=dict(finding.facts),
            geometry=_place(finding, ground),
            fingerprint=finding.fingerprint,
            rule_version=RULE_VERSION,
        )
        for pk, one in wanted.items()
        for finding in _once(one.findings)
    ]
    FoundFact.objects.bulk_create(rows, batch_size=BATCH)


def _once(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Two findings of one kind with the same rounded facts are one for people; the stronger stands."""
    found: dict[tuple[str, str], Finding] = {}
    for one in findings:
        found.setdefault((one.kind, one.fingerprint), one)
    return found.values()


def _place(finding: Finding, ground: Ground) -> BaseGeometry | None:
    if finding.kind is not Kind.PLACE_AND_TIME or len(finding.parties) != 2:
        return None
    one, other = (ground.claims.get(key) for key in finding.parties)
    if one is None or other is None:
        return None
    shared = shared_place(one, other)
    if shared is None or shared.is_empty:
        return None
    drawn: BaseGeometry = in_degrees([shared], srid=ground.zone)[0]
    return drawn
