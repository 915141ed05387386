from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.concepts.tests import factories as concepts
from dreiklang.goals.models import Framework, Goal, PriorityChange, ThematicGroup
from dreiklang.goals.tests import factories as make
from dreiklang.measures.tests import factories as measures
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(people.account(Role.COORDINATOR, name="Karla Koordination"))
    return client


def test_the_framework_shows_levels_by_the_citys_names(client: Client) -> None:
    top = make.goal(number="1", title="Lebendige Mitte")
    make.goal(parent=top, number="1.1", title="Treffpunkt Innenstadt")

    page = client.get("/ziele/").content.decode()

    assert "Lebendige Mitte" in page
    assert "Treffpunkt Innenstadt" in page
    assert "1 Leitziel" in page


def test_a_superseded_version_says_so_and_leads_to_the_valid_one(client: Client) -> None:
    make.goal(of=make.framework(status="superseded", label="2015"), number="1", title="Früher")
    make.goal(number="1", title="Heute")

    page = client.get("/ziele/?fassung=2015").content.decode()

    assert "abgelöst" in page
    assert "Früher" in page
    assert "Zur gültigen Fassung 2024" in page
    assert "Heute" not in page


def test_an_empty_city_is_told_what_belongs_here(client: Client) -> None:
    assert "Noch kein Leitbild" in client.get("/ziele/").content.decode()


@pytest.mark.parametrize("number", ["1.1", "B 12/3", "Ä-1"])
def test_numbers_may_hold_what_a_city_uses(client: Client, number: str) -> None:
    make.goal(number=number, title="Mit besonderer Nummer")
    make.task(number=number, title="Aufgabe mit Nummer")

    assert client.get(reverse("goals:goal", args=[number])).status_code == 200
    assert client.get(reverse("goals:task", args=[number])).status_code == 200


def test_a_task_shows_everything_hanging_on_it_within_twelve_statements(
    client: Client, django_assert_max_num_queries
) -> None:
    task = make.task(number="4", rank=2, title="Wärme ohne Rauch")
    goal = make.goal(number="2.3", title="Heizen ohne Öl", tasks=(task,))
    make.group().task_links.create(task=task)
    make.priority_change(task=task, trigger="Preissprung bei Gas")
    concepts.concept(title="Wärmeplan", goals=(goal,))
    for _n in range(30):
        made = measures.measure(title="Fernwärme ausbauen")
        made.task_links.create(task=task)

    # One more: the municipality that every page's head asks for.
    with django_assert_max_num_queries(13):
        page = client.get("/zukunftsaufgaben/4/").content.decode()

    for words in ("30 Maßnahmen", "Heizen ohne Öl", "Wärmeplan", "Preissprung bei Gas", "Alle 30 Maßnahmen"):
        assert words in page
    assert page.count("Fernwärme ausbauen") == 20


def test_a_goal_counts_what_hangs_on_those_below_it(client: Client, django_assert_max_num_queries) -> None:
    top = make.goal(number="1")
    below = make.goal(parent=top, number="1.1")
    concepts.concept(title="Innenstadtkonzept", goals=(below,))
    measures.measure(title="Kornmarkt umbauen").goal_links.create(goal=below)

    # Also what the council decided on it, a panel of the papers above.
    with django_assert_max_num_queries(13):
        page = client.get("/ziele/1/").content.decode()

    assert "Innenstadtkonzept" in page
    assert "Kornmarkt umbauen" in page


def test_internal_concepts_and_measures_stay_out_of_public_pages(client: Client) -> None:
    task = make.task(number="4")
    concepts.concept(title="Streng intern", visibility="internal", tasks=(task,))
    measures.measure(title="Auch intern", visibility="internal").task_links.create(task=task)

    page = client.get("/zukunftsaufgaben/4/").content.decode()

    assert "intern" not in page.lower().replace("internet", "")


def test_priorities_show_why(client: Client) -> None:
    task = make.task(number="3", rank=1, title="Stadt am Wasser")
    make.priority_change(task=task, trigger="Hochwasser im Mai", decision_reference="B-064/2026")
    make.priority_change(task=task, trigger="Noch geheim", is_published=False)

    page = client.get("/prioritaeten/").content.decode()

    assert "Hochwasser im Mai" in page
    assert "B-064/2026" in page
    assert "Noch geheim" not in page


