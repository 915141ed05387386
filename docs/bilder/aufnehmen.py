"""Takes the pictures of this folder again, from a running demo.

    uv run dreiklang demo --port 8151
    uv run python docs/bilder/aufnehmen.py http://localhost:8151

A fresh demo gives the same pictures every time, but for the day. Each is refused if it is large. The last one reads
a small council system, which stays in the demo.
"""

import json
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent
COORDINATOR = "johanna.berthold@klarenbrueck.example"
LEAD = "lena.kirsch@klarenbrueck.example"
COUNCIL_MEMBER = "gudrun.fiedler@rat.klarenbrueck.example"
EDITOR = "jan.opitz@klarenbrueck.example"
READER = "birgit.lachmann@klarenbrueck.example"
PASSWORD = "klarenbrueck-2035"  # noqa: S105  the demo's, printed when it starts
MOST_BYTES = 200_000
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
)
OWN_LIST = (
    "Maßnahmenliste Tiefbau;;;;\r\n"
    "Lfd.;Projekt;zuständig;Bausumme;fertig bis\r\n"
    "TB-1;Gehweg Färberstraße;66;rd. 1,2 Mio. €;4. Quartal 2027\r\n"
    "TB-2;Brücke über den Mühlgraben;66;noch nicht bezifferbar;\r\n"
    "TB-3;Treppe am Bahnhof;Tiefbauamd;50.000 €;31.02.2027\r\n"
)
HOUSEHOLDS = (
    "Amt für Statistik;;;\nHaushalte zum 30.06.2026;;;\n;;Haushalte;\nNr.;Stadtteil;insgesamt;darunter: eine Person\n"
    "01;Altstadt;3.735;2.110\n02;Bahnhofsplatz;4.560.000;2.480\n03;Kupferhammer;5.541;2.600\n"
    "Quelle: Melderegister;;;\n"
)
COLUMNS = {
    "number": "Lfd.",
    "title": "Projekt",
    "lead_department": "zuständig",
    "cost_eur": "Bausumme",
    "ends_on": "fertig bis",
}


