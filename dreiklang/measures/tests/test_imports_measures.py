from pathlib import Path

import pytest

from dreiklang.concepts.imports.concepts import CONCEPTS
from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import Order, read_list, run_import, suggested_plan
from dreiklang.core.imports.mapping import Plan
from dreiklang.core.models import Run
from dreiklang.goals.imports.goals import GOALS
from dreiklang.goals.imports.tasks import TASKS
from dreiklang.measures.imports.measures import MEASURES
from dreiklang.measures.models import Measure
from dreiklang.measures.tests.factories import department
from dreiklang.people.imports.departments import DEPARTMENTS
from dreiklang.people.imports.people import PEOPLE
from dreiklang.places.imports.districts import DISTRICTS

DEMO = Path(__file__).resolve().parents[3] / "demo"


def imported(importer: Importer, content: str | Path, *, file_name: str = "liste.csv") -> Run:
    given = content.encode() if isinstance(content, str) else content
    read = read_list(importer, given, file_name=file_name)
    plan = suggested_plan(importer, read.table)
    return run_import(Order(importer, read, plan, Options(source="Liste"), Actor(None, "Erika Muster")))


def one(columns: str, cells: str) -> Run:
    return imported(MEASURES, f"Nummer;Titel;{columns}\nV-1;Radweg Nord;{cells}\n")


def problems(run: Run) -> list[tuple[int | None, str, str]]:
    return [(p.row, p.field, p.code) for p in run.problems.order_by("row", "pk")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cell", "amount", "words", "is_approximate"),
    [
        ("1.200.000 €", "1200000.00", "", False),
        ("rd. 1,2 Mio. €", "1200000.00", "rd. 1,2 Mio. €", True),
        ("noch nicht bezifferbar", None, "noch nicht bezifferbar", False),
        ("", None, "", False),
    ],
)
def test_costs_are_an_amount_or_stay_unknown(
    cell: str, amount: str | None, words: str, is_approximate: bool
) -> None:
    one("Kosten", cell)

    measure = Measure.objects.get()
    found = None if measure.cost_eur is None else str(measure.cost_eur)
    assert (found, measure.cost_words, measure.cost_is_approximate) == (amount, words, is_approximate)


