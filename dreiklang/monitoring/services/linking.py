"""What an indicator has to do with goals, future tasks and measures; and what a measure is to do to it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.goals.queries import goal_record, task_record
from dreiklang.goals.rules import FrameworkStatus
from dreiklang.measures.queries import measure_of
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import Indicator, IndicatorGoal, IndicatorTask, MeasureIndicator
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

EFFECT_FIELDS = (
    "sign",
    "weight",
    "expected_value",
    "expected_year",
    "expected_basis",
    "observed_value",
    "observed_on",
    "observed_basis",
)


class CannotLink(Refused):
    """The link as given is not possible; `code` says why."""


def link_goal(
    *, by: Viewer, key: str, goal_id: int, is_main: bool = False, reason: str = ""
) -> IndicatorGoal:
    """The indicator tells of this goal; what was said of the link before is replaced.

    A goal has one main indicator: the one named last. Raises: NotFound; NotAllowed; CannotLink (superseded: goals of
    an older version are read, never written).
    """
    require(by, permissions.LINK)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Indikator einem Ziel zugeordnet")):
        indicator = _indicator(key)
        _may_change(goal_record(by, pk=goal_id))
        if is_main:
            others = IndicatorGoal.objects.filter(goal_id=goal_id, is_main=True).exclude(indicator=indicator)
            others.update(is_main=False)
        link, _is_new = IndicatorGoal.objects.update_or_create(
            indicator=indicator, goal_id=goal_id, defaults={"is_main": is_main, "reason": reason.strip()}
        )
    return link


def unlink_goal(*, by: Viewer, key: str, goal_id: int) -> None:
    """The indicator tells of this goal no longer. Raises: NotFound; NotAllowed; CannotLink (superseded)."""
    require(by, permissions.LINK)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Indikator von einem Ziel gelöst")):
        found = IndicatorGoal.objects.filter(indicator=_indicator(key), goal_id=goal_id)
        link = found.select_related("goal__framework").defer("goal__search").first()
        if link is None:
            raise NotFound("link")
        _may_change(link.goal)
        link.delete()


def link_task(*, by: Viewer, key: str, task_id: int) -> IndicatorTask:
    """The indicator tells of this future task. Raises: NotFound; NotAllowed; CannotLink (superseded)."""
    require(by, permissions.LINK)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Indikator einer Zukunftsaufgabe zugeordnet")):
        _may_change(task_record(by, pk=task_id))
        link, _is_new = IndicatorTask.objects.get_or_create(indicator=_indicator(key), task_id=task_id)
    return link


def unlink_task(*, by: Viewer, key: str, task_id: int) -> None:
    """The indicator tells of this task no longer. Raises: NotFound; NotAllowed; CannotLink (superseded)."""
    require(by, permissions.LINK)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Indikator von einer Zukunftsaufgabe gelöst")):
        found = IndicatorTask.objects.filter(indicator=_indicator(key), task_id=task_id)
        link = found.select_related("task__framework").defer("task__search").first()
        if link is None:
            raise NotFound("link")
        _may_change(link.task)
        link.delete()


def link_measure(
    *, by: Viewer, key: str, number: str, values: Mapping[str, Any] | None = None
) -> MeasureIndicator:
    """The measure with this number acts on the indicator; `values` name any of `EFFECT_FIELDS`.

    Who answers for the measure says so. Raises: NotFound; NotAllowed; CannotLink (linked_already, and as
    `change_measure_link`).
    """
    measure = measure_of(by, number=number)
    require(by, permissions.LINK_MEASURE, measure)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Wirkung auf einen Indikator benannt")):
        indicator = _indicator(key)
        if MeasureIndicator.objects.filter(measure=measure, indicator=indicator).exists():
            raise CannotLink("linked_already", indicator=indicator.name)
        link = MeasureIndicator(measure=measure, indicator=indicator)
        _set(link, values or {})
        link.save()
        _tell(link, by)
    return link


def change_measure_link(*, by: Viewer, pk: int, version: int, values: Mapping[str, Any]) -> MeasureIndicator:
    """Change what `values` names of `EFFECT_FIELDS`; the rest stays.

    An expected value has its year and what it rests on, an observed one its day and what it rests on. Raises:
    NotFound; NotAllowed; ChangedMeanwhile; CannotLink (expected_incomplete, observed_incomplete, not_a_number).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Wirkung auf einen Indikator geändert")):
        link = _locked(by, pk, version)
        _set(link, values)
        link.version += 1
        link.save()
        _tell(link, by)
    return link


def unlink_measure(*, by: Viewer, pk: int, version: int) -> None:
    """The measure acts on the indicator no longer. Raises: NotFound; NotAllowed; ChangedMeanwhile."""
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Wirkung auf einen Indikator entfernt")):
        link = _locked(by, pk, version)
        _tell(link, by)
        link.delete()


def _indicator(key: str) -> Indicator:
    indicator = Indicator.objects.select_for_update().defer("search").filter(key=key).first()
    if indicator is None:
        raise NotFound("indicator")
    return indicator


def _may_change(record: Any) -> None:
    """Whether a goal or task is there and of a version that is written still."""
    if record is None:
        raise NotFound("goal")
    if record.framework.status == FrameworkStatus.SUPERSEDED:
        raise CannotLink("superseded")


def _locked(by: Viewer, pk: int, version: int) -> MeasureIndicator:
    links = MeasureIndicator.objects.select_for_update(of=("self",)).select_related("measure")
    link = links.defer("measure__search").filter(pk=pk).first()
    if link is None:
        raise NotFound("link")
    require(by, permissions.LINK_MEASURE, link.measure)
    if link.version != version:
        raise ChangedMeanwhile(link, version=link.version)
    return link


def _set(link: MeasureIndicator, values: Mapping[str, Any]) -> None:
    for name in EFFECT_FIELDS:
        if name in values:
            setattr(link, name, values[name])
    for value in (link.expected_value, link.observed_value):
        # What a list or a form hands over as a number may still be none ("NaN").
        if value is not None and not Decimal(value).is_finite():
            raise CannotLink("not_a_number")
    if link.expected_value is not None and not (link.expected_year and link.expected_basis.strip()):
        raise CannotLink("expected_incomplete")
    if link.observed_value is not None and not (link.observed_on and link.observed_basis.strip()):
        raise CannotLink("observed_incomplete")


def _tell(link: MeasureIndicator, by: Viewer) -> None:
    record(
        name="effect_changed",
        subject="monitoring",
        object_key=str(link.indicator_id),
        by_id=by.account_id,
        by_name=by.name,
        claims=[f"measure:{link.measure_id}"],
    )
