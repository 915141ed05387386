"""The pages of the map services, and the header of pages that show a map."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings

from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.tests import factories as people
from dreiklang.places import queries
from dreiklang.places.models import MapService
from dreiklang.places.rules import MapRole
from dreiklang.places.tests import factories as make
from dreiklang.places.tests.map_server import PAGE, WMS_130, map_server
from dreiklang.ui.middleware import ConfiguredHosts
from dreiklang.ui.policy import shows_map

pytestmark = pytest.mark.django_db

LIST, NEW = "/stadt/kartendienste/", "/stadt/kartendienste/neu/"


@pytest.fixture(autouse=True)
def no_second_factor() -> Iterator[None]:
    with override_settings(SECOND_FACTOR_REQUIRED=False):
        yield


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(people.account(Role.COORDINATOR))
    return client


def sent(address: str, **fields: Any) -> dict[str, Any]:
    said = {
        "address": address,
        "layers": ["stadtplan"],
        "role": "base",
        "title": "Stadtplan",
        "attribution": "Vermessungsamt",
        "is_active": "on",
        "deed": "keep",
    }
    return said | fields


def kept_at(base: str, **fields: Any) -> MapService:
    return make.map_service(
        address=f"{base}/wms", url=f"{base}/wms", title="Stadtplan", systems=["EPSG:25833"], **fields
    )


def test_the_address_alone_keeps_nothing_and_shows_what_the_service_offers(coordinator: Client) -> None:
    with map_server(wms=WMS_130) as served:
        page = coordinator.post(NEW, {"address": f"{served.base}/wms?REQUEST=GetCapabilities"})
    shown = page.content.decode()

    assert page.status_code == 200
    assert "Stadtplan (stadtplan)" in shown
    assert "Lärm (laerm)" in shown
    assert f'value="{served.base}/wms"' in shown
    assert 'value="Vermessungsamt"' in shown
    assert "EPSG:25833 (UTM 33)" in shown
    assert "EPSG:25832" not in shown
    assert not MapService.objects.exists()


def test_what_is_chosen_is_kept_after_a_picture_came(coordinator: Client) -> None:
    make.area()
    with map_server(wms=WMS_130) as served:
        answer = coordinator.post(NEW, sent(f"{served.base}/wms"), follow=True)
    (found,) = queries.map_services(PUBLIC)

    assert (found.title, found.layers, found.crs) == ("Stadtplan", ("stadtplan",), "EPSG:25833")
    assert "„Stadtplan“ gespeichert." in answer.content.decode()
    assert "Besucher von außen werden die Karte nicht sehen." in answer.content.decode()


def test_a_proof_shows_the_picture_inside_the_page_and_keeps_nothing(coordinator: Client) -> None:
    with map_server(wms=WMS_130) as served:
        page = coordinator.post(NEW, sent(f"{served.base}/wms", deed="look"))

    assert 'src="data:image/png;base64,' in page.content.decode()
    assert "Noch ist nichts gespeichert." in page.content.decode()
    assert served.base not in page["Content-Security-Policy"]
    assert not MapService.objects.exists()


@pytest.mark.parametrize(
    ("answers", "fields", "said"),
    [
        ({"wms": PAGE}, {}, "Webseite statt einer Karte"),
        ({"wms": WMS_130, "picture": PAGE}, {}, "Webseite statt einer Karte"),
        ({"wms": WMS_130}, {"layers": []}, "Bitte wählen Sie mindestens eine Ebene."),
        ({"wms": WMS_130}, {"layers": ["weg"]}, "weg"),
        ({"wms": WMS_130}, {"attribution": ""}, "Bitte ausfüllen."),
        (
            {"wms": WMS_130},
            {"min_zoom": "12", "max_zoom": "3"},
            "Die zweite Zoomstufe ist kleiner als die erste.",
        ),
    ],
)
def test_what_cannot_be_kept_comes_back_with_the_entries(
    coordinator: Client, answers: Any, fields: Any, said: str
) -> None:
    with map_server(**answers) as served:
        page = coordinator.post(NEW, sent(f"{served.base}/wms", title="Unser Plan") | fields)

    assert page.status_code == 422
    assert said in page.content.decode()
    assert 'value="Unser Plan"' in page.content.decode()
    assert not MapService.objects.exists()


def test_a_wrong_address_is_refused_beside_the_field(coordinator: Client) -> None:
    page = coordinator.post(NEW, {"address": "www.stadt.example/wms"})

    assert page.status_code == 422
    assert "Das ist keine Web-Adresse." in page.content.decode()


def test_a_name_is_taken_once_per_use(coordinator: Client) -> None:
    make.map_service(title="Stadtplan")
    with map_server(wms=WMS_130) as served:
        page = coordinator.post(NEW, sent(f"{served.base}/wms"))

    assert "So heißt schon eine andere Karte." in page.content.decode()


def test_words_and_switch_are_changed_without_asking_a_service_that_is_down(coordinator: Client) -> None:
    there = kept_at("http://127.0.0.1:9")
    said = sent(there.address, title="Plan", version=there.version, crs=there.crs, image_format="image/png")
    del said["is_active"]

    answer = coordinator.post(f"{LIST}{there.pk}/", said)

    assert answer.status_code == 302
    found = MapService.objects.get()
    assert (found.title, found.is_active) == ("Plan", False)


def test_other_layers_are_kept_only_after_a_picture(coordinator: Client) -> None:
    with map_server(wms=WMS_130) as served:
        there = kept_at(served.base)
        said = sent(there.address, version=there.version, crs=there.crs, image_format="image/png")

        served.picture = PAGE
        refused = coordinator.post(f"{LIST}{there.pk}/", said | {"layers": ["laerm"]})
        served.picture = b"\xff\xd8\xff"
        taken = coordinator.post(f"{LIST}{there.pk}/", said | {"layers": ["laerm"]})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert MapService.objects.get().layers == ["laerm"]


def test_layers_are_read_anew_for_a_service_that_is_kept(coordinator: Client) -> None:
    with map_server(wms=WMS_130) as served:
        there = kept_at(served.base)
        before = coordinator.get(f"{LIST}{there.pk}/").content.decode()
        after = coordinator.post(
            f"{LIST}{there.pk}/", sent(there.address, version=there.version, deed="read")
        )

    assert "laerm" not in before
    assert "Lärm (laerm)" in after.content.decode()


def test_two_who_change_a_service_notice_each_other(coordinator: Client) -> None:
    there = kept_at("http://127.0.0.1:9")
    said = sent(there.address, version=there.version - 1, crs=there.crs, image_format="image/png")

    answer = coordinator.post(f"{LIST}{there.pk}/", said, follow=True)

    assert "Inzwischen hat jemand anders den Dienst geändert." in answer.content.decode()


def test_a_check_says_what_it_found_and_the_list_keeps_it(coordinator: Client) -> None:
    with map_server(wms=WMS_130, picture_status=500) as served:
        there = kept_at(served.base)
        told = coordinator.post(f"{LIST}{there.pk}/pruefen/", follow=True).content.decode()
    page = coordinator.get(LIST).content.decode()

    assert "Stadtplan: Der Server meldet Fehler 500." in told
    assert "gibt keine Bilder" in page
    assert "Der Server meldet Fehler 500." in page


def test_services_are_ordered_and_removed_on_the_list(coordinator: Client) -> None:
    make.map_service(title="Plan A")
    second = make.map_service(title="Plan B", rank=1)

    coordinator.post(f"{LIST}{second.pk}/reihenfolge/", {"up": ""})
    page = coordinator.get(LIST).content.decode()
    answer = coordinator.post(f"{LIST}{second.pk}/entfernen/", follow=True)

    assert page.index("Plan B") < page.index("Plan A")
    assert "„Plan B“ entfernt." in answer.content.decode()
    assert [one.title for one in queries.map_services(PUBLIC)] == ["Plan A"]


def test_the_list_names_the_servers_that_visitors_will_ask(coordinator: Client) -> None:
    make.map_service(url="https://a.example/wms")
    make.map_service(url="https://b.example:8443/{TileMatrix}/{TileRow}/{TileCol}.png")
    make.map_service(url="https://aus.example/wms", is_active=False)

    page = coordinator.get(LIST).content.decode()

    assert "lädt Bilder von: a.example, b.example:8443." in page


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"who": "everybody", "sites": "https://stadt.example"}, ("*",)),
        ({"who": "nobody"}, ()),
        (
            {"who": "listed", "sites": "www.stadt.example/karte\nhttps://zeitung.example"},
            ("https://www.stadt.example", "https://zeitung.example"),
        ),
    ],
)
def test_the_coordinator_says_who_may_embed_the_map(coordinator: Client, said: Any, kept: Any) -> None:
    make.municipality(embedders="https://alt.example")

    coordinator.post(f"{LIST}einbetten/", said)

    assert queries.embedders() == kept


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"who": "listed", "sites": ""}, "Bitte nennen Sie mindestens eine."),
        ({"who": "listed", "sites": "https://*"}, "ist keine Adresse einer Website."),
        ({"who": "listed", "sites": "https://a.example; script-src *"}, "ist keine Adresse einer Website."),
        ({}, "Bitte ausfüllen."),
    ],
)
def test_sites_that_are_none_are_refused(coordinator: Client, said: Any, words: str) -> None:
    make.municipality(embedders="https://alt.example")

    page = coordinator.post(f"{LIST}einbetten/", said)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert queries.embedders() == ("https://alt.example",)


@pytest.mark.parametrize("path", ["", "neu/", "1/"])
def test_a_lead_is_refused(client: Client, path: str) -> None:
    client.force_login(people.account(Role.LEAD))

    assert client.get(f"{LIST}{path}").status_code == 403
    if path != "":
        assert client.post(f"{LIST}{path}", sent("https://karten.example")).status_code == 403


def test_what_is_not_there_is_not_found(coordinator: Client) -> None:
    for path in ("7/", "7/pruefen/", "7/reihenfolge/", "7/entfernen/"):
        assert coordinator.post(f"{LIST}{path}", {}).status_code == 404


def test_the_hosts_of_services_shown_enter_the_policy_of_a_page_with_a_map_and_no_other() -> None:
    make.map_service(url="https://a.example/wms?map=1")
    make.map_service(
        url="https://b.example:8443/{Style}/{TileMatrix}/{TileRow}/{TileCol}.png", role=MapRole.OVERLAY
    )
    make.map_service(url="https://aus.example/wms", is_active=False)

    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    with_map = ConfiguredHosts(shows_map(page))(HttpRequest())
    without = ConfiguredHosts(page)(HttpRequest())

    assert with_map._csp_update == {"img-src": ["https://a.example", "https://b.example:8443"]}
    assert not hasattr(without, "_csp_update")


def test_the_start_page_names_no_foreign_host(client: Client) -> None:
    make.map_service(url="https://a.example/wms")

    policy = client.get("/stadtteile/")["Content-Security-Policy"]

    assert sorted(re.split(r"; ", policy)) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "script-src 'self'",
        "style-src 'self'",
    ]
