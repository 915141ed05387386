"""The pipeline: all running checks, whose turn it is, and which meeting wants them when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse
from django.utils.timezone import localdate

from dreiklang.papers.models import Check, CheckStep, CoSignature
from dreiklang.papers.models.labels import CHECK_STATE_LABELS
from dreiklang.papers.permissions.checks import SEE
from dreiklang.papers.queries.terms import release_wanted_on
from dreiklang.papers.rules.checks import (
    RUNNING,
    CheckFacts,
    Duty,
    Pressure,
    SignatureFact,
    pressure,
    whose_turn,
)
from dreiklang.papers.rules.kinds import CheckState, CoSignState
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

LONGEST_LIST = 500


@dataclass(frozen=True)
class CheckLine:
    """A check in a list. `waits_for` names who is to act; `since` the day it came into its state."""

    number: str
    title: str
    url: str
    state: CheckState
    state_label: str
    department: str
    editor: str
    duty: Duty
    waits_for: tuple[str, ...]
    since: date | None
    committee_on: date | None
    meeting: str
    committee: str
    wanted_on: date | None
    pressure: Pressure
    # Offices that have not co-signed although their deadline is over, with its day; the longest first.
    overdue: tuple[tuple[str, date], ...] = ()
    released_on: date | None = None


@dataclass(frozen=True)
class DueDay:
    """A day on which a committee wants checks, with the day they should be free by. None: no day named yet.

    `committee` names whose meeting it is, where that is known; two committees of one day stand apart.
    """

    on: date | None
    wanted_on: date | None
    committee: str
    lines: tuple[CheckLine, ...]


def pipeline(viewer: Viewer, *, today: date, department_id: int | None = None) -> tuple[DueDay, ...]:
    """The running checks by the day their committee wants them, the nearest first, those without a day last.

    Five statements however many checks there are. Nothing for outsiders.
    """
    found = _visible(viewer).filter(state__in=RUNNING)
    if department_id is not None:
        found = found.filter(department_id=department_id)
    lines = check_lines(found.order_by(F("committee_on").asc(nulls_last=True), "number", "pk"), today=today)
    days: dict[tuple[date | None, str], list[CheckLine]] = {}
    for line in lines:
        days.setdefault((line.committee_on, line.committee), []).append(line)
    return tuple(
        DueDay(on, ones[0].wanted_on, committee, tuple(ones)) for (on, committee), ones in days.items()
    )


def finished_checks(viewer: Viewer, *, today: date, limit: int = 20) -> tuple[CheckLine, ...]:
    """The checks released last."""
    found = _visible(viewer).filter(state=CheckState.RELEASED)
    return check_lines(found.order_by("-released_at", "-pk")[:limit], today=today)


def checks_of(
    viewer: Viewer, *, today: date, paper_id: int | None = None, concept_id: int | None = None
) -> tuple[CheckLine, ...]:
    """The checks of a paper or a concept, newest first; for its page. Nothing for outsiders."""
    found = Check.objects.none()
    if paper_id is not None:
        found = _visible(viewer).filter(paper_id=paper_id)
    elif concept_id is not None:
        found = _visible(viewer).filter(concept_id=concept_id)
    return check_lines(found.order_by("-created_at", "-pk"), today=today)


def check_lines(found: QuerySet[Check], *, today: date) -> tuple[CheckLine, ...]:
    """The checks as lines, in their order."""
    entered = CheckStep.objects.filter(of=OuterRef("pk")).order_by("-entered_at", "-pk")
    signatures = CoSignature.objects.select_related("department").order_by("due_on", "pk")
    rows = (
        found.defer("text", "relevance_reason")
        .select_related("department", "editor", "reader", "meeting__committee")
        .annotate(since=Subquery(entered.values("entered_at")[:1]))
        .prefetch_related(Prefetch("co_signatures", queryset=signatures))
    )
    checks = list(rows[:LONGEST_LIST]) if not rows.query.is_sliced else list(rows)
    wanted = {day: release_wanted_on(day) for day in {one.committee_on for one in checks}}
    return tuple(_line(one, wanted[one.committee_on], today) for one in checks)


def _visible(viewer: Viewer) -> QuerySet[Check]:
    return Check.objects.all() if may(viewer, SEE) else Check.objects.none()


def _line(check: Check, wanted_on: date | None, today: date) -> CheckLine:
    state = CheckState(check.state)
    asked = list(check.co_signatures.all())
    facts = CheckFacts(
        state=state,
        gap_count=0,
        editor_id=check.editor_id,
        reader_id=check.reader_id,
        signatures=[SignatureFact(o.department.name, CoSignState(o.state), o.due_on) for o in asked],
    )
    duty = whose_turn(facts, today=today)
    since: datetime | None = getattr(check, "since", None)
    return CheckLine(
        number=check.number,
        title=check.title,
        url=reverse("papers:check", args=[check.number]),
        state=state,
        state_label=str(CHECK_STATE_LABELS[state]),
        department=check.department.name if check.department else "",
        editor=check.editor.name if check.editor else "",
        duty=duty,
        waits_for=_waits_for(check, duty, asked, today),
        since=localdate(since) if since else None,
        committee_on=check.committee_on,
        meeting=check.meeting.name if check.meeting else "",
        committee=check.meeting.committee.name if check.meeting and check.meeting.committee else "",
        wanted_on=wanted_on,
        pressure=pressure(
            committee_on=check.committee_on,
            wanted_on=wanted_on,
            today=today,
            is_over=state not in RUNNING,
        ),
        overdue=_overdue(state, asked, today),
        released_on=localdate(check.released_at) if check.released_at else None,
    )


def _overdue(state: CheckState, asked: Sequence[CoSignature], today: date) -> tuple[tuple[str, date], ...]:
    """Deadlines run only while the check is being co-signed."""
    if state is not CheckState.CO_SIGNING:
        return ()
    return tuple(
        (o.department.name, o.due_on) for o in asked if o.state == CoSignState.ASKED and o.due_on < today
    )


def _waits_for(check: Check, duty: Duty, asked: Sequence[CoSignature], today: date) -> tuple[str, ...]:
    if duty is Duty.ANSWER:
        return (check.editor.name,) if check.editor else ()
    if duty is Duty.READ:
        return (check.reader.name,) if check.reader else ()
    if duty is Duty.CO_SIGN:
        return tuple(o.department.name for o in asked if o.state == CoSignState.ASKED and o.due_on >= today)
    return ()
