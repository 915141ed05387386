"""From the data sheet of an area, drawn or chosen, to its grant sheet."""

import html
import re

import pytest
from django.test import Client
from shapely.geometry import box

from dreiklang.concepts.tests import factories as concepts
from dreiklang.monitoring.models import GrantSheet
from dreiklang.monitoring.rules.sheets import shipped_layouts
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import account
from dreiklang.places.tests.factories import municipality

pytestmark = pytest.mark.django_db
LAYOUT = shipped_layouts()["beispiel-staedtebaufoerderung"]
SHAPE = box(12, 50, 12.01, 50.01)
DRAWN = "POLYGON((12 50, 12.01 50, 12.01 50.01, 12 50.01, 12 50))"


def page(client: Client, address: str, **asked: str) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_a_drawn_area_is_handed_over_to_a_grant_sheet(client: Client) -> None:
    municipality(ags="14511000")
    client.force_login(account(Role.FUNDING_OFFICER))
    seen = page(client, "/datenblatt/", flaeche=DRAWN)
    found = re.search(r'href="(/arbeit/foerderbogen/neu/[^"]+)">Förderbogen für diese Fläche<', seen)
    assert found is not None
    form = page(client, found[1])
    written = re.search(r'<textarea[^>]*name="place_text"[^>]*>([^<]*)<', form)
    assert written is not None

    client.post(
        found[1],
        {
            "layout": f"{LAYOUT.key}|{LAYOUT.version}",
            "year": 2024,
            "name": "Bahnhof",
            "place_text": written[1],
        },
    )

    made = GrantSheet.objects.get()
    assert made.area_words == "Bahnhof"
    assert made.geometry is not None
    assert made.geometry.equals(SHAPE)
    # Nobody named what was drawn.
    assert "Gezeichnete Fläche" not in form


def test_a_concept_hands_over_its_area_and_its_name(client: Client) -> None:
    municipality(ags="14511000")
    concepts.concept(number="K-1", title="Innenstadt", geometry=SHAPE)
    client.force_login(account(Role.COORDINATOR))

    form = page(client, "/arbeit/foerderbogen/neu/", konzept="K-1")

    assert 'value="K-1 Innenstadt"' in form
    assert '"coordinates":[[[12' in form


def test_an_area_that_cannot_be_read_is_told_and_the_form_stays(client: Client) -> None:
    client.force_login(account(Role.COORDINATOR))

    form = page(client, "/arbeit/foerderbogen/neu/", flaeche="POLYGON((0 0, 1 1")

    assert "Die Geometrie ist beschädigt." in form
    assert 'name="place_text"' in form


def test_the_empty_form_leads_to_the_map_to_draw_on(client: Client) -> None:
    client.force_login(account(Role.COORDINATOR))

    assert 'href="/datenblatt/"' in page(client, "/arbeit/foerderbogen/neu/")


def test_who_fills_no_sheets_is_offered_none(client: Client) -> None:
    municipality(ags="14511000")

    assert "/arbeit/foerderbogen/" not in page(client, "/datenblatt/", flaeche=DRAWN)
    client.force_login(account(Role.REVIEWER))
    assert "/arbeit/foerderbogen/neu/" not in page(client, "/datenblatt/", flaeche=DRAWN)
