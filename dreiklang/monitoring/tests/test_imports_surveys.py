"""Surveys, questions, results and key statements from lists."""

import json
from decimal import Decimal

import pytest
from django.apps import apps

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import read_list, run_import, suggested_plan
from dreiklang.core.imports.order import Order
from dreiklang.core.models import ImportedRow, Problem, RowResult, Run
from dreiklang.goals.tests.factories import framework, goal, task
from dreiklang.monitoring.imports.survey_questions import SURVEY_QUESTIONS
from dreiklang.monitoring.imports.survey_results import SURVEY_RESULTS
from dreiklang.monitoring.imports.survey_statements import SURVEY_STATEMENTS
from dreiklang.monitoring.imports.surveys import SURVEYS
from dreiklang.monitoring.models import KeyStatement, Question, QuestionSeries, Survey, SurveyResult
from dreiklang.monitoring.tests import frame_factories as make
from dreiklang.people.tests.factories import department
from dreiklang.places.tests.factories import area

pytestmark = pytest.mark.django_db
CLERK = Actor(None, "Erika Muster")

SURVEY_LIST = (
    "Kurzname;Titel;Art;Grundgesamtheit;Angefragt;Geantwortet;Wie gefragt;Von;Bis;Amt;Verbergen unter;Öffentlich\n"
    "umfrage-2024;Bürgerumfrage 2024;Umfrage;Einwohner ab 18;6.000;2.134;schriftlich und online;"
    "01.04.2024;31.05.2024;61;10;ja\n"
)
QUESTION_LIST = (
    "Umfrage;Nummer;Wortlaut;Antworten;Fragenreihe;Titel der Reihe;Anders gefragt\n"
    "umfrage-2024;7;Wie gern leben Sie hier?;gern|ungern;gern-hier;Gern hier;nein\n"
)
RESULT_HEAD = "Umfrage;Frage;Gebiet;Gruppe;Antwort;Befragte;Anteil in Prozent;Mittelwert\n"


def imported(importer: Importer, content: str) -> Run:
    read = read_list(importer, content.encode(), file_name="liste.csv")
    plan = suggested_plan(importer, read.table)
    return run_import(Order(importer, read, plan, Options(source="Liste", numbers="de"), CLERK))


def counts(run: Run) -> tuple[int, int, int, int]:
    return run.new_count, run.changed_count, run.unchanged_count, run.refused_count


def problems(run: Run) -> list[tuple[int | None, str, str, str]]:
    found = Problem.objects.filter(run=run, weight=Weight.ERROR).order_by("pk")
    return [(one.row, one.field, one.code, one.value) for one in found]


@pytest.fixture
def asked() -> Question:
    """A survey that hides below 10, with its question 7."""
    department(key="61", name="Stadtplanungsamt")
    area(name="Nordend")
    imported(SURVEYS, SURVEY_LIST)
    imported(SURVEY_QUESTIONS, QUESTION_LIST)
    return Question.objects.get()


def test_a_survey_comes_with_all_that_judges_it() -> None:
    department(key="61", name="Stadtplanungsamt")

    runs = [imported(SURVEYS, SURVEY_LIST) for _ in range(2)]

    made = Survey.objects.get()
    assert [counts(run) for run in runs] == [(1, 0, 0, 0), (0, 0, 1, 0)]
    assert (made.sample_size, made.response_count, made.mode) == (6000, 2134, "mixed")
    assert (made.department and made.department.key, made.visibility) == ("61", "public")


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("umfrage-2024;", "Umfrage 2024;", ("key", "not_plain")),
        (";61;", ";Tiefbau;", ("department", "unknown_department")),
        (";61;", ";;", ("department", "public_needs_department")),
        ("31.05.2024", "31.03.2024", ("ends_on", "ends_before_start")),
        ("2.134", "7.000", ("response_count", "more_than_asked")),
        ("2.134", "2134,5", ("response_count", "not_a_whole_number")),
        ("6.000", "viele", ("sample_size", "not_a_number")),
        (";10;", ";1;", ("hide_below", "not_a_whole_number")),
        (";Umfrage;", ";Gerücht;", ("kind", "unknown_word")),
        ("31.05.2024", "31.06.2024", ("ends_on", "no_such_day")),
    ],
)
def test_what_a_survey_cannot_be_is_refused(before: str, after: str, problem: tuple[str, str]) -> None:
    department(key="61", name="Stadtplanungsamt")

    run = imported(SURVEYS, SURVEY_LIST.replace(before, after, 1))

    assert not Survey.objects.exists()
    assert problem in {(field, code) for _row, field, code, _value in problems(run)}


def test_a_question_finds_its_survey_and_its_series(asked: Question) -> None:
    assert (asked.survey.key, asked.scale, asked.is_changed) == ("umfrage-2024", ["gern", "ungern"], False)
    assert asked.series == QuestionSeries.objects.get(key="gern-hier", title="Gern hier")
    assert counts(imported(SURVEY_QUESTIONS, QUESTION_LIST)) == (0, 0, 1, 0)


