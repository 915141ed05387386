"""All claims are compared, in steps that survive a kill; what changed is compared with the rest only."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.conflicts.models import Candidate, Comparison, ComparisonStep, StaleClaim
from dreiklang.conflicts.permissions import COMPARE
from dreiklang.conflicts.queries.stored import city_zone, claims_from, rows_of
from dreiklang.conflicts.queries.thresholds import limits as limits_in_force
from dreiklang.conflicts.rules import (
    RULE_VERSION,
    Finding,
    Kind,
    Limits,
    Sense,
    State,
    Supplies,
    asked_again,
    candidates,
    compare_with,
    step_names,
    steps,
)
from dreiklang.conflicts.services import reading
from dreiklang.conflicts.services.settling import Ground, Settled, settle
from dreiklang.conflicts.services.texts import Moved, read_all_texts, read_some_texts
from dreiklang.core.changes import later
from dreiklang.core.claims import EVERY_CLAIM, Claim
from dreiklang.core.enums import RunState
from dreiklang.core.history import acting
from dreiklang.people.rules import SYSTEM, Viewer
from dreiklang.people.services import require

COMPARE_JOB = "conflicts_compare"
CHANGED_JOB = "conflicts_compare_changed"
REOPENED_MAIL = "conflicts_reopened_mail"
OVERTAKEN_MAIL = "conflicts_overtaken_mail"
# Beside the steps of the rules: reading the claims, reading their texts, settling.
_OTHER_STEPS = 3
# Of these kinds are groups: one who comes or goes makes it another group for all in it.
_SHARED = (Kind.MONEY, Kind.PEOPLE)


def start_comparison(*, by: Viewer, now: datetime) -> Comparison:
    """The run that compares everything, soon; the one that runs already, if there is one. Raises: NotAllowed."""
    require(by, COMPARE)
    with transaction.atomic():
        run = _current(now, by)
        later(COMPARE_JOB)
    return run


def compare_all(*, today: date, now: datetime, with_texts: bool = True) -> Comparison:
    """Compare everything, or go on where a run that was killed or failed stopped. Carried out by the worker.

    Claims, thresholds or the day may have changed since it stopped: then its steps count for nothing. An error is
    noted in the run, whose steps stay, and rises. Without texts, only those read before are compared: no encoder.
    """
    with transaction.atomic():
        run = _current(now, SYSTEM)
    try:
        _carry_out(run, today, now, with_texts=with_texts)
    except Exception as error:
        run.state, run.problem = RunState.FAILED, f"{type(error).__name__}: {error}"[:300]
        run.save(update_fields=["state", "problem", "touched_at"])
        raise
    return run


def compare_changed(*, today: date, now: datetime) -> Settled:
    """Compare the claims that changed since the last time with the rest. What comes out is what `compare_all` gives."""
    told = dict(StaleClaim.objects.order_by("pk").values_list("pk", "key"))
    keys = set(told.values())
    read = reading.read_all() if EVERY_CLAIM in keys else reading.read(keys)
    own = [claim for claim in read.claims if EVERY_CLAIM in keys or claim.key in keys | read.touched]
    moved = read_some_texts(own)
    changed = (keys - {EVERY_CLAIM}) | read.touched | moved.keys
    result = Settled()
    with acting(by_id=None, by_name=SYSTEM.name, reason=_("Neu verglichen")):
        if changed:
            result = _compare_some(changed, today, now)
        reading.forget([*told, *read.marks, *moved.marks])
        _tell(result)
        if moved.is_more:
            later(COMPARE_JOB)
    return result


def compare_later(keys: Collection[str]) -> None:
    """These claims may have changed: compare them soon, in the caller's transaction."""
    if keys:
        reading.mark_stale(keys)
        later(CHANGED_JOB)


