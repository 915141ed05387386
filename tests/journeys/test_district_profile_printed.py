"""A citizen chooses a district, sets others beside it, prints it; moves through the years of a map; draws an area."""

import json
import re
from collections.abc import Callable

import pypdfium2 as pdfium
from playwright.sync_api import Page, expect

TRAITS = ("Anteil der Menschen ab 65 Jahren", "Anteil der Kinder und Jugendlichen", "Anteil der Arbeitslosen")
# Its count of children in basic income support is too small to be shown.
SMALL = "Erlengrund"


def printed(page: Page, site: str) -> str:
    """The words of the two pages that the page's own link leads to; they are tagged as PDF/UA asks."""
    address = page.get_by_role("link", name="Zwei Seiten zum Drucken").get_attribute("href")
    content = page.request.get(site + str(address)).body()
    sheets = pdfium.PdfDocument(content)
    assert len(sheets) == 2
    assert b"pdfuaid" in content
    assert b"/StructTreeRoot" in content
    return " ".join(" ".join(sheets[at].get_textpage().get_text_range() for at in range(2)).split())


def test_a_district_is_chosen_compared_and_printed(site: str, person: Callable[[str], Page]) -> None:
    office = person("statistics")
    office.goto(site + "/profil/merkmale/")
    for box in office.get_by_role("checkbox").all():
        box.uncheck()
    for name in TRAITS:
        office.get_by_label(name, exact=True).check()
    office.get_by_role("button", name="Speichern").click()
    expect(office.get_by_text("Die Profile vergleichen ab jetzt danach.")).to_be_visible()

    citizen = person("")
    citizen.goto(site + "/profil/")
    citizen.get_by_label("Gebiet", exact=True).select_option(label="01 Altstadt")
    citizen.get_by_role("button", name="Profil zeigen").click()
    expect(citizen.get_by_role("heading", name="Altstadt im Profil", level=1)).to_be_visible()
    expect(
        citizen.get_by_text(re.compile("steht Altstadt bei .* besser da als die ganze Stadt"))
    ).to_be_visible()
    expect(citizen.get_by_text("Am ähnlichsten:")).to_contain_text(TRAITS[0])

    citizen.locator(".po-beside summary").press("Enter")
    citizen.get_by_role("checkbox", name=SMALL).check()
    citizen.wait_for_url("**mit=**")
    beside = citizen.get_by_role("region", name="Vergleich als Tabelle")
    expect(beside.get_by_role("columnheader", name=SMALL)).to_be_visible()

    said = printed(citizen, site)
    for words in (
        "Altstadt im Profil",
        "Neben der ganzen Stadt",
        SMALL,
        "Was geplant ist und läuft",
        "Quellen",
    ):
        assert words in said


def test_the_sheet_of_a_small_district_gives_no_small_count_away(site: str, page: Page) -> None:
    page.goto(site + "/profil/")
    page.get_by_role("link", name=SMALL, exact=True).first.click()
    expect(page.get_by_role("heading", name=f"{SMALL} im Profil", level=1)).to_be_visible()

    row = page.get_by_role("row", name=re.compile("^Kinder und Jugendliche in der Grundsicherung"))
    expect(row).to_contain_text("kleine Zahl, nicht gezeigt")
    assert re.search(
        r"in der Grundsicherung kleine Zahl, nicht gezeigt", printed(page, site).replace("- ", "")
    )


def test_years_of_a_map_are_walked_through_by_keyboard(site: str, page: Page) -> None:
    page.goto(site + "/karte/indikator/kinderarmut/")
    slider = page.get_by_role("slider", name="Jahr")
    year = int(slider.get_attribute("aria-valuetext") or 0)
    area = page.locator(f'a[aria-label^="{SMALL}:"] use')
    assert area.get_attribute("fill") == "url(#mo-hidden)"

    slider.press("ArrowLeft")

    page.wait_for_url(f"**jahr={year - 1}*")
    expect(page.locator(".u-sentence")).to_contain_text(f"{year - 1} reicht der Wert")
    expect(page.get_by_role("columnheader", name=re.compile(str(year - 1)))).to_be_visible()
    expect(slider).to_have_attribute("aria-valuetext", str(year - 1))


def test_a_balance_stays_named_until_somebody_leaves_it(site: str, page: Page) -> None:
    page.goto(site + "/karte/indikator/kinderarmut/")
    page.get_by_text("Klassen, Bilanz, Ausschnitt").click()
    page.get_by_label("Bilanz von").select_option("2015")
    page.wait_for_url("**von=2015*")
    page.get_by_label("bis", exact=True).select_option("2025")
    expect(page.get_by_text("Sie sehen eine Bilanz, keine Werte.")).to_be_visible()

    page.get_by_role("link", name="Zurück zur ganzen Karte").click()

    expect(page.get_by_text("Sie sehen eine Bilanz, keine Werte.")).to_be_hidden()


def test_an_area_is_drawn_and_has_a_sheet(site: str, page: Page) -> None:
    page.goto(site + "/datenblatt/")
    canvas = page.locator("[data-draw-map]")
    canvas.scroll_into_view_if_needed()
    frame = canvas.bounding_box()
    assert frame
    middle = (frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    for across, down in ((-60, -50), (60, -50), (60, 50)):
        page.mouse.click(middle[0] + across, middle[1] + down)
    page.mouse.dblclick(middle[0] - 60, middle[1] + 50)
    expect(page.get_by_text("Fläche gezeichnet.")).to_be_visible()
    drawn = json.loads(page.get_by_label("Fläche", exact=True).input_value())
    assert drawn["type"] == "Polygon"

    page.locator("section", has=page.get_by_role("heading", name="Eine gezeichnete Fläche")).get_by_role(
        "button", name="Datenblatt zeigen"
    ).click()

    expect(page.get_by_role("heading", name="Gezeichnete Fläche", level=1)).to_be_visible()
    expect(page.get_by_text("geschätzt nach Flächenanteil").first).to_be_visible()
