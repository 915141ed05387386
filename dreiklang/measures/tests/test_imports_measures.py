from pathlib import Path

import pytest

from dreiklang.concepts.imports.concepts import CONCEPTS
from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import Order, read_list, run_import, suggested_plan
from dreiklang.core.models import Run
from dreiklang.goals.imports.goals import GOALS
from dreiklang.goals.imports.tasks import TASKS
from dreiklang.measures.imports.measures import MEASURES
from dreiklang.measures.models import Measure
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
