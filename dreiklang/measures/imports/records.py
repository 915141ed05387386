"""Measures of a list in the store: what there is in the form of an import's values, and writing many at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from dreiklang.concepts.queries.lookups import concept_ids
from dreiklang.core.imports.contract import Candidate, ChangedRow
from dreiklang.core.imports.linking import link_exactly
from dreiklang.goals.queries.written_links import goal_ids, task_ids
from dreiklang.measures.models import (
    Brief,
    Dependency,
    Involvement,
    Measure,
    MeasureArea,
    MeasureConcept,
    MeasureGoal,
    MeasurePartner,
    MeasureTask,
)
from dreiklang.people.queries import account_ids, department_ids
from dreiklang.places.queries import area_ids, area_label

# field of the list → its label; the field of the brief is the name without "brief_"
BRIEF = {
    "brief_context": "Auftrag Kontext",
    "brief_aims": "Auftrag Ziele",
    "brief_interfaces": "Auftrag Schnittstellen",
    "brief_information_flow": "Auftrag Informationsfluss",
    "brief_decision_way": "Auftrag Entscheidungsweg",
}
PLAIN = (
    "title",
    "teaser",
    "description",
    "task_type",
    "duration",
    "starts_words",
    "ends_words",
    "cost_words",
    "cost_is_approximate",
    "place_words",
    "topics",
    "resolution_reference",
    "visibility",
    "note",
    "source_note",
)
DAYS = ("starts_on", "ends_on", "cost_price_on", "resolution_on")
PEOPLE = ("lead", "deputy")
LINK_FACTS = ("sign", "weight", "reason", "is_main")


def stored_values(numbers: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Number → values; a constant number of statements."""
    related = ("lead_department", "lead", "deputy", "parent", "brief")
    columns = ("number", "cost_eur", *PLAIN, *DAYS)
    keys = ("lead_department__key", "lead__email", "deputy__email", "parent__number")
    briefs = (
        "brief__context",
        "brief__aims",
        "brief__interfaces",
        "brief__information_flow",
        "brief__decision_way",
    )
    rows = Measure.objects.filter(number__in=numbers).select_related(*related)
    found = {row["pk"]: row for row in rows.values("pk", *columns, *keys, *briefs, "brief__agreed_on")}
    links = _links(found)
    return {row["number"]: _values(row) | links[pk] for pk, row in found.items()}


def write_measures(*, new: Sequence[Candidate], changed: Sequence[ChangedRow]) -> dict[str, Measure]:
    """New measures, what changed, then all links; returns the written measures by number."""
    given = {one.key: dict(one.values) for one in new} | {row.candidate.key: row.after for row in changed}
    if not given:
        return {}
    stored = Measure.objects.filter(number__in=[row.candidate.key for row in changed]).defer(
        "search", "geometry"
    )
    touched = list(stored)
    fresh = [Measure(number=one.key) for one in new]
    measures = {one.number: one for one in (*touched, *fresh)}
    departments = department_ids(
        _named(given.values(), "lead_department") | _listed(given.values(), "involved")
    )
    people = account_ids({one for name in PEOPLE for one in _named(given.values(), name)})
    for number, values in given.items():
        _apply(measures[number], values, departments, people)
    Measure.objects.bulk_create(fresh, batch_size=1000)
    now = timezone.now()
    for measure in touched:
        measure.version += 1
        measure.changed_at = now
    columns = [*PLAIN, *DAYS, *PEOPLE, "cost_eur", "lead_department", "version", "changed_at"]
    Measure.objects.bulk_update(touched, columns, batch_size=500)
    _set_parents(measures, given)
    _link_all({measures[number].pk: values for number, values in given.items()}, departments)
    _write_briefs({measures[number].pk: values for number, values in given.items()})
    return measures


def _named(given: Iterable[Mapping[str, Any]], name: str) -> set[str]:
    return {one[name] for one in given if one.get(name)}


def _listed(given: Iterable[Mapping[str, Any]], name: str) -> set[str]:
    return {key for one in given for key in one.get(name) or ()}


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _values(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": row["number"],
        **{name: row[name] for name in PLAIN},
        **{name: _iso(row[name]) for name in DAYS},
        "cost_eur": None if row["cost_eur"] is None else str(row["cost_eur"]),
        "lead_department": row["lead_department__key"],
        "lead": row["lead__email"],
        "deputy": row["deputy__email"],
        "parent": row["parent__number"],
        **{name: row[f"brief__{name.removeprefix('brief_')}"] or "" for name in BRIEF},
        "brief_agreed_on": _iso(row["brief__agreed_on"]),
    }


