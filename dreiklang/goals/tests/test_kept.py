"""Answers kept until the data change: across transactions, so these tests really commit."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dreiklang.core.kept import CACHE, gather, kept
from dreiklang.core.models import Revision
from dreiklang.goals.models import Framework, FutureTask, Goal, GoalLevel, GoalTask

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = "SELECT count(*) FROM goals_goaltask WHERE goal_id > %s"


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Nothing of another test is remembered."""
    caches[CACHE].clear()
    yield
    caches[CACHE].clear()


@pytest.fixture
def link() -> GoalTask:
    framework = Framework.objects.create(title="INSEK 2035", label="2024")
    level = GoalLevel.objects.create(framework=framework, rank=1, name="Leitziel", plural="Leitziele")
    goal = Goal.objects.create(framework=framework, level=level, number="1", title="Grün")
    task = FutureTask.objects.create(framework=framework, number="1", title="Klima")
    return GoalTask.objects.create(goal=goal, task=task)


def asked() -> tuple[int, int]:
    """The answer, and how many statements it took."""
    with CaptureQueriesContext(connection) as statements:
        rows = kept(COUNT, (0,))
    return rows[0][0], len(statements)


def test_the_second_answer_takes_one_small_statement(link: GoalTask) -> None:
    assert asked() == (1, 2)
    assert asked() == (1, 1)


@pytest.mark.parametrize("how", ["orm", "sql", "truncate"])
def test_a_change_by_any_path_is_seen_at_once(link: GoalTask, how: str) -> None:
    asked()
    if how == "orm":
        link.delete()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM goals_goaltask" if how == "sql" else "TRUNCATE goals_goaltask")
    assert asked() == (0, 2)


def test_a_transaction_that_writes_asks_anew_and_leaves_nothing_behind(link: GoalTask) -> None:
    asked()
    with transaction.atomic():
        link.delete()
        assert asked() == (0, 2)
        assert asked() == (0, 2), "what may be rolled back is not kept"
        transaction.set_rollback(True)
    assert asked() == (1, 1)


def test_a_change_within_a_savepoint_given_up_does_not_hide_the_next_one(link: GoalTask) -> None:
    asked()
    with transaction.atomic():
        with transaction.atomic():
            GoalTask.objects.all().update(goal=link.goal)
            transaction.set_rollback(True)
        link.delete()
    assert asked() == (0, 2)


def test_a_transaction_leaves_one_row_however_often_it_writes(link: GoalTask) -> None:
    before = Revision.objects.count()
    with transaction.atomic():
        for _ in range(5):
            GoalTask.objects.all().update(goal=link.goal)
    assert Revision.objects.count() == before + 1


def test_a_city_nobody_has_written_to_yet_has_a_state_too() -> None:
    Revision.objects.all().delete()
    assert asked() == (0, 2)
    assert asked() == (0, 1)


def test_other_parameters_are_another_question(link: GoalTask) -> None:
    asked()
    assert kept(COUNT, (link.goal_id,)) == [(0,)]


def test_gathered_rows_keep_their_sum(link: GoalTask) -> None:
    GoalTask.objects.all().update(goal=link.goal)
    total = sum(Revision.objects.values_list("number", flat=True))
    gather()
    assert [row.number for row in Revision.objects.all()] == [total]
    link.delete()
    assert asked()[0] == 0
