from datetime import date

import pytest

from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.core.models import Change
from dreiklang.goals import queries, services
from dreiklang.goals.models import Framework, FutureTask, Goal, GoalMapping
from dreiklang.goals.rules import ChangeCause, Continuation, Pair
from dreiklang.goals.tests import factories as make
from dreiklang.people.rules import PUBLIC, Role, Viewer
from dreiklang.people.services import NotAllowed
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator() -> Viewer:
    return people.viewer(Role.COORDINATOR)


def changed(by: Viewer, task: FutureTask, **given: object):
    values = {
        "new_rank": 1,
        "effective_on": date(2026, 8, 1),
        "cause": ChangeCause.LOCAL,
        "trigger": "Hochwasser",
        "reason": "Der Schutz geht vor.",
    }
    return services.change_priority(by=by, task_id=task.pk, **values | given)


@pytest.mark.parametrize("role", [Role.LEAD, Role.DEPARTMENT_EDITOR, Role.LEADERSHIP, Role.ADMINISTRATOR])
def test_only_the_coordinator_changes_a_priority(role: Role) -> None:
    with pytest.raises(NotAllowed):
        changed(people.viewer(role), make.task(rank=2))


def test_a_stranger_changes_nothing() -> None:
    with pytest.raises(NotAllowed):
        services.start_draft(by=PUBLIC, title="Neu", label="2030")
    with pytest.raises(NotAllowed):
        services.save_goal(by=PUBLIC, framework_id=make.framework().pk, values={})


def test_the_others_close_up_and_the_event_keeps_both_ranks(coordinator: Viewer) -> None:
    homes, water, warmth = make.task(rank=1), make.task(rank=2), make.task(rank=3)

    event = changed(coordinator, warmth)

    assert (event.old_rank, event.new_rank) == (3, 1)
    assert [FutureTask.objects.get(pk=t.pk).rank for t in (homes, water, warmth)] == [2, 3, 1]


def test_a_published_change_is_told_upwards(coordinator: Viewer) -> None:
    make.task(rank=1)
    task = make.task(rank=2)

    event = changed(coordinator, task)

    assert event.published_at is not None
    assert Change.objects.get(name="priority_changed").object_key == str(event.pk)


def test_a_change_can_wait_to_be_published(coordinator: Viewer) -> None:
    make.task(rank=1)
    event = changed(coordinator, make.task(rank=2), publish=False)
    assert not Change.objects.exists()

    services.publish_priority_change(by=coordinator, pk=event.pk)

    assert queries.priority_changes(PUBLIC)[0].is_published


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"new_rank": 2}, "rank_unchanged"),
        ({"new_rank": 9}, "rank_too_low"),
        ({"reason": "  "}, "reason_missing"),
    ],
)
def test_a_change_without_sense_is_refused(coordinator: Viewer, given: dict, code: str) -> None:
    make.task(rank=1)

    with pytest.raises(services.CannotChange) as refusal:
        changed(coordinator, make.task(rank=2), **given)

    assert refusal.value.code == code


def test_nothing_is_slipped_in_before_a_published_change(coordinator: Viewer) -> None:
    first, second = make.task(rank=1), make.task(rank=2)
    changed(coordinator, second)

    with pytest.raises(services.CannotChange) as refusal:
        changed(coordinator, first, effective_on=date(2026, 7, 1))

    assert refusal.value.code == "before_latest"


def test_two_people_editing_one_goal_notice_each_other(coordinator: Viewer) -> None:
    goal = make.goal(title="Vorher")
    values = {"number": goal.number, "title": "Erste", "parent_id": None}
    services.save_goal(
        by=coordinator, framework_id=goal.framework_id, pk=goal.pk, version=goal.version, values=values
    )

    with pytest.raises(ChangedMeanwhile) as refusal:
        services.save_goal(
            by=coordinator,
            framework_id=goal.framework_id,
            pk=goal.pk,
            version=goal.version,
            values=values | {"title": "Zweite"},
        )

    assert refusal.value.theirs.title == "Erste"


def test_a_superseded_version_is_never_written(coordinator: Viewer) -> None:
    goal = make.goal(of=make.framework(status="superseded", label="2015"))

    with pytest.raises(services.CannotChange) as refusal:
        services.save_goal(
            by=coordinator,
            framework_id=goal.framework_id,
            pk=goal.pk,
            version=1,
            values={"title": "Umgeschrieben"},
        )

    assert refusal.value.code == "superseded"


