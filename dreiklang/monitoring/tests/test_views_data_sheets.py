import io
import json
import zipfile
from urllib.parse import urlencode

import pypdfium2 as pdfium
import pytest
from django.test import Client
from shapely.geometry import box

from dreiklang.concepts.tests import factories as concepts
from dreiklang.measures.tests import factories as measures
from dreiklang.monitoring.tests.districts import HIDDEN, WAITING, indicator, tells_what_waits, town, values
from dreiklang.places.models import Area

pytestmark = pytest.mark.django_db

WEST, EAST = box(13.0, 51.0, 13.01, 51.01), box(13.01, 51.0, 13.02, 51.01)
# Half of either.
ACROSS = '{"type":"Polygon","coordinates":[[[13.005,51.0],[13.015,51.0],[13.015,51.01],[13.005,51.01],[13.005,51.0]]]}'


@pytest.fixture
def areas() -> dict[str, Area]:
    """Two districts side by side with people, cases, a derived and a delivered rate."""
    people = indicator("Einwohner", key="einwohner", unit="personen", decimals=0)
    found = town(people, {"Altstadt": ["1000"], "Ostend": ["3000"], "": ["8000"]})
    for name, shape in (("Altstadt", WEST), ("Ostend", EAST)):
        found[name].geometry = shape
        found[name].save()
    cases = indicator("Fälle", key="faelle", unit="personen", decimals=0)
    for name, value in (("Altstadt", "100"), ("Ostend", "20")):
        values(cases, found[name], {2024: value})
    indicator("Anteil der Fälle", key="anteil", formula="share([faelle], [einwohner])")
    quote = indicator("Gelieferte Quote", key="quote")
    for name, value in (("Altstadt", "10"), ("Ostend", "20")):
        values(quote, found[name], {2024: value})
    return found


def shown(client: Client, **asked: str) -> str:
    answer = client.get("/datenblatt/?" + urlencode(asked))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def row(page: str, name: str) -> str:
    return next(part for part in page.split("<tr") if f">{name}</a>" in part)


@pytest.mark.usefixtures("areas")
def test_a_drawn_area_has_estimated_counts_and_rates_reckoned_again(client: Client) -> None:
    page = shown(client, flaeche=ACROSS)

    assert "2.000<" in row(page, "Einwohner")
    assert "geschätzt nach Flächenanteil" in row(page, "Einwohner")
    assert "25,0 % der Stadt" in row(page, "Einwohner")
    # 60 of 2,000; the mean of both rates would be 5.3 %.
    assert "3,0 %" in row(page, "Anteil der Fälle")
    assert "nicht sicher aus Anzahlen" in row(page, "Gelieferte Quote")
    assert "unbekannt" in row(page, "Gelieferte Quote")
    assert page.count(">50 %</td>") == 4


def test_whole_districts_are_exact(client: Client, areas: dict[str, Area]) -> None:
    page = shown(client, gebiete=f"stadtteil:{areas['Altstadt'].key}")

    assert "genau: ganze Gebiete" in row(page, "Einwohner")
    assert "10,0 %" in row(page, "Gelieferte Quote")


def test_a_concept_leads_to_its_sheet_and_a_hidden_one_to_none(
    client: Client, areas: dict[str, Area]
) -> None:
    concepts.concept(number="K-1", title="Innenstadt", geometry=box(13.002, 51.002, 13.004, 51.004))
    concepts.concept(number="K-2", title="Geheim", areas=(areas["Ostend"],), visibility="internal")
    concepts.concept(number="K-3", title="Ostend", areas=(areas["Ostend"],))
    concepts.concept(number="K-4", title="Ortlos")

    assert "/datenblatt/?konzept=K-1" in client.get("/konzepte/K-1/").content.decode()
    assert "K-1 Innenstadt" in shown(client, konzept="K-1")
    assert ">3.000<" in row(shown(client, konzept="K-3"), "Einwohner")
    assert "keinen räumlichen Schwerpunkt" in shown(client, konzept="K-4")
    assert client.get("/datenblatt/?konzept=K-2").status_code == 404
    assert client.get("/datenblatt/?konzept=K-9").status_code == 404


