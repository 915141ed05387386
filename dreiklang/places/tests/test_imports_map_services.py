"""A map service is kept only after it gave a picture; everything else is refused in words."""

import socket
from typing import Any

import pytest

from dreiklang.core import reach
from dreiklang.places.imports.map_services import CannotUse, offer_at, sentence, tried
from dreiklang.places.imports.map_services import asking as asking_step
from dreiklang.places.imports.map_services import checking as checking_step
from dreiklang.places.imports.map_services.wording import NOTES, SENTENCES
from dreiklang.places.rules import MapKind, MapRole, TileGrid
from dreiklang.places.rules.map_offers import Checked, Wish
from dreiklang.places.tests import map_server as documents
from dreiklang.places.tests.map_server import EXCEPTION, PAGE, PNG, WMS_111, WMS_130, WMTS, map_server

TOWN = (13.0, 51.0)


def wish(*layers: str, **choices: Any) -> Wish:
    return Wish(**{"role": MapRole.BASE, "layers": layers or ("stadtplan",), **choices})


def check(address: str, *layers: str, **choices: Any) -> Checked:
    return tried(offer_at(address), wish=wish(*layers, **choices), spot=TOWN)


def refusal_of(address: str, *layers: str, **choices: Any) -> CannotUse:
    with pytest.raises(CannotUse) as refused:
        check(address, *layers, **choices)
    return refused.value


def test_a_wms_is_read_with_what_its_layers_inherit() -> None:
    with map_server(wms=WMS_130) as served:
        offer = offer_at(f"{served.base}/wms?map=stadt&SERVICE=WMS&REQUEST=GetCapabilities&version=1.3.0")

    assert (offer.kind, offer.version, offer.title) == (MapKind.WMS, "1.3.0", "Stadtplanwerk")
    assert offer.asked == f"{served.base}/wms?map=stadt"
    assert [one.name for one in offer.layers] == ["stadtplan", "laerm", "alt"]
    assert offer.layer("stadtplan").systems == ("EPSG:25833", "EPSG:3857", "CRS:84", "EPSG:4326")
    assert offer.layer("alt").title == "alt"
    assert offer.layer("laerm").extent == (12.9, 50.9, 13.1, 51.1)
    assert offer.layer("laerm").attribution == "Vermessungsamt"
    assert offer.layer("laerm").attribution_url == "https://stadt.example/geo"


def test_a_wms_is_tried_for_a_picture_of_the_city_in_its_own_system() -> None:
    with map_server(wms=WMS_130) as served:
        found = check(f"{served.base}/wms?map=stadt", "stadtplan", "laerm", role=MapRole.OVERLAY)
        asked = served.last()

    assert found.picture == PNG
    assert (found.crs, found.systems) == ("EPSG:25833", ("EPSG:25833", "EPSG:3857"))
    assert found.url == found.address == f"{served.base}/wms?map=stadt"
    assert found.facts == {"version": "1.3.0"}
    assert {name: asked[name] for name in ("map", "CRS", "LAYERS", "STYLES", "FORMAT", "TRANSPARENT")} == {
        "map": "stadt",
        "CRS": "EPSG:25833",
        "LAYERS": "stadtplan,laerm",
        "STYLES": ",",
        "FORMAT": "image/png",
        "TRANSPARENT": "TRUE",
    }
    west, south, east, north = (float(one) for one in asked["BBOX"].split(","))
    assert (east - west, north - south) == (2000, 2000)
    # 13° east lies two degrees west of the middle of zone 33, so short of 500 kilometres.
    assert west + 1000 == pytest.approx(359_666, abs=100)