def test_a_goal_cannot_stand_below_itself(coordinator: Viewer) -> None:
    top = make.goal(number="1")
    below = make.goal(parent=top, number="1.1")

    with pytest.raises(services.CannotChange) as refusal:
        services.save_goal(
            by=coordinator,
            framework_id=top.framework_id,
            pk=top.pk,
            version=1,
            values={"parent_id": below.pk},
        )

    assert refusal.value.code == "below_itself"


def test_moving_up_changes_places_with_the_goal_above(coordinator: Viewer) -> None:
    first, second, third = (make.goal(number=n) for n in ("1", "2", "3"))

    services.move_goal(by=coordinator, pk=third.pk, steps=-1)

    assert [g.number for g in queries.goals_tree(PUBLIC)] == ["1", "3", "2"]
    assert {first.pk, second.pk} < set(Goal.objects.values_list("pk", flat=True))


def test_a_draft_starts_as_a_mapped_copy_beside_the_valid_version(coordinator: Viewer) -> None:
    task = make.task(number="1")
    top = make.goal(number="1", tasks=(task,))
    make.goal(parent=top, number="1.1")
    make.group(members=(people.account(),))

    draft = services.start_draft(by=coordinator, title="INSEK 2040", label="2028")

    assert Goal.objects.filter(framework=draft).count() == 2
    assert queries.goals_tree(coordinator, framework=queries.framework(coordinator, label="2028"))[0].tasks
    assert queries.mapping_state(old_framework_id=top.framework_id, new_framework_id=draft.pk).is_complete
    assert queries.valid_framework().pk == top.framework_id


def test_goals_are_removed_from_drafts_only(coordinator: Viewer) -> None:
    valid = make.goal(number="1")
    services.start_draft(by=coordinator, title="Neu", label="2028")
    copy = Goal.objects.get(framework__status="draft")

    services.remove_goal(by=coordinator, pk=copy.pk)

    with pytest.raises(services.CannotChange) as refusal:
        services.remove_goal(by=coordinator, pk=valid.pk)
    assert refusal.value.code == "not_a_draft"


def test_an_unmapped_goal_keeps_the_draft_from_becoming_valid(coordinator: Viewer) -> None:
    old = make.goal(number="1")
    services.start_draft(by=coordinator, title="Neu", label="2028")
    Goal.objects.get(framework__status="draft").delete()

    with pytest.raises(services.CannotMakeValid) as refusal:
        services.make_valid(by=coordinator, on=date(2028, 1, 1))

    assert [gap.old_id for gap in refusal.value.gaps] == [old.pk]
    assert queries.valid_framework().pk == old.framework_id


def test_a_new_version_supersedes_the_old_one_the_day_before(coordinator: Viewer) -> None:
    old = make.goal(number="1")
    draft = services.start_draft(by=coordinator, title="Neu", label="2028")
    copy = Goal.objects.get(framework=draft)

    done = services.make_valid(by=coordinator, on=date(2028, 1, 1))

    before = Framework.objects.get(pk=old.framework_id)
    assert (before.status, before.valid_to) == ("superseded", date(2027, 12, 31))
    assert done.goal_pairs == ((old.pk, copy.pk),)
    assert GoalMapping.objects.get().confirmed_by_name == coordinator.name


def test_mapping_again_replaces_what_was_told(coordinator: Viewer) -> None:
    old = make.goal(number="1")
    draft = services.start_draft(by=coordinator, title="Neu", label="2028")
    copy = Goal.objects.get(framework=draft)

    services.map_goals(by=coordinator, old_ids=[old.pk], pairs=[Pair(old.pk, copy.pk, Continuation.CHANGED)])
    assert GoalMapping.objects.get().continuation == "changed"

    services.map_goals(by=coordinator, old_ids=[old.pk], pairs=[Pair(old.pk, None, Continuation.DROPPED)])
    assert GoalMapping.objects.get().new_goal is None


def test_finishing_a_repeated_step_gives_its_next_turn(coordinator: Viewer) -> None:
    step = make.evaluation_step(due_on=date(2027, 3, 31), repeats_after_months=24)

    again = services.finish_step(by=coordinator, pk=step.pk, on=date(2027, 4, 20))

    assert again.due_on == date(2029, 3, 31)
    assert services.finish_step(by=coordinator, pk=step.pk, on=date(2027, 4, 21)) is None


def test_seats_and_steps_change_hands_once(coordinator: Viewer) -> None:
    leaving, staying = people.account(), people.account()
    make.group(members=(leaving, staying))
    make.group(members=(leaving,))

    assert services.hand_over(by=coordinator, from_account=leaving, to_account=staying) == 2
    assert services.hand_over(by=coordinator, from_account=leaving, to_account=staying) == 0
