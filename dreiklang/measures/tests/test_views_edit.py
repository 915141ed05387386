"""Forms of measures: what is typed is saved, and nobody overwrites anybody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as make
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    """What a second factor asks for is tested where it is built."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def full(today):
    return make.full_measure(today)


def edit_data(measure: Measure, **changed):
    data = {
        "version": measure.version,
        "number": measure.number,
        "title": measure.title,
        "task_type": measure.task_type,
        "duration": measure.duration,
        "visibility": measure.visibility,
        "lead_department_id": measure.lead_department_id or "",
        "lead_id": measure.lead_id or "",
        "ziel-TOTAL_FORMS": 0,
        "ziel-INITIAL_FORMS": 0,
    }
    return data | changed


def test_two_editors_lose_nothing(client, full):
    measure, lead = full
    client.force_login(lead)
    address = reverse("measures:edit", args=[measure.number])
    client.post(address, edit_data(measure, title="Radweg Nord, erster Titel"))

    answer = client.post(address, edit_data(measure, title="Radweg Nord, zweiter Titel"))

    said = answer.content.decode()
    assert answer.status_code == 200
    assert "inzwischen gespeichert" in said
    assert "zweiter" in said
    measure.refresh_from_db()
    assert measure.title == "Radweg Nord, erster Titel"
    client.post(address, edit_data(measure, title="Radweg Nord, zweiter Titel"))
    measure.refresh_from_db()
    assert measure.title == "Radweg Nord, zweiter Titel"


def test_measure_is_created_by_an_editor(client):
    office = make.department("66")
    client.force_login(make.account("Jan Opitz", role=Role.DEPARTMENT_EDITOR, in_department=office))
    goal = make.goal(make.framework(), "1.1")

    answer = client.post(
        reverse("measures:create"),
        {
            "number": "N-1",
            "title": "Neue Maßnahme",
            "task_type": "unknown",
            "duration": "dated",
            "visibility": "internal",
            "lead_department_id": office.pk,
            "cost_eur": "1200,50",
            "ziel-TOTAL_FORMS": 1,
            "ziel-INITIAL_FORMS": 0,
            "ziel-0-goal": goal.pk,
            "ziel-0-sign": "hinders",
            "ziel-0-weight": 2,
            "ziel-0-is_main": "on",
        },
    )

    assert answer.status_code == 302
    made = Measure.objects.get(number="N-1")
    assert str(made.cost_eur) == "1200.50"
    assert made.goal_links.get().sign == "hinders"


@pytest.mark.parametrize("name", ["edit", "brief", "milestones", "taking", "merge", "report"])
def test_forms_open_for_whoever_may(client, full, name):
    measure, lead = full
    measure.involvements.create(department=make.department("61"), words="von Anfang an")
    measure.team.create(account=lead, duty="Bau")
    client.force_login(make.account("Johanna", role=Role.COORDINATOR))

    assert client.get(reverse(f"measures:{name}", args=[measure.number])).status_code == 200


def test_who_takes_part_is_saved_from_the_form(client, full):
    measure, lead = full
    office = make.department("61")
    client.force_login(lead)
    empty = {f"{one}-{n}": 0 for one in ("team", "zugang") for n in ("TOTAL_FORMS", "INITIAL_FORMS")}

    answer = client.post(
        reverse("measures:taking", args=[measure.number]),
        empty
        | {
            "version": measure.version,
            "amt-TOTAL_FORMS": 1,
            "amt-INITIAL_FORMS": 0,
            "amt-0-department": office.pk,
            "amt-0-role": "co_signs",
            "partner-TOTAL_FORMS": 1,
            "partner-INITIAL_FORMS": 0,
            "partner-0-name": "ADFC",
            "partner-0-is_public": "on",
        },
    )

    assert answer.status_code == 302
    assert measure.involvements.get().role == "co_signs"
    assert list(measure.partners.values_list("name", flat=True)) == ["ADFC"]


def test_milestones_are_saved_from_the_form(client, full):
    measure, lead = full
    client.force_login(lead)
    step = measure.milestones.get(title="Baubeginn")

    client.post(
        reverse("measures:milestones", args=[measure.number]),
        {
            "schritt-TOTAL_FORMS": 2,
            "schritt-INITIAL_FORMS": 1,
            "schritt-0-id": step.pk,
            "schritt-0-version": step.version,
            "schritt-0-title": "Baubeginn",
            "schritt-0-done_on": "2026-11-01",
            "schritt-0-is_public": "on",
            "schritt-1-title": "Richtfest",
        },
    )

    step.refresh_from_db()
    assert step.done_on is not None
    assert measure.milestones.filter(title="Richtfest").exists()


def test_brief_is_saved_from_the_form(client, full):
    measure, lead = full
    client.force_login(lead)
    address = reverse("measures:brief", args=[measure.number])

    client.post(
        address, {"version": measure.brief.version, "aims": "4.500 Fahrten", "review_every_months": 12}
    )

    measure.brief.refresh_from_db()
    assert (measure.brief.aims, measure.brief.review_every_months) == ("4.500 Fahrten", 12)


POINT = '{"type": "Point", "coordinates": [12.9, 50.8]}'


def test_a_place_is_pasted_shown_and_taken_away(client, full):
    measure, lead = full
    client.force_login(lead)
    address = reverse("measures:edit", args=[measure.number])

    client.post(address, edit_data(measure, place_text=POINT))

    measure.refresh_from_db()
    assert measure.geometry.wkt == "POINT (12.9 50.8)"
    assert "So liegt sie jetzt" in client.get(address).content.decode()
    client.post(address, edit_data(measure))
    measure.refresh_from_db()
    assert measure.geometry is not None
    client.post(address, edit_data(measure, place_removed="on"))
    measure.refresh_from_db()
    assert measure.geometry is None


def test_a_chosen_file_is_not_lost_when_the_page_comes_back(client, full):
    measure, lead = full
    client.force_login(lead)
    file = SimpleUploadedFile("lage.geojson", POINT.encode())
    data = edit_data(measure, title="", place_file=file)

    answer = client.post(reverse("measures:edit", args=[measure.number]), data)

    assert answer.context["form"]["place_text"].value() == '{"type":"Point","coordinates":[12.9,50.8]}'


def test_topics_stand_one_a_line(client, full):
    measure, lead = full
    client.force_login(lead)

    client.post(
        reverse("measures:edit", args=[measure.number]), edit_data(measure, topics="Rad; Fuß\n\nKlima\nKlima")
    )

    measure.refresh_from_db()
    assert measure.topics == ["Rad; Fuß", "Klima"]


def test_goals_that_somebody_added_meanwhile_are_shown(client, full):
    measure, lead = full
    client.force_login(lead)
    stale = edit_data(measure, title="Zweiter Titel")
    frame = measure.goal_links.get().goal.framework
    make.supports(measure, make.goal(frame, "7.1", title="Kühle Höfe"), reason="Bäume")
    Measure.objects.filter(pk=measure.pk).update(version=measure.version + 1)

    said = client.post(reverse("measures:edit", args=[measure.number]), stale).content.decode()

    assert "7.1 Kühle Höfe (unterstützt, gering: Bäume)" in said
