"""The coordinator harvests a catalogue in two pages over real HTTP, twice; what is late waits on her focus page."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from dreiklang.core.rdf import read_rdf
from dreiklang.monitoring.rules.dcat.reading import read_catalogue
from dreiklang.monitoring.rules.dcat.upgrade import upgraded
from dreiklang.monitoring.rules.dcat.values import Dataset, first_iri
from dreiklang.monitoring.rules.dcat.vocabulary import shipped_vocabularies
from tests.catalogue_server.server import Portal, dataset, serving
from tests.journeys.looking import complaints

READ_WITHIN = 60_000


@pytest.fixture
def portal() -> Iterator[Portal]:
    pages = [dataset("baeume", "Bäume an Straßen"), dataset("luft", "Luftmessungen", modified="2026-11-01")]
    with serving(Portal(pages=pages)) as served:
        yield served


def test_a_catalogue_is_harvested_kept_and_sent_out_again(
    site: str, person: Callable[[str], Page], looker: Callable[[str], BrowserContext], portal: Portal
) -> None:
    coordinator, visitor = person("coordinator"), person("")
    describe_own(coordinator, site)
    add(coordinator, site, portal)

    read(coordinator)

    expect(coordinator.get_by_role("main")).to_contain_text("2 Datensätze gelesen: 2 neu")
    harvest = coordinator.url
    read(coordinator)
    expect(coordinator.get_by_role("main")).to_contain_text("Seit dem letzten Abruf hat sich nichts geändert")
    assert portal.answers == [(1, 200), (2, 200), (1, 304), (2, 304)]

    address = take_care_of(coordinator, site)
    see_on_focus_page(coordinator, site)
    find(visitor, site)
    goes_out_as_it_came(visitor, site, portal)
    looks_well(looker, [address, harvest, site + "/datenkatalog/", site + "/datenkatalog/luecken/"])


def describe_own(page: Page, site: str) -> None:
    """How the city's own catalogue is called; the town may have said so already."""
    page.goto(site + "/arbeit/datenkataloge/eigener/")
    for label, words in (("Titel", "Datenkatalog"), ("Beschreibung", "Alle Daten der Stadt")):
        page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Was für DCAT-AP.de 3.0 fehlt")


def add(page: Page, site: str, portal: Portal) -> None:
    page.goto(site + "/arbeit/datenkataloge/neu/")
    page.get_by_label("Name").fill(f"Portal {portal.base.rsplit(':', 1)[1]}")
    page.get_by_label("Adresse des Katalogs").fill(portal.address)
    page.get_by_label("Das sind Daten unserer Stadt").check()
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("main")).to_contain_text("Noch kein Abruf")


def read(page: Page) -> None:
    """The page asks by itself how far the harvest is, and shows its report at the end."""
    with page.expect_navigation():
        page.get_by_role("button", name="Jetzt abrufen").click()
    expect(page.get_by_role("button", name="Jetzt abrufen")).to_be_enabled(timeout=READ_WITHIN)
    expect(page.get_by_role("heading", name="Abruf vom")).to_be_visible()


def take_care_of(page: Page, site: str) -> str:
    """The coordinator answers for the trees herself."""
    page.goto(site + "/datenkatalog/?q=Bäume&stand=ueberfaellig")
    page.get_by_role("link", name="Bäume an Straßen").first.click()
    expect(page.get_by_role("main")).to_contain_text("überfällig")
    address = page.url
    page.get_by_role("link", name="Zuständigkeit, Frist und Güte").click()
    own = page.locator("select[name=responsible_id] option", has_text="Johanna Berthold")
    page.locator("select[name=responsible_id]").select_option(own.get_attribute("value"))
    page.get_by_role("button", name="Speichern").click()
    expect(page).to_have_url(address)
    return address


def see_on_focus_page(page: Page, site: str) -> None:
    page.goto(site + "/arbeit/?alles=1")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Bäume an Straßen")
    expect(main).to_contain_text("Ein neuer Stand der Daten ist überfällig.")
    expect(main).not_to_contain_text("Luftmessungen")


def find(page: Page, site: str) -> None:
    """Everybody finds the dataset by its words and sees where it can be had."""
    page.goto(site + "/datenkatalog/?q=Luftmessungen")
    page.get_by_role("link", name="Luftmessungen").first.click()
    expect(page.get_by_role("main")).to_contain_text("Amt für Daten")
    expect(page.get_by_role("main")).to_contain_text("Datenlizenz")
    expect(page.get_by_role("main")).not_to_contain_text("Bearbeiten")


def goes_out_as_it_came(page: Page, site: str, portal: Portal) -> None:
    content = page.request.get(site + "/catalog.ttl").body()
    ours = {one.iri: one for one in read_catalogue(read_rdf(content).triples).datasets}
    theirs: list[Dataset] = []
    for number in (1, 2):
        given = read_catalogue(read_rdf(portal.content(number)).triples)
        theirs.extend(upgraded(given, lists=shipped_vocabularies()).value.datasets)
    assert len(theirs) == 2
    assert [ours.get(one.iri) for one in theirs] == theirs
    assert all(first_iri(one.frequency) for one in theirs)


def looks_well(looker: Callable[[str], BrowserContext], addresses: list[str]) -> None:
    page = looker("coordinator").new_page()

    found = {address: complaints(page, address) for address in addresses}

    assert {address: said for address, said in found.items() if said} == {}
