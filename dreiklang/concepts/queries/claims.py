"""What concepts and formal plans claim of the city. `conflicts` compares it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from dreiklang.concepts.models import Concept, ConceptArea, ConceptGoal
from dreiklang.concepts.rules import ConceptKind, ConceptStatus
from dreiklang.core.claims import Claim, Effect
from dreiklang.core.values import Period, Unknown
from dreiklang.goals.rules import LinkSign
from dreiklang.people.rules import Viewer

_FIELDS = (
    "pk",
    "number",
    "title",
    "summary",
    "framework_reference",
    "kind",
    "status",
    "valid_from",
    "valid_to",
    "geometry",
    "lead_department_id",
    "lead_id",
    "deputy_id",
    "successor_id",
)
_IN_FORCE = (ConceptStatus.ADOPTED, ConceptStatus.REVISION)


def concept_claims(viewer: Viewer, *, ids: Collection[int] | None = None) -> Iterator[Claim]:
    """The claims of all concepts, or of those, that are not superseded; by id. Nothing for outsiders.

    `place` is EPSG:4326 as it was drawn. `more["texts"]` holds title, summary and reference to the framework,
    `more["deputy"]` the account that stands in. Four statements.
    """
    if not viewer.is_internal:
        return
    found = _claiming() if ids is None else _claiming().filter(pk__in=ids)
    rows = list(found.order_by("pk").values(*_FIELDS))
    areas, effects = _areas(rows), _effects(rows)
    earlier: dict[int, list[int]] = defaultdict(list)
    before = Concept.objects.filter(successor__in=[row["pk"] for row in rows])
    for successor, pk in before.order_by("pk").values_list("successor_id", "pk"):
        earlier[successor].append(pk)
    for row in rows:
        pk = row["pk"]
        yield _claim(row, areas.get(pk, ()), effects.get(pk, ()), earlier.get(pk, ()))


def _claiming() -> QuerySet[Concept]:
    return Concept.objects.exclude(status=ConceptStatus.SUPERSEDED)


def _areas(rows: Collection[Mapping[str, Any]]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    links = ConceptArea.objects.filter(concept__in=[row["pk"] for row in rows])
    for pk, area in links.order_by("pk").values_list("concept_id", "area_id"):
        found[pk].append(area)
    return found


def _effects(rows: Collection[Mapping[str, Any]]) -> Mapping[int, list[Effect]]:
    found: dict[int, list[Effect]] = defaultdict(list)
    links = ConceptGoal.objects.filter(
        concept__in=[row["pk"] for row in rows], goal__framework__status="valid"
    )
    for pk, goal, sign, weight, reason in links.order_by("concept_id", "goal_id").values_list(
        "concept_id", "goal_id", "sign", "weight", "reason"
    ):
        found[pk].append(Effect(f"goal:{goal}", sign == LinkSign.SUPPORTS, weight, reason))
    return found


def _claim(
    row: Mapping[str, Any], areas: Collection[int], effects: Collection[Effect], earlier: Collection[int]
) -> Claim:
    starts_on, ends_on = row["valid_from"], row["valid_to"]
    lead = row["lead_department_id"]
    relatives = [*earlier, *filter(None, [row["successor_id"]])]
    is_formal = row["kind"] == ConceptKind.FORMAL_PLAN
    return Claim(
        key=f"concept:{row['pk']}",
        number=row["number"],
        title=row["title"],
        place=row["geometry"],
        areas=frozenset(areas),
        period=Unknown("not_stated") if starts_on is None and ends_on is None else Period(starts_on, ends_on),
        effects=tuple(effects),
        kin=frozenset(f"concept:{one}" for one in relatives),
        offices=(lead,) if lead is not None else (),
        person=row["lead_id"],
        is_fixed=is_formal and row["status"] in _IN_FORCE,
        # A concept guides for as long as it is in force: sharing its years with it says little.
        is_lasting=is_formal or row["status"] in _IN_FORCE,
        more={
            "texts": (row["title"], row["summary"], row["framework_reference"]),
            "deputy": row["deputy_id"],
            "has_lead_office": lead is not None,
        },
    )
