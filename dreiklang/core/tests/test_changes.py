"""Work for later, asked for more than once."""

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from dreiklang.core.changes import later
from dreiklang.core.models import Change

pytestmark = pytest.mark.django_db
ONE_IS_ENOUGH = "papers_compared_texts"


def test_a_second_wish_for_what_waits_already_breaks_no_save() -> None:
    with transaction.atomic():
        later(ONE_IS_ENOUGH, timestamp=1)
        later(ONE_IS_ENOUGH, timestamp=2)
        Change.objects.create(name="saved", subject="test", object_key="1", facts={})

    assert Change.objects.filter(name="saved").count() == 1
    assert ProcrastinateJob.objects.filter(task_name=ONE_IS_ENOUGH).count() == 1


def test_a_task_without_such_a_lock_waits_as_often_as_it_was_asked_for() -> None:
    later("papers_propose", check_id=1)
    later("papers_propose", check_id=1)

    assert ProcrastinateJob.objects.filter(task_name="papers_propose").count() == 2
