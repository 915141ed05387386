"""The invented town's council papers: they load, load again without a change, and tell one story."""

from datetime import date

import pytest

from dreiklang.config import demo_town
from dreiklang.core.models import Problem, Run
from dreiklang.papers.models import Check, Paper, PaperLink, Resolution
from dreiklang.papers.queries.checks.facts import facts_of, given_answers
from dreiklang.papers.rules.kinds import CheckState, Result, TargetKind
from dreiklang.people.models import Committee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
TODAY = date(2026, 11, 22)
# States in which a check has all its answers.
COMPLETE = (CheckState.REVIEW, CheckState.CO_SIGNING, CheckState.RELEASED)


def test_the_town_loads_twice_and_its_papers_hold_together() -> None:
    again = demo_town.load()

    _nothing_changed(again)
    _papers_tell_their_route()
    _checks_are_complete_where_they_must_be()
    _resolutions_belong_to_papers()


def _nothing_changed(runs: list[Run]) -> None:
    new = {run.source.name: (run.new_count, run.changed_count) for run in runs}

    assert {name: counts for name, counts in new.items() if counts != (0, 0)} == {}
    assert Problem.objects.filter(weight="error").count() == 0


def _papers_tell_their_route() -> None:
    assert Paper.objects.count() == 80
    assert Committee.objects.count() == 14
    assert Paper.objects.filter(route=None).count() == 0
    assert Paper.objects.exclude(withdrawn_at=None).count() == 2
    assert Paper.objects.filter(visibility="internal").count() == 4
    assert {paper.versions.count() for paper in Paper.objects.filter(number__in=("BV-045/2026",))} == {2}
    assert PaperLink.objects.filter(kind=TargetKind.GOAL, sign="hinders").count() > 20


def _checks_are_complete_where_they_must_be() -> None:
    assert Check.objects.count() == 40
    for check in Check.objects.select_related("checklist").filter(state__in=COMPLETE):
        facts = facts_of(check)

        assert facts.gap_count == 0, (check.number, given_answers(check))
        if check.state == CheckState.RELEASED:
            assert check.released_at is not None
    assert set(Check.objects.values_list("state", flat=True)) == set(CheckState)
    released = PaperLink.objects.exclude(from_check=None)
    assert released.filter(kind=TargetKind.GOAL).count() > 50
    assert set(released.values_list("from_check__state", flat=True)) == {CheckState.RELEASED}
    assert released.filter(kind=TargetKind.GOAL, reason="").count() == 0


def _resolutions_belong_to_papers() -> None:
    assert Resolution.objects.count() == 60
    assert Resolution.objects.filter(paper=None).exclude(kind="promise").count() == 0
    assert Resolution.objects.filter(result=Result.REJECTED).count() == 1
    assert Resolution.objects.filter(due_on__lt=TODAY, state__in=("open", "in_work")).count() == 11