def main(site: str) -> None:
    """All pictures, one after the other."""
    program = os.environ.get("DREIKLANG_BROWSER") or shutil.which("chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=list(QUIET))
        visitor = window(browser, width=1280)
        take_public(visitor, site)
        take_map(visitor, site)
        visitor.goto(site + "/profil/stadtteile/01/")
        keep(visitor, "stadtteilprofil", height=1000)
        visitor.goto(site + "/karte/indikator/kinderarmut/")
        keep(visitor, "indikatorkarte", height=1000)
        visitor.goto(site + "/datenblatt/?konzept=FK-01")
        keep(visitor, "datenblatt", height=900)
        phone = window(browser, width=390)
        phone.goto(site + "/")
        keep(phone, "start-390", height=1100)
        lead = window(browser, width=1280)
        log_in(lead, site, email=LEAD)
        keep(lead, "fokus", height=1000)
        member = window(browser, width=1280)
        log_in(member, site, email=COUNCIL_MEMBER, to="/arbeit/meine-sitzung/")
        keep(member, "meine-sitzung", height=820)
        editor = window(browser, width=1280)
        log_in(editor, site, email=EDITOR)
        editor.goto(site + "/arbeit/pruefungen/PR-2026-038/vorschlaege/")
        editor.locator("#gruppe-goal").evaluate("heading => heading.scrollIntoView()")
        keep(editor, "pruefung-vorschlaege", height=700)
        reader = window(browser, width=1280)
        log_in(reader, site, email=READER)
        begin_remark(reader, site)
        keep(reader, "pruefung-gegenlesen", height=800)
        coordinator = window(browser, width=1280)
        log_in(coordinator, site, email=COORDINATOR)
        try_own_list(coordinator, site)
        keep(coordinator, "import-probelauf", height=970)
        coordinator.get_by_role("button", name="Diese Datei verwerfen").click()
        take_dataset(coordinator, site)
        take_values(coordinator, site)
        take_conflicts(coordinator, site)
        take_criteria(coordinator, site)
        take_frame(visitor, coordinator, site)
        with council_system() as address:
            read_council_system(coordinator, site, address)
            keep(coordinator, "ratsinformation", height=1180)
        browser.close()


def take_public(page: Page, site: str) -> None:
    """What everybody sees without an account."""
    page.goto(site + "/")
    keep(page, "start", height=1000)
    page.goto(site + "/massnahmen/I-01/")
    keep(page, "massnahme", height=1000)
    page.goto(site + "/vorlagen/bv-028-2026/")
    keep(page, "vorlage", height=1000)
    page.goto(site + "/beschluesse/B-012/2026/")
    keep(page, "beschluss", height=900)
    page.goto(site + "/beschluesse/bericht/2026/")
    keep(page, "beschlussbericht", height=900)
    page.goto(site + "/datenkatalog/")
    keep(page, "datenkatalog", height=1000)
    page.goto(site + "/indikatoren/")
    keep(page, "indikatoren", height=900)
    take_indicator(page, site)


def window(browser: Browser, *, width: int) -> Page:
    """A fresh window in German, light."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale="de-DE",
        color_scheme="light",
        reduced_motion="reduce",
    )
    return context.new_page()


def log_in(page: Page, site: str, *, email: str, to: str = "/arbeit/") -> None:
    """Somebody of the invented town, on the list of what is due for her or another page."""
    page.goto(f"{site}/konto/anmelden/?next={to}")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"**{to}")


def take_indicator(visitor: Page, site: str) -> None:
    """An indicator with its picture, which comes after the text."""
    visitor.goto(site + "/indikatoren/umweltverbund/")
    visitor.locator(".u-chart__picture").wait_for()
    keep(visitor, "indikator", height=1100)


def take_map(page: Page, site: str) -> None:
    """The map of a year, once it is drawn."""
    page.goto(site + "/karte/?jahr=2026")
    page.locator("[data-map-drawn]").wait_for()
    keep(page, "karte", height=1000)


def take_dataset(page: Page, site: str) -> None:
    """The uniform set, and a list of the city's own values in the catalogue with the buttons of who keeps it."""
    page.goto(site + "/arbeit/indikatoren/")
    keep(page, "datensatz", height=1000)
    page.goto(site + "/datenkatalog/")
    page.get_by_role("link", name="Messwerte der Stadt", exact=True).click()
    page.get_by_role("button", name="Veröffentlichung zurücknehmen").wait_for()
    keep(page, "datensatz-weitergeben", height=1100)


def take_conflicts(page: Page, site: str) -> None:
    """The list, once everything is compared, and the panel beside a form."""
    page.goto(site + "/arbeit/zielkonflikte/")
    page.get_by_text("Zuletzt alles verglichen").wait_for(timeout=240_000)
    page.reload()
    keep(page, "zielkonflikte", height=1000)
    page.goto(site + "/massnahmen/K-08/bearbeiten/")
    page.get_by_role("heading", name="Mit wem Sie sprechen sollten").wait_for()
    keep(page, "zielkonflikt-formular", height=900)


def take_criteria(page: Page, site: str) -> None:
    """What is said of the criteria of one goal, and a rating about to be given with the figures beside it."""
    page.goto(site + "/ziele/1.2/kriterien/")
    keep(page, "kriterien", height=1330)
    page.get_by_role("article").nth(1).get_by_role("link", name="Bewerten").click()
    page.get_by_label("vom Weg ab").check()
    keep(page, "kriterium-bewerten", height=920)


def take_frame(visitor: Page, page: Page, site: str) -> None:
    """A survey, an observation of the frame, what departments are asked for, and a grant sheet as it is filled."""
    visitor.goto(site + "/umfragen/buergerumfrage-2024/")
    keep(visitor, "umfrage", height=1000)
    visitor.goto(site + "/rahmen/hochwasser-2026/")
    keep(visitor, "rahmen", height=800)
    page.goto(site + "/arbeit/datenanforderungen/")
    keep(page, "datenanforderungen", height=800)
    page.goto(site + "/arbeit/foerderbogen/neu/")
    page.locator("#id_area_id").select_option(index=3)
    page.locator("#id_year").fill("2024")
    page.get_by_role("button", name="Bogen füllen").click()
    page.get_by_text("Zeilen sind gefüllt").wait_for()
    keep(page, "foerderbogen", height=1000)


def try_own_list(page: Page, site: str) -> None:
    """The dry run of a list with its own headers, in an old character set, with a wrong day and a wrong name."""
    page.goto(site + "/arbeit/importe/neu/measures/")
    page.locator("input[type=file]").set_input_files(
        {"name": "tiefbau.csv", "mimeType": "text/csv", "buffer": OWN_LIST.encode("cp1252")}
    )
    page.get_by_role("button", name="Datei lesen").click()
    for field, header in COLUMNS.items():
        page.locator(f"#id_column-{field}").select_option(header)
    page.get_by_label("Name der Liste").fill("Tiefbauamt: Maßnahmenliste")
    page.get_by_role("button", name="Probelauf starten").click()
    page.get_by_text("Noch ist nichts geändert").wait_for()


def take_values(page: Page, site: str) -> None:
    """The columns of a list of values, and what waits because one of them is a thousand times too large."""
    page.goto(site + "/arbeit/werte/")
    page.locator("input[type=file]").set_input_files(
        {"name": "haushalte.csv", "mimeType": "text/csv", "buffer": HOUSEHOLDS.encode()}
    )
    page.get_by_role("button", name="Datei lesen").click()
    page.locator("#id_use-2").select_option("haushalte")
    page.get_by_label("Die Zeilen sind").select_option("stadtteile")
    page.get_by_label("Name der Liste").fill("Haushalte nach Stadtteilen")
    page.evaluate("window.scrollTo(0, 0)")
    keep(page, "werte-spalten", height=1500)
    page.get_by_role("button", name="Probelauf starten").click()
    page.get_by_role("button", name="Werte übernehmen").click()
    page.get_by_role("button", name="Werte freigeben").wait_for()
    keep(page, "werte-freigabe", height=900)
    page.get_by_label("Warum", exact=True).fill("Nur für das Bild")
    page.get_by_role("button", name="Lieferung zurückziehen").click()


def begin_remark(page: Page, site: str) -> None:
    """The second reader before a question, with a remark that is not sent yet."""
    page.goto(site + "/arbeit/pruefungen/PR-2026-032/fragen/#frage-ziele")
    question = page.locator("#frage-ziele")
    question.locator("summary").click()
    question.get_by_label("Ihre Anmerkung zu dieser Frage").fill("Gilt das auch für die Dächer am Markt?")
    question.get_by_label("Ihre Anmerkung zu dieser Frage").blur()


@contextmanager
def council_system() -> Iterator[str]:
    """The address of an invented council system with three papers; one has an impossible day, two share a number."""
    base = "https://ris.klarenbrueck.example"
    papers = [
        {"id": f"{base}/paper/{n}", "type": "Paper", "name": name, "reference": number, "date": day}
        for n, (name, number, day) in enumerate(
            (
                ("Radweg an der Mühlgasse", "BV-301/2026", "2026-11-09"),
                ("Spielplatz am Ring", "BV-302/2026", "0001-01-01"),
                ("Spielplatz am Ring: Austausch", "BV-302/2026", "2026-11-12"),
            )
        )
    ]
    lists = {"organization": [], "meeting": [], "paper": papers}
    body = {"id": f"{base}/body/1", "type": "Body", "name": "Stadt Klarenbrück", **lists}
    content = json.dumps(body).encode()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 8198), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield "http://localhost:8198/oparl/body/1"
    finally:
        server.shutdown()
        server.server_close()


def read_council_system(page: Page, site: str, address: str) -> None:
    """Added as a source, read, and its report on the screen."""
    page.goto(site + "/arbeit/ratsinformation/neu/")
    page.get_by_label("Name").fill("Ratsinformationssystem der Stadt")
    page.get_by_label("Adresse oder Ordner").fill(address)
    page.get_by_role("button", name="Speichern").click()
    page.get_by_role("button", name="Jetzt abgleichen").click()
    page.get_by_text("Vollständig gelesen").wait_for(timeout=60_000)


def keep(page: Page, name: str, *, height: int) -> None:
    """The upper part of the page as PNG; a page that is shorter stays as it is."""
    page.set_viewport_size({"width": (page.viewport_size or {"width": 1280})["width"], "height": height})
    page.wait_for_selector("html[data-ready]")
    file = FOLDER / f"{name}.png"
    page.screenshot(path=str(file))
    size = file.stat().st_size
    if size > MOST_BYTES:
        sys.exit(f"{file.name} hat {size} Bytes, erlaubt sind {MOST_BYTES}.")


if __name__ == "__main__":
    main((sys.argv[1:] or ["http://localhost:8000"])[0].rstrip("/"))
