from collections.abc import Iterator
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.test import Client, override_settings
from django.urls import reverse
from shapely.geometry import Point, box

from dreiklang.concepts.tests import factories as concepts
from dreiklang.core.enums import Visibility
from dreiklang.measures.models import Measure
from dreiklang.measures.rules import Phase
from dreiklang.measures.tests import factories as measures
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people
from dreiklang.places.tests import factories as places

pytestmark = pytest.mark.django_db
DATA = "/karte/daten/massnahmen.json"
HERE = Point(13.4, 51.3)


@pytest.fixture(autouse=True)
def no_second_factor() -> Iterator[None]:
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        yield


@pytest.fixture(autouse=True)
def town() -> None:
    places.municipality()
    places.area(key="01", name="Altstadt", geometry=box(13.35, 51.28, 13.45, 51.33))


def measure(number: str, **fields: Any) -> Measure:
    fields.setdefault("geometry", HERE)
    fields.setdefault("starts_on", date(2024, 1, 1))
    fields.setdefault("ends_on", date(2027, 12, 31))
    return measures.measure(number, **fields)


def keys(client: Client, address: str = DATA) -> list[str]:
    return [row[0] for row in client.get(address).json()["rows"]]


def test_the_page_says_how_many_lie_on_the_map_and_names_the_rest(client: Client) -> None:
    measure("M-1")
    measure("M-2", geometry=None, title="Überall ein bisschen")
    in_part = measure("M-3", geometry=None, title="Irgendwo in der Altstadt")
    in_part.area_links.create(area_id=places.area(key="02", name="Ostend").pk)

    page = client.get("/karte/").content.decode()

    assert "Auf der Karte liegen 1; nur einem Stadtteil zugeordnet: 1; ohne Ort: 1." in page
    assert "Maßnahmen ohne Ort auf der Karte: 2" in page
    assert "Überall ein bisschen" in page
    assert "Irgendwo in der Altstadt" in page


def test_the_page_works_without_any_record(client: Client) -> None:
    page = client.get("/karte/").content.decode()

    assert "Noch ist keine Maßnahme eingetragen." in page


def test_a_year_keeps_what_is_in_work_and_says_what_names_no_period(client: Client) -> None:
    measure("M-1")
    measure("M-2", starts_on=date(2028, 1, 1), ends_on=None)
    measure("M-3", starts_on=None, ends_on=None, title="Ohne Jahr")

    page = client.get("/karte/?jahr=2026").content.decode()

    assert "2026 ist 1 Maßnahme in Arbeit." in page
    assert "1 weitere nennt keinen Zeitraum." in page
    assert "Ohne Jahr" in page
    assert keys(client, f"{DATA}?jahr=2026") == ["M-1"]
    assert keys(client, f"{DATA}?jahr=2029") == ["M-2"]
    assert keys(client) == ["M-1", "M-2", "M-3"]


@pytest.mark.parametrize("year", ["abc", "9999", "20261"])
def test_a_year_that_is_none_is_passed_over_and_filters_nothing(client: Client, year: str) -> None:
    measure("M-1")

    page = client.get(f"/karte/?jahr={year}").content.decode()

    assert "in allen Jahren" in page
    assert "Die Karte ist gefiltert." not in page


def test_where_no_layer_named_is_known_the_usual_ones_are_shown(client: Client) -> None:
    measure("M-1")

    assert "in allen Jahren" in client.get("/karte/?ebenen=gibtesnicht").content.decode()
    assert "in allen Jahren" not in client.get("/karte/?ebenen=").content.decode(), "all may be off"


def test_the_public_sees_public_measures_only_and_the_administration_the_others_marked(
    client: Client,
) -> None:
    measure("M-1")
    measure("M-2", visibility=Visibility.INTERNAL, title="Noch geheim")
    measure("M-3", visibility=Visibility.INTERNAL, geometry=None, title="Auch geheim")

    for address in ("/karte/", "/karte/tabelle/", "/karte/tabelle/export.csv", "/karte/bild.svg", DATA):
        assert "geheim" not in client.get(address).content.decode(), address
    assert keys(client) == ["M-1"]
    assert client.get("/karte/kurz/massnahmen/M-2/").status_code == 404

    client.force_login(people.account(Role.COORDINATOR))

    assert [row[6] for row in client.get(DATA).json()["rows"]] == [0, 1]
    assert "intern" in client.get("/karte/kurz/massnahmen/M-2/").content.decode()
    assert "Auch geheim" in client.get("/karte/").content.decode()


def test_the_embedded_page_shows_the_public_view_to_everybody(client: Client) -> None:
    measure("M-2", visibility=Visibility.INTERNAL, title="Noch geheim")
    client.force_login(people.account(Role.COORDINATOR))

    page = client.get("/karte/eingebettet/").content.decode()

    assert "geheim" not in page
    assert "Im Ausschnitt" not in page
    assert "data-map" in page


def test_table_and_map_hold_the_same_records(client: Client) -> None:
    for number in range(1, 61):
        measure(f"M-{number}", geometry=HERE if number % 3 else None)
    measures.report(Measure.objects.get(number="M-1"), phase=Phase.MERGED)

    table = client.get("/karte/tabelle/?lage=on_map").content.decode()
    file = client.get("/karte/tabelle/export.csv?lage=on_map").content.decode("utf-8-sig")

    drawn = keys(client)
    assert [line.split(";")[0] for line in file.splitlines()[1:]] == drawn
    assert "M-1" not in drawn, "merged measures go on in another one"
    assert f"Auf der Karte liegen {len(drawn)}" in table


