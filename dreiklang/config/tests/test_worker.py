"""Jobs: what somebody waits for does not stand behind what takes long."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.models import ProcrastinateJob

from dreiklang.config import tasks
from dreiklang.config.worker import LONG, SOON, work
from dreiklang.papers.services.checks.start import PROPOSE_JOB
from dreiklang.papers.services.jobs import PROPOSE_IN_TURN
from dreiklang.papers.services.sync import JOB as SYNC_JOB

PATIENCE = 30


@pytest.fixture
def nothing_waits(transactional_db: None) -> Iterator[None]:
    """The table of jobs is not Django's, so nobody else empties it: not what tests before left, either."""
    empty_jobs()
    yield
    empty_jobs()


def empty_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_periodic_defers CASCADE")


@pytest.mark.usefixtures("nothing_waits")
def test_a_proposal_is_made_while_a_long_job_runs() -> None:
    asked = threading.Event()
    was_asked: list[bool] = []

    @jobs.task(name="test_long", queue=LONG)
    def read_a_slow_system() -> None:
        was_asked.append(asked.wait(PATIENCE))

    @jobs.task(name="test_soon", queue=SOON)
    def propose() -> None:
        asked.set()

    read_a_slow_system.defer()
    propose.defer()

    with ThreadPoolExecutor(1) as own:  # a browser's tests leave a loop running in this thread
        own.submit(asyncio.run, work(wait=False)).result()

    # The long one ends because the short one ran beside it.
    assert was_asked == [True]
    assert set(ProcrastinateJob.objects.values_list("status", flat=True)) == {"succeeded"}


@pytest.mark.parametrize(
    ("name", "queue"),
    [
        (PROPOSE_JOB, SOON),
        (tasks.deliver_change.name, SOON),
        ("papers_check_mail", SOON),
        (PROPOSE_IN_TURN, LONG),
        (SYNC_JOB, LONG),
        ("papers_oparl_files", LONG),
        ("papers_compared_texts", LONG),
        ("papers_propose_after_reading", LONG),
    ],
)
def test_each_job_stands_in_its_queue(name: str, queue: str) -> None:
    assert jobs.tasks[name].queue == queue


def test_no_job_stands_where_nobody_looks() -> None:
    elsewhere = {name for name, task in jobs.tasks.items() if task.queue not in {SOON, LONG}}

    # The queue's own, which we do not use.
    assert all("builtin" in name for name in elsewhere)


def carry_out() -> None:
    with ThreadPoolExecutor(1) as own:  # a browser's tests leave a loop running in this thread
        own.submit(asyncio.run, work(wait=False)).result()


def leave_in_the_middle(*, attempts: int = 0) -> None:
    """As a worker that is killed leaves its jobs: they are "doing", and nobody does them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL, attempts = %s", [attempts]
        )


@pytest.mark.usefixtures("nothing_waits")
def test_what_a_killed_worker_left_is_done_and_holds_up_nobody() -> None:
    done: list[int] = []

    @jobs.task(name="test_left", lock="test_left", queue=LONG)
    def compare(number: int) -> None:
        done.append(number)

    compare.defer(number=1)
    leave_in_the_middle()
    compare.defer(number=2)

    carry_out()

    assert done == [1, 2]


@pytest.mark.usefixtures("nothing_waits")
def test_a_job_that_kills_its_worker_again_and_again_is_given_up() -> None:
    done: list[int] = []

    @jobs.task(name="test_deadly", lock="test_left", queue=LONG)
    def compare(number: int) -> None:
        done.append(number)

    compare.defer(number=1)
    leave_in_the_middle(attempts=3)
    compare.defer(number=2)

    carry_out()

    assert done == [2]
    assert set(ProcrastinateJob.objects.values_list("status", flat=True)) == {"failed", "succeeded"}


@pytest.mark.usefixtures("nothing_waits")
def test_of_a_job_that_waits_already_the_left_one_is_not_done_again() -> None:
    done: list[int] = []

    @jobs.task(name="test_waits", queueing_lock="test_waits", queue=LONG)
    def compare(number: int) -> None:
        done.append(number)

    compare.defer(number=1)
    leave_in_the_middle()
    compare.defer(number=2)

    carry_out()

    assert done == [2]
