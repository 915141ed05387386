"""The page of one candidate, what can be said of it, and who may not look."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.conflicts.models import Candidate, Talk
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.tests import factories as make
from dreiklang.core import nearness
from dreiklang.goals.tests.factories import goal as made_goal
from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as city
from dreiklang.people.models import Account
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db

RADAR = "/arbeit/zielkonflikte/"


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", make.plain_encoder)


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(city.account(role=Role.COORDINATOR))
    return client


@pytest.fixture
def lead() -> Account:
    office = city.department(name="Tiefbauamt")
    return city.account("Lena Leitung", role=Role.LEAD, in_department=office)


@pytest.fixture
def pair(lead: Account) -> tuple[Measure, Measure]:
    """Two building sites on one ground in one year, one for and one against a goal."""
    goal = made_goal(number="2.1", title="Schatten in der Stadt")
    route = make.measure(
        "Radroute am Wasser",
        hinders=(goal,),
        geometry=make.ground(),
        lead=lead,
        lead_department=lead.department,
    )
    trees = make.measure("Baumreihe am Wasser", helps=(goal,), geometry=make.ground(20))
    make.compared()
    return route, trees


def page_of(pair: tuple[Measure, Measure]) -> str:
    return reverse("conflicts:candidate", args=[make.candidate(*pair).pk])


def step(client: Client, pair: tuple[Measure, Measure], deed: str, **said: str):
    pk = make.candidate(*pair).pk
    return client.post(reverse("conflicts:step", args=[pk, deed]), said, follow=True)


def test_a_candidate_shows_both_sides_with_their_goals(coordinator, pair):
    page = coordinator.get(page_of(pair)).content.decode()

    assert "Tiefbauamt" in page
    assert "Lena Leitung" in page
    assert "2.1 Schatten in der Stadt" in page
    assert "unterstützt" in page
    assert "erschwert" in page
    assert "Gemeinsame Fläche" in page


@pytest.mark.parametrize("role", [None, Role.PARTNER, Role.COUNCIL_MEMBER])
def test_nobody_outside_the_administration_sees_any_of_it(client, pair, role):
    pk = make.candidate(*pair).pk
    if role is not None:
        client.force_login(city.account(role=role))

    for name in ("radar", "csv", "xlsx", "matrix", "network", "thresholds", "comparison", "progress"):
        assert client.get(reverse(f"conflicts:{name}")).status_code in {302, 403}, name
    for name in ("candidate", "where", "weighing"):
        assert client.get(reverse(f"conflicts:{name}", args=[pk])).status_code in {302, 403, 404}, name
    for form in ("pdf", "docx"):
        assert client.get(reverse("conflicts:protocol", args=[pk, form])).status_code in {302, 403, 404}
    for deed in ("angesehen", "einladen", "kein-konflikt"):
        answer = client.post(reverse("conflicts:step", args=[pk, deed]), {"reason": "weil"})
        assert answer.status_code in {302, 403}
    assert Candidate.objects.get(pk=pk).state == State.NEW
    assert not Talk.objects.exists()


@pytest.mark.parametrize("role", [None, Role.PARTNER])
def test_pages_of_those_that_meet_tell_outsiders_nothing(client, pair, role):
    if role is not None:
        client.force_login(city.account(role=role))

    page = client.get(reverse("measures:measure", args=[pair[0].number])).content.decode()

    assert "Radroute am Wasser" in page
    assert "Zielkonflikte" not in page
    assert "Baumreihe" not in page


def test_pages_of_those_that_meet_tell_the_administration(coordinator, pair):
    measure = coordinator.get(reverse("measures:measure", args=[pair[0].number])).content.decode()
    goal = coordinator.get(reverse("goals:goal", args=["2.1"])).content.decode()

    for page in (measure, goal):
        assert "Zielkonflikte und Synergien" in page
        assert page_of(pair) in page


def test_an_invitation_keeps_its_message_and_stands_in_the_course(coordinator, pair):
    page = step(coordinator, pair, "einladen", message="Passt Dienstag?").content.decode()

    assert make.candidate(*pair).state == State.IN_TALKS
    assert Talk.objects.get().message == "Passt Dienstag?"
    assert "Passt Dienstag?" in page
    assert "Lena Leitung zum Gespräch eingeladen" in page


def test_nobody_to_ask_is_said_and_nothing_happens(coordinator, pair):
    Measure.objects.update(lead=None, lead_department=None)
    make.changed(*pair)

    page = step(coordinator, pair, "einladen").content.decode()

    assert "niemand benannt" in page
    assert not Talk.objects.exists()


def test_the_result_of_a_talk_is_kept(coordinator, pair):
    step(coordinator, pair, "einladen")
    talk = Talk.objects.get()
    address = reverse("conflicts:talk_result", args=[make.candidate(*pair).pk, talk.pk])

    page = coordinator.post(
        address, {"held_on": "2026-11-01", "note": "Erst die Bäume."}, follow=True
    ).content.decode()

    assert "Erst die Bäume." in page
    assert Talk.objects.get().held_on == date(2026, 11, 1)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"held_on": "2099-01-01", "note": "x"},
        {"held_on": "gestern", "note": "x"},
        {"held_on": "2026-11-01"},
    ],
)
def test_a_talk_in_the_future_or_without_result_is_refused(coordinator, pair, said):
    step(coordinator, pair, "einladen")
    talk = Talk.objects.get()

    coordinator.post(reverse("conflicts:talk_result", args=[make.candidate(*pair).pk, talk.pk]), said)

    assert Talk.objects.get().held_on is None


def test_a_talk_of_another_candidate_is_not_found(coordinator, pair):
    step(coordinator, pair, "einladen")
    other = make.measure(geometry=make.ground(40), lead=city.account())
    make.changed(other)
    another = make.candidate(pair[0], other)

    answer = coordinator.post(
        reverse("conflicts:talk_result", args=[another.pk, Talk.objects.get().pk]),
        {"held_on": "2026-11-01", "note": "x"},
    )

    assert answer.status_code == 404


def test_no_conflict_needs_its_reason(coordinator, pair):
    page = step(coordinator, pair, "kein-konflikt", reason="  ").content.decode()
    assert "Bitte sagen Sie, warum" in page
    assert make.candidate(*pair).state == State.NEW

    page = step(
        coordinator, pair, "kein-konflikt", reason="Die Route liegt am anderen Ufer."
    ).content.decode()

    assert make.candidate(*pair).state == State.NO_CONFLICT
    assert "Die Route liegt am anderen Ufer." in page


@pytest.mark.parametrize(("deed", "field"), [("einladen", "message"), ("kein-konflikt", "reason")])
def test_a_sign_that_no_database_keeps_is_left_out(coordinator, pair, deed, field):
    page = step(coordinator, pair, deed, **{field: "Vor \x00 nach"}).content.decode()

    assert "Vor  nach" in page


def test_a_changed_fact_opens_it_again_and_says_what_changed(coordinator, pair):
    step(coordinator, pair, "kein-konflikt", reason="Nur am Rand.")
    Measure.objects.filter(pk=pair[1].pk).update(geometry=make.ground(0, 0, 400, 400))
    make.changed(pair[1])

    page = coordinator.get(page_of(pair)).content.decode()
    radar = coordinator.get(RADAR).content.decode()

    assert "Wieder offen" in page
    assert "Was sich geändert hat" in page
    assert "Nur am Rand." in page
    # Who settled it before did not open it again.
    assert "Davor: kein Konflikt am" in page
    assert "wieder offen, weil sich etwas geändert hat" in radar


def test_who_has_no_part_in_it_may_look_but_not_settle(client, pair):
    client.force_login(city.account(role=Role.LEAD, in_department=city.department()))

    page = client.get(page_of(pair)).content.decode()

    assert "Zum Gespräch einladen" in page
    assert "Kein Konflikt" not in page
    pk = make.candidate(*pair).pk
    assert (
        client.post(reverse("conflicts:step", args=[pk, "kein-konflikt"]), {"reason": "x"}).status_code == 403
    )


def test_a_deed_that_does_not_exist_or_a_candidate_that_is_gone_is_not_found(coordinator, pair):
    pk = make.candidate(*pair).pk

    assert coordinator.post(reverse("conflicts:step", args=[pk, "loeschen"])).status_code == 404
    assert coordinator.get(reverse("conflicts:candidate", args=[pk + 999])).status_code == 404
    assert coordinator.get(reverse("conflicts:step", args=[pk, "angesehen"])).status_code == 405
