"""What belongs to a measure: its brief, milestones, and who takes part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.changes import record
from dreiklang.core.errors import ChangedMeanwhile, Refused
from dreiklang.core.history import acting
from dreiklang.measures.models import (
    Brief,
    Involvement,
    Measure,
    MeasurePartner,
    Milestone,
    PartnerAccess,
    TeamMember,
)
from dreiklang.measures.permissions import EDIT
from dreiklang.measures.rules import InvolvedRole
from dreiklang.measures.services.edit import keep_in_step
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require


class CannotSaveMilestones(Refused):
    """Two milestones of one measure bear the same title: `title_twice`."""


@dataclass(frozen=True)
class MilestoneDraft:
    """A milestone as edited; `id` is None for a new one."""

    title: str
    id: int | None = None
    version: int = 0
    due_on: date | None = None
    due_words: str = ""
    done_on: date | None = None
    is_public: bool = False
    is_removed: bool = False


@dataclass(frozen=True)
class Taking:
    """Who takes part: departments (id → role, words), partners (name → role, public), team (account → duty)."""

    departments: Mapping[int, tuple[InvolvedRole, str, date | None]]
    partners: Mapping[str, tuple[str, bool]]
    team: Mapping[int, str]
    partner_access: Mapping[int, date]


def save_brief(*, by: Viewer, measure: Measure, version: int, fields: Mapping[str, Any]) -> Brief:
    """The brief with these values; `version` 0 means there was none.

    Raises: NotAllowed; ChangedMeanwhile.
    """
    require(by, EDIT, measure)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Auftrag geklärt")):
        brief = Brief.objects.select_for_update().filter(measure=measure).first()
        if brief is not None and brief.version != version:
            raise ChangedMeanwhile(brief, version=brief.version)
        if brief is None:
            return Brief.objects.create(measure=measure, **fields)
        for name, value in fields.items():
            setattr(brief, name, value)
        brief.version += 1
        brief.save()
    return brief


def brief_reviewed(*, by: Viewer, on: date, measure: Measure) -> Brief:
    """The brief, looked at again and found right.

    Raises: NotAllowed; Brief.DoesNotExist if there is none.
    """
    require(by, EDIT, measure)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Auftrag wieder angesehen")):
        brief = Brief.objects.select_for_update().get(measure=measure)
        brief.reviewed_on = on
        brief.version += 1
        brief.save(update_fields=["reviewed_on", "version", "changed_at"])
    return brief


def save_milestones(*, by: Viewer, measure: Measure, rows: Sequence[MilestoneDraft]) -> list[Milestone]:
    """The measure's milestones after the edit, by due date.

    Raises: NotAllowed; CannotSaveMilestones; ChangedMeanwhile if a row was saved by somebody else.
    """
    require(by, EDIT, measure)
    titles = [row.title.strip().casefold() for row in rows if not row.is_removed]
    if len(set(titles)) < len(titles):
        raise CannotSaveMilestones("title_twice")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Meilensteine geändert")):
        known = {one.pk: one for one in Milestone.objects.select_for_update().filter(measure=measure)}
        for row in sorted(rows, key=lambda one: not one.is_removed):
            _save_milestone(measure, known.get(row.id or 0), row)
        return list(measure.milestones.order_by("due_on", "pk"))


def _save_milestone(measure: Measure, current: Milestone | None, row: MilestoneDraft) -> None:
    values = {
        "title": row.title.strip(),
        "due_on": row.due_on,
        "due_words": row.due_words.strip(),
        "done_on": row.done_on,
        "is_public": row.is_public,
    }
    if current is None:
        if not row.is_removed:
            Milestone.objects.create(measure=measure, **values)
        return
    if all(getattr(current, name) == value for name, value in values.items()) and not row.is_removed:
        return
    if current.version != row.version:
        raise ChangedMeanwhile(current, version=current.version)
    if row.is_removed:
        current.delete()
        return
    for name, value in values.items():
        setattr(current, name, value)
    current.version += 1
    current.save()


def save_taking(*, by: Viewer, measure: Measure, taking: Taking, version: int) -> Measure:
    """The measure with exactly these departments, partners, team and accounts of partners.

    Raises: NotAllowed; ChangedMeanwhile.
    """
    require(by, EDIT, measure)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Beteiligte geändert")):
        current = Measure.objects.select_for_update().get(pk=measure.pk)
        if current.version != version:
            raise ChangedMeanwhile(current, version=current.version)
        offices = {
            pk: {"role": role, "words": words, "since": since}
            for pk, (role, words, since) in taking.departments.items()
        }
        keep_in_step(current, Involvement, "department_id", offices)
        partners = {
            name: {"role": role, "is_public": shown} for name, (role, shown) in taking.partners.items()
        }
        keep_in_step(current, MeasurePartner, "name", partners)
        keep_in_step(current, TeamMember, "account_id", {pk: {"duty": d} for pk, d in taking.team.items()})
        access = {pk: {"agreed_on": on} for pk, on in taking.partner_access.items()}
        keep_in_step(current, PartnerAccess, "account_id", access)
        current.version += 1
        current.save(update_fields=["version", "changed_at"])
        record(
            name="taking_changed",
            subject="measures",
            object_key=current.number,
            by_id=by.account_id,
            by_name=by.name,
            claims=[f"measure:{current.pk}"],
        )
    return current


def grant_partner_access(*, on: date, account_id: int, numbers: Sequence[str]) -> int:
    """How many measures a partner now sees from the inside, as her invitation agreed.

    Carried out after the invitation was accepted; whoever invited had the permission.
    """
    measures = Measure.objects.filter(number__in=numbers)
    with acting(by_id=account_id, by_name="", reason=_("Einladung angenommen")):
        for measure in measures:
            PartnerAccess.objects.get_or_create(
                measure=measure, account_id=account_id, defaults={"agreed_on": on}
            )
    return len(measures)
