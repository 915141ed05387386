"""After a council system was read, the worker follows what was decided there."""

import pytest

from dreiklang.config import tasks
from dreiklang.papers.models import Resolution
from dreiklang.papers.rules.kinds import Result
from dreiklang.papers.services import FOLLOW_JOB
from dreiklang.papers.tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_worker_follows_decisions_under_the_name_the_run_calls():
    item = make.item(make.meeting(), result=Result.ADOPTED)
    make.step(make.paper(), item, is_deciding=True)

    tasks.papers_follow_decisions()

    assert Resolution.objects.count() == 1
    assert tasks.papers_follow_decisions.name == FOLLOW_JOB
