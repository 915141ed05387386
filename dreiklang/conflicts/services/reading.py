"""Claims as their subjects give them are kept; only what changed is written."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from dreiklang.concepts.queries import concept_claims
from dreiklang.conflicts.models import StaleClaim, StoredClaim
from dreiklang.conflicts.queries.stored import stored_values
from dreiklang.core.claims import Claim
from dreiklang.measures.queries import measure_claims
from dreiklang.papers.queries import check_claims
from dreiklang.people.rules import SYSTEM

# Who gives claims; a subject that joins later (funding) adds its line.
SUBJECTS = {"measure": measure_claims, "concept": concept_claims, "check": check_claims}
BATCH = 500
_WRITTEN = (
    "number",
    "title",
    "geometry",
    "bounds",
    "area_ids",
    "starts_on",
    "ends_on",
    "has_period",
    "office_ids",
    "person_id",
    "goal_ids",
    "content",
    "fingerprint",
    "is_gone",
    "read_at",
)


@dataclass(frozen=True)
class Reading:
    """What was read: the claims, and the keys whose claim is new, other than before, or gone."""

    claims: tuple[Claim, ...]
    changed: frozenset[str]


def read_all() -> Reading:
    """Read every claim of every subject; what nobody claims any more is marked as gone."""
    claims = [claim for claims_of in SUBJECTS.values() for claim in claims_of(SYSTEM)]
    kept = dict(StoredClaim.objects.filter(is_gone=False).values_list("key", "fingerprint"))
    gone = kept.keys() - {claim.key for claim in claims}
    return Reading(tuple(claims), _written(claims, kept) | _let_go(gone))


def read(keys: Collection[str]) -> Reading:
    """Read the claims of these keys, and of those whose kin they are or were: both sides name each other."""
    first = _read(keys)
    kin = {one for claim in first.claims if claim.key in first.changed for one in claim.kin} | _kin_before(
        keys
    )
    second = _read(kin - set(keys))
    return Reading(first.claims + second.claims, first.changed | second.changed)


def fingerprints() -> list[tuple[str, str, str]]:
    """Of everything claimed now: key, content, text. Who compares the same again finds the same."""
    found = StoredClaim.objects.filter(is_gone=False).order_by("key")
    return list(found.values_list("key", "fingerprint", "text_mark"))


def forget(stale: Iterable[int]) -> None:
    """These changes were compared."""
    StaleClaim.objects.filter(pk__in=list(stale)).delete()


def mark_stale(keys: Iterable[str]) -> None:
    """These claims may have changed; one row each, however often it is told."""
    rows = [StaleClaim(key=key) for key in sorted(set(keys))]
    StaleClaim.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


def _read(keys: Collection[str]) -> Reading:
    claims: list[Claim] = []
    for subject, claims_of in SUBJECTS.items():
        ids = [int(pk) for kind, _, pk in (key.partition(":") for key in keys) if kind == subject]
        if ids:
            claims += claims_of(SYSTEM, ids=ids)
    found = StoredClaim.objects.filter(key__in=list(keys), is_gone=False)
    kept = dict(found.values_list("key", "fingerprint"))
    gone = kept.keys() - {claim.key for claim in claims}
    return Reading(tuple(claims), _written(claims, kept) | _let_go(gone))


def _kin_before(keys: Collection[str]) -> set[str]:
    rows = StoredClaim.objects.filter(key__in=list(keys)).values_list("content", flat=True)
    return {key for content in rows for key in content.get("kin", ())}


def _written(claims: Sequence[Claim], kept: dict[str, str]) -> frozenset[str]:
    """Writes those whose fingerprint is another one than kept; gives their keys."""
    changed: set[str] = set()
    for batch in _batches(claims):
        rows = [StoredClaim(key=claim.key, **stored_values(claim)) for claim in batch]
        fresh = [row for row in rows if kept.get(row.key) != row.fingerprint]
        now = timezone.now()
        for row in fresh:
            row.read_at = now
        # By insert, so that the box around the geometry is kept in step.
        StoredClaim.objects.bulk_create(
            fresh, update_conflicts=True, unique_fields=["key"], update_fields=list(_WRITTEN)
        )
        changed.update(row.key for row in fresh)
    return frozenset(changed)


def _let_go(keys: Collection[str]) -> frozenset[str]:
    with transaction.atomic():
        StoredClaim.objects.filter(key__in=list(keys)).update(is_gone=True)
    return frozenset(keys)


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
