"""What the worker does by the clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dreiklang.config import tasks
from dreiklang.core.models import Upload


@pytest.mark.django_db
def test_the_night_job_throws_away_imports_that_were_left() -> None:
    for days in (29, 31):
        made = Upload.objects.create(kind="goals", file_name=f"{days}.csv", content=b"", by_id=1)
        Upload.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=days))

    tasks.workspace_discard_left(timestamp=0)

    assert Upload.objects.get().file_name == "29.csv"
