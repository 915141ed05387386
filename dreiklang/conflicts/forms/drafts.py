"""What somebody is typing into the form of a measure, a concept or a check, as a claim that could be compared.

Half-typed values are everyday here: what cannot be read yet counts as not said, nobody is refused.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from shapely.geometry.base import BaseGeometry

from dreiklang.conflicts.forms.typed import typed_id, typed_text
from dreiklang.conflicts.queries import DraftClaim
from dreiklang.core.imports.place_options import SRIDS
from dreiklang.core.place_form import LARGEST, CannotPlace, place_of
from dreiklang.core.tables import CannotRead
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.queries import ids_of
from dreiklang.measures.rules import Duration
from dreiklang.people.rules import Viewer

# Enough to know what a text is about.
MOST_LETTERS = 20_000
MOST_GOALS = 60
_KNOWN_SRIDS = frozenset(srid for srid, _name in SRIDS)
SUBJECTS = ("measure", "concept", "check")
WITH_PLACE = ("measure", "concept")
# Each at most as large as a file may be.
KEPT_PLACES = 8


def subject_of(about: str) -> str:
    """What "measure:12" or "measure" is about; empty for anything else."""
    subject, _, pk = about.partition(":")
    is_known = subject in SUBJECTS and (not pk or typed_id(pk) is not None)
    return subject if is_known else ""


def draft_in(
    viewer: Viewer,
    said: QueryDict,
    *,
    files: Mapping[str, Any],
    subject: str,
    kept: DraftClaim,
) -> DraftClaim:
    """The draft: what was typed or chosen as a file, on top of what is kept of the record."""
    draft = _READERS[subject](viewer, said, kept)
    chosen = files.get("place_file") if subject in WITH_PLACE and not said.get("place_removed") else None
    # As the form itself: a file counts before what was pasted.
    if isinstance(chosen, UploadedFile) and chosen.size is not None and chosen.size <= LARGEST:
        draft = replace(draft, place=_placed(chosen.read(), _srid(said), chosen.name or "") or draft.place)
    return replace(draft, title=draft.title[:600], text=draft.text[:MOST_LETTERS])


def _measure(viewer: Viewer, said: QueryDict, kept: DraftClaim) -> DraftClaim:
    return replace(
        kept,
        title=typed_text(said, "title"),
        text="\n".join(filter(None, [typed_text(said, "teaser"), typed_text(said, "description")])),
        place=_place(said, kept.place),
        area_ids=frozenset(_ids(said.getlist("areas"))),
        starts_on=_day(said, "starts_on"),
        ends_on=_day(said, "ends_on"),
        goals=_goals(said),
        kin=kept.kin | {f"concept:{pk}" for pk in _ids(said.getlist("concepts"))},
        needs_first=_needs(viewer, typed_text(said, "needs_first")),
        office_ids=_ids(said.getlist("lead_department_id")),
        is_lasting=said.get("duration") == Duration.CONTINUOUS,
    )


def _concept(viewer: Viewer, said: QueryDict, kept: DraftClaim) -> DraftClaim:
    return replace(
        kept,
        title=typed_text(said, "title"),
        text=typed_text(said, "summary") or typed_text(said, "framework_reference"),
        place=_place(said, kept.place),
        area_ids=frozenset(_ids(said.getlist("area_ids"))),
        starts_on=_day(said, "valid_from"),
        ends_on=_day(said, "valid_to"),
        office_ids=_ids(said.getlist("lead_department_id")),
    )


def _check(viewer: Viewer, said: QueryDict, kept: DraftClaim) -> DraftClaim:
    return replace(
        kept,
        title=typed_text(said, "title") or kept.title,
        text=typed_text(said, "text"),
        starts_on=_day(said, "committee_on") or kept.starts_on,
        kin=kept.kin | {f"concept:{pk}" for pk in _ids(said.getlist("concept_id"))},
        office_ids=_ids(said.getlist("department_id")),
    )


_READERS: dict[str, Callable[[Viewer, QueryDict, DraftClaim], DraftClaim]] = {
    "measure": _measure,
    "concept": _concept,
    "check": _check,
}


def _ids(given: Sequence[str]) -> tuple[int, ...]:
    return tuple(pk for one in given if (pk := typed_id(one)) is not None)


def _day(said: QueryDict, name: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(typed_text(said, name))
    return None


def _goals(said: QueryDict) -> tuple[tuple[int, bool, int], ...]:
    """The lines of the goal form: goal, effect, weight; each goal once."""
    found: dict[int, tuple[int, bool, int]] = {}
    for line in range(MOST_GOALS):
        for goal in _ids([said.get(f"ziel-{line}-goal", "")]):
            weight = next(iter(_ids([said.get(f"ziel-{line}-weight", "")])), 1)
            supports = said.get(f"ziel-{line}-sign") != LinkSign.HINDERS
            found[goal] = (goal, supports, min(max(weight, 1), 3))
    return tuple(found.values())


def _needs(viewer: Viewer, given: str) -> frozenset[str]:
    numbers = [one.strip() for one in given.split(";") if one.strip()]
    return (
        frozenset(f"measure:{pk}" for pk in ids_of(viewer, numbers=numbers).values())
        if numbers
        else frozenset()
    )


def _place(said: QueryDict, kept: BaseGeometry | None) -> BaseGeometry | None:
    """The pasted place, read as the form reads it; the kept one as long as nothing is pasted that can be read."""
    if said.get("place_removed"):
        return None
    pasted = typed_text(said, "place_text")
    if not pasted or len(pasted) > LARGEST:
        return kept
    return _placed(pasted.encode(), _srid(said), "") or kept


def _srid(said: QueryDict) -> str:
    srid = str(said.get("place_srid", ""))
    return srid if srid in _KNOWN_SRIDS else ""


@lru_cache(maxsize=KEPT_PLACES)
def _placed(source: bytes, srid: str, file_name: str) -> BaseGeometry | None:
    """None for what cannot be read. Kept, since the panel sends the same file with every pause in typing."""
    try:
        return place_of(source, srid=srid, file_name=file_name)
    except (CannotRead, CannotPlace):
        return None
