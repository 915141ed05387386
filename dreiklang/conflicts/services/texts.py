"""The directions of claims' texts: what papers read of the same texts already is used again.

Only the worker reads texts that are new. The centre of all texts is kept, so that one new text does not move the
nearness of all others; it is reckoned anew when their number has changed by a fifth.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy
from django.db import transaction

from dreiklang.conflicts.models import StoredClaim, TextCentre
from dreiklang.conflicts.queries.draft_texts import vector_from_centre
from dreiklang.conflicts.rules.text_directions import centre_of, direction
from dreiklang.conflicts.services.reading import batches, mark_stale
from dreiklang.core import nearness
from dreiklang.core.claims import Claim
from dreiklang.core.models import TextVector
from dreiklang.papers.queries.compared_texts import Wanted
from dreiklang.papers.services.proposals import bring_up_to_date

DRIFT = 0.2
# So many new texts are read at once, while somebody may wait for the result.
AT_ONCE = 48


@dataclass(frozen=True)
class Moved:
    """Whose direction changed, with the marks for `reading.forget`, and why not all texts could be read."""

    keys: frozenset[str] = frozenset()
    marks: tuple[int, ...] = ()
    problem: str = ""
    # More is left to read than was to be read at once.
    is_more: bool = False


def read_all_texts(claims: Sequence[Claim]) -> Moved:
    """Bring the directions of all claims up to date, batch by batch: nothing is held while the encoder reads.

    These must be all there are: the centre may be reckoned anew. The problem is a code of core.nearness.
    """
    wanted = _all_wanted(claims)
    problem = ""
    try:
        bring_up_to_date(wanted.values())
    except nearness.CannotCompare as refusal:
        # What was read before still counts; the rest follows with the next comparison.
        problem = refusal.code
    _centred(wanted)
    return _directed(wanted, problem=problem)


def read_some_texts(claims: Sequence[Claim]) -> Moved:
    """The same for a few that changed. A whole city's texts, and the first centre, are left to the comparison of all."""
    wanted = _all_wanted(claims)
    if not TextCentre.objects.exists():
        return Moved(is_more=bool(wanted))
    try:
        is_more = bring_up_to_date(wanted.values(), most=AT_ONCE) == AT_ONCE
    except nearness.CannotCompare as refusal:
        return replace(_directed(wanted), problem=refusal.code)
    return replace(_directed(wanted), is_more=is_more)


def _all_wanted(claims: Sequence[Claim]) -> dict[str, Wanted]:
    return {claim.key: _wanted(claim) for claim in claims if claim.more.get("texts")}


def _wanted(claim: Claim) -> Wanted:
    return Wanted(claim.subject, claim.id, tuple(claim.more["texts"]))


def _centred(wanted: Mapping[str, Wanted]) -> None:
    """Reckon the centre anew if there is none of today's method, or the texts are a fifth more or fewer."""
    kept = TextCentre.objects.defer("vector").first()
    count = len(wanted)
    is_ours = kept is not None and kept.mark.startswith(f"{nearness.METHOD}:")
    if kept is not None and is_ours and abs(count - kept.text_count) <= DRIFT * kept.text_count:
        return
    vectors = [bytes(one.vectors) for batch in batches(list(wanted.values())) for one in _profiles(batch)]
    vectors = [one for one in vectors if one]
    if not vectors:
        return
    content = centre_of(vectors).astype(numpy.float32).tobytes()
    mark = f"{nearness.METHOD}:{hashlib.sha256(content).hexdigest()[:8]}"
    values = {"vector": content, "mark": mark[:40], "text_count": count}
    TextCentre.objects.update_or_create(is_only=True, defaults=values)


def _directed(wanted: Mapping[str, Wanted], *, problem: str = "") -> Moved:
    """Writes the directions that are missing or of another text or centre; each marked as changed with it."""
    centre = TextCentre.objects.first()
    if centre is None:
        return Moved(problem=problem)
    numbers = vector_from_centre(centre)
    keys: set[str] = set()
    told: list[int] = []
    for batch in batches(list(wanted)):
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
    return Moved(frozenset(keys), tuple(told), problem)


def _profiles(wanted: Collection[Wanted]) -> Iterable[TextVector]:
    by_subject: dict[str, list[int]] = {}
    for one in wanted:
        by_subject.setdefault(one.subject, []).append(one.key)
    for subject, keys in by_subject.items():
        found = TextVector.objects.filter(subject=subject, key__in=keys, method=nearness.METHOD)
        yield from found.defer("grams").order_by("key")
