from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from dreiklang.concepts.tests import factories as concepts
from dreiklang.measures.tests import factories as measures
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people
from dreiklang.places.models import Area, Municipality
from dreiklang.places.tests import factories as make

PNG = b"\x89PNG\r\n\x1a\n and the rest"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_second_factor() -> Iterator[None]:
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        yield


def test_an_area_shows_what_runs_there_within_twelve_statements(
    client: Client, django_assert_max_num_queries
) -> None:
    area = make.area(key="01", name="Altstadt")
    make.area(key="02", name="Ostend")
    measures.measure(title="Kornmarkt umbauen").area_links.create(area=area)
    concepts.concept(title="Innenstadtkonzept", areas=(area,))
    concepts.concept(title="Streng geheim", areas=(area,), visibility="internal")

    # One more: the municipality that every page's head asks for.
    with django_assert_max_num_queries(13):
        page = client.get("/stadtteile/01/").content.decode()

    assert "Kornmarkt umbauen" in page
    assert "Innenstadtkonzept" in page
    assert "Streng geheim" not in page
    assert "p-map__marked" in page


@pytest.mark.parametrize("key", ["01", "B 12/3", "Ä"])
def test_keys_may_hold_what_a_city_uses(client: Client, key: str) -> None:
    make.area(key=key)

    assert client.get(reverse("places:area", args=[key])).status_code == 200


def test_an_area_without_a_border_has_a_page_that_says_so(client: Client) -> None:
    make.area(key="01", geometry=None)

    assert "fehlen noch Flächen" in client.get("/stadtteile/01/").content.decode()


def test_the_list_names_every_area_beside_the_map(client: Client) -> None:
    make.area(name="Altstadt")

    page = client.get("/stadtteile/").content.decode()

    assert "Altstadt" in page
    assert "Norden ist oben" in page


def test_the_coordinator_names_the_city(client: Client) -> None:
    client.force_login(people.account(Role.COORDINATOR))

    answer = client.post(
        "/stadt/angaben/", {"name": "Musterstadt", "ags": "01234567", "accent": "#0b5560", "version": 0}
    )

    assert answer.status_code == 302
    assert Municipality.objects.get().ags == "01234567"


def test_an_official_key_of_seven_digits_is_refused_in_words(client: Client) -> None:
    client.force_login(people.account(Role.COORDINATOR))

    page = client.post("/stadt/angaben/", {"name": "Musterstadt", "ags": "1234567", "accent": "#0b5560"})

    assert "genau acht Ziffern" in page.content.decode()
    assert not Municipality.objects.exists()


def test_neighbours_are_marked_on_the_page_of_levels(client: Client) -> None:
    client.force_login(people.account(Role.COORDINATOR))
    ours, theirs = make.area(name="Altstadt"), make.area(name="Nachbarort")

    client.post(f"/stadt/ebenen/{ours.level_id}/gebiete/", {"ours": [ours.pk]})

    assert list(Area.objects.filter(is_ours=False)) == [theirs]


@pytest.mark.parametrize("address", ["/stadt/angaben/", "/stadt/ebenen/"])
def test_a_lead_is_refused_where_the_city_is_changed(client: Client, address: str) -> None:
    client.force_login(people.account(Role.LEAD))

    assert client.get(address).status_code == 403


def test_the_arms_go_up_in_the_form_and_out_to_everybody(client: Client) -> None:
    city = make.municipality()
    client.force_login(people.account(Role.COORDINATOR))
    picture = SimpleUploadedFile("wappen.svg", PNG)
    sent = {"name": city.name, "accent": "#0b5560", "version": city.version, "arms": picture}

    assert client.post("/stadt/angaben/", sent).status_code == 302
    client.logout()
    answer = client.get(Municipality.objects.get().arms_url)

    assert answer.content == PNG
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")


def test_a_wrong_file_for_the_arms_is_refused_in_words(client: Client) -> None:
    city = make.municipality()
    client.force_login(people.account(Role.COORDINATOR))
    drawing = SimpleUploadedFile("wappen.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    sent = {"name": "Neu", "accent": "#0b5560", "version": city.version, "arms": drawing}

    page = client.post("/stadt/angaben/", sent).content.decode()

    assert "ein PNG oder JPEG" in page
    assert Municipality.objects.get().name == city.name


def test_a_city_without_arms_has_no_picture(client: Client) -> None:
    make.municipality()

    assert client.get("/stadt/wappen/").status_code == 404
