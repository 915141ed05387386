"""The invented town holds together: every key resolves, texts are written, nothing real is named."""

import re
from collections import Counter
from datetime import date

import pytest

from tests.demo_rows import DEMO, TODAY, day, keys, parts, rows, shapes

GOAL_LINK = re.compile(r"(!?)(\d\.\d) ([+-]) \(([123])\): .{10,}")
# Names of real places that must not slip in; words that are also ordinary German are left out.
REAL_PLACES = [
    "Chemnitz",
    "Dresden",
    "Leipzig",
    "Zwickau",
    "Plauen",
    "Görlitz",
    "Bautzen",
    "Riesa",
    "Meißen",
    "Freiberg",
    "Freital",
    "Pirna",
    "Radebeul",
    "Hoyerswerda",
    "Großenhain",
    "Jena",
    "Erfurt",
    "Gera",
    "Weimar",
    "Magdeburg",
    "Dessau",
    "Cottbus",
    "Potsdam",
    "Berlin",
    "Hamburg",
    "München",
    "Köln",
    "Stuttgart",
    "Frankfurt",
    "Nürnberg",
    "Bremen",
    "Hannover",
    "Rostock",
    "Elbe",
    "Mulde",
    "Spree",
    "Saale",
    "Pleiße",
    "Elster",
    "Neiße",
    "Erzgebirge",
    "Lausitz",
    "Vogtland",
]


@pytest.fixture(scope="module")
def measures() -> dict[str, dict[str, str]]:
    return {row["Nummer"]: row for row in rows("massnahmen.csv")}


def test_the_town_has_the_promised_size() -> None:
    levels = Counter(row["Ebene"] for row in rows("leitbild.csv"))
    kinds = Counter(row["Art"] for row in rows("konzepte.csv"))

    assert len(rows("stadt.csv")) == 1
    assert len(keys("aemter.csv", "Kürzel")) == 30
    assert len(keys("personen.csv", "E-Mail")) == 60
    assert len(shapes("stadtteile.geojson")) == 24
    assert levels == {"Leitziel": 5, "Entwicklungsziel": 18}
    assert len(keys("zukunftsaufgaben.csv", "Nummer")) == 9
    assert kinds == {"Fachkonzept": 20, "Förmlicher Plan": 4}
    assert len(keys("massnahmen.csv", "Nummer")) == 160
    assert len(keys("massnahmen.csv", "Titel")) == 160
    assert len(shapes("massnahmen_orte.geojson")) == 92
    assert len(shapes("konzepte_orte.geojson")) == 9


REFERENCES = [
    ("aemter.csv", "Übergeordnet", "aemter.csv", "Kürzel"),
    ("aemter.csv", "Leitung", "personen.csv", "E-Mail"),
    ("personen.csv", "Amt", "aemter.csv", "Kürzel"),
    ("personen.csv", "Vertretung", "personen.csv", "E-Mail"),
    ("konten.csv", "E-Mail", "personen.csv", "E-Mail"),
    ("leitbild.csv", "Übergeordnet", "leitbild.csv", "Nummer"),
    ("leitbild.csv", "Zukunftsaufgaben", "zukunftsaufgaben.csv", "Nummer"),
    ("themen.csv", "Leitung", "personen.csv", "E-Mail"),
    ("themen.csv", "Mitglieder", "personen.csv", "E-Mail"),
    ("themen.csv", "Zukunftsaufgaben", "zukunftsaufgaben.csv", "Nummer"),
    ("themen.csv", "Ziele", "leitbild.csv", "Nummer"),
    ("prioritaeten.csv", "Zukunftsaufgabe", "zukunftsaufgaben.csv", "Nummer"),
    ("fortschreibung.csv", "Zuständig", "aemter.csv", "Kürzel"),
    ("konzepte.csv", "Federführung", "aemter.csv", "Kürzel"),
    ("konzepte.csv", "Verantwortlich", "personen.csv", "E-Mail"),
    ("konzepte.csv", "Zukunftsaufgaben", "zukunftsaufgaben.csv", "Nummer"),
    ("massnahmen.csv", "Konzept", "konzepte.csv", "Nummer"),
    ("massnahmen.csv", "Federführendes Amt", "aemter.csv", "Kürzel"),
    ("massnahmen.csv", "Verantwortlich", "personen.csv", "E-Mail"),
    ("massnahmen.csv", "Vertretung", "personen.csv", "E-Mail"),
    ("massnahmen.csv", "Beteiligte Ämter", "aemter.csv", "Kürzel"),
    ("massnahmen.csv", "Zukunftsaufgaben", "zukunftsaufgaben.csv", "Nummer"),
    ("massnahmen.csv", "Übergeordnete Maßnahme", "massnahmen.csv", "Nummer"),
    ("massnahmen.csv", "Braucht zuerst", "massnahmen.csv", "Nummer"),
    ("massnahmen.csv", "Themen", "themen.csv", "Name"),
    ("meilensteine.csv", "Maßnahme", "massnahmen.csv", "Nummer"),
    ("berichte.csv", "Maßnahme", "massnahmen.csv", "Nummer"),
    ("berichte.csv", "Berichtet von", "personen.csv", "E-Mail"),
    ("nachfolge.csv", "Maßnahme", "massnahmen.csv", "Nummer"),
    ("nachfolge.csv", "Geht auf in", "massnahmen.csv", "Nummer"),
    ("gremien.csv", "Mitglieder", "personen.csv", "E-Mail"),
    ("vorlagen.csv", "Federführung", "aemter.csv", "Kürzel"),
    ("vorlagen_bezuege.csv", "Vorlage", "vorlagen.csv", "Nummer"),
    ("sitzungen.csv", "Gremium", "gremien.csv", "Kürzel"),
    ("tagesordnungen.csv", "Sitzung", "sitzungen.csv", "Kürzel"),
    ("tagesordnungen.csv", "Vorlage", "vorlagen.csv", "Nummer"),
    ("beschluesse.csv", "Vorlage", "vorlagen.csv", "Nummer"),
    ("beschluesse.csv", "Gremium", "gremien.csv", "Kürzel"),
    ("beschluesse.csv", "Zuständiges Amt", "aemter.csv", "Kürzel"),
    ("beschluesse.csv", "Verantwortlich", "personen.csv", "E-Mail"),
    ("beschluesse.csv", "Maßnahmen", "massnahmen.csv", "Nummer"),
    ("pruefungen.csv", "Vorlage", "vorlagen.csv", "Nummer"),
    ("pruefungen.csv", "Konzept", "konzepte.csv", "Nummer"),
    ("pruefungen.csv", "Amt", "aemter.csv", "Kürzel"),
    ("pruefungen.csv", "Bearbeitet von", "personen.csv", "E-Mail"),
    ("pruefungen.csv", "Zweitprüfung", "personen.csv", "E-Mail"),
    ("pruefungen.csv", "Sitzung", "sitzungen.csv", "Kürzel"),
    ("pruefantworten.csv", "Prüfung", "pruefungen.csv", "Nummer"),
    ("pruefantworten.csv", "Ziel", "leitbild.csv", "Nummer"),
]


