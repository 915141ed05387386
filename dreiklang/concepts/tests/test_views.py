import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.concepts.models import Concept
from dreiklang.concepts.tests import factories as make
from dreiklang.goals.tests import factories as goals
from dreiklang.measures.tests import factories as measures
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people
from dreiklang.places.tests import factories as places

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(people.account(Role.COORDINATOR))
    return client


def test_the_page_shows_links_money_and_measures_within_twelve_statements(
    client: Client, django_assert_max_num_queries
) -> None:
    made = make.concept(
        number="FK-05",
        title="Hochwasserschutz",
        goals=(goals.goal(number="2.1", title="Schutz am Fluss"),),
        tasks=(goals.task(title="Stadt am Wasser"),),
        areas=(places.area(name="Auenviertel"),),
        cost_words="erst nach der Planung",
    )
    measures.measure(title="Deich erneuern").concept_links.create(concept=made)

    # One more: the municipality that every page's head asks for.
    with django_assert_max_num_queries(13):
        page = client.get("/konzepte/FK-05/").content.decode()

    for words in (
        "Schutz am Fluss",
        "Stadt am Wasser",
        "Auenviertel",
        "erst nach der Planung",
        "Deich erneuern",
    ):
        assert words in page


@pytest.mark.parametrize("number", ["FK-01", "B 12/3", "Nr. 118 „Nord“"])
def test_numbers_may_hold_what_a_city_uses(client: Client, number: str) -> None:
    make.concept(number=number)

    assert client.get(reverse("concepts:concept", args=[number])).status_code == 200


def test_a_formal_plan_names_the_goals_it_rests_on(client: Client) -> None:
    make.concept(number="FP-1", kind="formal_plan", goals=(goals.goal(),))

    assert "Ziele, auf denen der Plan beruht" in client.get("/konzepte/FP-1/").content.decode()
    assert "Förmliche Pläne" in client.get("/konzepte/?art=formal_plan").content.decode()


def test_internal_concepts_and_names_stay_inside(client: Client) -> None:
    make.concept(number="I-1", title="Streng geheim", visibility="internal")
    lead = people.account(name="Lena Leitung")
    make.concept(number="P-1", title="Offen", lead=lead, note="Nur unter uns")

    assert client.get("/konzepte/I-1/").status_code == 404
    everything = client.get("/konzepte/").content + client.get("/konzepte/P-1/").content
    everything += client.get("/konzepte/?format=csv").content
    everything += client.get("/api/v1/concepts").content + client.get("/api/v1/concepts/P-1").content
    for words in ("Streng geheim", "Lena", "Nur unter uns"):
        assert words not in everything.decode()
    assert client.get("/api/v1/concepts/I-1").status_code == 404


def test_filters_stand_in_the_address_bar(client: Client) -> None:
    goal = goals.goal(number="1.1")
    make.concept(title="Passt", goals=(goal,))
    make.concept(title="Weicht ab")

    page = client.get("/konzepte/?ziel=1.1").content.decode()

    assert "Passt" in page
    assert "Weicht ab" not in page
    assert "1 von 2" in page.replace("\n", " ")


def test_a_goal_that_does_not_exist_finds_nothing(client: Client) -> None:
    make.concept(title="Etwas")

    assert "Kein Konzept passt" in client.get("/konzepte/?ziel=77").content.decode()


def test_the_csv_is_read_by_excel_and_runs_no_formula(client: Client) -> None:
    make.concept(number="FK-01", title="=1+1;Preis")

    text = client.get("/konzepte/?format=csv").content.decode()

    assert text.startswith("\ufeffNummer;Titel")
    assert '"\'=1+1;Preis"' in text


def test_the_csv_names_its_columns_in_the_readers_language(client: Client) -> None:
    text = client.get("/konzepte/?format=csv", headers={"accept-language": "en"}).content.decode()

    assert text.startswith("\ufeffNumber;Title;Kind;Status;Valid from")


def test_the_xlsx_holds_dates_and_amounts_as_such(client: Client) -> None:
    make.concept(number="FK-01", title="=1+1", valid_to="2030-12-31", cost_eur="1500.50")

    book = openpyxl.load_workbook(io.BytesIO(client.get("/konzepte/?format=xlsx").content))

    row = [cell.value for cell in book.active[2]]
    assert (row[1], row[5].year, row[10]) == ("=1+1", 2030, 1500.5)
    assert book.active["B2"].data_type == "s"


