from pathlib import Path

import pytest

from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import Order, read_list, run_import, suggested_plan
from dreiklang.core.models import Run
from dreiklang.goals.imports.evaluation import EVALUATION
from dreiklang.goals.imports.goals import GOALS
from dreiklang.goals.imports.groups import GROUPS
from dreiklang.goals.imports.priorities import PRIORITIES
from dreiklang.goals.imports.tasks import TASKS
from dreiklang.goals.models import EvaluationStep, Framework, Goal, GoalLevel, PriorityChange, ThematicGroup

DEMO = Path(__file__).resolve().parents[3] / "demo"
CLERK = Actor(None, "Erika Muster")

TASK_LIST = "Nummer;Titel;Rang\n1;Innenstadt für alle;2\n2;Stadt am Wasser;1\n"
GOAL_LIST = (
    "Ebene;Nummer;Titel;Übergeordnet;Zukunftsaufgaben\n"
    "Entwicklungsziel;1.1;Treffpunkt;1;1|2\n"
    "Leitziel;1;Lebendige Mitte;;1\n"
)


def imported(importer: Importer, content: str | Path, *, is_dry_run: bool = False, **special: str) -> Run:
    given = content.encode() if isinstance(content, str) else content
    read = read_list(importer, given, file_name="liste.csv")
    plan = suggested_plan(importer, read.table)
    options = Options(source="Liste", special=special)
    return run_import(Order(importer, read, plan, options, CLERK, is_dry_run=is_dry_run))


def counts(run: Run) -> tuple[int, int, int, int]:
    return run.new_count, run.changed_count, run.unchanged_count, run.refused_count


@pytest.mark.django_db
def test_goals_find_their_level_their_parent_and_their_tasks() -> None:
    imported(TASKS, TASK_LIST)

    run = imported(GOALS, GOAL_LIST)

    goal = Goal.objects.get(number="1.1")
    assert counts(run) == (2, 0, 0, 0)
    assert goal.parent == Goal.objects.get(number="1")
    assert list(GoalLevel.objects.order_by("rank").values_list("name", "plural")) == [
        ("Leitziel", "Leitziele"),
        ("Entwicklungsziel", "Entwicklungsziele"),
    ]
    assert sorted(goal.tasks.values_list("number", flat=True)) == ["1", "2"]


@pytest.mark.django_db
def test_a_second_import_changes_nothing() -> None:
    for _ in range(2):
        runs = [imported(TASKS, TASK_LIST), imported(GOALS, GOAL_LIST)]

    assert [counts(run) for run in runs] == [(0, 0, 2, 0), (0, 0, 2, 0)]


@pytest.mark.django_db
def test_a_changed_list_changes_just_what_changed() -> None:
    imported(TASKS, TASK_LIST)
    imported(GOALS, GOAL_LIST)

    run = imported(GOALS, GOAL_LIST.replace("Treffpunkt", "Wohnzimmer"))

    assert counts(run) == (0, 1, 1, 0)
    assert list(Goal.objects.order_by("number").values_list("title", "version")) == [
        ("Lebendige Mitte", 1),
        ("Wohnzimmer", 2),
    ]


@pytest.mark.django_db
def test_an_unknown_task_is_refused_and_never_created() -> None:
    imported(TASKS, TASK_LIST)

    run = imported(GOALS, GOAL_LIST.replace("1|2", "1|Wasser in der Stadt"))

    assert counts(run) == (1, 0, 0, 1)
    assert run.problems.get().code == "unknown_task"


@pytest.mark.django_db
def test_goals_in_a_circle_are_refused() -> None:
    imported(TASKS, TASK_LIST)

    run = imported(
        GOALS, GOAL_LIST.replace("Leitziel;1;Lebendige Mitte;;1", "Leitziel;1;Lebendige Mitte;1.1;1")
    )

    assert counts(run) == (0, 0, 0, 2)


@pytest.mark.django_db
def test_a_list_for_the_draft_leaves_the_valid_version_alone() -> None:
    imported(TASKS, TASK_LIST)

    run = imported(TASKS, TASK_LIST.replace("Innenstadt", "Altstadt"), into="draft")

    assert counts(run) == (2, 0, 0, 0)
    assert Framework.objects.get(status="valid").tasks.get(number="1").title == "Innenstadt für alle"
    assert Framework.objects.get(status="draft").tasks.get(number="1").title == "Altstadt für alle"


@pytest.mark.django_db
def test_a_rank_that_is_no_number_is_refused() -> None:
    run = imported(TASKS, TASK_LIST.replace(";2\n", ";zuerst\n"))

    assert (run.refused_count, run.problems.get().code) == (1, "not_a_whole_number")


@pytest.mark.django_db
def test_the_lists_of_the_invented_town_come_in_and_stay_the_same() -> None:
    lists = [
        (TASKS, "zukunftsaufgaben.csv"),
        (GOALS, "leitbild.csv"),
        (GROUPS, "themen.csv"),
        (PRIORITIES, "prioritaeten.csv"),
        (EVALUATION, "fortschreibung.csv"),
    ]

    first = [imported(importer, DEMO / name) for importer, name in lists]
    second = [imported(importer, DEMO / name) for importer, name in lists]

    assert [run.refused_count for run in first] == [0] * 5
    assert [run.new_count + run.changed_count for run in second] == [0] * 5
    assert (Goal.objects.count(), ThematicGroup.objects.count()) == (23, 4)
    assert (PriorityChange.objects.count(), EvaluationStep.objects.count()) == (3, 11)
