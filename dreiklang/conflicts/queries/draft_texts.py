"""How near a text that is being typed is to what is claimed: by meaning where the encoder answers at once, else by words."""

import threading
from array import array
from collections.abc import Collection, Mapping
from math import log, sqrt
from typing import Any

import numpy

from dreiklang.conflicts.models import TextCentre
from dreiklang.conflicts.queries.records import DraftClaim
from dreiklang.conflicts.queries.stored import vector_from
from dreiklang.conflicts.rules.text_directions import direction
from dreiklang.core import nearness
from dreiklang.core.models import TextVector
from dreiklang.core.nearness import grams
from dreiklang.papers.rules.drafts import target_text

# Less says nothing yet; and nobody waits longer while typing.
ENOUGH = 60
SECONDS = 1.5
# Of the wording alone, less than this is chance.
LEAST_WORDING = 0.15
_PLACES = grams.PLACES - 1


def draft_vector(draft: DraftClaim) -> Any:
    """The draft's direction; None where too little was typed, or the encoder is busy, broken or just being started."""
    if len(f"{draft.title} {draft.text}".strip()) < ENOUGH:
        return None
    centre = TextCentre.objects.first()
    if centre is None:
        return None
    profile = _described(draft)
    return None if profile is None else direction(profile.vectors, centre=vector_from_centre(centre))


def by_meaning(vector: Any, rows: Collection[Mapping[str, Any]]) -> Mapping[str, float]:
    """How near the direction is to those of the rows (`key`, `vector`); only what is near at all."""
    found = {
        row["key"]: float(vector_from(row["vector"]) @ vector) for row in rows if row["vector"] is not None
    }
    return {key: round(value, 3) for key, value in found.items() if value > 0}


def vector_from_centre(centre: TextCentre) -> Any:
    """The kept centre as numbers."""
    return numpy.frombuffer(bytes(centre.vector), dtype=numpy.float32)


def _described(draft: DraftClaim) -> nearness.Profile | None:
    """Asked in a thread of its own, so that a slow answer only warms the encoder up for the next letter typed."""
    answer: list[nearness.Profile] = []
    text = target_text((draft.title, draft.text))

    def ask() -> None:
        try:
            answer.extend(nearness.describe(texts=[text], as_documents=False))
        except nearness.CannotCompare:
            return

    asking = threading.Thread(target=ask, daemon=True, name="draft-encoder")
    asking.start()
    asking.join(SECONDS)
    return answer[0] if answer else None


def by_words(draft: DraftClaim, keys: Collection[str]) -> Mapping[str, float]:
    """How much wording the draft shares with those claims; chance left out. One statement."""
    said = f"{draft.title} {draft.text}".strip()
    if not said:
        return {}
    own = _runs(grams.counted([said]))
    names = {(subject, int(pk)): key for key in keys for subject, _, pk in [key.partition(":")]}
    rows = TextVector.objects.filter(
        subject__in={subject for subject, _pk in names}, key__in={pk for _subject, pk in names}
    )
    found: dict[str, float] = {}
    for subject, pk, kept in rows.values_list("subject", "key", "grams"):
        key = names.get((subject, pk))
        if key is not None and (value := _cosine(own, _runs(bytes(kept)))) >= LEAST_WORDING:
            found[key] = round(value, 3)
    return found


def _runs(counted: bytes) -> dict[int, float]:
    return {run & _PLACES: 1 + log(run >> 18 or 1) for run in array("I", counted)}


def _cosine(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    """Of short and long texts: how much of the shorter one is in the longer."""
    shared = sum(weight * other[run] for run, weight in one.items() if run in other)
    norms = sqrt(sum(w * w for w in one.values())) * sqrt(sum(w * w for w in other.values()))
    return shared / norms if norms else 0.0
