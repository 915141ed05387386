"""The kept vectors of texts, made in batches by the worker."""

from collections.abc import Iterable
from itertools import islice

from dreiklang.core import nearness
from dreiklang.core.models import TextVector
from dreiklang.papers.queries.compared_texts import Kept, Wanted, is_missing

BATCH = 16


def bring_up_to_date(
    wanted: Iterable[Wanted], *, most: int | None = None, there: Iterable[Kept] | None = None
) -> int:
    """Make what is missing, in batches; returns how many were made. What was made stays when a later one fails.

    `there`: what is kept of these, if the caller has just read it.

    Raises: core.nearness.CannotCompare.
    """
    missing = islice(is_missing(wanted, there=there), most)
    made = 0
    while batch := list(islice(missing, BATCH)):
        for as_documents in (False, True):
            part = [one for one in batch if one.is_document is as_documents]
            # In one order, whoever asks: two who write the same texts in different orders would block each other.
            made += _make(sorted(part, key=lambda one: (one.subject, one.key)), as_documents=as_documents)
    return made


def _make(batch: list[Wanted], *, as_documents: bool) -> int:
    profiles = nearness.describe(texts=[one.text() for one in batch], as_documents=as_documents)
    TextVector.objects.bulk_create(
        [
            TextVector(
                subject=one.subject,
                key=one.key,
                method=nearness.METHOD,
                fingerprint=one.fingerprint,
                vectors=profile.vectors,
                grams=profile.grams,
            )
            for one, profile in zip(batch, profiles, strict=True)
        ],
        update_conflicts=True,
        unique_fields=["subject", "key"],
        update_fields=["method", "fingerprint", "vectors", "grams", "made_at"],
    )
    return len(batch)
