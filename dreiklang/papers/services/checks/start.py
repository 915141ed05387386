"""A check begins: of a draft paper, or of a concept from its commissioning on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from dreiklang.concepts.queries import concept_texts
from dreiklang.core.changes import later
from dreiklang.core.errors import Refused
from dreiklang.core.history import acting
from dreiklang.papers.models import Check, CheckStep, CheckText, Meeting, Paper
from dreiklang.papers.permissions.checks import ANSWER, START, START_IN
from dreiklang.papers.queries.checklists import published_until
from dreiklang.papers.rules.checks import RUNNING
from dreiklang.papers.rules.kinds import CheckState, MeetingState
from dreiklang.papers.services.checks.locking import locked_check, saved_check, tell_of
from dreiklang.people.rules import SYSTEM, Viewer
from dreiklang.people.services import require

PROPOSE_JOB = "papers_propose"
DETAILS = ("title", "paper_id", "concept_id", "department_id", "reader_id", "meeting_id", "committee_on")


class CannotStart(Refused):
    """No check can begin: `no_checklist` in force, `no_title`, `nothing_to_check`, `reads_own`."""


@dataclass(frozen=True)
class NewCheck:
    """What a check begins with.

    A paper that is kept here lends its title, text and concept where none are given, a concept its title and what it
    says of itself so far; one that is only commissioned may have no text yet. `notes`: what reading the file left out,
    as core.documents names it.
    """

    title: str
    text: str = ""
    file_name: str = ""
    notes: Sequence[str] = ()
    paper_id: int | None = None
    concept_id: int | None = None
    department_id: int | None = None
    reader_id: int | None = None
    meeting_id: int | None = None
    committee_on: date | None = None


def start_check(*, by: Viewer, now: datetime, draft: NewCheck) -> Check:
    """A new check with the checklist in force now; it keeps that version to its end.

    The worker reads the text afterwards and proposes what it touches.
    Raises: NotAllowed (a department editor only in her own department); CannotStart.
    """
    require(by, START)
    draft = _filled(draft)
    # First what is missing most: a title alone would not help.
    if not draft.text.strip() and draft.concept_id is None:
        raise CannotStart("nothing_to_check")
    if not draft.title.strip():
        raise CannotStart("no_title")
    if draft.reader_id is not None and draft.reader_id == by.account_id:
        raise CannotStart("reads_own")
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Prüfung begonnen")):
        # The lock also keeps two starts from taking one number.
        checklist = published_until(localdate(now)).select_for_update().first()
        if checklist is None:
            raise CannotStart("no_checklist")
        check = Check(
            number=_next_number(localdate(now).year),
            title=draft.title.strip(),
            checklist=checklist,
            text=draft.text,
            file_name=draft.file_name,
            paper_id=draft.paper_id,
            concept_id=draft.concept_id,
            department_id=draft.department_id if draft.department_id is not None else by.department_id,
            editor_id=by.account_id,
            reader_id=draft.reader_id,
            meeting_id=draft.meeting_id,
            committee_on=draft.committee_on,
        )
        require(by, START_IN, check)
        check.save()
        CheckStep.objects.create(
            of=check, state=CheckState.DRAFT, entered_at=now, by_id=by.account_id, by_name=by.name
        )
        if draft.text.strip():
            CheckText.objects.create(
                of=check,
                number=1,
                text=draft.text,
                file_name=draft.file_name,
                notes=list(draft.notes),
                by_name=by.name,
            )
            later(PROPOSE_JOB, check_id=check.pk)
        tell_of(check, by=by, name="check_started")
    return check


def change_details(*, by: Viewer, number: str, version: int, values: Mapping[str, Any]) -> Check:
    """Change what `values` names of DETAILS: title, second reader, meeting, what is checked.

    Raises: NotFound; NotAllowed; ChangedMeanwhile; CannotStart (no_title, reads_own, is_over).
    """
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Angaben zur Prüfung geändert")):
        check = locked_check(by=by, number=number, permission=ANSWER, version=version)
        if check.state not in RUNNING:
            raise CannotStart("is_over")
        changed = [name for name in DETAILS if name in values]
        for name in changed:
            setattr(check, name, values[name])
        if check.meeting_id is not None:
            check.committee_on = _day_of(check.meeting_id) or check.committee_on
            changed.append("committee_on")
        if not check.title.strip():
            raise CannotStart("no_title")
        if check.reader_id is not None and check.reader_id == check.editor_id:
            raise CannotStart("reads_own")
        # A check does not leave the reach of whoever edits it.
        require(by, ANSWER, check)
        tell_of(check, by=by, name="check_edited")
        return saved_check(check, *changed)


def _filled(draft: NewCheck) -> NewCheck:
    """The draft with what its paper and its meeting say."""
    if draft.meeting_id is not None:
        draft = replace(draft, committee_on=_day_of(draft.meeting_id) or draft.committee_on)
    paper = Paper.objects.filter(pk=draft.paper_id).first() if draft.paper_id is not None else None
    if paper is not None:
        given = draft.concept_id if draft.concept_id is not None else paper.concept_id
        draft = _lent(replace(draft, concept_id=given), title=paper.title, text=paper.text)
    if draft.concept_id is not None:
        for _pk, _number, _lead, (title, *said) in concept_texts(SYSTEM, ids=[draft.concept_id]):
            draft = _lent(draft, title=title, text="\n\n".join(filter(None, said)))
    return draft


def _lent(draft: NewCheck, *, title: str, text: str) -> NewCheck:
    return replace(draft, title=draft.title.strip() or title, text=draft.text if draft.text.strip() else text)


def _day_of(meeting_id: int) -> date | None:
    """None of a meeting that does not take place."""
    held = Meeting.objects.filter(pk=meeting_id, withdrawn_at=None).exclude(state=MeetingState.CANCELLED)
    found = held.values_list("starts_at", flat=True).first()
    return localdate(found) if found else None


def _next_number(year: int) -> str:
    start = f"PR-{year}-"
    taken = Check.objects.filter(number__startswith=start).values_list("number", flat=True)
    last = max(
        (int(one.removeprefix(start)) for one in taken if one.removeprefix(start).isdecimal()), default=0
    )
    return f"{start}{last + 1:03d}"