def test_north_comes_first_in_degrees_where_1_3_0_says_so_and_last_in_1_1_1() -> None:
    with map_server(wms=WMS_130) as new:
        check(f"{new.base}/wms", "stadtplan", crs="EPSG:4326")
        turned = new.last()
    with map_server(wms=WMS_111) as old:
        found = check(f"{old.base}/wms", "stadtplan")
        plain = old.last()

    assert turned["BBOX"] == "50.99,12.99,51.01,13.01"
    assert (plain["BBOX"], plain["SRS"]) == ("12.99,50.99,13.01,51.01", "EPSG:4326")
    assert found.facts == {"version": "1.1.1"}


def test_where_the_entered_address_gives_no_picture_the_one_the_service_names_is_asked(
    monkeypatch: Any,
) -> None:
    with map_server(wms=WMS_130) as served:
        answer = served.answer
        monkeypatch.setattr(
            served,
            "answer",
            lambda path: (
                (404, PAGE)
                if path.startswith("/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap")
                else answer(path)
            ),
        )
        found = check(f"{served.base}/wms")

    assert found.url == f"{served.base}/other"
    assert found.address == f"{served.base}/wms"


def test_a_wmts_by_parameters_gives_its_grid_and_a_tile_of_the_city() -> None:
    with map_server(wmts=WMTS) as served:
        found = check(f"{served.base}/dienst", "plan")
        asked = served.last()

    assert (found.kind, found.crs, found.url) == (MapKind.WMTS, "EPSG:25833", f"{served.base}/tiles?")
    assert found.facts["style"] == "farbe"
    assert TileGrid(**found.facts["grid"]).ids == ("0", "1")
    assert TileGrid(**found.facts["grid"]).resolutions == pytest.approx((8.0, 4.0))
    assert (asked["LAYER"], asked["TILEMATRIXSET"], asked["TILEMATRIX"]) == ("plan", "utm33", "1")
    # (359 666 + 46 133) / 1024 and (6 301 220 - 5 651 729) / 1024
    assert (asked["TILECOL"], asked["TILEROW"]) == ("396", "634")


def test_a_wmts_by_templates_is_filled_in_with_its_dimension_at_what_it_shows() -> None:
    with map_server(wmts=WMTS.replace("RESOURCE", documents.RESOURCE)) as served:
        found = check(f"{served.base}/1.0.0/WMTSCapabilities.xml", "plan")

    assert (
        found.url
        == f"{served.base}/t/{{Style}}/2026/{{TileMatrixSet}}/{{TileMatrix}}/{{TileRow}}/{{TileCol}}.png"
    )
    assert served.asked == ["/1.0.0/WMTSCapabilities.xml", "/t/farbe/2026/utm33/1/634/396.png"]


def test_a_grid_in_degrees_has_its_corner_in_the_west() -> None:
    with map_server(wmts=WMTS) as served:
        offer = offer_at(f"{served.base}/wmts")

    grid = offer.layer("plan").grid("EPSG:4326")
    assert grid is not None
    assert grid.origins == ((-180, 90),)
    assert grid.resolutions[0] == pytest.approx(0.703125)
    assert offer.layer("plan").systems == ("EPSG:25833", "EPSG:4326", "EPSG:31468")


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        ({}, "html", "Webseite statt einer Karte"),
        ({"wms": EXCEPTION}, "service_exception", "Die Ebene gibt es nicht."),
        ({"wms": documents.WFS}, "other_service", "ein anderer Dienst"),
        ({"wms": b'{"type": "FeatureCollection"}'}, "not_a_map", "FeatureCollection"),
        ({"wms": b"<WMS_Capabilities/>"}, "no_layers", "keine Ebene"),
        ({"wms": documents.ENTITIES}, "entities", "wurde nicht gelesen"),
        ({"wms": documents.OUTSIDE}, "entities", "wurde nicht gelesen"),
        ({"wms": WMS_130, "status": 401}, "login", "verlangt eine Anmeldung"),
        ({"wms": WMS_130, "status": 403}, "login", "verlangt eine Anmeldung"),
        ({"wms": WMS_130, "status": 500}, "http", "Fehler 500"),
        ({"wms": EXCEPTION, "status": 400}, "service_exception", "Die Ebene gibt es nicht."),
        ({"wms": WMS_130, "picture": PAGE}, "html", "Webseite statt einer Karte"),
        ({"wms": WMS_130, "picture": EXCEPTION}, "service_exception", "LayerNotDefined"),
        ({"wms": WMS_130, "picture": b"%PDF-1.7"}, "no_picture", "%PDF-1.7"),
        ({"wms": WMS_130, "picture_status": 404}, "http", "Fehler 404"),
    ],
)
def test_what_is_no_map_service_is_refused_in_words(answers: Any, code: str, said: str) -> None:
    with map_server(**answers) as served:
        refused = refusal_of(f"{served.base}/wms")

    assert refused.code == code
    assert said in sentence(refused.code, refused.value)


