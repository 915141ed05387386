"""By what it is told whether a goal is reached: criteria come, change, change places and go. Ratings: `ratings`."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.goals.queries import goal_record
from dreiklang.goals.rules import FrameworkStatus
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import CriteriaSettings, Criterion
from dreiklang.monitoring.rules.values import IndicatorKind
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require

FIELDS = (
    "number",
    "kind",
    "text",
    "explanation",
    "indicator_id",
    "department_id",
    "responsible_id",
    "visibility",
)
MOST_MONTHS = 120


class CannotSaveCriterion(Refused):
    """The criterion as given contradicts itself or others; `code` says how."""


def create_criterion(*, by: Viewer, goal_id: int, values: Mapping[str, Any]) -> Criterion:
    """A new criterion of a goal, last in its order; without a number it gets the next one (K1, K2 …).

    Raises: NotAllowed; NotFound; CannotSaveCriterion (superseded, needs_text, needs_indicator, needs_department,
    number_taken).
    """
    require(by, permissions.EDIT_CRITERIA)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kriterium angelegt")):
        _may_change(by, goal_id)
        others = list(Criterion.objects.filter(goal=goal_id).values_list("number", "position"))
        criterion = Criterion(goal_id=goal_id, position=max((at for _number, at in others), default=0) + 1)
        _set(criterion, {"number": _next_number([number for number, _at in others])} | dict(values))
        _first_saved(criterion)
        _tell("criterion_created", criterion, by)
    return criterion


def change_criterion(*, by: Viewer, pk: int, version: int, values: Mapping[str, Any]) -> Criterion:
    """Change what `values` names; the rest stays, ratings too.

    Raises: NotAllowed; NotFound; ChangedMeanwhile; CannotSaveCriterion as `create_criterion`.
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kriterium geändert")):
        criterion = _locked(by, pk, version)
        _set(criterion, values)
        _saved(criterion)
        _tell("criterion_changed", criterion, by)
    return criterion


def retire_criterion(*, by: Viewer, pk: int, version: int, on: date, reason: str) -> Criterion:
    """From that day on nobody is asked about it any more; what was said of it stays to be read.

    Raises: NotAllowed; NotFound; ChangedMeanwhile; CannotSaveCriterion (needs_reason, retired_already).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kriterium aufgegeben")):
        criterion = _locked(by, pk, version)
        if not reason.strip():
            raise CannotSaveCriterion("needs_reason")
        if criterion.retired_on is not None:
            raise CannotSaveCriterion("retired_already")
        criterion.retired_on, criterion.retired_reason = on, reason.strip()
        _saved(criterion)
        _tell("criterion_retired", criterion, by)
    return criterion


def take_up_criterion(*, by: Viewer, pk: int, version: int) -> Criterion:
    """A criterion that was given up holds again.

    Raises: NotAllowed; NotFound; ChangedMeanwhile; CannotSaveCriterion (not_retired).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kriterium wieder aufgenommen")):
        criterion = _locked(by, pk, version)
        if criterion.retired_on is None:
            raise CannotSaveCriterion("not_retired")
        criterion.retired_on, criterion.retired_reason = None, ""
        _saved(criterion)
        _tell("criterion_taken_up", criterion, by)
    return criterion


def order_criteria(*, by: Viewer, goal_id: int, ids: Sequence[int]) -> None:
    """The criteria of a goal in this order; those not named stay behind them in the order they had.

    Raises: NotAllowed; NotFound (also for the id of another goal's criterion).
    """
    require(by, permissions.EDIT_CRITERIA)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Kriterien geordnet")):
        _may_change(by, goal_id)
        found = {
            one.pk: one
            for one in Criterion.objects.select_for_update()
            .filter(goal=goal_id)
            .defer("search")
            .order_by("position", "pk")
        }
        if not set(ids) <= found.keys():
            raise NotFound("criterion")
        for position, pk in enumerate(dict.fromkeys([*ids, *found]), start=1):
            if found[pk].position != position:
                found[pk].position = position
                _saved(found[pk])


def move_criterion(*, by: Viewer, pk: int, steps: int) -> None:
    """A criterion so many places down (up with a minus) among those of its goal; never beyond the ends.

    Raises: NotAllowed; NotFound.
    """
    criterion = Criterion.objects.filter(pk=pk).defer("search").first()
    if criterion is None:
        raise NotFound("criterion")
    others = Criterion.objects.filter(goal=criterion.goal_id).order_by("position", "pk")
    ids = list(others.values_list("pk", flat=True))
    to = min(max(ids.index(pk) + steps, 0), len(ids) - 1)
    ids.remove(pk)
    ids.insert(to, pk)
    order_criteria(by=by, goal_id=criterion.goal_id, ids=ids)


def set_rhythm(*, by: Viewer, months: int) -> CriteriaSettings:
    """After how many months a criterion is rated again. Raises: NotAllowed; CannotSaveCriterion (rhythm)."""
    require(by, permissions.EDIT_CRITERIA)
    if not 1 <= months <= MOST_MONTHS:
        raise CannotSaveCriterion("rhythm")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Rhythmus der Bewertungen geändert")):
        settings, _is_new = CriteriaSettings.objects.update_or_create(
            is_only=True, defaults={"rate_every_months": months}
        )
    return settings


def _may_change(by: Viewer, goal_id: int) -> None:
    """Whether the goal is there and of a version that is written still."""
    goal = goal_record(by, pk=goal_id)
    if goal is None:
        raise NotFound("goal")
    if goal.framework.status == FrameworkStatus.SUPERSEDED:
        raise CannotSaveCriterion("superseded")


def _next_number(taken: Sequence[str]) -> str:
    at = 1
    while f"K{at}" in taken:
        at += 1
    return f"K{at}"


def _locked(by: Viewer, pk: int, version: int) -> Criterion:
    require(by, permissions.EDIT_CRITERIA)
    found = Criterion.objects.select_for_update(of=("self",)).select_related("goal__framework")
    criterion = found.defer("search", "goal__search").filter(pk=pk).first()
    if criterion is None:
        raise NotFound("criterion")
    if criterion.version != version:
        raise ChangedMeanwhile(criterion, version=criterion.version)
    if criterion.goal.framework.status == FrameworkStatus.SUPERSEDED:
        raise CannotSaveCriterion("superseded")
    return criterion


def _set(criterion: Criterion, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            value = values[name]
            setattr(criterion, name, value.strip() if isinstance(value, str) else value)
    if not criterion.text:
        raise CannotSaveCriterion("needs_text")
    if criterion.kind == IndicatorKind.QUANTITATIVE and criterion.indicator_id is None:
        raise CannotSaveCriterion("needs_indicator")
    if criterion.visibility == Visibility.PUBLIC and criterion.department_id is None:
        raise CannotSaveCriterion("needs_department")
    same = Criterion.objects.filter(goal=criterion.goal_id, number=criterion.number)
    if not criterion.number or same.exclude(pk=criterion.pk).exists():
        raise CannotSaveCriterion("number_taken", number=criterion.number)


def _first_saved(criterion: Criterion) -> None:
    try:
        with transaction.atomic():
            criterion.save()
    except IntegrityError as taken:
        # Somebody else wrote one down at the same moment.
        raise CannotSaveCriterion("number_taken", number=criterion.number) from taken


def _saved(criterion: Criterion) -> None:
    criterion.version += 1
    criterion.save()


def _tell(name: str, criterion: Criterion, by: Viewer) -> None:
    record(
        name=name,
        subject="monitoring",
        object_key=f"criterion:{criterion.pk}",
        by_id=by.account_id,
        by_name=by.name,
        goal_id=criterion.goal_id,
    )