def test_checks_are_for_the_administration_alone(client: Client) -> None:
    assert client.get("/datenblatt/?vorlage-pruefung=2026-001").status_code == 404


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("Unsinn", ""),
        ('{"type":"Polygon"}', ""),
        (json.dumps({"type": "Point", "coordinates": [51.0, 13.0]}), "vertauscht"),
        (json.dumps({"type": "Point", "coordinates": [2.3, 48.8]}), "außerhalb Deutschlands"),
        ("9" * 4_001, "zu viele Punkte"),
    ],
)
@pytest.mark.usefixtures("areas")
def test_what_is_no_area_is_refused_in_words(client: Client, written: str, why: str) -> None:
    page = shown(client, flaeche=written)

    assert "u-notice--warn" in page
    assert why in page


@pytest.mark.usefixtures("areas")
def test_an_area_outside_the_city_says_that_nothing_is_known(client: Client) -> None:
    outside = ACROSS.replace("13.0", "11.0")

    assert "liegt in keinem Gebiet der Stadt" in shown(client, flaeche=outside)


def test_a_hidden_or_waiting_count_comes_out_of_no_sheet(client: Client, areas: dict[str, Area]) -> None:
    few = indicator("Kinder", key="kinder", unit="personen")
    values(few, areas["Altstadt"], {2024: "50"})
    values(few, areas["Ostend"], {2024: HIDDEN})
    late = indicator("Wartende", key="wartende", unit="personen")
    values(late, areas["Ostend"], {2024: WAITING})
    indicator("Internes", key="internes", visibility="internal")

    page = shown(client, flaeche=ACROSS)

    assert "kleine Zahl, nicht gezeigt" in row(page, "Kinder")
    assert "Wartende" not in page
    assert "Internes" not in page
    assert not tells_what_waits(page)
    assert not tells_what_waits(shown(client, flaeche=ACROSS, format="csv"))
    book = client.get("/datenblatt/?" + urlencode({"flaeche": ACROSS, "format": "xlsx"})).content
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert not any(tells_what_waits(parts.read(name).decode()) for name in parts.namelist())


def test_what_runs_inside_the_area_is_named(client: Client, areas: dict[str, Area]) -> None:
    measures.measure(title="Kornmarkt", geometry=box(13.006, 51.002, 13.007, 51.003))
    measures.measure(title="Weit weg", geometry=box(13.0001, 51.002, 13.001, 51.003))
    measures.measure(title="Geheimbau", geometry=box(13.006, 51.002, 13.007, 51.003), visibility="internal")

    page = shown(client, flaeche=ACROSS)

    assert "Kornmarkt" in page
    assert "Weit weg" not in page
    assert "Geheimbau" not in page


@pytest.mark.usefixtures("areas")
def test_the_sheet_is_printed_tagged(client: Client) -> None:
    answer = client.get("/datenblatt/datenblatt.pdf?" + urlencode({"flaeche": ACROSS}))
    found = pdfium.PdfDocument(answer.content)
    said = " ".join(found[at].get_textpage().get_text_range() for at in range(len(found)))

    assert b"pdfuaid" in answer.content
    assert "geschätzt nach Flächenanteil" in " ".join(said.split())
    assert client.get("/datenblatt/datenblatt.pdf").status_code == 404


def test_the_ways_to_a_sheet_are_there_before_there_is_anything(client: Client) -> None:
    page = shown(client)

    assert "Datenblatt für jede Fläche" in page
    assert "data-draw-map" not in page


@pytest.mark.usefixtures("areas")
def test_an_area_is_drawn_on_a_map_where_there_are_borders(client: Client) -> None:
    assert "data-draw-map" in shown(client)
