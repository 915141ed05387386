"""The invented town holds together: every key resolves, every date is in order, the map has no gaps."""

import csv
import json
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest
import shapely
from shapely import geometry

DEMO = Path(__file__).resolve().parent.parent / "demo"
TODAY = date(2026, 11, 22)
STALE_AFTER_DAYS = 200
GOAL_LINK = re.compile(r"(!?)(\d\.\d) ([+-]) \(([123])\): .{10,}")
PHASES = ["Idee", "Vorbereitung", "Beschlossen", "Umsetzung", "In Nutzung"]
ENDINGS = {"In Nutzung", "zusammengelegt", "ersetzt", "aufgegeben"}
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


def rows(name: str) -> list[dict[str, str]]:
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";", strict=True))


def parts(text: str) -> list[str]:
    return [part for part in text.split("|") if part]


def day(text: str) -> date:
    return datetime.strptime(text, "%d.%m.%Y").date()


def keys(name: str, column: str) -> set[str]:
    found = [row[column] for row in rows(name)]
    assert len(found) == len(set(found)), f"{name}: {Counter(found).most_common(1)}"
    return set(found)


def shapes(name: str) -> dict[str, geometry.base.BaseGeometry]:
    features = json.loads((DEMO / name).read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"].get("schluessel") or feature["properties"]["nummer"]: geometry.shape(
            feature["geometry"]
        )
        for feature in features
    }


def reports() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("berichte.csv"):
        found.setdefault(row["Maßnahme"], []).append(row)
    return found


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


def test_districts_share_borders_without_gap_or_overlap() -> None:
    districts = list(shapes("stadtteile.geojson").values())
    areas = list(shapes("raeume.geojson").values())

    assert all(shape.is_valid and shape.geom_type == "Polygon" for shape in districts)
    assert shapely.coverage_is_valid(districts)
    town = shapely.coverage_union_all(districts)
    assert town.geom_type == "Polygon"
    assert len(town.interiors) == 0
    assert len(areas) == 4
    assert shapely.coverage_is_valid(areas)
    assert shapely.symmetric_difference(town, shapely.union_all(areas)).area < 1e-12


def test_geometry_is_small_and_in_degrees() -> None:
    for name in ("stadtteile.geojson", "raeume.geojson", "massnahmen_orte.geojson", "konzepte_orte.geojson"):
        text = (DEMO / name).read_text(encoding="utf-8")

        assert len(text.encode()) < 300_000
        assert not re.search(r"\d\.\d{7,}", text)
        west, south, east, north = shapely.total_bounds(list(shapes(name).values()))
        assert 13.2 < west < east < 13.5
        assert 51.2 < south < north < 51.4


def test_measures_lie_in_one_of_their_districts(measures: dict[str, dict[str, str]]) -> None:
    districts = shapes("stadtteile.geojson")
    for number, shape in shapes("massnahmen_orte.geojson").items():
        named = parts(measures[number]["Stadtteile"])

        assert shape.is_valid
        assert any(shape.intersects(districts[key]) for key in named), number


def test_formal_plans_are_outlined_and_concepts_lie_mostly_in_their_districts() -> None:
    districts = shapes("stadtteile.geojson")
    outlines = shapes("konzepte_orte.geojson")
    concepts = {row["Nummer"]: row for row in rows("konzepte.csv")}

    assert {number for number, row in concepts.items() if row["Art"] == "Förmlicher Plan"} <= set(outlines)
    for number, shape in outlines.items():
        named = parts(concepts[number]["Stadtteile"])
        town = shapely.union_all([districts[key] for key in named or districts])

        assert shape.is_valid, number
        assert shape.intersection(town).area > 0.8 * shape.area, number


def test_the_plan_in_the_meadow_lies_where_the_water_is_to_stay() -> None:
    outlines = shapes("konzepte_orte.geojson")
    house = shapes("massnahmen_orte.geojson")["H-05"]

    assert outlines["FP-03"].contains(house)
    assert outlines["FP-03"].intersection(outlines["FK-05"]).area > 0.8 * outlines["FP-03"].area


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


def test_periods_and_milestones_are_in_order(measures: dict[str, dict[str, str]]) -> None:
    for number, row in measures.items():
        if row["Art"] == "Daueraufgabe":
            assert not row["Ende"], number
        else:
            assert day(row["Beginn"]) < day(row["Ende"]), number
    for row in rows("meilensteine.csv"):
        assert day(row["Fällig"])
        assert not row["Erledigt"] or day(row["Erledigt"]) <= TODAY, row


def test_reports_stand_in_order_and_say_why(measures: dict[str, dict[str, str]]) -> None:
    for number, found in reports().items():
        valid = [row for row in found if not row["Zurückgezogen"]]
        days = [day(row["Datum"]) for row in found]
        phases = [PHASES.index(row["Phase"]) for row in valid if row["Phase"] in PHASES]

        assert days == sorted(set(days)), number
        assert days[-1] <= TODAY, number
        assert phases == sorted(phases), number
        assert all(row["Phase"] in {*PHASES, *ENDINGS} for row in found)
        assert all(row["Hindernis"] for row in valid if row["Stand"] != "im Plan"), number
        assert all(day(row["Neues Ende"]) > day(row["Datum"]) for row in valid if row["Neues Ende"]), number


def test_nothing_is_released_early_or_within_the_restraint_period() -> None:
    restraint = [(day(row["Von"]), day(row["Bis"])) for row in rows("beschraenkungen.csv")]
    for row in rows("berichte.csv"):
        if row["Freigegeben am"]:
            released = day(row["Freigegeben am"])

            assert row["Notiz für die Öffentlichkeit"]
            assert day(row["Datum"]) <= released <= TODAY
            assert not any(start <= released <= end for start, end in restraint)


def test_the_honest_picture_is_the_one_the_readme_tells(measures: dict[str, dict[str, str]]) -> None:
    found = reports()
    last = {number: [row for row in rows_ if not row["Zurückgezogen"]][-1] for number, rows_ in found.items()}
    running = {number: row for number, row in last.items() if row["Phase"] not in ENDINGS}
    old = {number for number, row in running.items() if (TODAY - day(row["Datum"])).days > STALE_AFTER_DAYS}
    endings = Counter(row["Phase"] for row in last.values() if row["Phase"] in ENDINGS)

    assert endings == {"In Nutzung": 15, "zusammengelegt": 3, "ersetzt": 2, "aufgegeben": 3}
    assert len(set(measures) - set(found)) == 7
    assert len(old | (set(measures) - set(found))) == 30
    assert sum(row["Stand"] == "steht still" for row in running.values()) == 7
    assert len([row for row in rows("berichte.csv") if row["Zurückgezogen"]]) == 4


def test_what_ended_in_another_measure_names_it() -> None:
    last = {number: found[-1]["Phase"] for number, found in reports().items()}
    named = {row["Maßnahme"]: row["Art"] for row in rows("nachfolge.csv")}

    assert named == {
        number: phase for number, phase in last.items() if phase in {"zusammengelegt", "ersetzt"}
    }


def test_one_round_is_open_today() -> None:
    is_open = [row["Name"] for row in rows("runden.csv") if day(row["Beginn"]) <= TODAY <= day(row["Frist"])]

    assert is_open == ["Herbst 2026"]