def test_a_concept_is_created_linked_and_published(coordinator: Client) -> None:
    goal, other = goals.goal(number="1.1"), goals.goal(number="1.2")
    coordinator.post(
        "/konzepte/neu/", {"number": "FK-90", "title": "Neu", "kind": "sector_plan", "status": "drafting"}
    )
    made = Concept.objects.get()
    lines = {"ziele-TOTAL_FORMS": 3, "ziele-INITIAL_FORMS": 0, "version": made.version}
    for place, (one, sign) in enumerate([(goal, "supports"), (other, "hinders")]):
        lines |= {f"ziele-{place}-goal_id": one.pk, f"ziele-{place}-sign": sign, f"ziele-{place}-weight": 2}
    lines |= {"ziele-0-is_main": "on", "ziele-2-goal_id": "", "ziele-2-sign": "supports", "ziele-2-weight": 1}

    coordinator.post("/konzepte/FK-90/zielbezuege/", lines)
    made.refresh_from_db()
    coordinator.post("/konzepte/FK-90/sichtbarkeit/", {"version": made.version})

    made.refresh_from_db()
    assert made.visibility == "public"
    assert made.goal_links.get(is_main=True).goal == goal
    assert made.goal_links.get(goal=other).sign == "hinders"


def test_two_main_goals_are_refused_in_words(coordinator: Client) -> None:
    made = make.concept(number="FK-1")
    lines = {"ziele-TOTAL_FORMS": 2, "ziele-INITIAL_FORMS": 0, "version": made.version}
    for place in (0, 1):
        lines |= {
            f"ziele-{place}-goal_id": goals.goal().pk,
            f"ziele-{place}-sign": "supports",
            f"ziele-{place}-weight": 1,
            f"ziele-{place}-is_main": "on",
        }

    page = coordinator.post("/konzepte/FK-1/zielbezuege/", lines).content.decode()

    assert "nur ein Hauptziel" in page
    assert not made.goal_links.exists()


def test_the_second_editor_sees_both_versions(coordinator: Client) -> None:
    made = make.concept(number="FK-1", title="Vorher")
    entered = {"kind": "sector_plan", "status": "adopted", "version": made.version}
    coordinator.post("/konzepte/FK-1/bearbeiten/", entered | {"title": "Von der Ersten"})

    page = coordinator.post("/konzepte/FK-1/bearbeiten/", entered | {"title": "Von der Zweiten"})

    text = page.content.decode()
    assert "Inzwischen hat jemand anders gespeichert" in text
    assert "Ersten" in text
    assert "Zweiten" in text
    assert Concept.objects.get().title == "Von der Ersten"


@pytest.mark.parametrize("step", ["bearbeiten", "zielbezuege", "sichtbarkeit"])
def test_a_lead_of_another_department_is_refused(client: Client, step: str) -> None:
    make.concept(number="FK-1", lead_department=people.department())
    client.force_login(people.account(Role.LEAD, where=people.department()))

    assert client.get(f"/konzepte/FK-1/{step}/").status_code == 403


def test_the_api_gives_pages_of_the_register(client: Client) -> None:
    for number in ("A", "B", "C"):
        make.concept(number=number)

    found = client.get("/api/v1/concepts?limit=2&offset=1").json()

    assert found["total"] == 3
    assert [item["number"] for item in found["items"]] == ["B", "C"]


def test_a_missing_summary_warns_before_the_council_and_takes_a_reason(coordinator: Client) -> None:
    made = make.concept(number="FK-1", title="Radverkehr", status="drafting", summary="")
    entered = {"title": "Radverkehr", "kind": "sector_plan", "status": "submitted", "version": made.version}

    warned = coordinator.post("/konzepte/FK-1/bearbeiten/", entered)
    passed = coordinator.post("/konzepte/FK-1/bearbeiten/", entered | {"summary_waived_reason": "Sie folgt."})

    assert list(warned.context["form"].errors) == ["summary_waived_reason"]
    assert passed.status_code == 302
    assert Concept.objects.get().status == "submitted"


def test_how_a_summary_reads_is_said_while_it_is_written(coordinator: Client, client: Client) -> None:
    text = "Wir bauen den Weg neu. Er ist gut für Rad und Fuß. Im Mai geht es los. " * 4

    said = coordinator.post("/konzepte/lesbarkeit/", {"summary": text}).content.decode()
    coordinator.logout()

    assert "leicht zu lesen" in said
    assert "68 Wörter" in said
    assert client.post("/konzepte/lesbarkeit/", {"summary": text}).status_code == 404
