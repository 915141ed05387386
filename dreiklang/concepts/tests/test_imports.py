from pathlib import Path

import pytest

from dreiklang.concepts.imports.concepts import CONCEPTS
from dreiklang.concepts.models import Concept, ConceptGoal
from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import Order, read_list, run_import, suggested_plan
from dreiklang.core.models import Run
from dreiklang.goals.imports.goals import GOALS
from dreiklang.goals.imports.tasks import TASKS
from dreiklang.people.imports.departments import DEPARTMENTS
from dreiklang.people.imports.people import PEOPLE
from dreiklang.places.imports.districts import DISTRICTS

DEMO = Path(__file__).resolve().parents[3] / "demo"
HEAD = "Nummer;Titel;Status;Gültig ab;Gültig bis;Ziele;Gesamtkosten\n"


def imported(importer: Importer, content: str | Path, *, file_name: str = "liste.csv") -> Run:
    given = content.encode() if isinstance(content, str) else content
    read = read_list(importer, given, file_name=file_name)
    plan = suggested_plan(importer, read.table)
    return run_import(Order(importer, read, plan, Options(source="Liste"), Actor(None, "Erika Muster")))


def the_framework() -> None:
    imported(TASKS, "Nummer;Titel\n5;Wege\n")
    imported(GOALS, "Nummer;Titel\n5.1;Zu Fuß\n5.2;Sicher mit dem Rad\n")


@pytest.mark.django_db
def test_links_to_goals_keep_sign_weight_reason_and_the_main_goal() -> None:
    the_framework()

    run = imported(
        CONCEPTS, HEAD + "FK-1;Radkonzept;beschlossen;;;!5.2 + (3): Netz|5.1 - (1);rd. 1,2 Mio. €\n"
    )

    links = ConceptGoal.objects.order_by("goal__number").values_list(
        "goal__number", "sign", "weight", "reason", "is_main"
    )
    assert run.new_count == 1
    assert list(links) == [("5.1", "hinders", 1, "", False), ("5.2", "supports", 3, "Netz", True)]


@pytest.mark.django_db
def test_the_main_goal_can_move() -> None:
    the_framework()
    imported(CONCEPTS, HEAD + "FK-1;Radkonzept;;;;!5.2|5.1;\n")

    run = imported(CONCEPTS, HEAD + "FK-1;Radkonzept;;;;5.2|!5.1;\n")

    assert run.changed_count == 1
    assert ConceptGoal.objects.get(is_main=True).goal.number == "5.1"


@pytest.mark.django_db
def test_costs_that_are_not_known_yet_stay_unknown_with_their_words() -> None:
    imported(CONCEPTS, HEAD + "FK-1;Radkonzept;;;;;noch nicht bezifferbar\n")

    concept = Concept.objects.get()
    assert (concept.cost_eur, concept.cost_words) == (None, "noch nicht bezifferbar")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("FK-1;Radkonzept;fertig;;;;", "unknown_word"),
        ("FK-1;Radkonzept;;31.02.2025;;;", "no_such_day"),
        ("FK-1;Radkonzept;;01.01.2025;01.01.2024;;", "ends_before_start"),
        ("FK-1;Radkonzept;;;;5.3;", "unknown_goal"),
        ("FK-1;Radkonzept;;;;!5.1|!5.2;", "two_main_goals"),
        ("FK-1;Radkonzept;;;;5.1 (9);", "goal_link_unreadable"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(row: str, code: str) -> None:
    the_framework()

    run = imported(CONCEPTS, HEAD + row + "\n")

    assert (run.refused_count, [problem.code for problem in run.problems.all()]) == (1, [code])
    assert not Concept.objects.exists()


@pytest.mark.django_db
def test_the_register_of_the_invented_town_comes_in_and_stays_the_same() -> None:
    for importer, name in (
        (DEPARTMENTS, "aemter.csv"),
        (PEOPLE, "personen.csv"),
        (DISTRICTS, "stadtteile.geojson"),
    ):
        imported(importer, DEMO / name, file_name=name)
    imported(TASKS, DEMO / "zukunftsaufgaben.csv")
    imported(GOALS, DEMO / "leitbild.csv")

    first = imported(CONCEPTS, DEMO / "konzepte.csv")
    second = imported(CONCEPTS, DEMO / "konzepte.csv")

    assert [(p.row, p.field, p.code, p.value) for p in first.problems.all()] == []
    assert (first.new_count, second.unchanged_count) == (24, 24)
    assert Concept.objects.filter(kind="formal_plan").count() == 4


def codes(run: Run) -> list[str]:
    return list(run.problems.order_by("pk").values_list("code", flat=True))


@pytest.mark.django_db
def test_a_list_tells_where_a_concept_goes_to_the_council_without_a_summary() -> None:
    head = "Nummer;Titel;Status;Kurzfassung;Warum ohne Kurzfassung\n"

    run = imported(CONCEPTS, head + "FK-1;Radkonzept;zum Beschluss vorgelegt;;\n")

    assert codes(run) == ["needs_summary"]
    assert Concept.objects.get().status == "submitted"


@pytest.mark.django_db
def test_a_list_may_say_why_a_concept_has_no_summary() -> None:
    head = "Nummer;Titel;Status;Kurzfassung;Warum ohne Kurzfassung\n"

    run = imported(CONCEPTS, head + "FK-1;Radkonzept;zum Beschluss vorgelegt;;Die Frist lief ab.\n")

    assert codes(run) == []
    assert Concept.objects.get().summary_waived_reason == "Die Frist lief ab."


@pytest.mark.django_db
def test_a_list_without_the_column_asks_for_no_summary_that_is_there() -> None:
    imported(CONCEPTS, "Nummer;Titel;Status;Kurzfassung\nFK-1;Radkonzept;in Arbeit;Kurz gesagt.\n")

    run = imported(CONCEPTS, "Nummer;Titel;Status\nFK-1;Radkonzept;zum Beschluss vorgelegt\n")

    assert codes(run) == []


@pytest.mark.django_db
def test_a_register_may_say_where_its_concepts_lie_and_an_emptied_cell_takes_it_away() -> None:
    head = "Nummer;Titel;Geometrie\n"
    imported(CONCEPTS, head + "FK-1;Radkonzept;POINT (13 51)\nFK-2;Grünplan;\n")
    placed = Concept.objects.get(number="FK-1").geometry

    again = imported(CONCEPTS, head + "FK-1;Radkonzept;POINT (13 51)\nFK-2;Grünplan;\n")
    emptied = imported(CONCEPTS, head + "FK-1;Radkonzept;\n")

    assert placed is not None
    assert (again.unchanged_count, emptied.changed_count) == (2, 1)
    assert Concept.objects.get(number="FK-1").geometry is None
