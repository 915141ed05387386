from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dreiklang.concepts.tests.factories import concept
from dreiklang.core.errors import NotFound
from dreiklang.core.values import Unknown
from dreiklang.papers.models import Check, PaperSettings
from dreiklang.papers.queries import checks as queries
from dreiklang.papers.queries.checks.durations import durations
from dreiklang.papers.queries.released import released_reference
from dreiklang.papers.rules.checklist import Given
from dreiklang.papers.rules.checks import Duty, Step
from dreiklang.papers.rules.durations import Leg
from dreiklang.papers.rules.kinds import PaperKind
from dreiklang.papers.services import checks as services
from dreiklang.papers.services.checks.links import settle_links
from dreiklang.papers.tests.check_factories import LATER, NOW, Town
from dreiklang.papers.tests.factories import meeting, paper, resolution, step
from dreiklang.people.rules import PUBLIC, SYSTEM, HeldRole, Role, Viewer

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
MEMBER = Viewer(account_id=1, held=frozenset({HeldRole(Role.COUNCIL_MEMBER)}))
PARTNER = Viewer(account_id=1, held=frozenset({HeldRole(Role.PARTNER)}))
OUTSIDERS = [PUBLIC, MEMBER, PARTNER]


@pytest.fixture
def town() -> Town:
    return Town()


def harming(town: Town, **fields: Any) -> Check:
    """A check that says it works against the trees."""
    check = town.started(**fields)
    town.touching(check, town.growth, town.trees)
    return town.answered(
        check,
        Given("ziele", town.growth.pk, value="gain", reason="Ein Weg."),
        Given("ziele", town.trees.pk, value="harm", reason="Drei Linden."),
    )


@pytest.mark.parametrize("viewer", OUTSIDERS)
def test_nothing_of_any_check_reaches_outsiders(town: Town, viewer: Viewer) -> None:
    check = harming(town)
    town.released()

    with pytest.raises(NotFound):
        queries.check_page(viewer, number=check.number, today=TODAY)
    assert queries.pipeline(viewer, today=TODAY) == ()
    assert queries.finished_checks(viewer, today=TODAY) == ()
    assert queries.against_goals(viewer, year=2026) == ()
    assert queries.without_reason(viewer, year=2026) == ()
    assert queries.strategic_without_check(viewer, year=2026) == ()
    assert queries.concepts_without_summary(viewer) == ()
    assert queries.durations(viewer) == ()
    assert queries.where_checks_wait(viewer, now=LATER) == ()
    assert queries.papers_on_their_way(viewer, today=TODAY) == ()


@pytest.mark.parametrize("viewer", OUTSIDERS)
def test_a_public_paper_shows_its_released_check_and_no_other(town: Town, viewer: Viewer) -> None:
    shown, running, hidden = paper(), paper(), paper(visibility="internal")
    town.released(paper_id=shown.pk)
    town.complete(paper_id=running.pk)
    town.released(paper_id=hidden.pk)

    found = released_reference(viewer, paper_id=shown.pk)

    assert found is not None
    assert [(one.goal.key, one.sign, one.reason) for one in found.effects] == [("1.1", "++", "Ein Weg mehr.")]
    assert released_reference(viewer, paper_id=running.pk) is None
    assert released_reference(viewer, paper_id=hidden.pk) is None


def test_a_conflict_stands_side_by_side(town: Town) -> None:
    page = queries.check_page(SYSTEM, number=harming(town).number, today=TODAY)

    assert page.findings.is_conflict
    assert [one.goal for one in page.findings.harms] == [town.trees.pk]


def test_the_page_offers_only_what_the_viewer_may_do(town: Town) -> None:
    check = town.in_review()
    steps = {
        who.name: [
            one.step
            for one in queries.check_page(town.as_viewer(who), number=check.number, today=TODAY).steps
        ]
        for who in (town.editor, town.reader, town.signer)
    }

    assert steps["Eda Redaktion"] == [Step.GIVE_UP]
    assert steps["Rudi Zweitleser"] == [Step.FORWARD, Step.RETURN]
    assert steps["Gerda Grün"] == []


def test_the_pipeline_goes_by_the_day_of_the_committee(town: Town) -> None:
    later = town.co_signing(committee_on=TODAY + timedelta(days=40))
    sooner = town.started(committee_on=TODAY + timedelta(days=20))
    undated = town.started()
    town.released()

    days = queries.pipeline(SYSTEM, today=TODAY)

    assert [[line.number for line in day.lines] for day in days] == [
        [sooner.number],
        [later.number],
        [undated.number],
    ]
    assert days[1].lines[0].duty is Duty.CO_SIGN
    assert days[1].lines[0].waits_for == ("Grünflächenamt",)


def statements(town: Town) -> int:
    with CaptureQueriesContext(connection) as seen:
        queries.pipeline(SYSTEM, today=TODAY)
    return len(seen)


def test_the_pipeline_asks_as_often_for_many_checks_as_for_few(town: Town) -> None:
    town.co_signing(committee_on=TODAY)
    few = statements(town)
    for _number in range(3):
        town.co_signing(committee_on=TODAY)

    assert statements(town) == few