def test_the_order_can_be_asked_for_another_day(client: Client) -> None:
    homes, water = (
        make.task(number="1", title="Wohnen", rank=2),
        make.task(number="2", title="Wasser", rank=1),
    )
    make.priority_change(task=water, effective_on=date(2026, 8, 1), old_rank=2, new_rank=1)

    page = client.get("/prioritaeten/?stichtag=2026-07-31").content.decode()

    assert "An erster Stelle steht <strong>Wohnen" in page
    assert homes.rank == 2


def test_the_coordinator_changes_a_rank_with_its_reason(coordinator: Client) -> None:
    make.task(rank=1)
    task = make.task(rank=2)

    answer = coordinator.post(
        "/prioritaeten/aendern/",
        {
            "task_id": task.pk,
            "new_rank": 1,
            "effective_on": "2026-08-01",
            "cause": "local",
            "trigger": "Hochwasser",
            "reason": "Der Schutz geht vor.",
            "publish": "on",
        },
    )

    change = PriorityChange.objects.get()
    assert answer.headers["Location"] == f"/prioritaeten/#aenderung-{change.pk}"
    assert (change.old_rank, change.new_rank) == (2, 1)


@pytest.mark.parametrize(
    "address",
    [
        "/prioritaeten/aendern/",
        "/fortschreibung/entwurf/",
        "/fortschreibung/entwurf/zuordnung/",
        "/fortschreibung/ziele/neu/",
        "/fortschreibung/gueltig/",
        "/fortschreibung/schritte/neu/",
        "/themen/neu/",
    ],
)
def test_a_visitor_is_refused_where_the_framework_is_changed(client: Client, address: str) -> None:
    make.framework()

    assert client.get(address).headers["Location"].startswith("/konto/anmelden/")
    client.force_login(people.account(Role.LEAD))
    assert client.get(address).status_code == 403


def test_members_are_named_to_colleagues_only(client: Client) -> None:
    group = make.group(members=(people.account(name="Frieda Vertraulich"),))
    address = f"/themen/{group.pk}/"

    assert "Frieda" not in client.get(address).content.decode()
    client.force_login(people.account(Role.LEAD))
    assert "Frieda Vertraulich" in client.get(address).content.decode()


def test_a_draft_is_begun_edited_and_mapped(coordinator: Client) -> None:
    make.task(number="1")
    old = make.goal(number="1", title="Bisher")

    coordinator.post("/fortschreibung/entwurf/", {"title": "INSEK 2040", "label": "2028"})
    copy = Goal.objects.get(framework__label="2028")
    page = coordinator.get("/fortschreibung/entwurf/").content.decode()
    coordinator.post(
        f"/fortschreibung/ziele/{copy.pk}/",
        {"number": "1", "title": "Künftig", "version": copy.version, "parent_id": ""},
    )
    mapping = coordinator.get("/fortschreibung/entwurf/zuordnung/").content.decode()

    assert "Bisher" in page
    assert Goal.objects.get(pk=copy.pk).title == "Künftig"
    assert "Alle 2 sind zugeordnet" in mapping
    assert Goal.objects.get(pk=old.pk).title == "Bisher"


def test_the_second_editor_sees_both_versions(coordinator: Client) -> None:
    goal = make.goal(number="1", title="Vorher")
    address = f"/fortschreibung/ziele/{goal.pk}/"
    coordinator.post(address, {"number": "1", "title": "Von der Ersten", "version": 1, "parent_id": ""})

    page = coordinator.post(
        address, {"number": "1", "title": "Von der Zweiten", "version": 1, "parent_id": ""}
    ).content.decode()

    assert "Inzwischen hat jemand anders gespeichert" in page
    assert "Ersten" in page
    assert "Zweiten" in page
    assert Goal.objects.get(pk=goal.pk).title == "Von der Ersten"


