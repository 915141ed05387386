"""Who uses the values of a dataset: indicators, what is reckoned from them, and what hangs on either."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from dreiklang.core.records import Ref
from dreiklang.core.search import SortKey
from dreiklang.goals.queries import goal_labels, page_address
from dreiklang.measures.queries import visible as visible_measures
from dreiklang.monitoring.models import Dataset, IndicatorGoal, MeasureIndicator
from dreiklang.monitoring.queries.catalogue import in_force
from dreiklang.monitoring.queries.labels import address
from dreiklang.monitoring.queries.visibility import (
    SHOWN,
    visible_criteria,
    visible_indicators,
    visible_observations,
)
from dreiklang.monitoring.rules.formulas import CannotParse, Formula, dependents, parse
from dreiklang.monitoring.rules.values import RegionLevel
from dreiklang.people.rules import Viewer

_DISTRICTS = (RegionLevel.CITY_PART, RegionLevel.AREA)


@dataclass(frozen=True)
class DatasetUses:
    """Who uses a dataset. `direct` by the quantity their values lie in; `derived` are reckoned from these, by formula.

    delivered  those whose values lie elsewhere, but came here too: the city's own lists fill what tables began
    mapped     those that stand in the profiles of districts and on maps: with values in districts, or reckoned from such
    """

    direct: Mapping[int, Sequence[Ref]]
    delivered: Sequence[Ref]
    derived: Sequence[Ref]
    mapped: Sequence[Ref]
    goals: Sequence[Ref]
    measures: Sequence[Ref]
    criteria: Sequence[Ref]


def dataset_uses(viewer: Viewer, *, dataset: Dataset) -> DatasetUses:
    """What of all this the viewer may know of, also on the way from one to the next. Four statements at most."""
    direct: dict[int, list[Ref]] = {}
    delivered: list[Ref] = []
    formulas: dict[str, str] = {}
    names: dict[str, Ref] = {}
    mapped: set[str] = set()
    for row in _rows(viewer, dataset):
        names[row["key"]] = Ref(row["key"], row["name"], address(row["key"]))
        if row["formula"]:
            formulas[row["key"]] = row["formula"]
            continue
        mapped |= {row["key"]} if row["has_districts"] else set()
        if row["quantity__dataset"] == dataset.pk:
            direct.setdefault(row["quantity"], []).append(names[row["key"]])
        else:
            delivered.append(names[row["key"]])
    first = {ref.key for refs in (*direct.values(), delivered) for ref in refs}
    parsed = _parsed(formulas) if first else {}
    derived = dependents(parsed, of=first)
    mapped |= dependents(parsed, of=mapped)
    keys = first | derived
    return DatasetUses(
        direct=direct,
        delivered=delivered,
        derived=[ref for key, ref in names.items() if key in derived],
        mapped=[ref for key, ref in names.items() if key in mapped],
        goals=_goals(viewer, keys),
        measures=_measures(viewer, keys),
        criteria=_criteria(viewer, keys),
    )


def _rows(viewer: Viewer, dataset: Dataset) -> Any:
    """Those whose values lie here or came from here, and all that have a formula, by name."""
    here = Q(quantity__dataset=dataset)
    in_districts = visible_observations(viewer).filter(
        here | Q(delivery__dataset=dataset),
        quantity=OuterRef("quantity"),
        region__level__in=_DISTRICTS,
        state__in=SHOWN,
    )
    brought = in_force().filter(dataset=dataset, quantities__isnull=False).values("quantities")
    asked = visible_indicators(viewer).filter(here | Q(quantity__in=brought) | ~Q(formula=""))
    named = asked.annotate(has_districts=Exists(in_districts)).order_by(SortKey("name"), "pk")
    return named.values("key", "name", "formula", "quantity", "quantity__dataset", "has_districts")


def _parsed(formulas: Mapping[str, str]) -> dict[str, Formula]:
    found = {}
    for key, text in formulas.items():
        with suppress(CannotParse):
            found[key] = parse(text)
    return found


def _goals(viewer: Viewer, keys: set[str]) -> list[Ref]:
    if not keys:
        return []
    links = IndicatorGoal.objects.filter(indicator__key__in=keys).values_list("goal_id", flat=True)
    names = goal_labels(viewer, ids=links)
    return [Ref(one.number, one.title, one.url) for one in names.values()]


def _measures(viewer: Viewer, keys: set[str]) -> list[Ref]:
    if not keys:
        return []
    linked = MeasureIndicator.objects.filter(indicator__key__in=keys).values("measure")
    rows = visible_measures(viewer).filter(Q(pk__in=linked)).order_by("number", "pk")
    return [
        Ref(number, title, reverse("measures:measure", kwargs={"number": number}))
        for number, title in rows.values_list("number", "title")
    ]


def _criteria(viewer: Viewer, keys: set[str]) -> list[Ref]:
    """Those in force, each with the number of its goal."""
    if not keys:
        return []
    found = visible_criteria(viewer).filter(indicator__key__in=keys, retired_on=None)
    rows = found.order_by("goal__position", "goal", "position", "pk").values_list(
        "pk", "number", "text", "goal__number", "goal__framework__status", "goal__framework__label"
    )
    return [
        Ref(
            f"{goal} {number}",
            text,
            f"{page_address('monitoring:goal-criteria', goal, status, label)}#kriterium-{pk}",
        )
        for pk, number, text, goal, status, label in rows
    ]
