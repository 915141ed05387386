"""Maps of others are loaded only by those who choose them, whatever a link says; and slow data are announced."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from dreiklang.places.tests.map_server import WMS_130, MapServer, map_server
from tests.journeys.conftest import watched

LIST = "/stadt/kartendienste/"


@pytest.fixture
def service(
    site: str, browser: Browser, log_in: Callable[[Page, str], None]
) -> Iterator[tuple[MapServer, str]]:
    """A town plan entered by the coordinator, and its number in addresses; taken away afterwards."""
    context = browser.new_context(locale="de-DE")
    page = watched(context.new_page())
    log_in(page, "coordinator")
    with map_server(wms=WMS_130) as served:
        page.goto(f"{site}{LIST}neu/")
        page.get_by_label("Adresse des Dienstes").fill(f"{served.base}/wms")
        page.get_by_role("button", name="Dienst fragen").click()
        page.get_by_label("Stadtplan (stadtplan)").check()
        page.get_by_label("Name", exact=True).fill("Stadtplan der Nachbarn")
        page.get_by_role("button", name="Speichern", exact=True).click()
        page.get_by_role("link", name="Stadtplan der Nachbarn").click()
        number = page.url.rstrip("/").rpartition("/")[2]
        try:
            yield served, number
        finally:
            page.goto(f"{site}{LIST}{number}/")
            page.get_by_text("Dienst entfernen").click()
            page.get_by_role("button", name="Entfernen").click()
            page.wait_for_url(f"**{LIST}")
            context.close()


def drawn(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-map-drawn]").wait_for()


def asked_for_pictures(served: MapServer) -> bool:
    return any("REQUEST=GetMap" in one and "WIDTH=512" not in one for one in served.asked)


@pytest.mark.parametrize("address", ["/karte/", "/karte/eingebettet/"])
def test_a_link_with_a_map_of_others_asks_before_it_loads_it(
    site: str, page: Page, service: tuple[MapServer, str], address: str
) -> None:
    served, number = service

    drawn(page, f"{site}{address}?grund={number}")
    offer = page.locator("[data-map-offer]")
    expect(offer).to_contain_text("„Stadtplan der Nachbarn“")
    expect(offer).to_contain_text(served.base.removeprefix("http://"))
    assert not asked_for_pictures(served)

    with page.expect_request(re.compile("REQUEST=GetMap")):
        offer.get_by_role("button", name="Karte laden").click()
    expect(offer).to_be_hidden()
    expect(page).to_have_url(re.compile(f"grund={number}"))

    # Who chose it once is not asked again on this page, not even after a look elsewhere.
    page.goto(site + "/daten/")
    with page.expect_request(re.compile("REQUEST=GetMap")):
        page.go_back()
    expect(offer).to_be_hidden()


def test_whoever_leaves_the_map_of_a_link_gets_an_address_without_it(
    site: str, page: Page, service: tuple[MapServer, str]
) -> None:
    served, number = service

    drawn(page, f"{site}/karte/?grund={number}")
    page.get_by_role("button", name="Nicht laden").click()

    expect(page.locator("[data-map-offer]")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("grund="))
    assert not asked_for_pictures(served)


def test_slow_data_are_announced_until_they_are_there(site: str, context: BrowserContext) -> None:
    page = watched(context.new_page())
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/karte/daten/massnahmen.json*", hold)

    page.goto(site + "/karte/")
    status = page.locator("[data-map-status]")
    expect(status).to_have_text("Die Karte wird geladen …")

    held[0].continue_()
    expect(status).to_have_text("")
    page.locator("[data-map-list] button").first.wait_for()


def test_data_that_do_not_come_are_asked_for_again(site: str, context: BrowserContext) -> None:
    page = watched(context.new_page())
    page.route("**/karte/daten/massnahmen.json*", lambda route: route.abort())
    drawn(page, site + "/karte/")
    status = page.locator("[data-map-status]")
    expect(status).to_contain_text("Die Karte konnte nicht geladen werden.")

    page.unroute("**/karte/daten/massnahmen.json*")
    layer = page.locator("[data-map-layer][value=massnahmen]")
    layer.uncheck()
    layer.check()

    page.locator("[data-map-list] button").first.wait_for()
    expect(status).to_have_text("")