def _links(measure_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Measure id → everything it names, sorted as an import's values are."""
    kinds = ("goals", "tasks", "areas", "concepts", "involved", "partners", "needs_first")
    found: dict[int, dict[str, Any]] = {pk: {kind: [] for kind in kinds} for pk in measure_ids}
    mine = {"measure_id__in": list(measure_ids)}
    for link in MeasureGoal.objects.filter(**mine).values("measure_id", "goal__number", *LINK_FACTS):
        facts = {name: link[name] for name in LINK_FACTS}
        found[link["measure_id"]]["goals"].append({"goal": link["goal__number"], **facts})
    for pk, key, name in MeasureArea.objects.filter(**mine).values_list(
        "measure_id", "area__key", "area__name"
    ):
        found[pk]["areas"].append(area_label(key, name))
    for kind, model, path in (
        ("tasks", MeasureTask, "task__number"),
        ("concepts", MeasureConcept, "concept__number"),
        ("involved", Involvement, "department__key"),
        ("partners", MeasurePartner, "name"),
        ("needs_first", Dependency, "needs__number"),
    ):
        for pk, key in model.objects.filter(**mine).values_list("measure_id", path):
            found[pk][kind].append(key)
    for values in found.values():
        values["goals"].sort(key=lambda link: link["goal"])
        for kind in kinds[1:]:
            values[kind].sort()
    return found


def _apply(
    measure: Measure, given: Mapping[str, Any], departments: Mapping[str, int], people: Mapping[str, int]
) -> None:
    for name in given.keys() & set(PLAIN):
        setattr(measure, name, given[name])
    for name in given.keys() & set(DAYS):
        setattr(measure, name, date.fromisoformat(given[name]) if given[name] else None)
    for name in given.keys() & set(PEOPLE):
        setattr(measure, f"{name}_id", people.get(given[name] or ""))
    if "cost_eur" in given:
        measure.cost_eur = Decimal(given["cost_eur"]) if given["cost_eur"] is not None else None
    if "lead_department" in given:
        measure.lead_department_id = departments.get(given["lead_department"] or "")


def _set_parents(measures: Mapping[str, Measure], given: Mapping[str, Mapping[str, Any]]) -> None:
    """Parents after all measures are there: a part may stand above its parent in the list."""
    wanted = {number: values["parent"] for number, values in given.items() if "parent" in values}
    ids = _ids({parent for parent in wanted.values() if parent})
    moved = []
    for number, parent in wanted.items():
        parent_id = ids[parent] if parent else None
        if measures[number].parent_id != parent_id:
            measures[number].parent_id = parent_id
            moved.append(measures[number])
    Measure.objects.bulk_update(moved, ["parent"], batch_size=500)


def _ids(numbers: Collection[str]) -> dict[str, int]:
    return dict(Measure.objects.filter(number__in=numbers).values_list("number", "pk"))


def _link_all(given: Mapping[int, Mapping[str, Any]], departments: Mapping[str, int]) -> None:
    """Exactly the links that a list says, kind by kind; a kind that it does not name stays as it is."""
    goals = {pk: values["goals"] for pk, values in given.items() if "goals" in values}
    numbers = goal_ids({link["goal"] for links in goals.values() for link in links})
    wanted = {
        (pk, numbers[link["goal"]]): {name: link[name] for name in LINK_FACTS}
        for pk, links in goals.items()
        for link in links
    }
    link_exactly(MeasureGoal, owner="measure", other="goal", owners=goals, wanted=wanted)
    for kind, model, other, ids in (
        ("tasks", MeasureTask, "task", task_ids(_listed(given.values(), "tasks"))),
        ("areas", MeasureArea, "area", area_ids(_listed(given.values(), "areas"))),
        ("concepts", MeasureConcept, "concept", concept_ids(_listed(given.values(), "concepts"))),
        ("involved", Involvement, "department", departments),
        ("needs_first", Dependency, "needs", _ids(_listed(given.values(), "needs_first"))),
    ):
        named = {pk: values[kind] for pk, values in given.items() if kind in values}
        pairs: dict[tuple[int, int], dict[str, Any]] = {
            (pk, ids[one]): {} for pk, keys in named.items() for one in keys
        }
        link_exactly(model, owner="measure", other=other, owners=named, wanted=pairs)
    _link_partners({pk: values["partners"] for pk, values in given.items() if "partners" in values})


def _link_partners(given: Mapping[int, Sequence[str]]) -> None:
    """Partners have no record of their own; those who stay keep the role that was agreed."""
    stored = {
        (one.measure_id, one.name): one.pk for one in MeasurePartner.objects.filter(measure_id__in=given)
    }
    wanted = {(pk, name) for pk, names in given.items() for name in names}
    gone = [pk for pair, pk in stored.items() if pair not in wanted]
    if gone:
        MeasurePartner.objects.filter(pk__in=gone).delete()
    MeasurePartner.objects.bulk_create(
        MeasurePartner(measure_id=pk, name=name) for pk, name in sorted(wanted - set(stored))
    )


def _write_briefs(given: Mapping[int, Mapping[str, Any]]) -> None:
    """The brief's fields that a list gives; a brief of which nothing is said is not made."""
    named = {
        pk: _brief(values) for pk, values in given.items() if any(key.startswith("brief_") for key in values)
    }
    stored = {one.measure_id: one for one in Brief.objects.filter(measure_id__in=named)}
    fresh = [
        Brief(measure_id=pk, **fields)
        for pk, fields in named.items()
        if pk not in stored and any(fields.values())
    ]
    Brief.objects.bulk_create(fresh)
    for pk, brief in stored.items():
        for name, value in named[pk].items():
            setattr(brief, name, value)
        brief.version += 1
    columns = [name.removeprefix("brief_") for name in BRIEF]
    Brief.objects.bulk_update(stored.values(), [*columns, "agreed_on", "version"])


def _brief(values: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name.removeprefix("brief_"): values[name] for name in BRIEF if name in values}
    if "brief_agreed_on" in values:
        agreed = values["brief_agreed_on"]
        fields["agreed_on"] = date.fromisoformat(agreed) if agreed else None
    return fields
