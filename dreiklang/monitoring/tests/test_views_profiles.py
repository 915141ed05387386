import json
from collections.abc import Iterator
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from dreiklang.concepts.tests import factories as concepts
from dreiklang.measures.tests import factories as measures
from dreiklang.monitoring.models import DistrictTrait, Indicator
from dreiklang.monitoring.services.traits import CannotChoose, choose_traits
from dreiklang.monitoring.tests.districts import HIDDEN, WAITING, indicator, tells_what_waits, town, values
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people
from dreiklang.places.models import Area
from dreiklang.places.tests import factories as places

pytestmark = pytest.mark.django_db

DISTRICTS = ("Altstadt", "Ostend", "Westend", "Nordend")


@pytest.fixture(autouse=True)
def no_second_factor() -> Iterator[None]:
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        yield


@pytest.fixture
def areas() -> dict[str, Area]:
    """Four districts with three rates and one count; the old town is first."""
    found = town(
        indicator("Arbeitslose", key="arbeitslose", attribution="Bundesagentur für Arbeit"),
        {
            "Altstadt": ["9", "8", "6.5"],
            "Ostend": ["9.0", "9.2", "9.5"],
            "Westend": ["7", "7", "7"],
            "Nordend": ["3", "3", HIDDEN],
            "": ["7.5", "7.3", "7.2"],
        },
    )
    for name, line in (("Jugendliche", "18 12 14 15"), ("Wohngeld", "4 6 4.2 3")):
        shown = indicator(name, key=name.lower(), direction="none")
        for district, value in zip(DISTRICTS, line.split(), strict=True):
            values(shown, found[district], {2024: value})
    people_there = indicator("Einwohner", key="einwohner", unit="personen", decimals=0, direction="none")
    for district, value in zip(DISTRICTS, ["4000", "9000", "3000", "1000"], strict=True):
        values(people_there, found[district], {2024: value})
    return found


