"""Links follow what they belong to: two measures become one, or a new version of the framework takes effect."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_noop as _

from dreiklang.core.history import acting
from dreiklang.monitoring import permissions
from dreiklang.monitoring.models import (
    Criterion,
    FrameMeaning,
    IndicatorGoal,
    IndicatorTask,
    KeyStatementGoal,
    KeyStatementTask,
    MeasureIndicator,
    Rating,
)
from dreiklang.people.rules import SYSTEM, Viewer
from dreiklang.people.services import require

Successors = Mapping[int, Sequence[int]]
# Each with what it hangs on besides: said of one successor already, it is not said again.
_OF_GOALS = ((IndicatorGoal, "indicator_id"), (KeyStatementGoal, "statement_id"), (FrameMeaning, "change_id"))
_OF_TASKS = ((IndicatorTask, "indicator_id"), (KeyStatementTask, "statement_id"))


def follow_merger(*, kept: int, gone: int) -> int:
    """How many effects on indicators the kept measure takes over from the one that is gone.

    As with its other links: where the kept one says something of the indicator itself, that stays. The other keeps
    its own, so that its page remains true. A second run adds nothing.
    """
    with acting(by_id=None, by_name=SYSTEM.name, reason=_("Zusammengelegt")):
        there = MeasureIndicator.objects.filter(measure=kept).values("indicator")
        coming = MeasureIndicator.objects.filter(measure=gone).exclude(indicator__in=there).order_by("pk")
        made = [_again(link, measure_id=kept, version=1) for link in coming]
        return len(MeasureIndicator.objects.bulk_create(made))


def carry_over_links(*, by: Viewer, goals: Successors, tasks: Successors) -> int:
    """How many links of goals and tasks were repeated for a new framework (old id → new ids, confirmed before).

    Indicators, criteria with their ratings, key statements of studies, meanings of observations. The old ones stay,
    so that the old version's pages remain true. Run twice it adds nothing. Raises: NotAllowed.
    """
    require(by, permissions.LINK)
    with (
        transaction.atomic(),
        acting(by_id=by.account_id, by_name=by.name, reason=_("Bezüge in die neue Fassung übernommen")),
    ):
        carried = sum(_carry(model, "goal_id", beside, goals) for model, beside in _OF_GOALS)
        carried += sum(_carry(model, "task_id", beside, tasks) for model, beside in _OF_TASKS)
        return carried + _carry_criteria(goals)


def _carry(model: type[models.Model], field: str, beside: str, successors: Successors) -> int:
    rows: Any = model._default_manager
    there = set(rows.values_list(beside, field))
    # A goal has one main indicator.
    led = set(rows.filter(is_main=True).values_list(field, flat=True)) if _has_main(model) else set()
    made = []
    for link in rows.filter(**{f"{field}__in": list(successors)}).order_by("pk"):
        for place, new in enumerate(successors[getattr(link, field)]):
            key = (getattr(link, beside), new)
            if key in there:
                continue
            there.add(key)
            again = _again(link, **{field: new})
            if _has_main(model):
                again.is_main = link.is_main and place == 0 and new not in led
                led |= {new} if again.is_main else set()
            made.append(again)
    return len(rows.bulk_create(made))


def _has_main(model: type[models.Model]) -> bool:
    return model is IndicatorGoal


def _carry_criteria(successors: Successors) -> int:
    """Criteria that hold, for each successor; their ratings go along, so that the course goes on."""
    taken: dict[int, set[str]] = {}
    said: dict[int, set[str]] = {}
    for goal, number, text in Criterion.objects.values_list("goal_id", "number", "text"):
        taken.setdefault(goal, set()).add(number)
        said.setdefault(goal, set()).add(text)
    count = 0
    old = Criterion.objects.filter(goal__in=list(successors), retired_on=None)
    for one in old.select_related("goal__framework").defer("search", "goal__search").order_by("pk"):
        for new in successors[one.goal_id]:
            if one.text in said.setdefault(new, set()):
                continue
            number = _free(one.number, taken.setdefault(new, set()))
            again = _again(one, goal_id=new, number=number, version=1)
            again.save()
            _carry_ratings(one, again)
            said[new].add(one.text)
            taken[new].add(number)
            count += 1
    return count


def _carry_ratings(old: Criterion, new: Criterion) -> None:
    """What was withdrawn stays behind; each says which version it was given under."""
    label = old.goal.framework.label
    ratings = Rating.objects.filter(criterion=old, withdrawn_at=None).order_by("pk")
    Rating.objects.bulk_create(
        _again(one, criterion_id=new.pk, corrects_id=None, origin=one.origin or f"Fassung {label}")
        for one in ratings
    )


def _free(number: str, taken: Iterable[str]) -> str:
    """The number, or where another criterion has it already the next one behind it that is free."""
    held, tried, place = set(taken), number, 2
    while tried in held:
        tried, place = f"{number}-{place}", place + 1
    return tried


def _again(row: models.Model, **changed: Any) -> Any:
    """The same once more, with what is different."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and not field.generated
    }
    return type(row)(**kept | changed)
