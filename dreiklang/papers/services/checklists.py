"""Versions of the checklist: written, put in force, replaced. Running checks keep theirs."""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import ChangedMeanwhile, NotFound, Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import Checklist
from dreiklang.papers.permissions.checks import CHECKLIST
from dreiklang.papers.rules.checklist import ChecklistContent, as_data, parse_checklist
from dreiklang.papers.rules.kinds import ChecklistState
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require


class CannotSaveChecklist(Refused):
    """Not possible: `label_taken`, `not_a_draft` (published versions never change), `has_flaws`,
    `not_yet` (it is valid from a later day).
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
    """The draft is in force for every check that starts from now on; the version before it is replaced.

    A version that says it is valid from a later day cannot replace the one that is valid until then.
    Raises: NotAllowed; NotFound; ChangedMeanwhile; CannotSaveChecklist.
    """
    require(by, CHECKLIST)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Prüfschema in Kraft gesetzt")):
        found = _draft(pk, version)
        if found.valid_from is not None and found.valid_from > localdate(now):
            raise CannotSaveChecklist("not_yet", on=found.valid_from)
        before = Checklist.objects.select_for_update().filter(state=ChecklistState.PUBLISHED)
        for one in before:
            one.state = ChecklistState.RETIRED
            one.version += 1
            one.save()
        found.state = ChecklistState.PUBLISHED
        found.valid_from = found.valid_from or localdate(now)
        found.published_at, found.published_by_name = now, by.name
        found.version += 1
        found.save()
        return found


def discard_checklist(*, by: Viewer, pk: int, version: int) -> None:
    """Throw a draft away. Raises: NotAllowed; NotFound; ChangedMeanwhile; CannotSaveChecklist."""
    require(by, CHECKLIST)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Entwurf des Prüfschemas verworfen")):
        _draft(pk, version).delete()


def _draft(pk: int, version: int) -> Checklist:
    found = Checklist.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotFound("checklist")
    if found.state != ChecklistState.DRAFT:
        raise CannotSaveChecklist("not_a_draft")
    if found.version != version:
        raise ChangedMeanwhile(found, version=found.version)
    return found