def test_a_new_version_takes_measures_and_concepts_along(coordinator: Client) -> None:
    old = make.goal(number="1")
    concept = concepts.concept(goals=(old,))
    measure = measures.measure()
    measure.goal_links.create(goal=old, is_main=True)
    coordinator.post("/fortschreibung/entwurf/", {"title": "INSEK 2040", "label": "2028"})

    coordinator.post(reverse("workspace:new_version"), {"on": "2028-01-01", "confirm": "yes"})

    new = Goal.objects.get(framework__label="2028")
    assert Framework.objects.get(label="2028").status == "valid"
    assert concept.goal_links.get(goal=new).is_main
    assert measure.goal_links.get(goal=new).is_main
    assert concept.goal_links.filter(goal=old).exists()


def test_a_thematic_group_is_created_with_its_team(coordinator: Client) -> None:
    make.framework()
    speaker = people.account(name="Sina Sprecher")

    coordinator.post("/themen/neu/", {"name": "Klima", "speaker_id": speaker.pk, "member_ids": [speaker.pk]})

    assert ThematicGroup.objects.get().memberships.get().is_speaker


def test_the_api_gives_what_is_public(client: Client) -> None:
    task = make.task(number="4", rank=1)
    make.goal(number="1", tasks=(task,))
    make.goal(of=make.framework(status="draft", label="2028"), number="9", title="Entwurf")

    goals = client.get("/api/v1/goals").json()
    tasks = client.get("/api/v1/tasks").json()

    assert [goal["number"] for goal in goals["goals"]] == ["1"]
    assert tasks[0]["goals"] == ["1"]
    assert client.get("/api/v1/goals?version=2028").status_code == 404


def test_the_coordinator_corrects_the_dates_of_the_valid_version_with_a_reason(coordinator: Client) -> None:
    former = make.framework(
        status="superseded", label="2015", valid_from=date(2015, 1, 1), valid_to=date(2023, 12, 31)
    )
    valid = make.framework()
    Framework.objects.filter(pk=valid.pk).update(predecessor=former)
    assert "/fortschreibung/gueltig/" in coordinator.get("/ziele/").content.decode()

    coordinator.post(
        "/fortschreibung/gueltig/",
        {
            "version": valid.version,
            "valid_from": "2024-02-01",
            "valid_to": "2035-12-31",
            "resolution_reference": "B-017/2024",
            "resolution_on": "2024-01-24",
            "reason": "Bekanntmachung war später",
        },
    )

    valid.refresh_from_db()
    former.refresh_from_db()
    assert (valid.valid_from, valid.valid_to) == (date(2024, 2, 1), date(2035, 12, 31))
    assert (valid.resolution_reference, valid.resolution_on) == ("B-017/2024", date(2024, 1, 24))
    assert former.valid_to == date(2024, 1, 31)
    history = coordinator.get(reverse("workspace:history", args=["fassung", "2024"])).content.decode()
    assert "Bekanntmachung war später" in history


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (
            {"valid_from": "2024-01-01", "valid_to": "2023-01-01", "reason": "Irrtum"},
            "Ende liegt vor dem Beginn",
        ),
        ({"valid_from": "2014-01-01", "reason": "Irrtum"}, "Fassung davor begann später"),
        ({"valid_from": "2024-01-01"}, "id_reason"),
    ],
)
def test_dates_that_cannot_be_are_refused_in_the_form(
    coordinator: Client, fields: dict[str, str], says: str
) -> None:
    former = make.framework(status="superseded", label="2015", valid_from=date(2015, 1, 1))
    valid = make.framework()
    Framework.objects.filter(pk=valid.pk).update(predecessor=former)

    page = coordinator.post("/fortschreibung/gueltig/", {"version": valid.version, **fields})

    assert says in page.content.decode()
    valid.refresh_from_db()
    assert (valid.valid_from, valid.valid_to) == (date(2024, 1, 1), None)


def test_who_opened_the_dates_before_another_saved_sees_both_sides(coordinator: Client) -> None:
    valid = make.framework()
    Framework.objects.filter(pk=valid.pk).update(version=valid.version + 1, resolution_reference="B-1")

    page = coordinator.post(
        "/fortschreibung/gueltig/",
        {
            "version": valid.version,
            "valid_from": "2024-03-01",
            "resolution_reference": "B-2",
            "reason": "Neu",
        },
    )

    said = page.content.decode()
    assert "B-1" in said
    assert "B-2" in said
    valid.refresh_from_db()
    assert valid.valid_from == date(2024, 1, 1)
