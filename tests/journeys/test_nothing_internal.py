"""Opens every public address, as a visitor without login, and looks for what is internal."""

import csv
import html
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

DEMO = Path(__file__).resolve().parents[2] / "demo"
LINK = re.compile(r'(?:href|action)="([^"#]+)')
MOST_PAGES = 2500  # never reached: what stood behind would not be searched
MOST_VARIANTS = 5  # of one address by its query: sort orders and filters of one table multiply
LEAST_LETTERS = 12
# What the script asks for and no link leads to.
MAP = ("/karte/daten/massnahmen.json", "/karte/daten/konzepte.json", "/karte/bild.svg", "/karte/eingebettet/")
PASSED_OVER = ("/static/", "/konto/", "mailto:", "/ui/", "/sprache/", "/stimme/")
# Words are compressed in a PDF; the pages it is made of say the same and are read.
SAYS_THE_SAME = ".pdf"


def rows(name: str) -> list[dict[str, str]]:
    with (DEMO / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def internal_texts() -> dict[str, str]:
    """Text that must stay inside → where it comes from; shorter texts could stand there by chance."""
    found = texts_of_persons() | texts_of_reports() | texts_of_measures() | texts_of_criteria()
    found |= dict.fromkeys(council_texts(is_public=False), "council")
    public = public_texts()
    return {
        text: origin for text, origin in found.items() if len(text) >= LEAST_LETTERS and text not in public
    }


def texts_of_persons() -> dict[str, str]:
    people = rows("personen.csv")
    return {person[column]: "person" for person in people for column in ("E-Mail", "Name")}


def texts_of_reports() -> dict[str, str]:
    found: dict[str, str] = {}
    for report in rows("berichte.csv"):
        for column in ("Interne Notiz", "Hindernis", "Nächster Schritt", "Entscheidung nötig"):
            found[report[column]] = f"{column} von {report['Maßnahme']}"
        if not report["Freigegeben am"]:
            note = report["Notiz für die Öffentlichkeit"]
            found[note] = f"nicht freigegebene Notiz von {report['Maßnahme']}"
    return found


def texts_of_measures() -> dict[str, str]:
    found: dict[str, str] = {}
    for measure in rows("massnahmen.csv"):
        for column in (each for each in measure if each.startswith("Auftrag ")):
            found[measure[column]] = f"{column} von {measure['Nummer']}"
        if measure["Sichtbarkeit"] != "öffentlich":
            found[measure["Titel"]] = f"interne Maßnahme {measure['Nummer']}"
    for milestone in rows("meilensteine.csv"):
        if milestone["Öffentlich"] != "ja":
            found[milestone["Meilenstein"]] = f"interner Meilenstein von {milestone['Maßnahme']}"
    return found


def texts_of_criteria() -> dict[str, str]:
    """Criteria that are internal, with all that was said of them; elsewhere what was not released."""
    hidden = {
        (one["Ziel"], one["Nummer"]): one["Kriterium"]
        for one in rows("kriterien.csv")
        if one["Sichtbarkeit"] != "öffentlich"
    }
    found = {text: f"internes Kriterium {goal} {number}" for (goal, number), text in hidden.items()}
    for rating in rows("bewertungen.csv"):
        of = rating["Ziel"], rating["Nummer"]
        if of in hidden or not rating["Freigegeben am"]:
            said = ("Begründung", "Was sonst dafür spricht", "Was sonst dagegen spricht")
            found |= {rating[column]: f"vorläufige Bewertung von {' '.join(of)}" for column in said}
    return found


def council_texts(*, is_public: bool) -> list[str]:
    """What the town's papers and resolutions say to everybody, or to the administration alone."""
    found: list[str] = []
    for paper in rows("vorlagen.csv"):
        said = ["Titel"] if paper["Zurückgezogen am"] else ["Titel", "Kurzfassung", "Text"]
        if (paper["Sichtbarkeit"] == "öffentlich") is is_public:
            found += [paper[column] for column in said]
        if not is_public:
            found.append(paper["Frühere Fassung"])
    for resolution in rows("beschluesse.csv"):
        is_shown = resolution["Sichtbarkeit"] == "öffentlich"
        if is_shown is is_public:
            found += [resolution["Titel"], resolution["Wortlaut"]]
        if (is_shown and resolution["Notiz freigegeben"] == "ja") is is_public:
            found.append(resolution["Was daraus wurde"])
    return [line.strip() for text in found for line in text.splitlines()]


def public_texts() -> str:
    """All that the town itself made public, in one string: an internal text may be quoted there."""
    shown = [
        value
        for row in rows("massnahmen.csv")
        for key, value in row.items()
        if not key.startswith("Auftrag ")
    ]
    shown += [row["Notiz für die Öffentlichkeit"] for row in rows("berichte.csv") if row["Freigegeben am"]]
    shown += [row["Meilenstein"] for row in rows("meilensteine.csv") if row["Öffentlich"] == "ja"]
    shown += council_texts(is_public=True)
    for name in ("konzepte.csv", "leitbild.csv", "zukunftsaufgaben.csv", "prioritaeten.csv", "themen.csv"):
        columns = {"Verantwortlich", "Mitglieder"}
        shown += [value for row in rows(name) for key, value in row.items() if key not in columns]
    return "\n".join(value for value in shown if isinstance(value, str))


def public_pages(site: str) -> dict[str, str]:
    """Every address that a visitor can reach by links from the start page, with its content."""
    waiting = ["/", "/api/v1/measures?limit=1000", "/api/v1/criteria", "/api/v1/", "/neues/feed.atom", *MAP]
    seen: dict[str, str] = {}
    variants: Counter[str] = Counter()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        place = path.partition("?")[0]
        if path in seen or path.startswith(PASSED_OVER) or place.endswith(SAYS_THE_SAME):
            continue
        variants[place] += 1
        if variants[place] > MOST_VARIANTS:
            continue
        try:
            with urllib.request.urlopen(site + path, timeout=30) as answer:
                body, kind, final = (
                    unpacked(answer.read()),
                    answer.headers["Content-Type"],
                    answer.url,
                )
        except urllib.error.HTTPError as refused:
            body, kind, final = refused.read().decode("utf-8", "replace"), "", path
        seen[path] = html.unescape(body)
        if "html" in (kind or "") and "/konto/" not in final:
            for link in LINK.findall(body):
                address = urllib.parse.urlsplit(urllib.parse.urljoin(site + path, link.replace("&amp;", "&")))
                if f"{address.scheme}://{address.netloc}" == site:
                    waiting.append(address.path + (f"?{address.query}" if address.query else ""))
    return seen


def unpacked(content: bytes) -> str:
    """What stands in the answer; a workbook is a ZIP file of XML."""
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    return content.decode("utf-8", "replace")


def test_no_public_address_shows_anything_internal(site: str) -> None:
    internal = internal_texts()

    pages = public_pages(site)

    # Pages share most of their lines: each is searched once, and only what was found is looked for page by page.
    lines = "\n".join({line for body in pages.values() for line in body.splitlines()})
    said = {text: origin for text, origin in internal.items() if text in lines}
    found = [(path, origin) for path, body in pages.items() for text, origin in said.items() if text in body]
    assert said == {}, found
    assert 200 < len(pages) < MOST_PAGES, "the crawl found too few pages to mean anything, or not all"
    assert any("<sheetData>" in body for body in pages.values()), "no workbook was read"
    # The same search finds what is public: it would have found the rest.
    shown = {text for text in released_notes() if text in lines}
    assert len(shown) > 100
    assert len(internal) > 300
    assert not any("\n" in text for text in internal), "a text over two lines stands in no line"


def released_notes() -> set[str]:
    return {row["Notiz für die Öffentlichkeit"] for row in rows("berichte.csv") if row["Freigegeben am"]}
