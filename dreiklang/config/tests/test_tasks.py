"""What the worker does by the clock."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from dreiklang.config import tasks
from dreiklang.core.models import Upload
from dreiklang.papers.services.jobs import FETCH_FILES, READ_TEXTS
from dreiklang.papers.services.texts import Stored


@pytest.mark.django_db
def test_the_night_job_throws_away_imports_that_were_left() -> None:
    for days in (29, 31):
        made = Upload.objects.create(kind="goals", file_name=f"{days}.csv", content=b"", by_id=1)
        Upload.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=days))

    tasks.workspace_discard_left(timestamp=0)

    assert Upload.objects.get().file_name == "29.csv"


@pytest.mark.django_db
def test_files_are_fetched_until_none_waits_and_then_read_into_their_papers(monkeypatch) -> None:
    rounds = iter([Stored(200, 0, is_full=True), Stored(3, 1, is_full=False), Stored(0, 1, is_full=False)])
    monkeypatch.setattr(tasks.downloads, "fetch_files", lambda: next(rounds))

    for expected in ([FETCH_FILES], [READ_TEXTS], []):
        ProcrastinateJob.objects.all()._raw_delete("default")
        tasks.papers_oparl_files()

        assert list(ProcrastinateJob.objects.values_list("task_name", flat=True)) == expected
