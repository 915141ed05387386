"""What measures claim of the city: place, time, effects, who. `conflicts` compares it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from dreiklang.core.claims import Claim, Effect
from dreiklang.core.values import Period, Unknown
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.models import (
    Dependency,
    Involvement,
    Measure,
    MeasureArea,
    MeasureConcept,
    MeasureGoal,
)
from dreiklang.measures.rules import ENDINGS, Duration, InvolvedRole, Phase
from dreiklang.people.rules import Viewer

# Who is only informed does not take part.
_TAKING_PART = (InvolvedRole.INVOLVED, InvolvedRole.CONSULTED, InvolvedRole.CO_SIGNS)
# What is in use or has ended claims nothing any more.
_OVER = (*ENDINGS, Phase.IN_USE)
_FIELDS = (
    "pk",
    "number",
    "title",
    "teaser",
    "description",
    "geometry",
    "starts_on",
    "ends_on",
    "duration",
    "lead_department_id",
    "lead_id",
    "deputy_id",
    "parent_id",
    "topics",
    "current_report__phase",
    "current_report__expected_end_on",
)


def measure_claims(viewer: Viewer, *, ids: Collection[int] | None = None) -> Iterator[Claim]:
    """The claims of all measures, or of those, that are planned or under way; by id. Nothing for outsiders.

    `place` is EPSG:4326 as it was drawn, points and lines too: `conflicts` brings it to metres. `more["texts"]`
    holds title, sentence and description; `more["deputy"]` the account that stands in. Seven statements.
    """
    if not viewer.is_internal:
        return
    found = _claiming() if ids is None else _claiming().filter(pk__in=ids)
    rows = list(found.order_by("pk").values(*_FIELDS))
    links = _Links(rows)
    for row in rows:
        yield _claim(row, links)


def _claiming() -> QuerySet[Measure]:
    return Measure.objects.filter(merged_into=None).exclude(current_report__phase__in=_OVER)


class _Links:
    """What the rows are linked to, read at once."""

    def __init__(self, rows: Collection[Mapping[str, Any]]) -> None:
        ids = [row["pk"] for row in rows]
        self.areas = _grouped(MeasureArea.objects.filter(measure__in=ids), "area_id")
        self.concepts = _grouped(MeasureConcept.objects.filter(measure__in=ids), "concept_id")
        self.needs = _grouped(Dependency.objects.filter(measure__in=ids), "needs_id")
        taking_part = Involvement.objects.filter(measure__in=ids, role__in=_TAKING_PART)
        self.offices = _grouped(taking_part, "department_id")
        self.effects: dict[int, list[Effect]] = defaultdict(list)
        goals = MeasureGoal.objects.filter(measure__in=ids, goal__framework__status="valid")
        for pk, goal, sign, weight, reason in goals.order_by("measure_id", "goal_id").values_list(
            "measure_id", "goal_id", "sign", "weight", "reason"
        ):
            self.effects[pk].append(Effect(f"goal:{goal}", sign == LinkSign.SUPPORTS, weight, reason))
        self.children: dict[int, list[int]] = defaultdict(list)
        parts = Measure.objects.filter(parent__in=ids).order_by("pk").values_list("parent_id", "pk")
        for parent, pk in parts:
            self.children[parent].append(pk)


def _grouped(links: QuerySet[Any], field: str) -> dict[int, list[int]]:
    """Measure → what it is linked to, in the order of linking."""
    found: dict[int, list[int]] = defaultdict(list)
    for pk, other in links.order_by("measure_id", "pk").values_list("measure_id", field):
        found[pk].append(other)
    return found


def _claim(row: Mapping[str, Any], links: _Links) -> Claim:
    pk = row["pk"]
    family = [*links.children.get(pk, ()), *filter(None, [row["parent_id"]])]
    lead, phase = row["lead_department_id"], row["current_report__phase"]
    involved = [one for one in links.offices.get(pk, ()) if one != lead]
    return Claim(
        key=f"measure:{pk}",
        number=row["number"],
        title=row["title"],
        place=row["geometry"],
        areas=frozenset(links.areas.get(pk, ())),
        period=_period(row["starts_on"], row["ends_on"], row["current_report__expected_end_on"]),
        effects=tuple(links.effects.get(pk, ())),
        needs_first=frozenset(f"measure:{one}" for one in links.needs.get(pk, ())),
        kin=frozenset(
            [
                *(f"measure:{one}" for one in family),
                *(f"concept:{one}" for one in links.concepts.get(pk, ())),
            ]
        ),
        offices=tuple(dict.fromkeys([*filter(None, [lead]), *involved])),
        person=row["lead_id"],
        topics=frozenset(str(one) for one in row["topics"] or ()),
        is_fixed=phase == Phase.IMPLEMENTATION,
        is_lasting=row["duration"] == Duration.CONTINUOUS,
        more={
            "texts": (row["title"], row["teaser"], row["description"]),
            "deputy": row["deputy_id"],
            "has_lead_office": lead is not None,
        },
    )


def _period(starts_on: date | None, ends_on: date | None, expected: date | None) -> Period | Unknown:
    """From the begin to the day it is expected to end; the day once decided, where no report says more.

    An expected end before the begin is older than the begin: somebody moved it since. It says nothing any more.
    """
    ends = [day for day in (expected, ends_on) if day and (starts_on is None or day >= starts_on)]
    end = ends[0] if ends else None
    return Unknown("not_stated") if starts_on is None and end is None else Period(starts_on, end)
