"""Carries out jobs: what somebody waits for beside what takes long, each one after the other."""

import asyncio
import contextlib
import gc
import signal
from typing import Any

from procrastinate import App
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

# Proposals, mails and what follows from a change: seconds each, and somebody waits for them.
SOON = "soon"
# Everything else: council systems, files, lists, the work of the night.
LONG = "default"
# How often jobs are looked for whose worker was killed. A worker is given up after 30 s without a sign of life.
LOOK_EVERY_S = 30
# A job that took its worker down with it so often is not tried again.
TRIES = 3


async def work(*, wait: bool = True, grace: float | None = None) -> None:
    """Carry out jobs until cancelled, or (`wait=False`) what there is now.

    Two at once, one of each queue, in threads of this process: they share the encoder's child (core/nearness).
    `grace`: seconds that a job at hand has left when it ends; None for as long as it takes.
    """
    connector: Any = jobs.connector  # Django's; its base class cannot make workers
    options: dict[str, Any] = {"wait": wait, "shutdown_graceful_timeout": grace}
    with jobs.replace_connector(connector.get_worker_connector()) as app:
        async with app.open_async(), asyncio.TaskGroup() as group:
            await take_up_left_jobs(app)
            workers = [
                group.create_task(
                    app.run_worker_async(queues=[queue], name=queue, install_signal_handlers=False, **options)
                )
                for queue in (SOON, LONG)
            ]
            looking = group.create_task(_look_for_left_jobs(app))
            await asyncio.wait(workers)
            looking.cancel()


async def take_up_left_jobs(app: App) -> None:
    """Put back what a killed worker left in the middle: else it stays "doing", and its lock holds up others for ever."""
    for job in await app.job_manager.get_stalled_jobs():
        if job.attempts < TRIES:
            # Where the same waits already, one of them is enough.
            with contextlib.suppress(UniqueViolation):
                await app.job_manager.retry_job(job)
                continue
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)


async def _look_for_left_jobs(app: App) -> None:
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        await take_up_left_jobs(app)


def work_alone(*, wait: bool) -> None:
    """The same as a process of its own, until SIGINT or SIGTERM; the jobs at hand are brought to their end."""
    spare_the_collector()
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_until_told(wait=wait))


def spare_the_collector() -> None:
    """Take what was loaded at the start out of the collector's rounds: it stays to the end anyway.

    To look through all of Django again and again costs a tenth of a second each time, in the middle of a job.
    """
    gc.collect()
    gc.freeze()


async def _until_told(*, wait: bool) -> None:
    task = asyncio.ensure_future(work(wait=wait))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers; there Ctrl-C interrupts.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, task.cancel)
    await task
