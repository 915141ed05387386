"""Procedure and outline of plans: on the page, and changed by hand."""

from datetime import date
from typing import Any

import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dreiklang.concepts.models import Concept, ConceptStep
from dreiklang.concepts.tests import factories as make
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db
POINT = "POINT (13.4 51.3)"


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(people.account(Role.COORDINATOR))
    return client


def plan(**fields: str) -> Concept:
    facts: dict[str, Any] = {"number": "BP 7", "title": "Am Anger", "kind": "formal_plan", **fields}
    return make.concept(**facts)


def entered(concept: Concept, **changed: object) -> dict[str, object]:
    given = {
        "title": concept.title,
        "kind": concept.kind,
        "status": concept.status,
        "version": concept.version,
    }
    return given | changed


def lines(*steps: tuple[str, str, str], version: int) -> dict[str, object]:
    given: dict[str, object] = {
        "schritte-TOTAL_FORMS": len(steps),
        "schritte-INITIAL_FORMS": 0,
        "version": version,
    }
    for at, (step, on, until) in enumerate(steps):
        given |= {f"schritte-{at}-step": step, f"schritte-{at}-on": on, f"schritte-{at}-until": until}
    return given


def steps_of(concept: Concept) -> list[tuple[str, date, date | None]]:
    return list(concept.steps.order_by("on", "pk").values_list("step", "on", "until"))


def test_everybody_reads_which_steps_a_plan_has_taken(client: Client) -> None:
    made = plan(plan_type="Einfacher Bebauungsplan")
    ConceptStep.objects.create(concept=made, step="display", on="2021-01-04", until="2021-02-05")
    ConceptStep.objects.create(concept=made, step="initiated", on="2020-02-03")

    page = client.get(reverse("concepts:concept", args=["BP 7"])).content.decode()

    assert "Einfacher Bebauungsplan BP 7" in page
    assert page.index("Aufstellungsbeschluss") < page.index("Öffentliche Auslegung")
    assert "Verfahren bearbeiten" not in page


def test_a_status_that_nobody_stated_says_so(client: Client) -> None:
    plan(status="unknown")

    assert "Stand nicht angegeben" in client.get(reverse("concepts:concept", args=["BP 7"])).content.decode()


def test_steps_are_set_changed_and_taken_away(coordinator: Client) -> None:
    made = plan()
    made_at = made.version
    address = reverse("concepts:steps", args=["BP 7"])

    first = [("initiated", "2020-02-03", ""), ("display", "2021-01-04", "2021-02-05"), ("", "", "")]
    coordinator.post(address, lines(*first, version=made.version))
    made.refresh_from_db()
    coordinator.post(address, lines(("display", "2021-01-04", "2021-02-12"), version=made.version))

    assert steps_of(made) == [("display", date(2021, 1, 4), date(2021, 2, 12))]
    made.refresh_from_db()
    assert made.version == made_at + 2


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (("display", "2021-02-05", "2021-01-04"), "Das Ende liegt vor dem Beginn."),
        (("display", "", ""), "An welchem Tag?"),
        (("", "2021-01-04", ""), "Welcher Schritt"),
    ],
)
def test_half_a_step_is_refused_in_words(coordinator: Client, step: tuple[str, str, str], words: str) -> None:
    made = plan()

    page = coordinator.post(reverse("concepts:steps", args=["BP 7"]), lines(step, version=made.version))

    assert words in page.content.decode()
    assert steps_of(made) == []


def test_the_same_step_on_the_same_day_stands_once(coordinator: Client) -> None:
    made = plan()
    twice = [("initiated", "2020-02-03", "")] * 2

    page = coordinator.post(reverse("concepts:steps", args=["BP 7"]), lines(*twice, version=made.version))

    assert "zweimal" in page.content.decode()


def test_whoever_saves_after_somebody_else_sees_what_is_there_now(coordinator: Client) -> None:
    plan()

    page = coordinator.post(
        reverse("concepts:steps", args=["BP 7"]), lines(("initiated", "2020-02-03", ""), version=99)
    )

    assert "Inzwischen hat jemand anders gespeichert" in page.content.decode()


def test_strangers_do_not_change_the_procedure(client: Client) -> None:
    made = plan()
    client.force_login(people.account(Role.LEAD, where=people.department(key="99")))

    answer = client.post(
        reverse("concepts:steps", args=["BP 7"]), lines(("initiated", "2020-02-03", ""), version=made.version)
    )

    assert answer.status_code == 403
    assert steps_of(made) == []


def test_a_place_is_pasted_kept_and_taken_away(coordinator: Client) -> None:
    made = plan()
    address = reverse("concepts:edit", args=["BP 7"])

    coordinator.post(address, entered(made, place_text=POINT))
    made.refresh_from_db()
    pasted = made.geometry
    coordinator.post(address, entered(made, title="Am Anger II"))
    made.refresh_from_db()
    kept = made.geometry
    shown = coordinator.get(address).content.decode()
    coordinator.post(address, entered(made, place_removed="on"))
    made.refresh_from_db()

    assert pasted == kept == shapely.from_wkt(POINT)
    assert "So liegt er jetzt auf der Karte" in shown
    assert made.geometry is None


def test_a_place_comes_as_a_file(coordinator: Client) -> None:
    made = plan()
    file = SimpleUploadedFile("ort.geojson", shapely.to_geojson(shapely.from_wkt(POINT)).encode())

    coordinator.post(reverse("concepts:edit", args=["BP 7"]), entered(made, place_file=file))

    made.refresh_from_db()
    assert made.geometry is not None
    assert Concept.objects.filter(bounds__overlaps=(13.3, 51.2, 13.5, 51.4)).exists()


def test_a_place_that_cannot_be_is_refused_in_words_and_the_text_stays(coordinator: Client) -> None:
    made = plan()

    page = coordinator.post(
        reverse("concepts:edit", args=["BP 7"]), entered(made, place_text="POINT (51.3 13.4)")
    )

    assert "Länge und Breite sind vertauscht" in page.content.decode()
    assert "POINT (51.3 13.4)" in page.content.decode()
    made.refresh_from_db()
    assert made.geometry is None