def test_the_table_sorts_and_keeps_its_filters(client: Client) -> None:
    measure("M-1", title="Zebrastreifen")
    measure("M-2", title="Allee")

    page = client.get("/karte/tabelle/?sortierung=titel&jahr=2026").content.decode()

    assert page.index("Allee") < page.index("Zebrastreifen")
    assert "Jahr: 2026" in page


def test_concepts_are_a_layer_of_their_own(client: Client) -> None:
    concepts.concept(number="FK-01", title="Innenstadt", geometry=box(13.36, 51.29, 13.4, 51.3))
    concepts.concept(number="FK-02", title="Geheim", geometry=HERE, visibility="internal")
    concepts.concept(number="FK-03", title="Vorbei", geometry=HERE, status="superseded")

    assert keys(client, "/karte/daten/konzepte.json") == ["FK-01"]
    assert "Schwerpunkte der Konzepte" in client.get("/karte/?ebenen=konzepte").content.decode()
    assert "Innenstadt" in client.get("/karte/tabelle/?ebene=konzepte").content.decode()


def test_topics_and_phases_narrow_the_map(client: Client) -> None:
    measure("M-1", topics=["Klima"])
    measures.report(measure("M-2", topics=["Verkehr"]), phase=Phase.IDEA)

    assert keys(client, f"{DATA}?thema=Klima") == ["M-1"]
    assert keys(client, f"{DATA}?phase=idea") == ["M-2"]
    assert keys(client, f"{DATA}?phase=unknown") == ["M-1"]
    assert keys(client, f"{DATA}?aufgabe=gibt-es-nicht") == []
    assert "Die Karte ist gefiltert." in client.get("/karte/?thema=Klima").content.decode()


def test_a_copy_that_still_holds_is_not_sent_again(client: Client) -> None:
    measure("M-1")
    first = client.get(DATA)

    # The test's own transaction writes, so the answer is named by its content here.
    again = client.get(DATA, headers={"If-None-Match": first["ETag"]})
    measure("M-2")
    after = client.get(DATA, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert after.status_code == 200
    assert "no-cache" in first["Cache-Control"]


def test_a_part_brings_only_shapes_of_that_part(client: Client) -> None:
    measure("M-1", geometry=box(13.4, 51.3, 13.402, 51.301))
    measure("M-2", geometry=box(13.3, 51.2, 13.302, 51.201))
    frame = client.get("/karte/").context["config"]
    west, south, east, north = frame["bounds"]

    found = client.get(f"{DATA}?aufloesung=1&ausschnitt={west},{south},{east},{north}").json()

    assert found["rows"] == []
    assert list(found["shapes"]) == ["M-1"]


@pytest.mark.parametrize(
    "query",
    [
        "ausschnitt=a,b",
        "ausschnitt=1,2,3",
        "aufloesung=nan",
        "ausschnitt=nan,1,2,3",
        "ausschnitt=9e9,0,9e99,1",
    ],
)
def test_nonsense_in_the_address_is_passed_over(client: Client, query: str) -> None:
    measure("M-1")

    assert client.get(f"{DATA}?{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "jahr=abc",
        "jahr=99999",
        "ebenen=gibtsnicht",
        "ort=1",
        "ort=x,y&massstab=0",
        "aufgabe=%00",
        "thema=%00",
    ],
)
def test_a_wrong_address_shows_the_map_all_the_same(client: Client, query: str) -> None:
    for address in ("/karte/", "/karte/tabelle/", "/karte/druck/", "/karte/bild.svg", "/karte/eingebettet/"):
        assert client.get(f"{address}?{query}").status_code == 200, address


def test_the_card_tells_of_measures_that_lie_nowhere(client: Client) -> None:
    measure("M-1", geometry=None)
    measure("B-021/2024", title="Mit Schrägstrich")

    assert "nicht auf der Karte" in client.get("/karte/kurz/massnahmen/M-1/").content.decode()
    address = reverse("portal:map_card", args=["massnahmen", "B-021/2024"])
    assert "Mit Schrägstrich" in client.get(address).content.decode()
    assert client.get("/karte/kurz/massnahmen/X/").status_code == 404
    assert client.get("/karte/kurz/unsinn/M-1/").status_code == 404


def test_the_drawing_by_the_server_shows_what_the_filters_leave(client: Client) -> None:
    measure("M-1")
    measure("M-2", starts_on=date(2030, 1, 1), ends_on=None, geometry=Point(13.42, 51.31))

    drawing = client.get("/karte/bild.svg?jahr=2026")

    assert drawing["Content-Type"] == "image/svg+xml"
    assert "M-1" in drawing.content.decode()
    assert "M-2" not in drawing.content.decode()


def test_the_print_names_scale_filters_and_date(client: Client) -> None:
    measure("M-1", title="Brücke bauen")

    answer = client.get("/karte/druck/karte.pdf?jahr=2026&druck=25000&titel=Unser+Plan")

    assert answer["Content-Type"] == "application/pdf"
    words = pdf_words(answer.content)
    for expected in (
        "Unser Plan",
        "Maßstab 1 : 25.000",
        "Jahr: 2026",
        "1 km",
        "Norden",
        "Brücke bauen",
        "Stand",
    ):
        assert expected in words, expected


def pdf_words(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    width, height = document[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (420, 297)
    return " ".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("address", ["/karte/", "/karte/tabelle/"])
def test_a_page_asks_so_many_questions_and_no_more(
    client: Client, address: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        measure(f"M-{number}", geometry=HERE if number % 2 else None)

    # Three more than bin/bench counts: who looks, the transaction, and the name of the city in the head.
    with django_assert_max_num_queries(16):
        client.get(address)
