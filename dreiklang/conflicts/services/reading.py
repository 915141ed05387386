"""Claims as their subjects give them are kept; only what changed is written."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from dreiklang.concepts.queries import concept_claims
from dreiklang.conflicts.models import StaleClaim, StoredClaim
from dreiklang.conflicts.queries.stored import stored_values
from dreiklang.core.claims import Claim
from dreiklang.measures.queries import measure_claims
from dreiklang.monitoring.queries import effects_of_measures
from dreiklang.papers.queries import check_claims
from dreiklang.people.rules import SYSTEM, Viewer

Row = TypeVar("Row")


def _measure_claims(viewer: Viewer, *, ids: Collection[int] | None = None) -> Iterator[Claim]:
    """The claims of measures with what they do to indicators, which measures themselves know nothing of."""
    effects = effects_of_measures(viewer, ids=ids)
    for claim in measure_claims(viewer, ids=ids):
        more = effects.get(claim.id)
        yield replace(claim, effects=(*claim.effects, *more)) if more else claim


# Who gives claims; a subject that joins later (funding) adds its line.
SUBJECTS = {"measure": _measure_claims, "concept": concept_claims, "check": check_claims}
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
    """What was read: the claims; the keys of those new, other than before, or gone, and of their kin before and after.

    `marks` go to `forget` once they are compared: they are written together with the claims, so that a kill in
    between loses nothing.
    """

    claims: tuple[Claim, ...]
    touched: frozenset[str]
    marks: tuple[int, ...]


def read_all() -> Reading:
    """Read every claim of every subject; what nobody claims any more is marked as gone."""
    with transaction.atomic():
        claims = [claim for claims_of in SUBJECTS.values() for claim in claims_of(SYSTEM)]
        touched = _written(claims, StoredClaim.objects.filter(is_gone=False))
        return Reading(tuple(claims), touched, tuple(mark_stale(touched)))


def read(keys: Collection[str]) -> Reading:
    """Read the claims of these keys, and of those whose kin they are or were: both sides name each other."""
    with transaction.atomic():
        claims = _given(keys)
        touched = _written(claims, _kept(keys))
        kin = touched - set(keys)
        near = _given(kin)
        touched |= _written(near, _kept(kin))
        return Reading((*claims, *near), touched, tuple(mark_stale(touched)))


def fingerprints() -> list[tuple[str, str, str]]:
    """Of everything claimed now: key, content, text. Who compares the same again finds the same."""
    found = StoredClaim.objects.filter(is_gone=False).order_by("key")
    return list(found.values_list("key", "fingerprint", "text_mark"))


def forget(stale: Iterable[int]) -> None:
    """These changes were compared."""
    StaleClaim.objects.filter(pk__in=list(stale)).delete()


def mark_stale(keys: Iterable[str]) -> list[int]:
    """These claims may have changed; gives what `forget` takes once they were compared."""
    rows = [StaleClaim(key=key) for key in sorted(set(keys))]
    return [row.pk for row in StaleClaim.objects.bulk_create(rows, batch_size=BATCH)]


def _given(keys: Collection[str]) -> list[Claim]:
    claims: list[Claim] = []
    for subject, claims_of in SUBJECTS.items():
        ids = [int(pk) for kind, _, pk in (key.partition(":") for key in keys) if kind == subject]
        if ids:
            claims += claims_of(SYSTEM, ids=ids)
    return claims


def _kept(keys: Collection[str]) -> QuerySet[StoredClaim]:
    return StoredClaim.objects.filter(key__in=list(keys), is_gone=False)


def _written(claims: Sequence[Claim], kept: QuerySet[StoredClaim]) -> frozenset[str]:
    """Writes those whose fingerprint is another one than kept; gives their keys and those of their kin, old and new."""
    prints = dict(kept.values_list("key", "fingerprint"))
    gone = prints.keys() - {claim.key for claim in claims}
    touched = set(gone) | _kin_before(gone)
    for batch in batches(claims):
        rows = [StoredClaim(key=claim.key, **stored_values(claim)) for claim in batch]
        fresh = [row for row in rows if prints.get(row.key) != row.fingerprint]
        touched |= _kin_before([row.key for row in fresh])
        touched.update(key for row in fresh for key in (row.key, *row.content["kin"]))
        now = timezone.now()
        for row in fresh:
            row.read_at = now
        # By insert, so that the box around the geometry is kept in step.
        StoredClaim.objects.bulk_create(
            fresh, update_conflicts=True, unique_fields=["key"], update_fields=list(_WRITTEN)
        )
    StoredClaim.objects.filter(key__in=list(gone)).update(is_gone=True)
    return frozenset(touched)


def _kin_before(keys: Collection[str]) -> set[str]:
    rows = StoredClaim.objects.filter(key__in=list(keys)).values_list("content", flat=True)
    return {key for content in rows for key in content["kin"]}


def batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in their order, so many at a time as are read or written at once."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
