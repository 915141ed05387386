import pytest

from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import Order, read_list, run_import, suggested_plan
from dreiklang.core.models import Run
from dreiklang.measures.imports.measures import MEASURES
from dreiklang.measures.imports.milestones import MILESTONES
from dreiklang.measures.imports.reports import REPORTS
from dreiklang.measures.imports.rounds import RESTRAINTS, ROUNDS
from dreiklang.measures.imports.successions import SUCCESSIONS
from dreiklang.measures.models import Measure, Milestone, Report, RestraintPeriod, Round

REPORT_HEAD = "Maßnahme;Datum;Phase;Stand;Notiz für die Öffentlichkeit;Freigegeben am;Zurückgezogen\n"


def imported(importer: Importer, content: str) -> Run:
    read = read_list(importer, content.encode(), file_name="liste.csv")
    plan = suggested_plan(importer, read.table)
    return run_import(Order(importer, read, plan, Options(source="Liste"), Actor(None, "Erika Muster")))


@pytest.fixture
def two_measures(db: None) -> None:
    imported(MEASURES, "Nummer;Titel\nV-1;Radweg Nord\nV-2;Radweg Süd\n")


@pytest.mark.usefixtures("two_measures")
def test_the_latest_report_that_was_not_withdrawn_is_the_current_one() -> None:
    run = imported(
        REPORTS,
        REPORT_HEAD
        + "V-1;14.11.2025;Umsetzung;verzögert;;;\n"
        + "V-1;01.05.2025;Beschlossen;im Plan;Beschlossen.;02.05.2025;\n"
        + "V-1;20.11.2025;In Nutzung;im Plan;;;ja\n",
    )

    current = Measure.objects.get(number="V-1").current_report
    assert run.new_count == 3
    assert (current.reported_on.isoformat(), current.timeliness) == ("2025-11-14", "delayed")
    assert Report.objects.exclude(released_at=None).get().public_note == "Beschlossen."


@pytest.mark.usefixtures("two_measures")
def test_a_list_never_overwrites_a_report() -> None:
    imported(REPORTS, REPORT_HEAD + "V-1;14.11.2025;Umsetzung;verzögert;;;\n")

    run = imported(REPORTS, REPORT_HEAD + "V-1;14.11.2025;Umsetzung;im Plan;;;\n")

    assert (run.refused_count, run.problems.get().code) == (1, "report_stays")
    assert Report.objects.get().timeliness == "delayed"


@pytest.mark.usefixtures("two_measures")
def test_an_empty_state_stays_unknown() -> None:
    imported(REPORTS, REPORT_HEAD + "V-1;14.11.2025;;;;;\n")

    report = Report.objects.get()
    assert (report.phase, report.timeliness) == ("", "")


@pytest.mark.usefixtures("two_measures")
def test_a_standstill_without_obstacle_comes_in_with_a_hint() -> None:
    run = imported(
        REPORTS,
        "Maßnahme;Datum;Phase;Stand;Hindernis\n"
        + "V-1;14.11.2025;Umsetzung;steht still;\nV-2;14.11.2025;Umsetzung;steht still;Kein Geld\n",
    )

    hint = run.problems.get()
    assert (run.new_count, run.refused_count) == (2, 0)
    assert (hint.code, hint.weight, hint.row) == ("stopped_without_obstacle", "warning", 2)


@pytest.mark.usefixtures("two_measures")
@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("V-9;14.11.2025;;;;;", "unknown_measure"),
        ("V-1;14.11.2099;;;;;", "in_the_future"),
        ("V-1;14.11.2025;fertig;;;;", "unknown_word"),
        ("V-1;14.11.2025;;;;15.11.2025;", "released_without_note"),
    ],
)
def test_reports_that_cannot_be_are_refused(row: str, code: str) -> None:
    run = imported(REPORTS, REPORT_HEAD + row + "\n")

    assert (run.refused_count, run.problems.get().code) == (1, code)
    assert not Report.objects.exists()


@pytest.mark.usefixtures("two_measures")
def test_reports_answer_the_round_in_whose_days_they_lie() -> None:
    imported(ROUNDS, "Name;Beginn;Frist\nHerbst 2025;03.11.2025;05.12.2025\n")

    imported(
        REPORTS, REPORT_HEAD + "V-1;14.11.2025;Umsetzung;im Plan;;;\nV-1;01.05.2025;Umsetzung;im Plan;;;\n"
    )

    rounds = Report.objects.order_by("reported_on").values_list("round__name", flat=True)
    assert list(rounds) == [None, "Herbst 2025"]
    assert Round.objects.get().closed_on.isoformat() == "2025-12-05"


@pytest.mark.usefixtures("two_measures")
def test_milestones_keep_words_and_change_alone() -> None:
    head = "Maßnahme;Meilenstein;Fällig;Erledigt;Öffentlich\n"
    imported(MILESTONES, head + "V-1;Baubeginn;2. Quartal 2026;;ja\nV-1;Bauende;30.11.2027;;nein\n")

    run = imported(
        MILESTONES, head + "V-1;Baubeginn;2. Quartal 2026;05.05.2026;ja\nV-1;Bauende;30.11.2027;;nein\n"
    )

    begun = Milestone.objects.get(title="Baubeginn")
    assert (run.changed_count, run.unchanged_count) == (1, 1)
    assert (begun.due_on.isoformat(), begun.due_words, begun.done_on.isoformat()) == (
        "2026-06-30",
        "2. Quartal 2026",
        "2026-05-05",
    )


@pytest.mark.django_db
def test_restraint_periods_come_in_once() -> None:
    for _ in range(2):
        run = imported(RESTRAINTS, "Grund;Von;Bis\nKommunalwahl;28.04.2024;09.06.2024\n")

    assert (run.unchanged_count, RestraintPeriod.objects.count()) == (1, 1)


@pytest.mark.usefixtures("two_measures")
def test_a_measure_ends_in_another_one_but_never_in_itself() -> None:
    run = imported(SUCCESSIONS, "Maßnahme;Geht auf in\nV-1;V-2\n")
    circle = imported(SUCCESSIONS, "Maßnahme;Geht auf in\nV-2;V-1\n")

    assert run.changed_count == 1
    assert (circle.refused_count, circle.problems.get().code) == (1, "measure_circle")
    assert Measure.objects.get(number="V-1").merged_into == Measure.objects.get(number="V-2")
