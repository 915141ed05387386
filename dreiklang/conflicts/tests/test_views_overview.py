"""Matrix, network, thresholds, comparison: what they show, and who changes them."""

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.conflicts.models import Comparison, Thresholds
from dreiklang.conflicts.tests import factories as make
from dreiklang.core import nearness
from dreiklang.core.enums import RunState
from dreiklang.goals.tests.factories import framework, goal
from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as city
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db
NUMBERS = {
    "least_area_m2": "300",
    "least_area_share": "2,5",
    "least_days": "14",
    "near_months": "24",
    "least_effect_weight": "2",
    "least_nearness": "0,6",
    "least_strength": "0,2",
    "basis": "Dienstberatung vom 3. Mai",
    "version": "0",
}


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", make.plain_encoder)


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(city.account("Klara Koordination", role=Role.COORDINATOR))
    return client


@pytest.fixture
def pair() -> tuple[Measure, Measure]:
    version = framework()
    shade = goal(number="2.1", title="Schatten", of=version)
    ways = goal(number="5.2", title="Sicher mit dem Rad", of=version)
    route = make.measure("Radroute am Wasser", helps=(ways,), hinders=(shade,), geometry=make.ground())
    trees = make.measure("Baumreihe am Wasser", helps=(shade,), geometry=make.ground(20))
    make.compared()
    return route, trees


def test_the_matrix_counts_goals_and_opens_what_lies_behind(coordinator, pair):
    route, _trees = pair
    ids = sorted(one.goal_id for one in route.goal_links.all())
    address = reverse("conflicts:matrix")

    page = coordinator.get(address).content.decode()
    behind = coordinator.get(f"{address}?paar={ids[0]}-{ids[1]}").content.decode()

    assert "2.1 Schatten" in page
    assert "dafür und dagegen wirkt je mindestens ein Vorhaben" in page
    assert "ein Vorhaben hilft dem einen und erschwert das andere" in page
    assert f"?paar={ids[0]}-{ids[1]}" in page
    assert 'id="paar"' not in page
    assert 'id="paar"' in behind
    assert "Radroute am Wasser" in behind


@pytest.mark.parametrize(
    "query", ["?paar=x", "?paar=1-2-3", "?paar=999999-999998", "?nach=konzepte", "?nach=x"]
)
def test_a_matrix_asked_for_nonsense_is_the_matrix(coordinator, pair, query):
    answer = coordinator.get(reverse("conflicts:matrix") + query)

    assert answer.status_code == 200
    assert 'id="paar"' not in answer.content.decode()


def test_the_network_names_everybody_in_picture_and_table(coordinator, pair):
    page = coordinator.get(reverse("conflicts:network")).content.decode()

    assert "k-net__arc--conflict" in page
    assert page.count("Radroute am Wasser") >= 2
    assert "Ein Konflikt als Bögen" in page


@pytest.mark.parametrize("name", ["matrix", "network"])
def test_without_anything_found_a_page_says_so(coordinator, name):
    assert "Noch begegnet sich nichts." in coordinator.get(reverse(f"conflicts:{name}")).content.decode()


def test_thresholds_change_with_their_basis_and_everything_is_compared_anew(coordinator):
    page = coordinator.post(reverse("conflicts:thresholds"), NUMBERS, follow=True).content.decode()

    kept = Thresholds.objects.get()
    assert kept.least_area_m2 == 300
    assert kept.least_area_share == pytest.approx(0.025)
    assert "Dienstberatung vom 3. Mai" in page
    assert "Klara Koordination" in page
    assert Comparison.objects.filter(state=RunState.RUNNING).exists()


def test_the_first_change_of_thresholds_tells_only_what_differs_from_the_defaults(coordinator):
    said = {**NUMBERS, "least_area_share": "2"}

    page = coordinator.post(reverse("conflicts:thresholds"), said, follow=True).content.decode()

    told = page[page.index("Wer hat was geändert?") :]
    assert "Gemeinsame Fläche ab (m²): 200 → 300" in told
    assert "Grundlage: – → Dienstberatung vom 3. Mai" in told
    assert "Inhaltliche Nähe" not in told
    assert "Gemeinsame Zeit" not in told
    assert "2.0" not in told


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("least_area_m2", "viel"),
        ("least_area_m2", "-5"),
        ("least_area_share", "101"),
        ("least_effect_weight", "4"),
        ("least_nearness", ""),
        ("least_strength", "2"),
    ],
)
def test_a_threshold_that_makes_no_sense_is_refused_at_its_field(coordinator, name, value):
    page = coordinator.post(reverse("conflicts:thresholds"), {**NUMBERS, name: value}).content.decode()

    assert f'id="id_{name}-fehler"' in page
    assert not Thresholds.objects.exists()


def test_two_who_change_thresholds_do_not_overwrite_each_other(coordinator):
    coordinator.post(reverse("conflicts:thresholds"), NUMBERS)

    page = coordinator.post(
        reverse("conflicts:thresholds"), {**NUMBERS, "least_area_m2": "999"}
    ).content.decode()

    assert "Inzwischen hat jemand die Schwellen geändert" in page
    assert Thresholds.objects.get().least_area_m2 == 300


def test_others_read_thresholds_and_change_none(client):
    client.force_login(city.account(role=Role.LEAD, in_department=city.department()))

    page = client.get(reverse("conflicts:thresholds")).content.decode()

    assert "Gemeinsame Fläche ab" in page
    assert 'name="least_area_m2"' not in page
    assert client.post(reverse("conflicts:thresholds"), NUMBERS).status_code == 403
    assert client.post(reverse("conflicts:comparison")).status_code == 403
    assert not Thresholds.objects.exists()


def test_a_comparison_begins_with_a_click_and_shows_how_far_it_is(coordinator):
    page = coordinator.post(reverse("conflicts:comparison"), follow=True).content.decode()

    assert "Gerade wird alles verglichen." in page
    assert reverse("conflicts:progress") in page
    assert Comparison.objects.count() == 1


def test_texts_that_could_not_be_read_are_told_and_nothing_is_left_to_go_on_with(coordinator, monkeypatch):
    def broken(**_asked):
        raise nearness.CannotCompare("broken")

    make.measure("Radroute am Wasser")
    monkeypatch.setattr(nearness, "describe", broken)
    make.compared()

    page = coordinator.get(reverse("conflicts:comparison")).content.decode()

    assert "Nicht alle Texte ließen sich lesen." in page
    assert "Alles neu vergleichen" in page


def test_a_comparison_that_broke_off_can_go_on(coordinator):
    Comparison.objects.create(state=RunState.FAILED, started_at=make.NOW, problem="MemoryError: killed")

    page = coordinator.get(reverse("conflicts:comparison")).content.decode()

    assert "Vergleich fortsetzen" in page
    assert "MemoryError" not in page


def test_the_progress_ends_by_loading_the_page_anew(coordinator):
    make.compared()

    answer = coordinator.get(reverse("conflicts:progress"))

    assert answer["HX-Refresh"] == "true"


def test_a_finished_comparison_says_what_came_of_it(coordinator, pair):
    page = coordinator.get(reverse("conflicts:comparison")).content.decode()

    assert "wurden 1 Hinweis" in page
    assert "Alles neu vergleichen" in page
