"""A conflict is found while somebody drafts; it is talked about, weighed, and opened again by a change."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.looking import named

TITLE = "Fahrradstraße unter den Linden"
NUMBER = "JOURNEY-1"
STRANGER = "Schwammstadt Lindenallee"
# A strip in the same street.
STREET = {
    "type": "Polygon",
    "coordinates": [
        [
            [13.345201, 51.308011],
            [13.349802, 51.306211],
            [13.349969, 51.306379],
            [13.345375, 51.308176],
            [13.345201, 51.308011],
        ]
    ],
}
DECISION = "Die Fahrradstraße bleibt vier Meter breit, die Bäume bleiben stehen."
WORKED_WITHIN = 90_000

Look = Callable[[str], BrowserContext]


def test_a_conflict_is_found_talked_about_weighed_and_opened_again(
    site: str, looker: Look, tmp_path: Path
) -> None:
    editor = looker("department_editor").new_page()
    drafts(editor, site)
    coordinator = looker("coordinator").new_page()
    candidate = finds_in_the_radar(coordinator, site)
    talks(coordinator)
    weighs(coordinator, candidate)
    takes_the_protocol(coordinator, tmp_path)
    postpones(editor, site)
    sees_what_changed(coordinator, candidate)


def look(page: Page) -> None:
    """The page as it stands now is accessible."""
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    assert [named(one) for one in found["violations"]] == []


def drafts(page: Page, site: str) -> None:
    """While typing, what runs in the same street appears beside the form; typing goes on undisturbed."""
    page.goto(site + "/massnahmen/anlegen/")
    page.locator("input[name=number]").fill(NUMBER)
    page.locator("input[name=starts_on]").fill("2027-03-01")
    page.locator("input[name=ends_on]").fill("2027-10-31")
    place = page.locator("textarea[name=place_text]")
    page.locator("details").filter(has=place).locator("summary").click()
    place.fill(json.dumps(STREET))
    goal = page.locator("select[name=ziel-0-goal]")
    goal.select_option(goal.locator("option", has_text="2.4").first.get_attribute("value"))
    page.locator("select[name=ziel-0-sign]").select_option("hinders")
    page.locator("select[name=ziel-0-weight]").select_option("3")
    title = page.locator("input[name=title]")
    title.press_sequentially(TITLE)
    near = page.get_by_role("complementary", name="Was läuft hier schon?")
    other = near.get_by_role("listitem").filter(has_text=STRANGER)
    expect(other).to_contain_text("derselben Fläche")
    expect(title).to_be_focused()
    expect(title).to_have_value(TITLE)
    look(page)
    other.get_by_role("button", name="Zum Gespräch einladen").click()
    expect(other).to_contain_text("Eingeladen")
    page.get_by_role("button", name="Maßnahme speichern").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def finds_in_the_radar(page: Page, site: str) -> str:
    """The address of the candidate; the worker compares what was saved."""
    line = page.locator("[data-candidate]").filter(has_text=TITLE).filter(has_text=STRANGER)
    waits_for(page, f"{site}/arbeit/zielkonflikte/?q=Fahrradstra%C3%9Fe", lambda: line.count() > 0)
    expect(line).to_contain_text("Konflikt")
    line.get_by_text("Ort und Zeit").click()
    expect(line.get_by_role("img", name="Karte")).to_be_visible()
    look(page)
    line.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(STRANGER)
    look(page)
    return page.url


def waits_for(page: Page, address: str, is_there: Callable[[], bool]) -> None:
    """Looks again until it is there, as a person would."""
    page.goto(address)
    for _again in range(WORKED_WITHIN // 1500):
        if is_there():
            return
        page.wait_for_timeout(1500)
        page.reload()
    expect(page.locator("[data-candidate]")).to_contain_text([STRANGER])


def talks(page: Page) -> None:
    """The invitation sent beside the form came along; somebody asks once more, and what came of it is noted."""
    expect(page.get_by_text("im Gespräch").first).to_be_visible()
    page.get_by_text("Nachricht ansehen und ändern").click()
    page.get_by_label("Nachricht", exact=True).fill("Passt Ihnen der Dienstag?")
    page.get_by_role("button", name="Noch einmal einladen").click()
    expect(page.get_by_text("Passt Ihnen der Dienstag?").first).to_be_visible()
    page.get_by_text("Gespräch mit").first.click()
    page.get_by_label("Ergebnis").first.fill("Beide wollen die Bäume halten.")
    page.get_by_role("button", name="Ergebnis festhalten").first.click()
    expect(page.locator("#verlauf")).to_contain_text("Beide wollen die Bäume halten.")


def weighs(page: Page, candidate: str) -> None:
    """Closed too early, the draft is kept and the page says what lacks."""
    page.get_by_role("link", name="Klären").click()
    expect(page.get_by_text("§ 1 Abs. 7 BauGB")).to_be_visible()
    page.get_by_label("Was gebraucht wird").nth(0).fill("Vier Meter Breite")
    page.get_by_label("Was gebraucht wird").nth(1).fill("Platz für die Wurzeln")
    page.get_by_label("Möglichkeit", exact=True).nth(0).fill("Schmaler bauen")
    page.get_by_label("gewählt").nth(0).check()
    page.get_by_role("button", name="Noch eine Möglichkeit").click()
    page.get_by_label("Möglichkeit", exact=True).nth(2).fill("Später bauen")
    page.get_by_role("button", name="Klärung abschließen").click()
    expect(page.get_by_text("Der Entwurf ist gespeichert")).to_be_visible()
    expect(page.get_by_text("Was ist entschieden?").first).to_be_visible()
    look(page)
    page.get_by_label("Entscheidung", exact=True).fill(DECISION)
    page.get_by_label("Begründung", exact=True).fill("So passt beides in die Straße.")
    page.get_by_label("Entschieden von").fill("Dienstberatung")
    page.get_by_label("Entschieden am").fill("2026-11-01")
    page.get_by_role("button", name="Klärung abschließen").click()
    expect(page.get_by_text("Klärung abgeschlossen").first).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Später bauen")
    look(page)


def takes_the_protocol(page: Page, folder: Path) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name="Als PDF laden").click()
    download.value.save_as(folder / "protokoll.pdf")
    assert (folder / "protokoll.pdf").read_bytes().startswith(b"%PDF")


def postpones(page: Page, site: str) -> None:
    page.goto(f"{site}/massnahmen/{NUMBER}/bearbeiten/")
    page.locator("input[name=ends_on]").fill("2027-05-31")
    page.get_by_role("button", name="Maßnahme speichern").click()
    expect(page.get_by_text("Maßnahme gespeichert").first).to_be_visible()


def sees_what_changed(page: Page, candidate: str) -> None:
    """What was decided stays; the candidate waits for a look again and says why."""
    waits_for(page, candidate, lambda: page.get_by_text("weil sich etwas geändert hat").count() > 0)
    changed = page.get_by_role("table").filter(has_text="Ende")
    expect(changed.first).to_contain_text(re.compile("Oktober 2027.*Mai 2027", re.DOTALL))
    expect(page.locator("#klaerungen")).to_contain_text(DECISION)
    look(page)