def shown(client: Client, query: str = "", name: str = "Altstadt") -> str:
    area = Area.objects.get(name=name)
    answer = client.get(f"/profil/stadtteil/{area.key}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def pdf_text(content: bytes) -> tuple[int, str]:
    found = pdfium.PdfDocument(content)
    return len(found), " ".join(found[at].get_textpage().get_text_range() for at in range(len(found)))


@pytest.mark.usefixtures("areas")
def test_a_district_stands_beside_the_city(client: Client) -> None:
    page = shown(client)

    assert "Von 3 Indikatoren steht Altstadt bei 1 besser da als die ganze Stadt, bei 0 schlechter." in page
    assert "0,7 Prozentpunkte niedriger" in page
    assert "1. von 3" in page  # the hidden one has no place
    assert "−2,5 Prozentpunkte" in page
    assert "seit 2022" in page
    assert "fallend" in page
    assert "Bundesagentur für Arbeit" in page
    assert "style=" not in page


@pytest.mark.usefixtures("areas")
def test_the_year_of_the_change_can_be_chosen(client: Client) -> None:
    assert "−1,5 Prozentpunkte" in shown(client, "?seit=2023")
    assert shown(client, "?seit=abc")


@pytest.mark.usefixtures("areas")
def test_a_hidden_value_is_a_sign_and_says_why(client: Client) -> None:
    page = shown(client, name="Nordend")

    assert "kleine Zahl, nicht gezeigt" in page


@pytest.mark.usefixtures("areas")
def test_without_traits_nobody_is_called_similar(client: Client) -> None:
    assert "Niemand hat Vergleichsmerkmale gewählt." in shown(client)


def choose(*keys: str) -> None:
    coordinator = people.viewer(Role.COORDINATOR)
    choose_traits(by=coordinator, indicator_ids=[_indicator_id(key) for key in keys])


def _indicator_id(key: str) -> int:
    return Indicator.objects.get(key=key).pk


@pytest.mark.usefixtures("areas")
def test_the_similar_districts_are_named_with_the_traits_people_chose(client: Client) -> None:
    choose("arbeitslose", "jugendliche", "wohngeld")

    page = shown(client)

    assert (
        "Am ähnlichsten: Westend und Ostend. Verglichen nach: Arbeitslose, Jugendliche und Wohngeld." in page
    )


@pytest.mark.usefixtures("areas")
def test_too_little_known_is_refused_with_a_sentence(client: Client) -> None:
    choose("arbeitslose", "jugendliche", "wohngeld")

    assert "Nötig sind mindestens drei." in shown(client, name="Nordend")


@pytest.mark.usefixtures("areas")
def test_districts_can_be_set_beside_it(client: Client) -> None:
    east = Area.objects.get(name="Ostend")

    page = shown(client, f"?mit={east.key}")

    assert ">9,5</td>" in page
    assert page.index('id="aehnliche"') < page.index(">Ostend</a>")


def test_what_is_planned_and_runs_there_stands_beside_the_numbers(
    client: Client, areas: dict[str, Area]
) -> None:
    measures.measure(title="Kornmarkt umbauen").area_links.create(area=areas["Altstadt"])
    concepts.concept(title="Innenstadtkonzept", areas=(areas["Altstadt"],))
    concepts.concept(title="Streng geheim", areas=(areas["Altstadt"],), visibility="internal")

    page = shown(client)

    assert "Kornmarkt umbauen" in page
    assert "Innenstadtkonzept" in page
    assert "Streng geheim" not in page


def test_a_profile_takes_at_most_twelve_statements(client: Client, areas: dict[str, Area]) -> None:
    choose("arbeitslose", "jugendliche", "wohngeld")
    # Also where a formula needs what the public does not see.
    pupils = indicator("Schulkinder", key="schulkinder", unit="personen", visibility="internal")
    values(pupils, areas["Altstadt"], {2024: "400"})
    indicator("Anteil der Schulkinder", key="anteil-schulkinder", formula="share([schulkinder], [einwohner])")

    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/profil/stadtteil/{areas['Altstadt'].key}/").content.decode()

    # A test runs inside a transaction: what a view's own would be is a savepoint there.
    statements = [one["sql"] for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(statements) <= 12
    assert "Am ähnlichsten" in page
    assert "10,0\u00a0%" in page


def test_what_waits_or_is_internal_is_in_no_form_of_the_profile(
    client: Client, areas: dict[str, Area]
) -> None:
    secret = indicator("Geheimes", key="geheimes", visibility="internal")
    values(secret, areas["Altstadt"], {2024: "12.3"})
    waiting = indicator("Wartendes", key="wartendes")
    values(waiting, areas["Altstadt"], {2024: WAITING})

    page = shown(client)
    csv = shown(client, "?format=csv")
    data = shown(client, "?format=json")
    _count, paper = pdf_text(client.get(f"/profil/stadtteil/{areas['Altstadt'].key}/profil.pdf").content)

    for said in (page, csv, data, paper):
        assert "Geheimes" not in said
        assert not tells_what_waits(said)
        assert "12,3" not in said


@pytest.mark.usefixtures("areas")
def test_the_numbers_can_be_taken_away(client: Client) -> None:
    csv = shown(client, "?format=csv").splitlines()
    data = json.loads(shown(client, "?format=json", "Nordend"))
    book = load_workbook(
        BytesIO(client.get(f"/profil/stadtteil/{Area.objects.get(name='Altstadt').key}/?format=xlsx").content)
    )

    assert csv[0].lstrip("\ufeff").startswith("Kurzname;Indikator;Einheit;Stand;Wert;ganze Stadt")
    assert len(csv) == 5
    assert book.active.max_row == 5
    assert next(one for one in data["indicators"] if one["indicator"] == "arbeitslose")["value"] == {
        "unknown": "suppressed"
    }


def test_the_sheet_has_two_pages_tagged_with_everything_on_them(
    client: Client, areas: dict[str, Area]
) -> None:
    measures.measure(title="Kornmarkt umbauen").area_links.create(area=areas["Altstadt"])
    choose("arbeitslose", "jugendliche", "wohngeld")

    answer = client.get(f"/profil/stadtteil/{areas['Altstadt'].key}/profil.pdf")
    count, said = pdf_text(answer.content)

    assert answer["Content-Type"] == "application/pdf"
    assert count == 2
    assert b"/StructTreeRoot" in answer.content
    assert b"pdfuaid" in answer.content
    for words in (
        "Altstadt im Profil",
        "Arbeitslose",
        "Kornmarkt umbauen",
        "Am ähnlichsten",
        "Bundesagentur für Arbeit",
    ):
        assert words in said


def test_a_full_district_still_fits_on_two_pages_and_counts_what_does_not(
    client: Client, areas: dict[str, Area]
) -> None:
    for number in range(60):
        more = indicator(
            f"Anteil der Haushalte mit Merkmal {number} an allen Haushalten", key=f"mehr-{number}"
        )
        values(more, areas["Altstadt"], {2020: "10", 2022: "11", 2024: "12.5"})
        measures.measure(title=f"Maßnahme {number} mit einem Namen von mittlerer Länge").area_links.create(
            area=areas["Altstadt"]
        )
    for number in range(9):
        concepts.concept(title=f"Konzept für den Raum {number}", areas=(areas["Altstadt"],))

    count, said = pdf_text(client.get(f"/profil/stadtteil/{areas['Altstadt'].key}/profil.pdf").content)

    assert count == 2
    assert "weitere Indikatoren" in said
    assert "weitere Maßnahmen" in said
    assert "weitere" in said


def test_a_district_without_values_says_so_on_screen_and_paper(client: Client) -> None:
    area = places.area(name="Neubau")

    assert "Für Neubau liegen noch keine Werte vor." in shown(client, name="Neubau")
    count, said = pdf_text(client.get(f"/profil/stadtteil/{area.key}/profil.pdf").content)
    assert count == 2
    assert "Für Neubau liegen noch keine Werte vor." in " ".join(said.split())


@pytest.mark.parametrize("key", ["01", "B 12/3", "Ä"])
def test_keys_may_hold_what_a_city_uses(client: Client, key: str) -> None:
    area = places.area(key=key)

    assert shown(client, name=area.name)
    assert client.get(f"/profil/stadtteil/{key}/profil.pdf").status_code == 200


def test_an_area_nobody_knows_has_no_profile(client: Client) -> None:
    assert client.get("/profil/stadtteil/nirgends/").status_code == 404
    assert client.get("/profil/nirgends/01/profil.pdf").status_code == 404


def test_a_district_is_chosen_from_a_list_or_a_map(client: Client) -> None:
    assert "Noch keine Gebiete" in client.get("/profil/").content.decode()
    area = places.area(key="07", name="Hafen")

    page = client.get("/profil/").content.decode()

    assert 'value="stadtteil:07"' in page
    assert '<a href="/profil/stadtteil/07/" aria-label="Hafen"' in page
    assert client.get("/profil/?gebiet=stadtteil:07").url == f"/profil/stadtteil/{area.key}/"
    assert client.get("/profil/?gebiet=nirgends:07").status_code == 200


class TestTraits:
    """By which districts are told to be alike."""

    @pytest.mark.usefixtures("areas")
    def test_the_statistics_office_chooses_them_on_a_page(self, client: Client) -> None:
        client.force_login(people.account(Role.STATISTICS))
        ids = [_indicator_id(key) for key in ("arbeitslose", "jugendliche", "wohngeld")]

        page = client.get("/profil/merkmale/").content.decode()
        answer = client.post("/profil/merkmale/", {"merkmale": ids})

        assert "Einwohner" not in page  # a count
        assert answer.url == "/profil/"
        assert [one.indicator_id for one in DistrictTrait.objects.order_by("position")] == ids

    @pytest.mark.usefixtures("areas")
    def test_none_takes_the_choice_back(self, client: Client) -> None:
        choose("arbeitslose", "jugendliche", "wohngeld")
        client.force_login(people.account(Role.COORDINATOR))

        client.post("/profil/merkmale/", {})

        assert not DistrictTrait.objects.exists()

    @pytest.mark.parametrize(
        ("keys", "code"),
        [
            (("arbeitslose", "jugendliche"), "too_few"),
            (("arbeitslose", "jugendliche", "jugendliche"), "twice"),
            (("arbeitslose", "jugendliche", "einwohner"), "is_count"),
            (("arbeitslose", "jugendliche", "wohngeld", *["arbeitslose"] * 4), "too_many"),
        ],
    )
    @pytest.mark.usefixtures("areas")
    def test_what_tells_nothing_of_likeness_is_refused(self, keys: tuple[str, ...], code: str) -> None:
        with pytest.raises(CannotChoose) as refusal:
            choose(*keys)

        assert refusal.value.code == code
        assert not DistrictTrait.objects.exists()

    @pytest.mark.usefixtures("areas")
    def test_the_page_says_why_in_words(self, client: Client) -> None:
        client.force_login(people.account(Role.STATISTICS))

        page = client.post("/profil/merkmale/", {"merkmale": [_indicator_id("arbeitslose")]}).content.decode()

        assert "Bitte mindestens drei" in page

    def test_nobody_else_may(self, client: Client) -> None:
        assert client.get("/profil/merkmale/").status_code in (302, 403)
        with pytest.raises(NotAllowed):
            choose_traits(by=people.viewer(Role.LEAD), indicator_ids=[])
