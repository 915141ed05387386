"""A measure is created and edited; two editors notice each other."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.errors import ChangedMeanwhile, Refused
from dreiklang.core.history import acting
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.models import (
    Dependency,
    Measure,
    MeasureArea,
    MeasureConcept,
    MeasureGoal,
    MeasureTask,
)
from dreiklang.measures.permissions import CREATE, EDIT
from dreiklang.measures.rules import reaches
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

# Words that stand in addresses where a number stands.
RESERVED = frozenset({"anlegen", "freigaben", "export.csv", "export.xlsx"})


class CannotSave(Refused):
    """The measure cannot be saved: `number_taken`, `number_reserved`, `part_of_itself`, `needs_itself`,
    `no_such_measure`, `two_main_goals`, `goal_twice`. The fact `field` names the field of the form.
    """


@dataclass(frozen=True)
class GoalLink:
    """How the measure acts on one goal."""

    goal_id: int
    sign: LinkSign = LinkSign.SUPPORTS
    weight: int = 1
    reason: str = ""
    is_main: bool = False


@dataclass(frozen=True)
class Links:
    """Everything a measure is linked to, by database id. What is not named is taken away."""

    goals: tuple[GoalLink, ...] = ()
    tasks: tuple[int, ...] = ()
    concepts: tuple[int, ...] = ()
    areas: tuple[int, ...] = ()
    needs: tuple[int, ...] = ()


def create_measure(*, by: Viewer, fields: Mapping[str, Any], links: Links) -> Measure:
    """A new measure with these values (names of model fields) and links.

    Raises: NotAllowed; CannotSave.
    """
    require(by, CREATE)
    measure = Measure(**fields)
    require(by, EDIT, measure)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Maßnahme angelegt")):
        _check(measure, links)
        measure.save()
        _link(measure, links)
        _tell(by, "created", measure)
    return measure


def edit_measure(
    *, by: Viewer, measure: Measure, version: int, fields: Mapping[str, Any], links: Links
) -> Measure:
    """The measure with these values and links.

    Raises: NotAllowed; CannotSave; ChangedMeanwhile if somebody saved it since `version` was read.
    """
    require(by, EDIT, measure)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Maßnahme geändert")):
        current = Measure.objects.select_for_update().get(pk=measure.pk)
        if current.version != version:
            raise ChangedMeanwhile(current, version=current.version)
        for name, value in fields.items():
            setattr(current, name, value)
        _check(current, links)
        current.version += 1
        current.save()
        _link(current, links)
        _tell(by, "edited", current)
    return current


def _check(measure: Measure, links: Links) -> None:
    if measure.number in RESERVED or "//" in measure.number or measure.number.startswith("/"):
        raise CannotSave("number_reserved", field="number")
    if Measure.objects.filter(number__iexact=measure.number).exclude(pk=measure.pk).exists():
        raise CannotSave("number_taken", field="number", number=measure.number)
    if sum(link.is_main for link in links.goals) > 1:
        raise CannotSave("two_main_goals", field="goals")
    if len({link.goal_id for link in links.goals}) < len(links.goals):
        raise CannotSave("goal_twice", field="goals")
    if measure.pk and measure.parent_id:
        check_part(measure.pk, measure.parent_id)
    if measure.pk:
        check_needs(measure.pk, links.needs)


def check_part(measure_id: int, parent_id: int) -> None:
    """Raises: CannotSave if the measure would become, over some steps, a part of itself."""
    edges = list(Measure.objects.filter(parent__isnull=False).values_list("pk", "parent_id"))
    if reaches(parent_id, target=measure_id, edges=edges):
        raise CannotSave("part_of_itself", field="parent")


def check_needs(measure_id: int, needs: Iterable[int]) -> None:
    """Raises: CannotSave if the measure would, over some steps, need itself first."""
    edges = list(Dependency.objects.exclude(measure=measure_id).values_list("measure_id", "needs_id"))
    if any(reaches(needed, target=measure_id, edges=edges) for needed in needs):
        raise CannotSave("needs_itself", field="needs_first")


def _link(measure: Measure, links: Links) -> None:
    goals = {link.goal_id: {k: v for k, v in asdict(link).items() if k != "goal_id"} for link in links.goals}
    keep_in_step(measure, MeasureGoal, "goal_id", goals)
    for model, key, ids in (
        (MeasureTask, "task_id", links.tasks),
        (MeasureConcept, "concept_id", links.concepts),
        (MeasureArea, "area_id", links.areas),
        (Dependency, "needs_id", links.needs),
    ):
        keep_in_step(measure, model, key, {one: {} for one in ids})


def keep_in_step(
    measure: Measure, model: type[Model], key: str, wanted: Mapping[Any, Mapping[str, Any]]
) -> None:
    """Rows of a link table as wanted (key → fields): others go, changed ones are saved, new ones come.

    Rows that stay as they are are not touched, so that the history tells only of what changed.
    """
    rows = {getattr(row, key): row for row in model._default_manager.filter(measure=measure)}
    for gone in rows.keys() - wanted.keys():
        rows[gone].delete()
    # Main marks go before they come: two at once are refused by the database.
    ordered = sorted(wanted.items(), key=_main_last)
    for value, fields in ordered:
        row = rows.get(value)
        if row is None:
            model._default_manager.create(measure=measure, **{key: value}, **fields)
        elif any(getattr(row, name) != new for name, new in fields.items()):
            for name, new in fields.items():
                setattr(row, name, new)
            row.save()


def _main_last(pair: tuple[Any, Mapping[str, Any]]) -> bool:
    return bool(pair[1].get("is_main", False))


def _tell(by: Viewer, what: str, measure: Measure) -> None:
    record(
        name=what,
        subject="measures",
        object_key=measure.number,
        by_id=by.account_id,
        by_name=by.name,
        claims=[f"measure:{measure.pk}"],
    )
