"""Measures for tests, with plain defaults. Names say the role a record plays."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from dreiklang.concepts.models import Concept
from dreiklang.core.enums import Visibility
from dreiklang.goals.models import Framework, FutureTask, Goal, GoalLevel, GoalTask
from dreiklang.measures import services
from dreiklang.measures.models import (
    Brief,
    Measure,
    MeasureGoal,
    Report,
    ReportingSettings,
    RestraintPeriod,
    Round,
)
from dreiklang.measures.rules import Phase, Timeliness
from dreiklang.measures.services import ReportDraft
from dreiklang.people.models import Absence, Account, Department, RoleAssignment
from dreiklang.people.rules import HeldRole, Role, Viewer

TODAY = date(2026, 11, 20)
BUILDING = ReportDraft(phase=Phase.IMPLEMENTATION, timeliness=Timeliness.ON_TRACK)
_numbers = count(1)


def department(key: str = "", **fields: Any) -> Department:
    key = key or f"A{next(_numbers)}"
    return Department.objects.create(key=key, name=fields.pop("name", f"Amt {key}"), **fields)


def account(
    name: str = "", *, role: Role | None = None, in_department: Department | None = None, **fields: Any
) -> Account:
    name = name or f"Person {next(_numbers)}"
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}@stadt.example")
    made = Account.objects.create(email=email, name=name, department=in_department, **fields)
    if role is not None:
        RoleAssignment.objects.create(account=made, role=role, department=in_department)
    return made


def viewer(*roles: Role, departments: list[Department] | None = None, of: Account | None = None) -> Viewer:
    """A viewer with these roles, in these departments or everywhere, as that account."""
    reach = None if departments is None else frozenset(one.pk for one in departments)
    return Viewer(
        account_id=of.pk if of else None,
        name=of.name if of else "Koordination",
        department_id=of.department_id if of else None,
        held=frozenset(HeldRole(role, reach) for role in roles),
    )


def coordinator() -> Viewer:
    return viewer(Role.COORDINATOR, of=account(role=Role.COORDINATOR))


def measure(number: str = "", **fields: Any) -> Measure:
    number = number or f"M-{next(_numbers)}"
    fields.setdefault("visibility", Visibility.PUBLIC)
    return Measure.objects.create(number=number, title=fields.pop("title", f"Vorhaben {number}"), **fields)


def report(of: Measure, *, on: date = TODAY, recorded_at: datetime | None = None, **fields: Any) -> Report:
    """A report, written past the services; the measure's current report is set as they would."""
    fields.setdefault("phase", Phase.IMPLEMENTATION)
    fields.setdefault("timeliness", Timeliness.ON_TRACK)
    made = Report.objects.create(measure=of, reported_on=on, **fields)
    if recorded_at is not None:
        Report.objects.filter(pk=made.pk).update(recorded_at=recorded_at)
    latest = of.reports.filter(withdrawn_at=None).order_by("-reported_on", "-pk").first()
    Measure.objects.filter(pk=of.pk).update(current_report=latest)
    of.refresh_from_db()
    return made


def led_measure(office: Department) -> tuple[Measure, Viewer]:
    """A measure of an office with somebody who answers for it."""
    lead = account("Lena Kirsch", in_department=office)
    made = measure("V-17", lead_department=office, lead=lead)
    return made, viewer(Role.LEAD, departments=[office], of=lead)


def said(of: Measure, by: Viewer, **fields: Any) -> Report:
    """A report by the service, as somebody says it who may."""
    draft = replace(BUILDING, **fields)
    return services.report(by=by, on=TODAY, measure=of, said=draft, today=TODAY)


def reporting_round(
    *, opens_on: date = TODAY - timedelta(days=30), due_on: date = TODAY + timedelta(days=10), **fields: Any
) -> Round:
    name = fields.pop("name", f"Runde {next(_numbers)}")
    return Round.objects.create(name=name, opens_on=opens_on, due_on=due_on, **fields)


def settings(**fields: Any) -> ReportingSettings:
    return ReportingSettings.objects.create(**fields)


def framework(**fields: Any) -> Framework:
    fields = {"title": "INSEK", "label": "2024", "status": "valid", **fields}
    return Framework.objects.create(**fields)


def task(of: Framework, number: str = "1", **fields: Any) -> FutureTask:
    fields.setdefault("title", f"Zukunftsaufgabe {number}")
    return FutureTask.objects.create(framework=of, number=number, **fields)


def goal(of: Framework, number: str = "1.1", *, tasks: tuple[FutureTask, ...] = (), **fields: Any) -> Goal:
    level, _ = GoalLevel.objects.get_or_create(
        framework=of, rank=2, defaults={"name": "Ziel", "plural": "Ziele"}
    )
    fields.setdefault("title", f"Ziel {number}")
    made = Goal.objects.create(framework=of, level=level, number=number, **fields)
    for one in tasks:
        GoalTask.objects.create(goal=made, task=one)
    return made


def concept(number: str = "FK-01", **fields: Any) -> Concept:
    fields.setdefault("visibility", Visibility.PUBLIC)
    return Concept.objects.create(number=number, title=fields.pop("title", f"Konzept {number}"), **fields)


def supports(of: Measure, to: Goal, **fields: Any) -> MeasureGoal:
    return MeasureGoal.objects.create(measure=of, goal=to, **fields)


def absent(who: Account, *, by: Account | None = None, from_: date = TODAY - timedelta(days=2)) -> Absence:
    return Absence.objects.create(account=who, deputy=by, days=(from_, TODAY + timedelta(days=20)))


def now() -> datetime:
    return timezone.now()


def restraint(starts_on: date, ends_on: date) -> RestraintPeriod:
    return RestraintPeriod.objects.create(reason="Kommunalwahl", starts_on=starts_on, ends_on=ends_on)


def full_measure(today: date) -> tuple[Measure, Account]:
    """A public measure with everything internal it can have, and its lead."""
    office = department("66", name="Tiefbauamt")
    lead = account("Lena Kirsch", role=Role.LEAD, in_department=office)
    made = measure(
        "B 12/3",
        title="Radweg Nord",
        lead_department=office,
        lead=lead,
        note="nur für uns",
        source_note="nur für uns",
    )
    supports(made, goal(framework(), "5.2", title="Sicher mit dem Rad"), is_main=True)
    made.milestones.create(title="Geheimer Schritt", due_on=today)
    made.milestones.create(title="Baubeginn", due_on=today, is_public=True)
    made.partners.create(name="stille Partnerin")
    made.partners.create(name="ADFC Ortsgruppe", is_public=True)
    Brief.objects.create(measure=made, context="Kontext der Auftragsklärung")
    report(made, on=today - timedelta(days=3), public_note="Wir bauen.", released_at=timezone.now())
    report(
        made,
        on=today,
        timeliness=Timeliness.DELAYED,
        obstacle="Leitung im Weg",
        decision_needed="Wer zahlt?",
        note="nur für uns",
        public_note="noch nicht freigegeben",
        by_name="Lena Kirsch",
    )
    report(made, on=today, note="zurückgenommener Unsinn", withdrawn_at=timezone.now())
    return made, lead