def test_what_works_against_a_goal_is_found_with_its_reason(town: Town) -> None:
    harming(town, title="Parkplatz")
    given_up = harming(town, title="Aufgegeben")
    services.give_up(
        by=town.as_viewer(town.editor),
        now=NOW,
        number=given_up.number,
        version=given_up.version,
        reason="Kein Geld",
    )
    against = paper(dated_on=date(2026, 5, 4))
    against.links.create(kind="goal", target=town.trees.pk, sign="hinders", reason="Fällung")

    found = queries.against_goals(SYSTEM, year=2026, goal_id=town.trees.pk)

    assert {(one.source.title, one.reason) for one in found} == {
        ("Parkplatz", "Drei Linden."),
        (against.title, "Fällung"),
    }
    assert queries.against_goals(SYSTEM, year=2026, goal_id=town.growth.pk) == ()
    assert queries.against_goals(SYSTEM, year=2025) == ()


def test_a_paper_and_a_goal_stand_once_in_the_year_of_the_paper(town: Town) -> None:
    last_year = paper("BV-9/2025", dated_on=date(2025, 12, 18))
    last_year.links.create(kind="goal", target=town.trees.pk, sign="hinders", reason="Von Hand")
    check = harming(town, paper_id=last_year.pk)

    (one,) = queries.against_goals(SYSTEM, year=2025)

    assert (one.source.key, one.reason, one.on) == ("BV-9/2025", "Drei Linden.", date(2025, 12, 18))
    assert one.check is not None
    assert one.check.key == check.number
    assert queries.against_goals(SYSTEM, year=2026) == ()


def test_an_earlier_check_gives_way_to_the_release_of_a_later_one(town: Town) -> None:
    again = paper()
    harming(town, paper_id=again.pk)
    town.released(paper_id=again.pk)

    assert queries.against_goals(SYSTEM, year=2026) == ()


def test_what_a_released_check_left_at_its_paper_is_not_told_twice(town: Town) -> None:
    of = paper()
    check = town.started(paper_id=of.pk)
    town.touching(check, town.growth)
    town.answered(check, Given("ziele", town.growth.pk, value="harm"))
    Check.objects.filter(pk=check.pk).update(state="released", released_at=LATER)
    settle_links(paper_ids=[of.pk])

    assert of.links.get().sign == "hinders"
    assert len(queries.against_goals(SYSTEM, year=2026)) == 1
    assert [one.source.key for one in queries.without_reason(SYSTEM, year=2026)] == [check.number]


def test_a_goal_rejected_later_is_no_longer_worked_against(town: Town) -> None:
    check = harming(town)
    check.proposals.filter(target=town.trees.pk).update(verdict="rejected")

    assert queries.against_goals(SYSTEM, year=2026) == ()


def test_what_was_said_without_a_reason_is_listed(town: Town) -> None:
    check = town.started()
    town.touching(check, town.growth)
    town.answered(check, Given("ziele", town.growth.pk, value="none"))

    assert [one.source.key for one in queries.without_reason(SYSTEM, year=2026)] == [check.number]


def test_strategic_papers_without_a_check_are_listed(town: Town) -> None:
    PaperSettings.objects.create(strategic_kinds=[PaperKind.PROPOSAL])
    lacking = paper(kind=PaperKind.PROPOSAL)
    paper(kind=PaperKind.PROPOSAL, is_strategic=False)
    paper(kind=PaperKind.INQUIRY)
    checked = paper(kind=PaperKind.PROPOSAL)
    town.started(paper_id=checked.pk)

    assert [one.paper.key for one in queries.strategic_without_check(SYSTEM, year=2026)] == [lacking.number]


def test_durations_follow_the_paper_to_its_resolution(town: Town) -> None:
    of = paper()
    town.released(paper_id=of.pk)
    held = meeting(starts_at=datetime.fromisoformat("2026-11-30T15:00+01:00"), state="held")
    step(of, meeting=held)
    resolution(paper=of, decided_on=date(2026, 12, 10))

    (year,) = durations(SYSTEM)

    days = {one.leg: one.days for one in year.legs}
    assert (days[Leg.CHECK], days[Leg.COMMITTEE], days[Leg.RESOLUTION]) == (3.0, 7.0, 10.0)


def test_a_paper_lies_on_its_leg_until_its_resolution_is_done(town: Town) -> None:
    of = paper()
    town.released(paper_id=of.pk)
    followed = resolution(paper=of, decided_on=date(2026, 12, 10))

    def on_start() -> tuple[int, Any]:
        lying = queries.papers_on_their_way(SYSTEM, today=date(2026, 12, 31))
        return next((one.now_count, one.longest_now) for one in lying if one.leg is Leg.START)

    assert on_start() == (1, 21)
    followed.state = "done"
    followed.save()
    assert on_start() == (0, Unknown("nobody_there"))


def test_a_concept_that_got_its_summary_later_is_still_told_of(town: Town) -> None:
    concept(number="FK-1", status="adopted", summary="Jetzt da.", summary_waived_reason="Die Frist lief ab.")
    concept(number="FK-2", status="adopted", summary="War immer da.")

    (one,) = queries.concepts_without_summary(SYSTEM)

    assert (one.concept.key, one.reason, one.has_one_now) == ("FK-1", "Die Frist lief ab.", True)