def _current(now: datetime, by: Viewer) -> Comparison:
    """The run that is not done, else a new one; of two who ask in the same instant the second waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [COMPARE_JOB])
    latest = Comparison.objects.order_by("-started_at", "-pk").first()
    if latest is not None and latest.state != RunState.DONE:
        if latest.state != RunState.RUNNING:
            latest.state, latest.problem = RunState.RUNNING, ""
            latest.save(update_fields=["state", "problem", "touched_at"])
        return latest
    return Comparison.objects.create(
        state=RunState.RUNNING,
        started_at=now,
        rule_version=RULE_VERSION,
        by_id=by.account_id,
        by_name=by.name,
    )


def _carry_out(run: Comparison, today: date, now: datetime, *, with_texts: bool) -> None:
    told = list(StaleClaim.objects.values_list("pk", flat=True))
    read = reading.read_all()
    run.claim_count = len(read.claims)
    run.total_count = len(step_names(len(read.claims))) + _OTHER_STEPS
    _progress(run, 1)
    moved = read_all_texts(read.claims) if with_texts else Moved()
    run.problem = moved.problem
    ground = _ground(today, now)
    _take_steps(run, ground)
    with acting(by_id=None, by_name=SYSTEM.name, reason=_("Alles verglichen")):
        found = candidates(_found(run), limits=ground.limits)
        _tell(settle(found, scope=~Q(pk=None), ground=ground))
        reading.forget([*told, *read.marks, *moved.marks])
        _finish(run)


def _ground(today: date, now: datetime) -> Ground:
    """All that is claimed now, in metres of the city's zone, and the thresholds in force."""
    zone, rows = city_zone(), rows_of(with_vectors=True)
    claims = claims_from(rows, zone=zone)
    named = {claim.key: claim for claim in _with_deputies(claims, rows)}
    return Ground(named, zone, limits_in_force(), now, claims, today)


def _take_steps(run: Comparison, ground: Ground) -> None:
    """The steps that are not done yet, each kept as soon as it is taken."""
    _resume(run, _basis(ground.limits, ground.today))
    done = frozenset(run.steps.values_list("name", flat=True))
    _progress(run, 2 + len(done))
    for step in steps(
        ground.compared, limits=ground.limits, today=ground.today, supplies=Supplies(), done=done
    ):
        ComparisonStep.objects.create(
            comparison=run, name=step.name, findings=[_as_json(one) for one in step.findings]
        )
        _progress(run, run.done_count + 1)


def _finish(run: Comparison) -> None:
    run.candidate_count = Candidate.objects.exclude(state=State.OUTDATED).count()
    run.state, run.finished_at, run.done_count = RunState.DONE, timezone.now(), run.total_count
    run.save()
    run.steps.all().delete()


def _progress(run: Comparison, done: int) -> None:
    run.done_count = done
    run.save(update_fields=["done_count", "total_count", "claim_count", "problem", "touched_at"])


def _resume(run: Comparison, basis: str) -> None:
    """Steps found of other claims, limits or days are worth nothing."""
    if run.basis != basis:
        run.steps.all().delete()
        run.basis = basis
        run.save(update_fields=["basis"])


def _basis(limits: Limits, today: date) -> str:
    claims = reading.fingerprints()
    content = [RULE_VERSION, today.isoformat(), asdict(limits), claims]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


def _as_json(one: Finding) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "sense": one.sense.value,
        "parties": list(one.parties),
        "strength": one.strength,
        "facts": dict(one.facts),
    }


def _found(run: Comparison) -> list[Finding]:
    rows = run.steps.order_by("pk").values_list("findings", flat=True)
    return [
        Finding(Kind(one["kind"]), Sense(one["sense"]), tuple(one["parties"]), one["strength"], one["facts"])
        for findings in rows
        for one in findings
    ]


def _compare_some(changed: Collection[str], today: date, now: datetime) -> Settled:
    ground = _ground(today, now)
    by_key = {claim.key: claim for claim in ground.compared}
    asked = _asked(changed, ground.compared)
    own = [by_key[key] for key in sorted(asked) if key in by_key]
    others = [claim for claim in ground.compared if claim.key not in asked]
    found = compare_with(own, others, limits=ground.limits, today=today)
    # A candidate whose party is gone is in scope, too: it is no longer found.
    scope = Q(parties__overlap=sorted(asked))
    return settle(candidates(found, limits=ground.limits), scope=scope, ground=ground)


def _asked(changed: Collection[str], claims: Sequence[Claim]) -> frozenset[str]:
    """Whose findings may be others now.

    What the changed ones wanted before is no longer known, but who stood in a group with them is: in the candidates.
    """
    shared = Candidate.objects.filter(parties__overlap=list(changed), kinds__overlap=list(_SHARED))
    before = {key for parties in shared.values_list("parties", flat=True) for key in parties}
    now = asked_again([claim for claim in claims if claim.key in changed], claims)
    return now | before | frozenset(changed)


def _with_deputies(claims: Sequence[Claim], rows: Sequence[dict[str, Any]]) -> list[Claim]:
    """With who stands in for the lead: they hear of a candidate, too. Offices that only take part are named again."""
    return [
        replace(claim, offices=tuple(row["office_ids"]), more={"deputy": row["content"].get("deputy")})
        for claim, row in zip(claims, rows, strict=True)
    ]


def _tell(result: Settled) -> None:
    if result.reopened:
        later(REOPENED_MAIL, candidate_ids=result.reopened)
    if result.overtaken:
        later(OVERTAKEN_MAIL, candidate_ids=result.overtaken)