@pytest.mark.django_db
def test_a_quarter_gives_its_last_day_as_end_and_keeps_its_words() -> None:
    one("Beginn;Ende", "01.03.2022;4. Quartal 2022")

    measure = Measure.objects.get()
    assert (measure.starts_on.isoformat(), measure.starts_words) == ("2022-03-01", "")
    assert (measure.ends_on.isoformat(), measure.ends_words) == ("2022-12-31", "4. Quartal 2022")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "cells", "field", "code"),
    [
        ("Federführendes Amt", "Tiefbauamd", "lead_department", "unknown_department"),
        ("Stadtteile", "Auental", "areas", "unknown_area"),
        ("Ziele", "9.9", "goals", "unknown_goal"),
        ("Konzept", "FK-99", "concepts", "unknown_concept"),
        ("Übergeordnete Maßnahme", "V-0", "parent", "unknown_measure"),
        ("Übergeordnete Maßnahme", "V-1", "parent", "measure_circle"),
        ("Beginn", "31.02.2025", "starts_on", "no_such_day"),
        ("Beschlussdatum", "im Mai", "resolution_on", "not_a_day"),
        ("Sichtbarkeit", "geheim", "visibility", "unknown_word"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_created(
    columns: str, cells: str, field: str, code: str
) -> None:
    run = one(columns, cells)

    assert problems(run) == [(2, field, code)]
    assert not Measure.objects.exists()


@pytest.mark.django_db
def test_parts_may_stand_above_their_parent_and_fall_with_it() -> None:
    head = "Nummer;Titel;Übergeordnete Maßnahme;Beginn\n"
    whole = imported(MEASURES, head + "V-2;Teil;V-1;\nV-1;Ganzes;;\n")
    broken = imported(MEASURES, head + "V-4;Teil;V-3;\nV-3;Ganzes;;31.02.2025\n")

    assert whole.new_count == 2
    assert Measure.objects.get(number="V-2").parent == Measure.objects.get(number="V-1")
    assert broken.refused_count == 2


@pytest.mark.django_db
def test_columns_that_mean_nothing_to_us_are_kept_as_a_note() -> None:
    one("Farbe der Akte", "grün")

    assert Measure.objects.get().source_note == "Farbe der Akte: grün"


@pytest.mark.django_db
def test_a_list_that_changes_one_cell_changes_one_field() -> None:
    one("Ort;Kosten", "Bahnhof;100 €")

    run = one("Ort;Kosten", "Bahnhof;200 €")

    measure = Measure.objects.get()
    assert (run.changed_count, str(measure.cost_eur), measure.version) == (1, "200.00", 2)


@pytest.mark.django_db
def test_the_measures_of_the_invented_town_come_in_and_stay_the_same() -> None:
    for importer, name in (
        (DEPARTMENTS, "aemter.csv"),
        (PEOPLE, "personen.csv"),
        (DISTRICTS, "stadtteile.geojson"),
    ):
        imported(importer, DEMO / name, file_name=name)
    for importer, name in (
        (TASKS, "zukunftsaufgaben.csv"),
        (GOALS, "leitbild.csv"),
        (CONCEPTS, "konzepte.csv"),
    ):
        imported(importer, DEMO / name)

    first = imported(MEASURES, DEMO / "massnahmen.csv")
    second = imported(MEASURES, DEMO / "massnahmen.csv")

    assert problems(first) == []
    assert (first.new_count, second.unchanged_count) == (160, 160)


@pytest.mark.django_db
def test_a_list_without_numbers_gives_the_next_free_ones_and_knows_its_rows_again() -> None:
    imported(MEASURES, "Nummer;Titel\nM-7;Radweg Nord\n")

    first = imported(MEASURES, "Titel;Ort;Übergeordnete Maßnahme\nSpielplatz;Park;Grünzug\nGrünzug;;\n")
    again = imported(MEASURES, "Titel;Ort;Übergeordnete Maßnahme\nGrünzug;;\nSpielplatz;Park;Grünzug\n")

    assert (first.new_count, problems(first)) == (2, [(2, "number", "numbers_given")])
    assert set(Measure.objects.values_list("number", "title")) == {
        ("M-7", "Radweg Nord"),
        ("M-8", "Spielplatz"),
        ("M-9", "Grünzug"),
    }
    assert Measure.objects.get(number="M-8").parent == Measure.objects.get(number="M-9")
    assert (again.unchanged_count, again.new_count, problems(again)) == (2, 0, [])


@pytest.mark.django_db
def test_a_row_without_number_is_matched_by_its_title_with_a_warning() -> None:
    imported(MEASURES, "Nummer;Titel\nV-1;Radweg Nord\n")

    run = imported(MEASURES, "Titel;Ort\nRADWEG  Nord;Bahnhof\n")

    assert problems(run) == [(2, "title", "matched_by_title")]
    assert run.problems.get().value == "V-1"
    assert [(one.number, one.place_words) for one in Measure.objects.all()] == [("V-1", "Bahnhof")]


@pytest.mark.django_db
def test_a_measure_keeps_its_row_when_its_title_was_changed_here() -> None:
    imported(MEASURES, "Titel;Ort\nRadweg Nord;Bahnhof\n")
    Measure.objects.update(title="Radweg Nord und Mitte")

    run = imported(MEASURES, "Titel;Ort\nRadweg Nord;Markt\n")

    assert (run.new_count, run.changed_count) == (0, 1)
    assert [(one.title, one.place_words) for one in Measure.objects.all()] == [
        ("Radweg Nord und Mitte", "Markt")
    ]


@pytest.mark.django_db
def test_two_rows_of_one_title_are_doubles_and_a_title_of_two_measures_is_refused() -> None:
    doubled = imported(MEASURES, "Titel;Ort\nBaumpflege;Park\nBaumpflege;Allee\n")
    imported(MEASURES, "Nummer;Titel\nV-1;Radweg\nV-2;Radweg\n")
    ambiguous = imported(MEASURES, "Titel;Ort\nRadweg;Bahnhof\n")

    assert problems(doubled) == [
        (2, "number", "numbers_given"),
        (2, "", "key_again"),
        (3, "", "duplicate_key"),
    ]
    assert (doubled.new_count, doubled.refused_count) == (1, 1)
    assert problems(ambiguous) == [(2, "title", "title_ambiguous")]


MESSY = """Investitionsliste Tiefbau;;;;;;
Stand: März 2026;;;;;;

lfd. Nr.;Bezeichnung der Maßnahme;;Zust. Amt;Kosten gesamt (EUR);Fertig­stellung geplant;Farbe der Akte
17;Radweg  Nord (2. Bauabschnitt);;66 Tiefbauamt;ca. 1.250.000,50 €;4. Quartal 2027;grün
18;"Brücke am Wehr;
Neubau";;Tiefbauamt;noch offen;31.12.2028;
;;;;;;
19;Gehwege;;66 – Tiefbauamt;80.000;laufend;rot
Summe;;;;1.330.000,50;;
"""


@pytest.mark.django_db
def test_a_list_as_offices_keep_it_is_read_with_a_mapping() -> None:
    department("66", name="Tiefbauamt")
    read = read_list(MEASURES, MESSY.replace("­", "").encode("cp1252"), file_name="Liste Tiefbau.CSV")
    plan = Plan(
        columns={
            "number": "lfd. Nr.",
            "title": "Bezeichnung der Maßnahme",
            "lead_department": "Zust. Amt",
            "cost_eur": "Kosten gesamt (EUR)",
            "ends_on": "Fertigstellung geplant",
        }
    )

    run = run_import(Order(MEASURES, read, plan, Options(source="Tiefbau"), Actor(None, "Koordination")))

    table = read.table
    assert (table.encoding, table.delimiter, table.header_row) == ("cp1252", ";", 4)
    assert (run.new_count, run.refused_count) == (3, 1)
    assert [(one.field, one.code) for one in run.problems.all()] == [("title", "required_empty")]
    found = {one.number: one for one in Measure.objects.select_related("lead_department")}
    assert {one.lead_department.key for one in found.values()} == {"66"}
    assert found["18"].title == "Brücke am Wehr; Neubau"
    assert (str(found["17"].cost_eur), found["17"].cost_is_approximate) == ("1250000.50", True)
    assert (found["17"].ends_on.isoformat(), found["17"].ends_words) == ("2027-12-31", "4. Quartal 2027")
    assert (found["18"].cost_eur, found["18"].cost_words) == (None, "noch offen")
    assert found["19"].duration == "continuous"
    assert found["17"].source_note == "Farbe der Akte: grün"
