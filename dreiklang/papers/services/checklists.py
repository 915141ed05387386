"""Versions of the checklist: written, put in force, replaced. Running checks keep theirs."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import Checklist
from dreiklang.papers.permissions.checks import CHECKLIST
from dreiklang.papers.queries.checklists import published_until, standing_of
from dreiklang.papers.rules.checklist import ChecklistContent, as_data, parse_checklist
from dreiklang.papers.rules.kinds import ChecklistState, Standing
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require


class CannotSaveChecklist(Refused):
    """Not possible: `label_taken`, `not_a_draft` (published versions never change), `has_flaws`,
    `day_taken` (another version begins that day), `has_begun` (what was in force is not taken back).
    """


def write_checklist(
    *, by: Viewer, content: ChecklistContent, pk: int | None = None, version: int = 0
) -> Checklist:
    """A draft of a new version (without `pk`), or a draft changed.

    Raises: NotAllowed; NotFound; ChangedMeanwhile; CannotSaveChecklist.
    """
    require(by, CHECKLIST)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Prüfschema geschrieben")):
        found = Checklist(version=0) if pk is None else _draft(pk, version)
        # Read once more: what is stored can always be asked.
        read, flaws = parse_checklist(as_data(content))
        if read is None:
            raise CannotSaveChecklist("has_flaws", flaws=flaws)
        taken = Checklist.objects.filter(name=content.name, label=content.label)
        if taken.exclude(pk=found.pk).exists():
            raise CannotSaveChecklist("label_taken", label=content.label)
        found.name, found.label = content.name, content.label
        found.valid_from, found.is_example = content.valid_from, content.is_example
        found.content = as_data(content)
        found.version += 1
        found.save()
        return found


def publish_checklist(*, by: Viewer, now: datetime, pk: int, version: int) -> Checklist:
    """The draft is in force for every check that starts from its day on, without a day from today on.

    One for a later day leaves the version that is valid until then alone, and replaces it on that day by itself.
    Raises: NotAllowed; NotFound; ChangedMeanwhile; CannotSaveChecklist.
    """
    require(by, CHECKLIST)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Prüfschema in Kraft gesetzt")):
        found = _draft(pk, version)
        today = localdate(now)
        found.valid_from = found.valid_from or today
        if found.valid_from <= today:
            _retire(published_until(today).select_for_update())
        published = Checklist.objects.filter(state=ChecklistState.PUBLISHED)
        if published.filter(valid_from=found.valid_from).exists():
            raise CannotSaveChecklist("day_taken", on=found.valid_from)
        found.state = ChecklistState.PUBLISHED
        found.published_at, found.published_by_name = now, by.name
        found.version += 1
        found.save()
        return found


def take_back_checklist(*, by: Viewer, now: datetime, pk: int, version: int) -> Checklist:
    """A published version whose day has not come is a draft again. Raises: NotAllowed; NotFound; ChangedMeanwhile;
    CannotSaveChecklist.
    """
    require(by, CHECKLIST)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Prüfschema doch nicht in Kraft gesetzt")):
        found = _locked(pk)
        if standing_of(found, today=localdate(now)) is not Standing.AHEAD:
            raise CannotSaveChecklist("has_begun")
        _refuse_older(found, version)
        found.state, found.published_at, found.published_by_name = ChecklistState.DRAFT, None, ""
        found.version += 1
        found.save()
        return found


def discard_checklist(*, by: Viewer, pk: int, version: int) -> None:
    """Throw a draft away. Raises: NotAllowed; NotFound; ChangedMeanwhile; CannotSaveChecklist."""
    require(by, CHECKLIST)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Entwurf des Prüfschemas verworfen")):
        _draft(pk, version).delete()


def _draft(pk: int, version: int) -> Checklist:
    found = _locked(pk)
    if found.state != ChecklistState.DRAFT:
        raise CannotSaveChecklist("not_a_draft")
    _refuse_older(found, version)
    return found


def _locked(pk: int) -> Checklist:
    found = Checklist.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotFound("checklist")
    return found


def _refuse_older(found: Checklist, version: int) -> None:
    if found.version != version:
        raise ChangedMeanwhile(found, version=found.version)


def _retire(before: Iterable[Checklist]) -> None:
    for one in before:
        one.state = ChecklistState.RETIRED
        one.version += 1
        one.save()
