"""Observations of the frame: noted, weighed for goals, published, led to a change of priority; who sees what."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.core.models import Change
from dreiklang.goals.models import Goal, PriorityChange
from dreiklang.goals.rules import ChangeCause
from dreiklang.goals.services import change_priority
from dreiklang.goals.tests.factories import framework, goal, task
from dreiklang.monitoring.models import FrameChange
from dreiklang.monitoring.queries.frame import (
    FrameFilter,
    change_hits,
    change_list,
    change_page,
    frame_of_goal,
)
from dreiklang.monitoring.rules.frame import FrameSign, read_meanings
from dreiklang.monitoring.services import frame as services
from dreiklang.monitoring.tests import frame_factories as make
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.services import NotAllowed
from dreiklang.people.tests.factories import account, department, viewer

pytestmark = pytest.mark.django_db
TODAY = make.TODAY
GIVEN = {
    "title": "Bauzinsen steigen über 4 %",
    "noticed_on": date(2026, 3, 15),
    "side": "outer",
    "field": "economy",
}


@pytest.fixture
def aim() -> Goal:
    return goal(of=framework(), number="5.2", title="Wohnen für alle")


def test_meanings_are_read_with_their_signs() -> None:
    found = read_meanings("5.2 -: teurer\n3.1 + | 1.2 ?: abwarten | 4")

    assert [(one.goal, one.sign.value, one.text) for one in found] == [
        ("5.2", "hinders", "teurer"),
        ("3.1", "supports", ""),
        ("1.2", "open", "abwarten"),
        ("4", "open", ""),
    ]


def test_an_observation_gets_a_short_name_of_its_own_and_stays_internal() -> None:
    by = viewer(Role.COORDINATOR)

    first, second = (services.observe(by=by, today=TODAY, values=GIVEN) for _ in range(2))
    new = services.observe(by=by, today=TODAY, values=GIVEN | {"title": "Neu"})

    assert (first.key, second.key) == ("bauzinsen-steigen-ueber-4", "bauzinsen-steigen-ueber-4-2")
    assert new.key == "neu-2"
    assert first.visibility == Visibility.INTERNAL


def test_an_editor_observes_for_her_own_department_only() -> None:
    office = department()
    editor = viewer(Role.DEPARTMENT_EDITOR, where=office)

    made = services.observe(by=editor, today=TODAY, values=GIVEN | {"department_id": office.pk})

    assert made.department_id == office.pk
    other = GIVEN | {"department_id": department().pk}
    with pytest.raises(NotAllowed):
        services.observe(by=editor, today=TODAY, values=other)
    with pytest.raises(NotAllowed):
        services.change_observation(by=editor, pk=made.pk, version=1, today=TODAY, values=other)


def test_what_has_not_happened_is_no_observation() -> None:
    with pytest.raises(services.CannotObserve, match="in_the_future"):
        services.observe(
            by=viewer(Role.COORDINATOR), today=TODAY, values=GIVEN | {"noticed_on": date(2026, 11, 24)}
        )


def test_only_what_names_its_source_becomes_public() -> None:
    by = viewer(Role.COORDINATOR)
    made = services.observe(by=by, today=TODAY, values=GIVEN)

    with pytest.raises(services.CannotObserve, match="needs_source"):
        services.publish_observation(by=by, pk=made.pk, version=1, visibility=Visibility.PUBLIC)
    services.change_observation(by=by, pk=made.pk, version=1, today=TODAY, values={"source": "Bundesbank"})
    services.publish_observation(by=by, pk=made.pk, version=2, visibility=Visibility.PUBLIC)

    assert change_page(PUBLIC, key=made.key).is_public
    with pytest.raises(services.CannotObserve, match="needs_source"):
        services.change_observation(by=by, pk=made.pk, version=3, today=TODAY, values={"source": ""})
    with pytest.raises(ChangedMeanwhile):
        services.publish_observation(by=by, pk=made.pk, version=1, visibility=Visibility.INTERNAL)


def test_what_it_means_for_a_goal_is_said_once_and_can_be_said_anew(aim: Goal) -> None:
    by, made = viewer(Role.COORDINATOR), make.frame_change()
    old = goal(of=framework(status="superseded", label="2010"), number="1")

    for sign in (FrameSign.OPEN, FrameSign.HINDERS):
        services.weigh_for_goal(by=by, pk=made.pk, goal_id=aim.pk, sign=sign, text="teurer")

    page = change_page(by, key=made.key)
    assert [(one.goal.number, one.sign, one.text) for one in page.meanings] == [("5.2", "hinders", "teurer")]
    with pytest.raises(services.CannotObserve, match="no_goal"):
        services.weigh_for_goal(by=by, pk=made.pk, goal_id=old.pk, sign=FrameSign.OPEN, text="")
    services.unweigh_for_goal(by=by, pk=made.pk, goal_id=aim.pk)
    assert not change_page(by, key=made.key).meanings


def test_an_observation_leads_to_a_change_of_priority_and_names_it(aim: Goal) -> None:
    by = viewer(Role.COORDINATOR)
    first, second = (task(of=aim.framework, number=str(n), rank=n) for n in (1, 2))
    made, beside = (make.frame_change(visibility="public") for _ in range(2))

    changed = change_priority(
        by=by,
        task_id=second.pk,
        new_rank=1,
        effective_on=TODAY,
        cause=ChangeCause.GLOBAL,
        trigger=made.title,
        reason="Es drängt.",
        publish=False,
        occasion=made.key,
    )
    told = Change.objects.get(name="priority_occasioned")
    name_it(told)

    assert told.object_key == str(changed.pk)
    inside = change_page(by, key=made.key).led_to
    assert inside is not None
    assert (inside.task.pk, inside.new_rank, inside.trigger) == (second.pk, 1, made.title)
    assert change_page(PUBLIC, key=made.key).led_to is None
    PriorityChange.objects.update(published_at=make.NOW)
    assert change_page(PUBLIC, key=made.key).led_to is not None
    # Who moved up pushed the other one down; what happened beside it led to nothing.
    for one in (first, second):
        one.refresh_from_db()
    assert (first.rank, second.rank) == (2, 1)
    assert change_page(by, key=beside.key).led_to is None


def name_it(told: Change) -> None:
    """What the worker does with the change (config/reactions.py)."""
    services.name_priority_change(
        key=told.facts["occasion"], change_id=int(told.object_key), by_name=told.facts["who"]
    )


def test_outside_only_public_observations_are_seen(aim: Goal, client: Client) -> None:
    secret = make.frame_change(title="Geheimer Plan")
    known = make.frame_change(title="Bekanntes Gesetz", visibility="public")
    for one in (secret, known):
        one.meanings.create(goal=aim, sign="hinders", text="Grund")

    listed = client.get(reverse("monitoring:frame")).content.decode()
    exported = client.get(reverse("monitoring:frame-csv")).content.decode()
    hidden = client.get(reverse("monitoring:frame-change", args=[secret.key]))

    for page in (listed, exported):
        assert "Bekanntes Gesetz" in page
        assert "Geheimer Plan" not in page
    assert hidden.status_code == 404
    assert [one.change_id for one in frame_of_goal(PUBLIC, goal_id=aim.pk)] == [known.pk]
    assert [hit.title for hit in change_hits(PUBLIC, text="Plan")] == []
    assert [hit.title for hit in change_hits(PUBLIC, text="Gesetz")] == ["Bekanntes Gesetz"]
    assert len(frame_of_goal(viewer(Role.REVIEWER), goal_id=aim.pk)) == 2


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (FrameFilter(field="climate"), 1),
        (FrameFilter(side="inner"), 1),
        (FrameFilter(year=2025), 1),
        (FrameFilter(text="hitze"), 1),
        (FrameFilter(goal="5.2"), 1),
        (FrameFilter(goal="9"), 0),
        (FrameFilter(), 2),
    ],
)
def test_the_list_is_narrowed(aim: Goal, wanted: FrameFilter, count: int) -> None:
    make.frame_change()
    hot = make.frame_change(title="Hitze", field="climate", side="inner", noticed_on=date(2025, 7, 1))
    hot.meanings.create(goal=aim, sign="hinders")

    assert change_list(viewer(Role.REVIEWER), wanted=wanted).count() == count


def test_the_list_takes_three_statements_whatever_its_size(aim: Goal, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _number in range(4):
        make.frame_change(visibility="public").meanings.create(goal=aim, sign="open")

    with django_assert_num_queries(3):
        rows = [list(one.meanings.all()) for one in change_list(PUBLIC, wanted=FrameFilter())]

    assert len(rows) == 4


def test_the_pages_lead_from_nothing_to_a_change_of_priority(aim: Goal, client: Client) -> None:
    work = task(of=aim.framework, number="1", rank=1)
    other = task(of=aim.framework, number="2", rank=2)
    empty = client.get("/rahmen/").content.decode()
    client.force_login(account(Role.COORDINATOR))

    client.post("/rahmen/neu/", {key: str(value) for key, value in GIVEN.items()} | {"source": "Bank"})
    made = FrameChange.objects.defer("search").get()
    page = f"/rahmen/{made.key}/"
    client.post(f"{page}bedeutung/", {"goal_id": aim.pk, "sign": "hinders", "text": "teurer"})
    client.post(f"{page}sichtbar/", {"version": 2})
    filled = client.get(f"/prioritaeten/aendern/?anlass=rahmen:{made.key}").content.decode()
    client.post(
        f"/prioritaeten/aendern/?anlass=rahmen:{made.key}",
        {"task_id": other.pk, "new_rank": 1, "effective_on": "2026-11-01", "cause": "global",
         "trigger": made.title, "reason": "Es drängt.", "publish": "on"},
    )  # fmt: skip
    told = Change.objects.get(name="priority_occasioned")
    name_it(told)
    client.logout()
    shown = client.get(page).content.decode()

    assert "Noch keine Beobachtung" in empty
    # The sign of a per cent in the title comes through the address of the occasion unharmed.
    assert 'value="Bauzinsen steigen über 4 %"' in filled
    assert "eines wird schwerer" in shown
    assert f"Die Rangfolge änderte sich: {other.title}" in shown
    work.refresh_from_db()
    assert work.rank == 2


def test_a_refused_rank_leaves_everything_as_it_was(aim: Goal, client: Client) -> None:
    work = task(of=aim.framework, number="1", rank=1)
    made = make.frame_change()
    client.force_login(account(Role.COORDINATOR))

    answer = client.post(
        f"/prioritaeten/aendern/?anlass=rahmen:{made.key}",
        {"task_id": work.pk, "new_rank": 1, "effective_on": "2026-11-01", "cause": "global",
         "trigger": "Anlass", "reason": "Grund", "publish": "on"},
    )  # fmt: skip

    assert "Diesen Rang hat die Aufgabe schon." in answer.content.decode()
    assert FrameChange.objects.defer("search").get().leads_to_id is None


def test_nobody_outside_changes_anything(client: Client) -> None:
    made = make.frame_change(visibility="public")

    for address in ("/rahmen/neu/", f"/rahmen/{made.key}/bearbeiten/", f"/rahmen/{made.key}/bedeutung/"):
        assert client.get(address).status_code in {302, 403}
    assert client.post(f"/rahmen/{made.key}/sichtbar/", {"version": 1}).status_code in {302, 403}
    with pytest.raises(NotFound):
        change_page(PUBLIC, key="gibt-es-nicht")


def test_what_was_exported_is_read_again(aim: Goal, client: Client) -> None:
    made = make.frame_change(visibility="public", text="Mehrere\nZeilen")
    made.meanings.create(goal=aim, sign="hinders", text="teurer | seltener")

    exported = client.get(reverse("monitoring:frame-csv")).content.decode("utf-8-sig")

    cell = next(part for part in exported.split(";") if part.strip().startswith("5.2"))
    assert [(one.goal, one.sign, one.text) for one in read_meanings(cell.strip().strip('"'))] == [
        ("5.2", FrameSign.HINDERS, "teurer / seltener")
    ]
