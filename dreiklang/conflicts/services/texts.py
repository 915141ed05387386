"""The directions of claims' texts: what papers read of the same texts already is used again.

Only the worker reads texts that are new. The centre of all texts is kept, so that one new text does not move the
nearness of all others; it is reckoned anew when their number has changed by a fifth.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy
from django.db import transaction

from dreiklang.conflicts.models import StoredClaim, TextCentre
from dreiklang.conflicts.queries.draft_texts import vector_from_centre
from dreiklang.conflicts.rules.text_directions import centre_of, direction
from dreiklang.conflicts.services.reading import mark_stale
from dreiklang.core import nearness
from dreiklang.core.claims import Claim
from dreiklang.core.models import TextVector
from dreiklang.papers.queries.compared_texts import Wanted
from dreiklang.papers.services.proposals import bring_up_to_date

DRIFT = 0.2
BATCH = 500


@dataclass(frozen=True)
class Moved:
    """Whose direction changed, with the marks for `reading.forget`, and why not all texts could be read."""

    keys: frozenset[str] = frozenset()
    marks: tuple[int, ...] = ()
    problem: str = ""


def read_texts(claims: Sequence[Claim], *, is_all: bool) -> Moved:
    """Bring the directions of these claims up to date, batch by batch: nothing is held while the encoder reads.

    `is_all`: these are all there are, so the centre may be reckoned anew. The problem is a code of core.nearness.
    """
    problem = ""
    wanted = {claim.key: _wanted(claim) for claim in claims if claim.more.get("texts")}
    try:
        bring_up_to_date(wanted.values())
    except nearness.CannotCompare as refusal:
        # What was read before still counts; the rest follows with the next comparison.
        problem = refusal.code
    if is_all:
        _centred(wanted)
    centre = TextCentre.objects.first()
    if centre is None:
        return Moved(problem=problem)
    keys, marks = _directed(wanted, centre)
    return Moved(frozenset(keys), tuple(marks), problem)


def _wanted(claim: Claim) -> Wanted:
    return Wanted(claim.subject, claim.id, tuple(claim.more["texts"]))


def _centred(wanted: Mapping[str, Wanted]) -> None:
    """Reckon the centre anew if there is none of today's method, or the texts are a fifth more or fewer."""
    kept = TextCentre.objects.defer("vector").first()
    count = len(wanted)
    is_ours = kept is not None and kept.mark.startswith(f"{nearness.METHOD}:")
    if kept is not None and is_ours and abs(count - kept.text_count) <= DRIFT * kept.text_count:
        return
    vectors = [bytes(one.vectors) for batch in _batches(list(wanted.values())) for one in _profiles(batch)]
    vectors = [one for one in vectors if one]
    if not vectors:
        return
    content = centre_of(vectors).astype(numpy.float32).tobytes()
    mark = f"{nearness.METHOD}:{hashlib.sha256(content).hexdigest()[:8]}"
    values = {"vector": content, "mark": mark[:40], "text_count": count}
    TextCentre.objects.update_or_create(is_only=True, defaults=values)


def _directed(wanted: Mapping[str, Wanted], centre: TextCentre) -> tuple[set[str], list[int]]:
    """Writes the directions that are missing or of another text or centre; each marked as changed with it."""
    numbers = vector_from_centre(centre)
    keys: set[str] = set()
    told: list[int] = []
    for batch in _batches(list(wanted)):
        marks = {key: f"{wanted[key].fingerprint}:{centre.mark}"[:80] for key in batch}
        rows = {
            one.key: one
            for one in StoredClaim.objects.filter(key__in=batch).only("key", "text_mark")
            if one.text_mark != marks[one.key]
        }
        moved: list[StoredClaim] = []
        for profile in _profiles([wanted[key] for key in rows]):
            row = rows[f"{profile.subject}:{profile.key}"]
            if profile.fingerprint == wanted[row.key].fingerprint and profile.vectors:
                vector = direction(bytes(profile.vectors), centre=numbers)
                row.vector, row.text_mark = vector.astype(numpy.float16).tobytes(), marks[row.key]
                moved.append(row)
        with transaction.atomic():
            StoredClaim.objects.bulk_update(moved, ["vector", "text_mark"])
            told += mark_stale(row.key for row in moved)
        keys.update(row.key for row in moved)
    return keys, told


def _profiles(wanted: Collection[Wanted]) -> Iterable[TextVector]:
    by_subject: dict[str, list[int]] = {}
    for one in wanted:
        by_subject.setdefault(one.subject, []).append(one.key)
    for subject, keys in by_subject.items():
        found = TextVector.objects.filter(subject=subject, key__in=keys, method=nearness.METHOD)
        yield from found.defer("grams").order_by("key")


def _batches(rows: Sequence[object]) -> Iterator[Sequence[object]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
