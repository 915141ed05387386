"""Editing, merging, milestones, who takes part, handing over: links stay in step and nothing is lost."""

from datetime import timedelta

import pytest

from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.goals.rules import LinkSign
from dreiklang.measures import services
from dreiklang.measures.models import Dependency, Measure, MeasureGoal
from dreiklang.measures.queries import ownerless
from dreiklang.measures.rules import InvolvedRole, Phase
from dreiklang.measures.services import GoalLink, Links, MilestoneDraft, Taking
from dreiklang.measures.tests import factories as make
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db
TODAY = make.TODAY


@pytest.fixture
def chief():
    return make.coordinator()


def edited(chief, measure, *, links=None, **fields):
    measure.refresh_from_db()
    return services.edit_measure(
        by=chief, measure=measure, version=measure.version, fields=fields, links=links or Links()
    )


def test_main_goal_moves_from_one_goal_to_another(chief):
    framework = make.framework()
    first, second = make.goal(framework, "1"), make.goal(framework, "2")
    measure = make.measure()
    edited(chief, measure, links=Links(goals=(GoalLink(first.pk, is_main=True), GoalLink(second.pk))))

    edited(
        chief,
        measure,
        links=Links(goals=(GoalLink(first.pk), GoalLink(second.pk, LinkSign.HINDERS, 3, "Lärm", True))),
    )

    main = measure.goal_links.get(is_main=True)
    assert (main.goal, main.sign, main.weight, main.reason) == (second, "hinders", 3, "Lärm")


def test_links_that_are_not_named_go(chief):
    goal = make.goal(make.framework(), "1")
    measure = make.measure()
    make.supports(measure, goal)

    edited(chief, measure)

    assert not measure.goal_links.exists()


def test_two_main_goals_are_refused(chief):
    framework = make.framework()
    links = tuple(GoalLink(make.goal(framework, n).pk, is_main=True) for n in "12")

    with pytest.raises(services.CannotSave) as refused:
        edited(chief, make.measure(), links=Links(goals=links))

    assert refused.value.code == "two_main_goals"


def test_number_is_taken_once_in_any_case(chief):
    make.measure("V-1")

    with pytest.raises(services.CannotSave) as refused:
        edited(chief, make.measure("V-2"), number="v-1")

    assert refused.value.code == "number_taken"


def test_older_version_is_refused_with_what_stands_now(chief):
    measure = make.measure(title="Alt")
    edited(chief, measure, title="Neu")

    with pytest.raises(ChangedMeanwhile) as refused:
        services.edit_measure(by=chief, measure=measure, version=1, fields={"title": "Meins"}, links=Links())

    assert (refused.value.theirs.title, refused.value.version) == ("Neu", 2)


def test_circle_of_needs_is_refused(chief):
    one, two, three = make.measure(), make.measure(), make.measure()
    edited(chief, one, links=Links(needs=(two.pk,)))
    edited(chief, two, links=Links(needs=(three.pk,)))

    with pytest.raises(services.CannotSave) as refused:
        edited(chief, three, links=Links(needs=(one.pk,)))

    assert refused.value.code == "needs_itself"


def test_measure_does_not_become_a_part_of_its_part(chief):
    whole = make.measure()
    part = make.measure(parent=whole)

    with pytest.raises(services.CannotSave) as refused:
        edited(chief, whole, parent_id=part.pk)

    assert refused.value.code == "part_of_itself"


def test_editor_creates_only_for_her_own_office():
    own, other = make.department("66"), make.department("40")
    editor = make.viewer(Role.DEPARTMENT_EDITOR, departments=[own], of=make.account())
    fields = {"number": "N-1", "title": "Neu"}

    services.create_measure(by=editor, fields=fields | {"lead_department_id": own.pk}, links=Links())
    with pytest.raises(NotAllowed):
        services.create_measure(
            by=editor, fields={"number": "N-2", "title": "Neu", "lead_department_id": other.pk}, links=Links()
        )


def test_merging_keeps_both_histories_and_leads_on(chief):
    framework = make.framework()
    goal, other_goal = make.goal(framework, "1"), make.goal(framework, "2")
    keep, other = make.measure("K", teaser=""), make.measure("D", teaser="Ein Satz", cost_eur=5)
    make.supports(keep, goal, is_main=True)
    make.supports(other, goal, is_main=True)
    make.supports(other, other_goal)
    make.report(keep)
    make.report(other, on=TODAY - timedelta(days=5))
    other.milestones.create(title="Offen")
    other.milestones.create(title="Erledigt", done_on=TODAY)
    part = make.measure("P", parent=other)
    earlier = make.measure("E", merged_into=other)

    services.merge_duplicates(by=chief, on=TODAY, keep=keep, other=other)

    for one in (keep, other, part, earlier):
        one.refresh_from_db()
    assert (other.merged_into, other.current_report.phase) == (keep, Phase.MERGED)
    assert earlier.merged_into == keep
    assert part.parent == keep
    assert (keep.teaser, keep.cost_eur) == ("Ein Satz", 5)
    assert set(keep.goal_links.values_list("goal__number", flat=True)) == {"1", "2"}
    assert keep.goal_links.filter(is_main=True).count() == 1
    assert list(keep.milestones.values_list("title", flat=True)) == ["Offen"]
    assert list(other.milestones.values_list("title", flat=True)) == ["Erledigt"]
    assert (keep.reports.count(), other.reports.count()) == (1, 2)