def test_a_survey_asks_a_series_once(asked: Question) -> None:
    run = imported(
        SURVEY_QUESTIONS, QUESTION_LIST + QUESTION_LIST.splitlines()[1].replace(";7;", ";8;") + "\n"
    )

    assert problems(run) == [(3, "series", "series_twice", "7")]


def test_results_come_as_shares(asked: Question) -> None:
    rows = "umfrage-2024;7;;;gern;2.134;62,5;\numfrage-2024;7;Nordend;;;312;;2,25\n"

    runs = [imported(SURVEY_RESULTS, RESULT_HEAD + rows) for _ in range(2)]

    assert [counts(run) for run in runs] == [(2, 0, 0, 0), (0, 0, 2, 0)]
    whole, north = SurveyResult.objects.order_by("pk")
    assert (whole.asked_count, whole.share, whole.mean) == (2134, Decimal("0.625"), None)
    assert (north.area and north.area.name, north.mean, north.share) == ("Nordend", Decimal("2.25"), None)


def test_a_small_group_and_the_one_that_gives_it_away_are_nowhere_kept(asked: Question) -> None:
    rows = (
        "umfrage-2024;7;;;gern;1000;60;\n"
        "umfrage-2024;7;;Geschlecht: weiblich;gern;567;61,5;\n"
        "umfrage-2024;7;;Geschlecht: männlich;gern;426;58,4;\n"
        "umfrage-2024;7;;Geschlecht: divers;gern;7;42,9;\n"
    )

    run = imported(SURVEY_RESULTS, RESULT_HEAD + rows)

    assert counts(run) == (4, 0, 0, 0)
    shown = dict(SurveyResult.objects.values_list("group", "is_hidden"))
    assert shown == {
        "": False,
        "Geschlecht: weiblich": False,
        "Geschlecht: männlich": True,
        "Geschlecht: divers": True,
    }
    kept = [
        *ImportedRow.objects.values_list("cells", "values"),
        *RowResult.objects.values_list("differences"),
        *SurveyResult.objects.values_list("asked_count", "share"),
        *apps.get_model("monitoring", "SurveyResultHistoryevent").objects.values_list("asked_count", "share"),
    ]
    said = json.dumps(kept, default=str)
    assert "567" in said
    for secret in ("426", "58,4", "0.584", "42,9", "0.429"):
        assert secret not in said


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("umfrage-1999;7;;;gern;100;60;", (2, "survey", "unknown_survey", "umfrage-1999")),
        ("umfrage-2024;9;;;gern;100;60;", (2, "question", "unknown_question", "9")),
        ("umfrage-2024;7;Atlantis;;gern;100;60;", (2, "area", "unknown_area", "Atlantis")),
        ("umfrage-2024;7;;Alter: 18;gern;;60;", (2, "asked_count", "count_missing", "")),
        ("umfrage-2024;7;;;gern;100;160;", (2, "share", "not_a_share", "160")),
        ("umfrage-2024;7;;;gern;100;viele;", (2, "share", "not_a_number", "viele")),
        ("umfrage-2024;7;;;gern;100;;", (2, "share", "nothing_said", "")),
        ("umfrage-2024;7;;;gern;-3;60;", (2, "asked_count", "not_a_whole_number", "-3")),
        ("umfrage-2024;7;;;gern;2147483648;60;", (2, "asked_count", "not_a_whole_number", "2147483648")),
        ("umfrage-2024;7;;;;100;;123456789", (2, "mean", "number_too_large", "123456789")),
        (f"umfrage-2024;7;;;;100;;{10**40}", (2, "mean", "number_too_large", str(10**40))),
    ],
)
def test_a_result_that_cannot_be_is_refused(
    asked: Question, row: str, problem: tuple[int, str, str, str]
) -> None:
    run = imported(SURVEY_RESULTS, RESULT_HEAD + row + "\n")

    assert problem in problems(run)
    assert not SurveyResult.objects.exists()


def test_one_group_has_one_number_of_people(asked: Question) -> None:
    rows = "umfrage-2024;7;;;gern;100;60;\numfrage-2024;7;;;ungern;101;40;\n"

    run = imported(SURVEY_RESULTS, RESULT_HEAD + rows)

    assert problems(run) == [(3, "asked_count", "count_differs", "100")]


def test_statements_are_linked_to_goals_and_tasks() -> None:
    make.survey(key="studie")
    valid = framework()
    aim, work = goal(of=valid, number="2.1"), task(of=valid, number="3")
    content = (
        "Umfrage;Nummer;Kernaussage;Seite;Ziele;Zukunftsaufgaben\nstudie;1;Es fehlt Schatten.;14;2.1;3\n"
    )

    runs = [imported(SURVEY_STATEMENTS, content) for _ in range(2)]

    said = KeyStatement.objects.get()
    assert [counts(run) for run in runs] == [(1, 0, 0, 0), (0, 0, 1, 0)]
    assert (said.page, list(said.goals.all()), list(said.tasks.all())) == ("14", [aim], [work])
    gone = imported(SURVEY_STATEMENTS, content.replace(";2.1;3", ";9.9;3"))
    assert problems(gone) == [(2, "goals", "unknown_goal", "9.9")]