@pytest.mark.parametrize(("file", "column", "target", "key"), REFERENCES)
def test_every_reference_resolves(file: str, column: str, target: str, key: str) -> None:
    known = keys(target, key)

    unknown = {value for row in rows(file) for value in parts(row[column]) if value not in known}

    assert unknown == set()


@pytest.mark.parametrize("file", ["massnahmen.csv", "konzepte.csv"])
def test_districts_are_those_of_the_map(file: str) -> None:
    known = set(shapes("stadtteile.geojson"))

    assert {value for row in rows(file) for value in parts(row["Stadtteile"])} <= known


@pytest.mark.parametrize("file", ["massnahmen.csv", "konzepte.csv"])
def test_goal_links_can_be_read_and_have_one_main_goal(file: str) -> None:
    goals = keys("leitbild.csv", "Nummer")
    for row in rows(file):
        links = [GOAL_LINK.fullmatch(link) for link in parts(row["Ziele"])]

        assert links, row["Nummer"]
        assert all(links), row["Ziele"]
        numbers = [link[2] for link in links if link]
        assert sum(link[1] == "!" for link in links if link) == 1, row["Nummer"]
        assert len(numbers) == len(set(numbers)), row["Nummer"]
        assert set(numbers) <= goals, row["Nummer"]


def test_texts_are_written_and_differ(measures: dict[str, dict[str, str]]) -> None:
    texts = [row["Beschreibung"] for row in measures.values()]
    sentences = Counter(one for text in texts for one in re.split(r"(?<=[.!?])\s+", text))

    assert min(len(text) for text in texts) > 120
    assert {text for text, count in sentences.items() if count > 1} == set()


def test_no_real_place_is_named() -> None:
    pattern = re.compile(rf"\b({'|'.join(REAL_PLACES)})(er|s)?\b")
    for path in [*DEMO.glob("*.csv"), *DEMO.glob("*.geojson"), DEMO / "README.md"]:
        assert pattern.findall(path.read_text(encoding="utf-8")) == [], path.name


def test_every_address_is_invented() -> None:
    for path in DEMO.glob("*.csv"):
        addresses = re.findall(r"[\w.+-]+@[\w.-]+", path.read_text(encoding="utf-8"))
        assert all(one.endswith("klarenbrueck.example") for one in addresses), path.name


def test_one_account_for_each_role() -> None:
    people = {row["E-Mail"]: parts(row["Rollen"]) for row in rows("personen.csv")}
    accounts = rows("konten.csv")

    assert {row["Rolle"] for row in accounts} == {role for roles in people.values() for role in roles}
    assert all(row["Rolle"] in people[row["E-Mail"]] for row in accounts)
    assert len({row["Kennwort"] for row in accounts}) == 1


def test_ranks_follow_from_the_changes_of_priority() -> None:
    order = [row["Nummer"] for row in sorted(rows("zukunftsaufgaben.csv"), key=lambda row: int(row["Rang"]))]
    for change in sorted(rows("prioritaeten.csv"), key=lambda row: day(row["Wirksam ab"]), reverse=True):
        assert order[int(change["Neuer Rang"]) - 1] == change["Zukunftsaufgabe"]
        order.remove(change["Zukunftsaufgabe"])
        order.insert(int(change["Alter Rang"]) - 1, change["Zukunftsaufgabe"])

    assert sorted(order) == [str(number) for number in range(1, 10)]


def test_decision_numbers_rise_with_their_dates() -> None:
    days: dict[str, set[date]] = {}
    for name in ("konzepte.csv", "massnahmen.csv", "prioritaeten.csv"):
        for row in rows(name):
            assert bool(row["Beschluss"]) == bool(row["Beschlussdatum"])
            if row["Beschluss"]:
                days.setdefault(row["Beschluss"], set()).add(day(row["Beschlussdatum"]))

    assert all(len(found) == 1 for found in days.values())
    in_order = sorted((number[-4:], number[2:5], next(iter(found))) for number, found in days.items())
    assert [one[2] for one in in_order] == sorted(one[2] for one in in_order)
    assert all(one[0] == str(one[2].year) and one[2] <= TODAY for one in in_order)
