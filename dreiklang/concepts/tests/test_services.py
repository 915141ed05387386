from dataclasses import replace
from datetime import date

import pytest

from dreiklang.concepts import services
from dreiklang.concepts.models import Concept, ConceptStep
from dreiklang.concepts.rules import ProcedureStep, Step
from dreiklang.concepts.services import WantedLink
from dreiklang.concepts.tests import factories as make
from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.core.models import Change
from dreiklang.goals.rules import LinkSign
from dreiklang.goals.tests import factories as goals
from dreiklang.people.rules import PUBLIC, Role, Viewer
from dreiklang.people.services import NotAllowed
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Viewer:
    return people.viewer(Role.COORDINATOR)


def test_a_department_editor_changes_her_own_departments_concepts_only() -> None:
    own, other = people.department(), people.department()
    editor = people.viewer(Role.DEPARTMENT_EDITOR, where=own)
    mine, theirs = make.concept(lead_department=own), make.concept(lead_department=other)

    services.change_concept(by=editor, number=mine.number, version=1, values={"title": "Neu"})

    with pytest.raises(NotAllowed):
        services.change_concept(by=editor, number=theirs.number, version=1, values={"title": "Neu"})
    with pytest.raises(NotAllowed):
        services.change_concept(
            by=editor, number=mine.number, version=2, values={"lead_department_id": other.pk}
        )


@pytest.mark.parametrize("viewer", [PUBLIC, "council", "partner", "leadership"])
def test_others_change_nothing(viewer: object) -> None:
    roles = {"council": Role.COUNCIL_MEMBER, "partner": Role.PARTNER, "leadership": Role.LEADERSHIP}
    by = people.viewer(roles[viewer]) if isinstance(viewer, str) else viewer
    made = make.concept()

    with pytest.raises(NotAllowed):
        services.change_concept(by=by, number=made.number, version=1, values={"title": "Fremd"})
    with pytest.raises(NotAllowed):
        services.create_concept(by=by, number="X", values={"title": "Fremd"})


def test_the_named_lead_may_edit_without_a_role_in_the_department() -> None:
    account = people.account(Role.LEAD, where=people.department())
    made = make.concept(lead=account)
    by = people.viewer_of(account=account)

    assert (
        services.change_concept(by=by, number=made.number, version=1, values={"title": "Neu"}).title == "Neu"
    )


def test_a_new_concept_is_internal(coordinator: Viewer) -> None:
    made = services.create_concept(by=coordinator, number="FK-90", values={"title": "Neu"})

    assert made.visibility == Visibility.INTERNAL


def test_a_number_is_given_once(coordinator: Viewer) -> None:
    make.concept(number="FK-90")

    with pytest.raises(services.CannotSave) as refusal:
        services.create_concept(by=coordinator, number=" FK-90 ", values={"title": "Neu"})

    assert refusal.value.code == "number_taken"


def test_an_older_version_is_refused_and_nothing_is_lost(coordinator: Viewer) -> None:
    made = make.concept(title="Vorher")
    services.change_concept(by=coordinator, number=made.number, version=1, values={"title": "Erste"})

    with pytest.raises(ChangedMeanwhile) as refusal:
        services.change_concept(by=coordinator, number=made.number, version=1, values={"title": "Zweite"})

    assert refusal.value.theirs.title == "Erste"
    assert Concept.objects.get().title == "Erste"


def test_the_main_goal_moves_without_ever_being_two(coordinator: Viewer) -> None:
    first, second = goals.goal(), goals.goal()
    made = make.concept(goals=(first,))

    services.link_goals(
        by=coordinator,
        number=made.number,
        version=1,
        links=[
            WantedLink(first.pk, LinkSign.HINDERS, 3, "Weil es Fläche kostet"),
            WantedLink(second.pk, is_main=True),
        ],
    )

    assert made.goal_links.get(is_main=True).goal_id == second.pk
    assert made.goal_links.get(goal=first).sign == "hinders"


def test_goals_that_are_not_named_any_more_go(coordinator: Viewer) -> None:
    made = make.concept(goals=(goals.goal(), goals.goal()))

    services.link_goals(by=coordinator, number=made.number, version=1, links=[])

    assert not made.goal_links.exists()


@pytest.mark.parametrize("code", ["two_main_goals", "goal_twice"])
def test_contradicting_links_are_refused(coordinator: Viewer, code: str) -> None:
    one, other = goals.goal().pk, goals.goal().pk
    links = {
        "two_main_goals": [WantedLink(one, is_main=True), WantedLink(other, is_main=True)],
        "goal_twice": [WantedLink(one), WantedLink(one)],
    }[code]

    with pytest.raises(services.CannotSave) as refusal:
        services.link_goals(by=coordinator, number=make.concept().number, version=1, links=links)

    assert refusal.value.code == code


