"""What does not grow with the measures: people, areas, goals, concepts, rounds."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db.models import Model
from django.utils import timezone
from shapely.geometry import Point

from bench.city import words
from dreiklang.concepts.models import Concept, ConceptArea, ConceptGoal, ConceptTask
from dreiklang.goals.models import (
    EvaluationStep,
    Framework,
    FutureTask,
    Goal,
    GoalLevel,
    GoalTask,
    GroupGoal,
    GroupTask,
    PriorityChange,
    ThematicGroup,
)
from dreiklang.measures.models import ReportingSettings, RestraintPeriod, Round
from dreiklang.people.models import Account, Department, RoleAssignment
from dreiklang.people.rules import Role
from dreiklang.places.models import Area, Municipality, SpatialLevel

DEPARTMENTS, PEOPLE, AREAS, TASKS, CONCEPTS = 30, 60, 24, 9, 100
TOP_GOALS, GOALS = 5, 18
COORDINATOR, LEADER, LEAD = "koordination@stadt.example", "leitung@stadt.example", "person05@stadt.example"


@dataclass(frozen=True)
class Frame:
    """The database ids that measures link to."""

    departments: list[int]
    people: list[int]
    names: list[str]
    areas: list[int]
    tasks: list[int]
    goals: list[int]
    concepts: list[int]
    rounds: list[int]


def fill_frame(*, today: date, round_due_in_days: int) -> Frame:
    """Everything but measures."""
    random = Random("frame")  # noqa: S311 - the same city every time
    Municipality.objects.create(
        name="Messstadt",
        framework_name="INSEK 2035",
        ags="14999999",
        state="SN",
        setup_done_at=timezone.now(),
    )
    departments = _departments()
    people = _people(departments)
    areas = _areas(random)
    framework, tasks, goals = _goals(today, random)
    _groups(framework, tasks, goals)
    _priorities(tasks, today)
    concepts = _concepts(departments, people, areas, tasks, goals, today, random)
    return Frame(
        departments=[one.pk for one in departments],
        people=[one.pk for one in people],
        names=[one.name for one in people],
        areas=[one.pk for one in areas],
        tasks=[one.pk for one in tasks],
        goals=[one.pk for one in goals],
        concepts=[one.pk for one in concepts],
        rounds=_rounds(today, round_due_in_days),
    )


def _departments() -> list[Department]:
    divisions = _created(Department(key=f"D{n}", name=f"Dezernat {n}", kind="division") for n in range(1, 6))
    offices = _created(
        Department(key=f"{n + 10}", name=f"Amt für {thing}", parent=divisions[n % len(divisions)])
        for n, thing in enumerate(words.THINGS[: DEPARTMENTS - len(divisions)])
    )
    return divisions + offices


def _people(departments: list[Department]) -> list[Account]:
    offices = departments[5:]
    people = _created(
        Account(
            email=f"person{n:02}@stadt.example",
            name=f"Person {words.THINGS[n % len(words.THINGS)]} {n:02}",
            phone=f"Durchwahl {1000 + n}",
            department=offices[n % len(offices)],
            password="!",  # noqa: S106 - nobody logs in with it
        )
        for n in range(PEOPLE)
    )
    special = _created(
        Account(email=email, name=email.split("@")[0].title(), department=departments[0], password="!")  # noqa: S106 - nor with these
        for email in (COORDINATOR, LEADER)
    )
    roles = [RoleAssignment(account=one, role=Role.LEAD, department=one.department) for one in people]
    roles.append(RoleAssignment(account=special[0], role=Role.COORDINATOR))
    roles.append(RoleAssignment(account=special[1], role=Role.LEADERSHIP))
    _created(roles)
    for n, office in enumerate(offices):
        office.head = people[n]
    Department.objects.bulk_update(offices, ["head"])
    return people


def _areas(random: Random) -> list[Area]:
    level = SpatialLevel.objects.create(key="stadtteil", name="Stadtteil", plural="Stadtteile", rank=1)
    return _created(
        Area(
            level=level,
            key=f"{n + 1:02}",
            name=f"{words.PLACES[n % len(words.PLACES)]} {n // len(words.PLACES) + 1}",
            geometry=_blob(Point(12 + n % 6 / 50, 51 + n // 6 / 50), random),
        )
        for n in range(AREAS)
    )


def _blob(centre: Point, random: Random) -> Any:
    """A ring of 65 points, about as many as a simplified district has."""
    return centre.buffer(random.uniform(0.006, 0.01), quad_segs=16)


def _goals(today: date, random: Random) -> tuple[Framework, list[FutureTask], list[Goal]]:
    framework = Framework.objects.create(
        title="INSEK 2035", label="2035", status="valid", valid_from=today - timedelta(days=1200)
    )
    EvaluationStep.objects.create(
        framework=framework, name="Zwischenbericht", due_on=today + timedelta(days=90)
    )
    upper = GoalLevel.objects.create(framework=framework, rank=1, name="Leitziel", plural="Leitziele")
    lower = GoalLevel.objects.create(framework=framework, rank=2, name="Ziel", plural="Ziele")
    tasks = _created(
        FutureTask(
            framework=framework,
            number=str(n),
            title=words.title(random),
            description=words.text(random, 4),
            plain=words.text(random, 2),
            position=n,
            rank=n,
        )
        for n in range(1, TASKS + 1)
    )
    top = _created(
        Goal(framework=framework, level=upper, number=str(n), title=words.title(random), position=n)
        for n in range(1, TOP_GOALS + 1)
    )
    goals = _created(
        Goal(
            framework=framework,
            level=lower,
            parent=top[n % TOP_GOALS],
            number=f"{n % TOP_GOALS + 1}.{n // TOP_GOALS + 1}",
            title=words.title(random),
            description=words.text(random, 3),
            position=n,
        )
        for n in range(GOALS)
    )
    _created(GoalTask(goal=goal, task=tasks[n % TASKS]) for n, goal in enumerate(goals))
    return framework, tasks, goals


def _groups(framework: Framework, tasks: list[FutureTask], goals: list[Goal]) -> None:
    groups = _created(ThematicGroup(framework=framework, name=f"Fachteam {n}") for n in range(1, 5))
    _created(GroupTask(group=groups[n % 4], task=task) for n, task in enumerate(tasks))
    _created(GroupGoal(group=groups[n % 4], goal=goal) for n, goal in enumerate(goals))


def _priorities(tasks: list[FutureTask], today: date) -> None:
    _created(
        PriorityChange(
            task=task,
            effective_on=today - timedelta(days=100 * n + 10),
            cause="local",
            trigger=words.SENTENCES[n],
            reason=words.SENTENCES[n + 1],
            old_rank=n + 3,
            new_rank=n + 1,
            published_at=timezone.now() - timedelta(days=100 * n + 5),
        )
        for n, task in enumerate(tasks[:6])
    )


def _concepts(
    departments: list[Department],
    people: list[Account],
    areas: list[Area],
    tasks: list[FutureTask],
    goals: list[Goal],
    today: date,
    random: Random,
) -> list[Concept]:
    concepts = _created(
        Concept(
            number=f"FK-{n:03}",
            title=f"{random.choice(words.THINGS)}konzept {n}",
            status="adopted",
            valid_from=today - timedelta(days=300 + n),
            lead_department=departments[n % DEPARTMENTS],
            lead=people[n % PEOPLE],
            deputy=people[(n + 1) % PEOPLE],
            resolution_reference=f"B-{n:03}/2024",
            resolution_on=today - timedelta(days=310 + n),
            summary=words.text(random, 3),
            visibility="internal" if n % 10 == 0 else "public",
        )
        for n in range(CONCEPTS)
    )
    _created(
        ConceptGoal(
            concept=concept,
            goal=goal,
            sign="hinders" if n % 7 == 0 else "supports",
            weight=n % 3 + 1,
            reason=words.text(random, 1),
            is_main=place == 0,
        )
        for n, concept in enumerate(concepts)
        for place, goal in enumerate(random.sample(goals, 3))
    )
    _created(ConceptTask(concept=one, task=random.choice(tasks), is_main=True) for one in concepts[::3])
    _created(ConceptArea(concept=one, area=random.choice(areas)) for one in concepts[::2])
    return concepts


def _rounds(today: date, due_in_days: int) -> list[int]:
    ReportingSettings.objects.create()
    RestraintPeriod.objects.create(
        reason="Wahl", starts_on=today - timedelta(days=400), ends_on=today - timedelta(days=358)
    )
    rounds = []
    for n in range(4, 0, -1):
        opens_on = today - timedelta(days=180 * n)
        rounds.append(
            Round(
                name=f"Runde {opens_on:%m/%Y}",
                opens_on=opens_on,
                due_on=opens_on + timedelta(days=40),
                closed_on=opens_on + timedelta(days=60),
            )
        )
    due_on = today + timedelta(days=due_in_days)
    rounds.append(Round(name="Laufende Runde", opens_on=due_on - timedelta(days=40), due_on=due_on))
    return [one.pk for one in _created(rounds)]


def _created(records: Any) -> list[Any]:
    """Writes the records of one model in few statements and gives them back with their ids."""
    made: list[Model] = list(records)
    return type(made[0])._default_manager.bulk_create(made, batch_size=2000)  # type: ignore[return-value]  # of one model
