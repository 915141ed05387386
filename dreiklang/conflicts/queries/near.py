"""Which claims lie near a draft, and what would arise between them: never all claims, only what the indexes give."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import shapely
from django.db import connection
from shapely.geometry.base import BaseGeometry

from dreiklang.conflicts.queries.draft_texts import draft_vector
from dreiklang.conflicts.queries.records import DraftClaim
from dreiklang.conflicts.queries.stored import FIELDS, claim_of, metric_places
from dreiklang.conflicts.queries.thresholds import LIMITS_SQL, limits_from
from dreiklang.conflicts.rules import Finding
from dreiklang.conflicts.rules.comparing import compare_with
from dreiklang.core.claims import Claim, Effect
from dreiklang.core.geometry import cube_text
from dreiklang.core.metres import WEST_ZONE, zone_of
from dreiklang.core.values import Period, Unknown

# What is being typed, among claims that are stored under the keys of their records.
OWN = "draft:0"
# What is read at most; what shares the place comes first.
MOST_READ = 200
# Words of a title this long say what it is about.
TELLING = 6
NEAR_DAYS = 366
# Asked with every letter typed, so it is written out: to put it together anew took longer than to answer it. What
# the draft does not say is NULL or an empty list, which no index finds.
_NEAR = f"""
SELECT key, number, title, geometry, area_ids, starts_on, ends_on, has_period, office_ids, person_id, content,
       goal_ids, vector, is_gone, {LIMITS_SQL} AS limits
FROM conflicts_storedclaim
WHERE NOT is_gone
  AND (bounds && %(bounds)s::cube
       OR area_ids && %(areas)s::bigint[]
       OR goal_ids && %(goals)s::bigint[]
       OR key = ANY(%(needs)s::text[])
       OR sort_key(title) LIKE sort_key(%(word)s::text)
       OR sort_key(title) LIKE sort_key(%(other_word)s::text))
  AND NOT key = ANY(%(own)s::text[])
  AND (ends_on IS NULL OR ends_on >= %(earliest)s)
  AND (starts_on IS NULL OR starts_on <= %(latest)s)
ORDER BY bounds && %(bounds)s::cube DESC NULLS LAST, id DESC
LIMIT %(most)s
"""  # noqa: S608  # what is put in is a constant of ours
_COLUMNS = (*FIELDS, "goal_ids", "vector", "is_gone", "limits")


@dataclass(frozen=True)
class Met:
    """The draft as a claim, the claims near it with their rows, and the findings between them.

    `vector` is the direction of the draft's text; None where it was not read.
    """

    own: Claim
    rows: Sequence[dict[str, Any]]
    claims: Sequence[Claim]
    findings: Sequence[Finding]
    least_strength: float
    vector: Any


def met(draft: DraftClaim, *, today: date) -> Met | None:
    """The draft compared with what lies near it; None where nothing does. One statement, two with a text."""
    rows = _rows_near(draft)
    if not rows:
        return None
    # All that is compared here lies near the draft: any zone serves, as long as it is one.
    zone = zone_of(draft.place.bounds[0]) if draft.place is not None and is_drawn(draft) else WEST_ZONE
    vector, thresholds = draft_vector(draft), limits_from(rows[0]["limits"])
    place, *places = metric_places([draft.place, *(row["geometry"] for row in rows)], zone=zone)
    own, claims = _claim(draft, place, vector), [claim_of(*one) for one in zip(rows, places, strict=True)]
    findings = compare_with([own], claims, limits=thresholds, today=today)
    return Met(own, rows, claims, findings, thresholds.least_strength, vector)


def is_drawn(draft: DraftClaim) -> bool:
    """Whether the draft has a place on the map."""
    return draft.place is not None and not draft.place.is_empty


def _rows_near(draft: DraftClaim) -> list[dict[str, Any]]:
    """What shares place, district and theme, or words of the title; what shares the place first, then the newest."""
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, _asked(draft))
        rows = [dict(zip(_COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    places = shapely.from_wkb([row["geometry"] for row in rows])
    # One text for all of them is read in half the time.
    contents = json.loads(f"[{','.join(row['content'] for row in rows)}]")
    for row, place, content in zip(rows, places, contents, strict=True):
        row["geometry"], row["content"] = place, content
    return rows


def _asked(draft: DraftClaim) -> dict[str, Any]:
    areas, goals = sorted(draft.area_ids), [goal for goal, _supports, _weight in draft.goals]
    # Names are looked through only where nothing else says what it is near to.
    words = _telling(draft.title) if not areas and not is_drawn(draft) else []
    word, other_word, *_more = [*words, None, None]
    start, end = draft.starts_on, draft.ends_on
    return {
        "bounds": cube_text(draft.place.bounds) if draft.place is not None and is_drawn(draft) else None,
        "areas": areas,
        "goals": [] if areas else goals,
        # What acts on the same indicators is known by its key, too.
        "needs": sorted(draft.needs_first | draft.rivals),
        "word": word,
        "other_word": other_word,
        "own": [draft.own_key, *draft.kin],
        # What lies more than a year before or after is no neighbour; what has no dates may be one.
        "earliest": date.min if start is None else _moved(start, -NEAR_DAYS),
        "latest": date.max if end is None else _moved(end, NEAR_DAYS),
        "most": MOST_READ,
    }


def _telling(title: str) -> list[str]:
    """The two longest words of a title as patterns: enough to find what is called alike."""
    words = {word.strip(".,;:()„“\"'–-") for word in title.split()}
    longest = sorted((one for one in words if len(one) >= TELLING), key=lambda one: (-len(one), one))[:2]
    return [f"%{_literal(word)}%" for word in longest]


def _literal(word: str) -> str:
    """The word where LIKE would read signs of its own."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _claim(draft: DraftClaim, place: BaseGeometry | None, vector: Any) -> Claim:
    start, end = draft.starts_on, draft.ends_on
    if start and end and end < start:
        # Half typed: only the begin is sure.
        end = None
    return Claim(
        key=OWN,
        number="",
        title=draft.title,
        place=place,
        areas=draft.area_ids,
        period=Period(start, end) if start or end else Unknown("not_stated"),
        effects=(
            *(Effect(f"goal:{goal}", supports, weight) for goal, supports, weight in draft.goals),
            *(Effect(f"indicator:{pk}", supports, weight) for pk, supports, weight in draft.indicators),
        ),
        vector=vector,
        needs_first=draft.needs_first,
        kin=draft.kin,
        offices=draft.office_ids,
        is_lasting=draft.is_lasting,
    )
