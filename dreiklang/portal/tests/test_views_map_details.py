"""What the map says of single records, years and maps of others."""

from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from shapely.geometry import Point, box

from dreiklang.core.enums import Visibility
from dreiklang.goals.models import FutureTask
from dreiklang.measures.rules import Phase
from dreiklang.measures.tests import factories as measures
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people
from dreiklang.places.tests import factories as places
from dreiklang.portal.views import map_data

pytestmark = pytest.mark.django_db
DATA = "/karte/daten/massnahmen.json"
HERE = Point(13.4, 51.3)


@pytest.fixture(autouse=True)
def town(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    places.municipality(name='Klaren"brück')
    places.area(key="01", name="Altstadt", geometry=box(13.35, 51.28, 13.45, 51.33))


def test_what_was_given_up_before_it_began_names_no_years_turned_round(client: Client) -> None:
    one = measures.measure(
        "M-1", geometry=HERE, starts_on=date(2027, 1, 1), ends_on=date(2028, 12, 31), title="Brücke"
    )
    measures.report(one, on=date(2025, 6, 1), phase=Phase.DROPPED)

    # Above the rows stand the years to choose from.
    _, table = client.get("/karte/tabelle/").content.decode().split("<tbody")
    table, _ = table.split("</tbody>")
    file = client.get("/karte/tabelle/export.csv").content.decode("utf-8-sig").splitlines()
    card = client.get("/karte/kurz/massnahmen/M-1/").content.decode()
    sheet = pypdfium2.PdfDocument(client.get("/karte/druck/karte.pdf").content)
    paper = " ".join(page.get_textpage().get_text_range() for page in sheet)

    for shown in (table, file[1], card, paper):
        assert "nicht begonnen" in shown
        assert "2025" not in shown
        assert "2027" not in shown


def test_the_text_to_embed_holds_a_city_with_a_quotation_mark(client: Client) -> None:
    code = client.get("/karte/?thema=Klima").context["embed_code"]

    assert 'title="Karte der Stadtentwicklung: Klaren&quot;brück"' in code
    assert "/karte/eingebettet/?thema=Klima" in code


def test_the_table_leads_to_the_map_whatever_a_number_holds(client: Client) -> None:
    measures.measure("A&B #1/2", geometry=HERE)

    page = client.get("/karte/tabelle/").content.decode()

    assert 'href="/karte/?auswahl=massnahmen:A%26B+%231/2"' in page


def test_a_map_of_others_is_shown_at_the_zooms_the_city_said(client: Client) -> None:
    places.map_service(title="Plan", min_zoom=12)
    places.map_service(title="Luftbild", min_zoom=None, max_zoom=17)

    plan, photo = client.get("/karte/").context["config"]["services"]

    assert (plan["minResolution"], round(plan["maxResolution"])) == (None, 34)
    assert (round(photo["minResolution"], 2), photo["maxResolution"]) == (0.53, None)


def test_a_copy_is_never_taken_for_valid_by_numbers_whose_table_no_state_stands_for(
    client: Client, monkeypatch: Any
) -> None:
    task = measures.task(measures.framework(), "1")
    measures.measure("M-1", geometry=HERE).task_links.create(task=task)
    monkeypatch.setattr(map_data, "state_name", lambda: "as before")
    first = client.get(f"{DATA}?aufgabe=1")

    FutureTask.objects.update(number="2")
    again = client.get(f"{DATA}?aufgabe=1", headers={"If-None-Match": first["ETag"]})

    assert [row[0] for row in first.json()["rows"]] == ["M-1"]
    assert again.status_code == 200
    assert again.json()["rows"] == []


@pytest.mark.parametrize("place", ["85,-180", "0,0", "-85,179.9"])
def test_a_sheet_of_the_other_end_of_the_world_is_empty_but_drawn(client: Client, place: str) -> None:
    measures.measure("M-1", geometry=HERE, title="Brücke")
    part = f"ort={place}&massstab=5000&ausschnitt=bild"

    drawn = client.get(f"/karte/bild.svg?{part}")
    sheet = client.get(f"/karte/druck/karte.pdf?{part}")

    assert "nan" not in drawn.content.decode()
    assert "inf" not in drawn.content.decode()
    assert "M-1" not in drawn.content.decode()
    assert sheet.status_code == 200


def test_the_sheet_lists_what_has_no_place_on_it_and_says_what_is_unknown(client: Client) -> None:
    measures.measure("M-1", geometry=box(13.36, 51.29, 13.44, 51.32), title="Park")
    measures.measure("M-2", title="Beratung für alle")

    paper = pypdfium2.PdfDocument(client.get("/karte/druck/karte.pdf").content)
    pages = [page.get_textpage().get_text_range() for page in paper]

    assert "Umriss, wo die Fläche groß genug ist" in pages[0]
    assert "Park" in pages[1]
    assert "unbekannt" in pages[1]
    assert "ohne Ort auf der Karte" in pages[2]
    assert "Beratung für alle" in pages[2]
    assert "Park" not in pages[2]


def test_the_picture_in_a_frame_shows_the_public_view_to_everybody(client: Client) -> None:
    measures.measure("M-1", geometry=HERE)
    measures.measure("X-7", geometry=Point(13.42, 51.31), visibility=Visibility.INTERNAL)
    client.force_login(people.account(Role.COORDINATOR))

    page = client.get("/karte/eingebettet/?phase=unknown").content.decode()
    address = page.split("<noscript>")[1].split('src="')[1].split('"')[0].replace("&amp;", "&")
    drawn = client.get(address).content.decode()

    assert "phase=unknown" in address
    assert "M-1" in drawn
    assert "X-7" not in drawn
    assert "X-7" in client.get("/karte/bild.svg").content.decode()