@pytest.mark.parametrize(
    ("document", "layers", "choices", "code", "said"),
    [
        (WMS_130, ("gibtsnicht",), {}, "unknown_layer", "„gibtsnicht“"),
        (WMS_130, (), {"layers": ()}, "no_choice", "mindestens eine Ebene"),
        (WMS_130, ("laerm",), {"crs": "EPSG:25832"}, "crs_not_offered", "EPSG:25833, EPSG:3857"),
        (WMS_111.replace(" EPSG:4326", ""), ("stadtplan",), {}, "no_crs", "EPSG:31468"),
        (WMS_130, ("laerm",), {"image_format": "image/gif"}, "format_not_offered", "image/png, image/jpeg"),
    ],
)
def test_a_choice_that_the_service_does_not_offer_is_refused(
    document: str, layers: tuple[str, ...], choices: Any, code: str, said: str
) -> None:
    with map_server(wms=document) as served:
        refused = refusal_of(f"{served.base}/wms", *layers, **choices)

    assert refused.code == code
    assert said in sentence(refused.code, refused.value)


def test_a_wmts_shows_one_layer_only() -> None:
    with map_server(wmts=WMTS) as served:
        assert refusal_of(f"{served.base}/wmts", "plan", "luftbild").code == "one_layer"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("stadtplan", "not_an_address"),
        ("ftp://karten.example/wms", "not_an_address"),
        ("https://karten.example:http/wms", "not_an_address"),
        ("https:///wms", "not_an_address"),
        ("https://a b/wms", "not_an_address"),
        ("https://name:geheim@karten.example/wms", "credentials"),
        ("https://geo_daten.stadt.example/wms", "host_no_policy_names"),
        ("https://[2001:db8::1]:8443/wms", "host_no_policy_names"),
    ],
)
def test_what_browsers_could_not_ask_is_not_even_tried(address: str, code: str) -> None:
    assert refusal_of(address).code == code


def test_an_http_address_is_refused_on_a_site_with_https(settings: Any) -> None:
    settings.SITE_URL = "https://insek.stadt.example"

    assert refusal_of("http://karten.example/wms").code == "mixed_content"


def test_a_server_that_does_not_answer_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # Bound, but nobody listens.
        assert refusal_of(f"http://127.0.0.1:{taken.getsockname()[1]}/wms").code == "unreachable"


def test_an_invalid_certificate_is_named() -> None:
    # A server that speaks no TLS at all fails where an invalid certificate does.
    with map_server(wms=WMS_130) as served:
        assert refusal_of(served.base.replace("http://", "https://")).code == "certificate"


def test_a_huge_answer_is_not_read(monkeypatch: Any) -> None:
    monkeypatch.setattr(asking_step, "LARGEST_DOCUMENT", 100)
    with map_server(wms=WMS_130) as served:
        assert refusal_of(f"{served.base}/wms").code == "too_large"

    monkeypatch.undo()
    monkeypatch.setattr(checking_step, "LARGEST_PICTURE", 5)
    with map_server(wms=WMS_130) as served:
        assert refusal_of(f"{served.base}/wms").code == "too_large"


