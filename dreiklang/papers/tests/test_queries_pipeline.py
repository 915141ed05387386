from datetime import timedelta

import pytest

from dreiklang.papers.queries.checks import pipeline
from dreiklang.papers.tests.check_factories import NOW, Town
from dreiklang.papers.tests.factories import committee, meeting

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def town() -> Town:
    return Town()


def test_an_office_that_let_its_deadline_pass_is_named(town: Town) -> None:
    check = town.co_signing()
    due_on = check.co_signatures.get().due_on
    viewer = town.as_viewer(town.boss)

    in_time = pipeline(viewer, today=due_on)[0].lines[0]
    too_late = pipeline(viewer, today=due_on + timedelta(days=1))[0].lines[0]

    assert in_time.overdue == ()
    assert too_late.overdue == (("Grünflächenamt", due_on),)


def test_no_deadline_is_overdue_before_the_co_signing_begins(town: Town) -> None:
    check = town.co_signing()
    due_on = check.co_signatures.get().due_on
    check.state = "returned"
    check.save()

    line = pipeline(town.as_viewer(town.boss), today=due_on + timedelta(days=1))[0].lines[0]

    assert line.overdue == ()


def test_two_committees_of_one_day_stand_apart(town: Town) -> None:
    first, second = meeting(committee(name="Bauausschuss")), meeting(committee(name="Umweltausschuss"))
    town.started(title="Eins", meeting_id=first.pk)
    town.started(title="Zwei", meeting_id=second.pk)

    days = pipeline(town.as_viewer(town.boss), today=TODAY)

    assert sorted(day.committee for day in days) == ["Bauausschuss", "Umweltausschuss"]
    assert len({day.on for day in days}) == 1