def test_merging_moves_needs_without_closing_a_circle(chief):
    keep, other, third = make.measure(), make.measure(), make.measure()
    Dependency.objects.create(measure=third, needs=other)
    Dependency.objects.create(measure=keep, needs=other)
    Dependency.objects.create(measure=other, needs=third)

    services.merge_duplicates(by=chief, on=TODAY, keep=keep, other=other)

    pairs = set(
        Dependency.objects.exclude(measure=other).exclude(needs=other).values_list("measure", "needs")
    )
    assert len(pairs & {(third.pk, keep.pk), (keep.pk, third.pk)}) == 1


@pytest.mark.parametrize("case", ["same", "already_merged", "successor_merged"])
def test_merging_nonsense_is_refused(chief, case):
    keep, other, third = make.measure(), make.measure(), make.measure()
    if case == "same":
        other = keep
    if case == "already_merged":
        Measure.objects.filter(pk=other.pk).update(merged_into=third)
    if case == "successor_merged":
        Measure.objects.filter(pk=keep.pk).update(merged_into=third)

    with pytest.raises(services.CannotMerge) as refused:
        services.merge_duplicates(by=chief, on=TODAY, keep=keep, other=other)

    assert refused.value.code == case


def test_merging_needs_the_right_for_both():
    own, foreign = make.department("66"), make.department("40")
    editor = make.viewer(Role.DEPARTMENT_EDITOR, departments=[own], of=make.account())

    with pytest.raises(NotAllowed):
        services.merge_duplicates(
            by=editor,
            on=TODAY,
            keep=make.measure(lead_department=own),
            other=make.measure(lead_department=foreign),
        )


def test_preview_of_a_merger_writes_nothing():
    keep, other = make.measure(), make.measure(teaser="Ein Satz")
    other.milestones.create(title="Offen")

    found = services.merger(keep, other)

    assert (found.fills, found.open_milestones, found.reports) == (("teaser",), 1, 0)
    assert not keep.milestones.exists()


def test_milestones_are_changed_added_and_removed(chief):
    measure = make.measure()
    kept = measure.milestones.create(title="Bleibt")
    gone = measure.milestones.create(title="Geht")

    services.save_milestones(
        by=chief,
        measure=measure,
        rows=[
            MilestoneDraft("Bleibt", kept.pk, kept.version, due_on=TODAY),
            MilestoneDraft("Geht", gone.pk, gone.version, is_removed=True),
            MilestoneDraft("Geht"),
        ],
    )

    assert list(measure.milestones.order_by("pk").values_list("title", "due_on")) == [
        ("Bleibt", TODAY),
        ("Geht", None),
    ]


def test_milestone_changed_meanwhile_is_not_overwritten(chief):
    measure = make.measure()
    step = measure.milestones.create(title="Schritt")
    services.save_milestones(
        by=chief, measure=measure, rows=[MilestoneDraft("Schritt", step.pk, 1, due_on=TODAY)]
    )

    with pytest.raises(ChangedMeanwhile):
        services.save_milestones(by=chief, measure=measure, rows=[MilestoneDraft("Anders", step.pk, 1)])


def test_who_takes_part_is_kept_in_step(chief):
    measure, office = make.measure(), make.department("61")
    measure.partners.create(name="Geht")

    services.save_taking(
        by=chief,
        measure=measure,
        version=1,
        taking=Taking(
            departments={office.pk: (InvolvedRole.CO_SIGNS, "von Anfang an", None)},
            partners={"ADFC": ("berät", True)},
            team={},
            partner_access={},
        ),
    )

    assert measure.involvements.get().words == "von Anfang an"
    assert measure.partners.get().name == "ADFC"


def test_nothing_is_left_ownerless_when_an_office_and_a_person_hand_over(chief):
    before, after = make.department("66"), make.department("67")
    leaver, successor = make.account(), make.account()
    measure = make.measure(lead_department=before, lead=leaver)
    measure.involvements.create(department=before)
    measure.involvements.create(department=after)
    measure.team.create(account=leaver)

    services.hand_over(by=chief, from_department=before.pk, to_department=after.pk)
    moved = services.hand_over(by=chief, from_account=leaver.pk, to_account=successor.pk)

    measure.refresh_from_db()
    assert (measure.lead_department, measure.lead) == (after, successor)
    assert [one.department for one in measure.involvements.all()] == [after]
    assert (moved["lead"], moved["team"]) == (1, 1)
    assert ownerless(chief) == ()


def test_measure_without_active_lead_is_ownerless(chief):
    office = make.department("66")
    make.measure("V-1", lead_department=office, lead=make.account(is_active=False))

    (found,) = ownerless(chief)

    assert (found.number, found.lacks_department, found.lacks_lead) == ("V-1", False, True)


def test_links_are_carried_over_once_and_the_old_ones_stay(chief):
    old = make.framework()
    before = make.goal(old, "1")
    new = make.framework(label="2035", status="draft")
    first, second = make.goal(new, "1"), make.goal(new, "2")
    measure = make.measure()
    make.supports(measure, before, is_main=True, weight=3, reason="wegen")

    for _ in range(2):
        services.carry_over_links(by=chief, goals={before.pk: [first.pk, second.pk]}, tasks={})

    links = MeasureGoal.objects.filter(measure=measure)
    assert links.count() == 3
    assert links.get(is_main=True).goal == first
    assert set(links.values_list("weight", flat=True)) == {3}
