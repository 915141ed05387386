"""Measures follow when an office or a person hands over, and when a new framework takes effect."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.claims import EVERY_CLAIM
from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.measures.models import Involvement, Measure, MeasureGoal, MeasureTask, TeamMember
from dreiklang.measures.permissions import HAND_OVER
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require


class CannotHandOverMeasures(Refused):
    """Nothing to hand over from or to: `same`, `incomplete`."""


def hand_over(
    *,
    by: Viewer,
    reason: str = "",
    from_department: int | None = None,
    to_department: int | None = None,
    from_account: int | None = None,
    to_account: int | None = None,
    only: Sequence[int] | None = None,
) -> dict[str, int]:
    """How many measures, involvements and team places moved. Give a pair of departments or of accounts.

    `only` narrows to these measures (ids), for an office that is split. Run twice it moves nothing more.
    Reports keep the names of their day.
    Raises: NotAllowed; CannotHandOverMeasures.
    """
    require(by, HAND_OVER)
    pairs = [(from_department, to_department), (from_account, to_account)]
    if any((one is None) is not (other is None) for one, other in pairs) or pairs == [(None, None)] * 2:
        raise CannotHandOverMeasures("incomplete")
    if any(one is not None and one == other for one, other in pairs):
        raise CannotHandOverMeasures("same")
    with acting(by_id=by.account_id, by_name=by.name, reason=reason or _("Zuständigkeit übergeben")):
        _tell(by, _held(only, from_department, from_account))
        moved = {"lead_department": 0, "involved": 0, "lead": 0, "deputy": 0, "team": 0}
        if from_department is not None:
            moved["lead_department"] = _move(only, "lead_department_id", from_department, to_department)
            involved = Involvement.objects.filter(department=from_department)
            moved["involved"] = _move_rows(involved, only, "department_id", to_department)
        if from_account is not None:
            moved["lead"] = _move(only, "lead_id", from_account, to_account)
            moved["deputy"] = _move(only, "deputy_id", from_account, to_account)
            team = TeamMember.objects.filter(account=from_account)
            moved["team"] = _move_rows(team, only, "account_id", to_account)
    return moved


def _held(only: Sequence[int] | None, department: int | None, account: int | None) -> list[str]:
    """The claims of the measures that are about to move."""
    found = Measure.objects.all() if only is None else Measure.objects.filter(pk__in=only)
    held = Q(pk=None)
    if department is not None:
        held |= Q(lead_department=department) | Q(involvements__department=department)
    if account is not None:
        held |= Q(lead=account) | Q(deputy=account)
    return [
        f"measure:{pk}" for pk in found.filter(held).order_by("pk").distinct().values_list("pk", flat=True)
    ]


def _tell(by: Viewer, claims: Sequence[str]) -> None:
    record(
        name="handed_over",
        subject="measures",
        object_key="",
        by_id=by.account_id,
        by_name=by.name,
        claims=list(claims),
    )


def _move(only: Sequence[int] | None, field: str, before: int, after: int | None) -> int:
    measures = Measure.objects.filter(**{field: before})
    if only is not None:
        measures = measures.filter(pk__in=only)
    return measures.update(**{field: after}, version=F("version") + 1)


def _move_rows(rows: QuerySet[Any], only: Sequence[int] | None, field: str, after: int | None) -> int:
    """Rows of a table that names each once per measure: where the successor is named already, the row goes."""
    if only is not None:
        rows = rows.filter(measure__in=only)
    named = rows.model._default_manager.filter(**{field: after}).values("measure")
    rows.filter(measure__in=named).delete()
    return rows.update(**{field: after})


def carry_over_links(
    *, by: Viewer, goals: Mapping[int, Sequence[int]], tasks: Mapping[int, Sequence[int]]
) -> dict[str, int]:
    """How many links of measures were repeated for a new framework (old id → new ids, confirmed before).

    The old links stay, so that the old version's pages remain true; the main mark moves on with the
    first successor. Run twice it adds nothing.
    """
    with (
        transaction.atomic(),
        acting(by_id=by.account_id, by_name=by.name, reason=_("Bezüge in die neue Fassung übernommen")),
    ):
        _tell(by, [EVERY_CLAIM])
        return {
            "goals": sum(_carry_goal(old, new) for old, new in goals.items()),
            "tasks": sum(_carry_task(old, new) for old, new in tasks.items()),
        }


def _carry_goal(old: int, successors: Sequence[int]) -> int:
    added = 0
    for link in MeasureGoal.objects.filter(goal=old).order_by("pk"):
        was_main, link.is_main = link.is_main, False
        if was_main and successors:
            link.save(update_fields=["is_main"])
        for index, goal_id in enumerate(successors):
            values = {"sign": link.sign, "weight": link.weight, "reason": link.reason}
            _row, is_new = MeasureGoal.objects.get_or_create(
                measure_id=link.measure_id,
                goal_id=goal_id,
                defaults=values | {"is_main": was_main and index == 0},
            )
            added += is_new
    return added


def _carry_task(old: int, successors: Sequence[int]) -> int:
    added = 0
    for link in MeasureTask.objects.filter(task=old).order_by("pk"):
        was_main, link.is_main = link.is_main, False
        if was_main and successors:
            link.save(update_fields=["is_main"])
        for index, task_id in enumerate(successors):
            _row, is_new = MeasureTask.objects.get_or_create(
                measure_id=link.measure_id, task_id=task_id, defaults={"is_main": was_main and index == 0}
            )
            added += is_new
    return added
