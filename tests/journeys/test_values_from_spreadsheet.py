"""A spreadsheet with two rows of heads becomes the last value on the public page; one row is set right on the way."""

import json
import secrets
from collections.abc import Callable
from csv import DictReader
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import DEMO
from tests.journeys.looking import complaints

KEY = "haushalte"
WRONG, RIGHT = "Lindenhoff", "Lindenhof"


def test_values_go_from_a_spreadsheet_to_the_public_page(
    site: str,
    person: Callable[[str], Page],
    looker: Callable[[str], BrowserContext],
    tmp_path: Path,
) -> None:
    # A demo that is still running has the values of the last time.
    more = secrets.randbelow(40) + 1
    total = spreadsheet(tmp_path / "haushalte.xlsx", more=more)
    office, visitor = person("coordinator"), person("")
    main = office.get_by_role("main")

    bring(office, site, tmp_path / "haushalte.xlsx")
    expect(main).to_contain_text(f"Ein Gebiet „{WRONG}“ kennen wir nicht.")
    trial = office.url
    looks = [trial, trial.replace("probelauf/", ""), site + "/arbeit/werte/"]
    assert looks_of(office, looks) == {}
    office.goto(trial)

    office.get_by_label("Gemeint ist").select_option(RIGHT)
    office.get_by_role("button", name="Übernehmen und neu prüfen").click()
    expect(main).to_contain_text("Ihre Berichtigungen")
    expect(main).to_contain_text("Werte: 25 wären neu")
    if (looked := office.get_by_label("Ich habe die Hinweise angesehen")).count():
        looked.check()
    office.get_by_role("button", name="Werte übernehmen").click()
    expect(main).to_contain_text("freigegeben")
    delivery = office.url

    said = f"{total:,}".replace(",", ".")
    visitor.goto(f"{site}/indikatoren/{KEY}/")
    expect(visitor.get_by_role("main")).to_contain_text(said)
    expect(visitor.get_by_role("main")).to_contain_text("2026")
    table = visitor.request.get(f"{site}/indikatoren/{KEY}/daten.csv").text()
    assert str(total) in table
    visitor.goto(delivery)
    assert "anmelden" in visitor.url

    looked_at = looker("coordinator").new_page()
    for address in (delivery, site + "/arbeit/werte/freigaben/"):
        assert complaints(looked_at, address) == []
    withdraw(office, delivery)


def spreadsheet(path: Path, *, more: int) -> int:
    """The households of every district, one misspelt, and their sum; the sum."""
    with (DEMO / "messwerte_stadtteile.csv").open(encoding="utf-8-sig", newline="") as file:
        last = [
            (row["Gebiet"], int(row["Wert"]))
            for row in DictReader(file, delimiter=";")
            if row["Indikator"] == KEY and row["Stand"] == "31.12.2025"
        ]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Haushalte in Klarenbrück"])
    sheet.append([])
    sheet.append([None, "Melderegister", None])
    sheet.append(["Stadtteil", "30.06.2026"])
    names = district_names()
    counts = [value + more for _key, value in last]
    for (key, _value), count in zip(last, counts, strict=True):
        name = names[key]
        sheet.append([WRONG if name == RIGHT else name, count])
    sheet.append(["Gesamt", sum(counts)])
    sheet.append(["Quelle: Melderegister"])
    book.save(path)
    return sum(counts)


def district_names() -> dict[str, str]:
    """Key → name of the town's districts."""
    features = json.loads((DEMO / "stadtteile.geojson").read_text(encoding="utf-8"))["features"]
    return {str(one["properties"]["schluessel"]): one["properties"]["name"] for one in features}


def bring(page: Page, site: str, file: Path) -> None:
    """From the file over its columns to the dry run."""
    page.goto(site + "/arbeit/werte/")
    page.get_by_label("Datei von Ihrem Rechner").set_input_files(file)
    page.get_by_role("button", name="Datei lesen").click()
    page.locator("#id_use-1").select_option(KEY)
    page.get_by_label("Die Zeilen sind").select_option("stadtteile")
    page.get_by_label("Summenzeilen sind Werte der ganzen Stadt").check()
    page.get_by_role("button", name="Probelauf starten").click()


def looks_of(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """What an axe-less look finds wrong: too wide, or not there."""
    found: dict[str, list[str]] = {}
    for address in addresses:
        answer = page.goto(address)
        excess = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        if answer is None or answer.status != 200 or excess > 0:
            found[address] = [str(answer and answer.status), str(excess)]
    return found


def withdraw(page: Page, delivery: str) -> None:
    """Take the values back, so that others find the demo as it was."""
    page.goto(delivery)
    page.get_by_label("Warum").fill("Nur zur Probe")
    page.get_by_role("button", name="Lieferung zurückziehen").click()
    expect(page.get_by_role("main")).to_contain_text("zurückgezogen")