def test_publishing_is_told_upwards(coordinator: Viewer) -> None:
    made = make.concept(visibility="internal")

    services.set_visibility(by=coordinator, number=made.number, version=1, visibility=Visibility.PUBLIC)

    assert Change.objects.get().name == "published"


def test_handing_over_moves_everything_once(coordinator: Viewer) -> None:
    before, after = people.department(), people.department()
    leaving, staying = people.account(), people.account()
    make.concept(number="A", lead_department=before)
    make.concept(number="B", lead=leaving, deputy=leaving)

    assert services.hand_over(by=coordinator, from_department=before, to_department=after) == 1
    assert services.hand_over(by=coordinator, from_account=leaving, to_account=staying) == 1
    assert services.hand_over(by=coordinator, from_account=leaving, to_account=staying) == 0
    assert Concept.objects.get(number="B").deputy == staying


def test_only_named_concepts_are_handed_over(coordinator: Viewer) -> None:
    before, after = people.department(), people.department()
    make.concept(number="A", lead_department=before)
    make.concept(number="B", lead_department=before)

    services.hand_over(by=coordinator, from_department=before, to_department=after, only_keys=["B"])

    assert Concept.objects.get(number="A").lead_department == before


def test_links_follow_a_split_and_a_merger_and_only_once(coordinator: Viewer) -> None:
    old, other, new, newer = (goals.goal() for _n in range(4))
    made = make.concept(goals=(old, other))
    mapping = {"goals": {old.pk: [new.pk, newer.pk], other.pk: [new.pk]}, "tasks": {}}

    assert services.carry_over_links(by=coordinator, **mapping) == {"goals": 2, "tasks": 0}
    assert services.carry_over_links(by=coordinator, **mapping) == {"goals": 0, "tasks": 0}
    assert made.goal_links.get(is_main=True).goal == new
    assert made.goal_links.count() == 4


def test_without_a_summary_the_way_to_the_council_needs_a_reason(coordinator: Viewer) -> None:
    made = make.concept(status="drafting", summary="")

    with pytest.raises(services.CannotSave) as refusal:
        services.change_concept(by=coordinator, number=made.number, version=1, values={"status": "submitted"})
    services.change_concept(
        by=coordinator,
        number=made.number,
        version=1,
        values={"status": "submitted", "summary_waived_reason": "Sie folgt im Mai."},
    )

    assert refusal.value.code == "needs_summary"
    assert Concept.objects.get().summary_waived_reason == "Sie folgt im Mai."


OPENED, FILED = date(2026, 3, 1), date(2026, 9, 1)
DISPLAY = Step(ProcedureStep.DISPLAY, OPENED, date(2026, 4, 1))
RESOLVED = Step(ProcedureStep.RESOLVED, FILED)


def steps_of(plan: Concept) -> dict[int, Step]:
    rows = ConceptStep.objects.filter(concept=plan)
    return {row.pk: Step(ProcedureStep(row.step), row.on, row.until) for row in rows}


def test_the_procedure_is_made_as_named_and_what_stays_is_not_touched(coordinator: Viewer) -> None:
    plan = make.concept()
    services.set_steps(by=coordinator, number=plan.number, version=1, steps=[DISPLAY, RESOLVED])
    before = {step: pk for pk, step in steps_of(plan).items()}
    longer = replace(RESOLVED, until=date(2026, 9, 2))

    services.set_steps(by=coordinator, number=plan.number, version=2, steps=[DISPLAY, longer])

    after = {step: pk for pk, step in steps_of(plan).items()}
    assert after.keys() == {DISPLAY, longer}
    assert after[DISPLAY] == before[DISPLAY]
    assert Change.objects.filter(name="procedure_changed", object_key=plan.number).count() == 2
    with pytest.raises(ChangedMeanwhile):
        services.set_steps(by=coordinator, number=plan.number, version=2, steps=[])


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([DISPLAY, replace(DISPLAY, until=None)], "step_twice"),
        ([replace(DISPLAY, until=date(2026, 2, 1))], "step_ends_before_it_begins"),
    ],
)
def test_a_procedure_that_contradicts_itself_is_refused_to_those_who_may(
    coordinator: Viewer, steps: list[Step], code: str
) -> None:
    plan = make.concept()

    with pytest.raises(services.CannotSave, match=code):
        services.set_steps(by=coordinator, number=plan.number, version=1, steps=steps)
    with pytest.raises(NotAllowed):
        services.set_steps(by=PUBLIC, number=plan.number, version=1, steps=steps)
    assert steps_of(plan) == {}