def test_a_redirect_into_the_towns_network_is_not_followed() -> None:
    with (
        map_server(wms=WMS_130) as inside,
        map_server(status=302, location=f"{inside.base}/wms") as served,
    ):
        assert refusal_of(f"{served.base}/wms").code == "inside"

    assert inside.asked == []


def test_an_address_of_a_single_machine_is_refused_in_words_of_its_own() -> None:
    refused = refusal_of("http://169.254.169.254/wms")

    assert refused.code == "of_the_machine"
    assert "leitet" not in sentence(refused.code, refused.value)
    assert "169.254.169.254" in sentence(refused.code, refused.value)


def test_pictures_from_a_server_that_browsers_would_not_ask_are_refused() -> None:
    with map_server() as other, map_server(wms=WMS_130) as served:
        offer = offer_at(f"{served.base}/wms")
        served.picture_status, served.location = 302, f"{other.base}/bild"
        client = asking_step.new_client(served.base)
        client.reach.enter(other.base)
        with pytest.raises(CannotUse) as refused:
            tried(offer, wish=wish(), spot=TOWN, client=client)

    assert (refused.value.code, refused.value.value) == ("moved", other.base)
    assert other.base in sentence("moved", other.base)


@pytest.mark.parametrize("host", ["a.example{TileMatrix}.boese.example", "{TileCol}.example"])
def test_a_template_that_hides_its_server_is_refused(host: str) -> None:
    with pytest.raises(CannotUse, match="not_an_address"):
        checking_step.settled_template(f"https://{host}/{{TileRow}}.png")


def test_tiles_on_a_server_inside_are_not_fetched() -> None:
    with map_server() as inside:
        resource = documents.RESOURCE.replace("BASE", inside.base)
        with map_server(wmts=WMTS.replace("RESOURCE", resource)) as served:
            assert refusal_of(f"{served.base}/WMTSCapabilities.xml", "plan").code == "inside"

    assert inside.asked == []


def test_a_server_inside_that_somebody_entered_is_kept_with_a_warning(monkeypatch: Any) -> None:
    with map_server(wms=WMS_130) as served:
        assert check(f"{served.base}/wms").notes == ("inside",)

        # The name points outside, as everybody sees it; the connection goes where the test's server is.
        monkeypatch.setattr(reach, "_resolved", lambda host, port: ["93.184.216.34"])
        assert check(f"{served.base}/wms").notes == ()


def test_a_map_beside_the_city_is_kept_with_a_warning_and_tried_where_it_is() -> None:
    with map_server(wms=WMS_130) as served:
        found = tried(offer_at(f"{served.base}/wms"), wish=wish(crs="EPSG:4326"), spot=(7.0, 50.0))
        asked = served.last()

    assert "beside" in found.notes
    assert asked["BBOX"] == "50.99,12.99,51.01,13.01"


def test_layers_nested_without_end_do_not_stop_the_reading() -> None:
    deep = "<Layer>" * 50_000 + "<Name>tief</Name>" + "</Layer>" * 50_000
    with map_server(wms=WMS_130.replace("<Layer><Name>stadtplan", f"{deep}<Layer><Name>stadtplan")) as served:
        names = [one.name for one in offer_at(f"{served.base}/wms").layers]

    assert names == ["stadtplan", "laerm", "alt"]


def test_every_refusal_and_note_has_its_sentence() -> None:
    codes = {
        *(
            "certificate",
            "host_no_policy_names",
            "unreachable",
            "too_slow",
            "too_large",
            "inside",
            "not_an_address",
            "credentials",
        ),
        *("mixed_content", "html", "entities", "not_a_map", "service_exception", "login", "http"),
        *("other_service", "no_layers", "no_choice", "one_layer", "unknown_layer", "no_crs"),
        *("crs_not_offered", "format_not_offered", "no_picture", "moved", "of_the_machine"),
    }

    assert set(SENTENCES) == codes
    assert set(NOTES) == {"inside", "beside"}
