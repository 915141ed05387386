"""Parties by name, and what the keys in a finding's facts are called. Constant statements for any number."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.urls import reverse

from dreiklang.conflicts.models import StoredClaim
from dreiklang.conflicts.queries.records import Names, Party
from dreiklang.conflicts.queries.stored import FIELDS, goal_of, indicator_of, period_of
from dreiklang.core.values import Unknown
from dreiklang.goals.queries import goal_labels
from dreiklang.monitoring.queries import indicator_labels
from dreiklang.people.queries import accounts_by_id, departments_by_id
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import areas

_PAGES = {"measure": "measures:measure", "concept": "concepts:concept", "check": "papers:check"}


def parties_of(viewer: Viewer, keys: Collection[str]) -> dict[str, Party]:
    """The claims of those keys by key, those that claim nothing any more too. Four statements; nothing for outsiders."""
    if not viewer.is_internal or not keys:
        return {}
    rows = list(StoredClaim.objects.filter(key__in=set(keys)).values(*FIELDS, "is_gone"))
    return named_parties(viewer, rows)


def named_parties(
    viewer: Viewer, rows: Collection[Mapping[str, Any]], *, districts: Mapping[int, str] | None = None
) -> dict[str, Party]:
    """The same for rows that were read already (FIELDS and `is_gone`). Three statements; two with districts' names."""
    people = accounts_by_id({row["person_id"] for row in rows if row["person_id"] is not None})
    offices = departments_by_id({pk for row in rows for pk in row["office_ids"]})
    if districts is None:
        districts = district_names(viewer, {pk for row in rows for pk in row["area_ids"]})
    return {
        row["key"]: Party(
            key=row["key"],
            number=row["number"],
            title=row["title"],
            url=address_of(row["key"], row["number"]),
            # Who left can no longer be asked; the office stands beside it.
            lead=people[row["person_id"]].name if row["person_id"] in people else "",
            lead_id=row["person_id"],
            offices=tuple(offices[pk].name for pk in row["office_ids"] if pk in offices),
            office_ids=tuple(row["office_ids"]),
            areas=tuple(districts[pk] for pk in row["area_ids"] if pk in districts),
            period=period_of(row),
            place=row["geometry"],
            is_fixed=row["content"]["is_fixed"],
            is_lasting=row["content"]["is_lasting"],
            is_gone=row["is_gone"],
        )
        for row in rows
    }


def district_names(viewer: Viewer, ids: Collection[int]) -> Mapping[int, str]:
    """Id → name. One statement."""
    return {one.pk: one.name for one in areas(viewer, ids=ids)} if ids else {}


def address_of(key: str, number: str) -> str:
    """The page of the record behind a claim."""
    page = _PAGES.get(key.partition(":")[0])
    return reverse(page, args=[number]) if page else ""


def with_unknown(keys: Iterable[str], found: Mapping[str, Party]) -> tuple[Party, ...]:
    """The parties in that order; a claim nobody kept stands with its key."""
    return tuple(found.get(key) or _unknown(key) for key in keys)


def names_in(viewer: Viewer, facts: Iterable[Mapping[str, Any]], parties: Mapping[str, Party]) -> Names:
    """What the keys in facts and the parties are called: "measure:12", "goal:3", "indicator:7", "office:4".

    Two statements; one more where indicators are among them.
    """
    goals: set[int] = set()
    indicators: set[int] = set()
    offices: set[int] = set()
    for one in facts:
        acted_on = [str(on.get("key", "")) for on in one.get("on", ())]
        goals.update(pk for key in acted_on if (pk := goal_of(key)) is not None)
        indicators.update(pk for key in acted_on if (pk := indicator_of(key)) is not None)
        if isinstance(one.get("office"), int):
            offices.add(one["office"])
    found = {
        f"goal:{pk}": f"{g.number} {g.title}".strip() for pk, g in goal_labels(viewer, ids=goals).items()
    }
    if indicators:
        labels = indicator_labels(viewer, ids=indicators)
        found |= {f"indicator:{pk}": ref.title for pk, ref in labels.items()}
    found |= {f"office:{pk}": one.name for pk, one in departments_by_id(offices).items()}
    return found | {key: f"{one.number} {one.title}" for key, one in parties.items()}


def _unknown(key: str) -> Party:
    return Party(
        key, "", key, "", "", None, (), (), (), Unknown("not_stated"), None, False, False, is_gone=True
    )
