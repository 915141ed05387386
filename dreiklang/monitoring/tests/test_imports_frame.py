"""Observations of the frame, watched topics and data requests from lists."""

from datetime import date

import pytest

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import read_list, run_import, suggested_plan
from dreiklang.core.imports.order import Order
from dreiklang.core.models import Problem, Run
from dreiklang.goals.tests.factories import framework, goal
from dreiklang.monitoring.imports.frame import FRAME_CHANGES, WATCH_ITEMS
from dreiklang.monitoring.imports.requests import DATA_REQUESTS
from dreiklang.monitoring.models import DataRequest, FrameChange, WatchItem
from dreiklang.monitoring.tests import factories
from dreiklang.people.tests.factories import account, department

pytestmark = pytest.mark.django_db
CLERK = Actor(None, "Erika Muster")

CHANGE_LIST = (
    "Kurzname;Was geschah;Datum;Woher;Feld;Quelle;Amt;Bedeutung für Ziele;Öffentlich\n"
    "bauzinsen;Bauzinsen steigen;15.03.2026;außen;Wirtschaft;Bundesbank;61;5.2 -: teurer | 3.1 ?;ja\n"
)
ITEM_LIST = (
    "Amt;Thema;Feld;Woher;Alle Monate;Nächste Durchsicht;Zuständig\n"
    "61;Förderrichtlinien;Recht;außen;6;01.02.2027;klara@stadt.example\n"
)
REQUEST_LIST = (
    "Frage;Welche Werte;Amt;Frist;Gefragt am;Wie;Ebene;Indikator;Antwort;Beantwortet am\n"
    "Wie viele stehen leer?;Leere Wohnungen;61;31.01.2027;01.11.2026;Datei;;leerstand;;\n"
)


def imported(importer: Importer, content: str) -> Run:
    read = read_list(importer, content.encode(), file_name="liste.csv")
    plan = suggested_plan(importer, read.table)
    return run_import(Order(importer, read, plan, Options(source="Liste"), CLERK))


def counts(run: Run) -> tuple[int, int, int, int]:
    return run.new_count, run.changed_count, run.unchanged_count, run.refused_count


def problems(run: Run) -> set[tuple[int | None, str, str, str]]:
    found = Problem.objects.filter(run=run, weight=Weight.ERROR)
    return {(one.row, one.field, one.code, one.value) for one in found}


@pytest.fixture(autouse=True)
def city() -> None:
    department(key="61", name="Stadtplanungsamt")
    valid = framework()
    goal(of=valid, number="5.2")
    goal(of=valid, number="3.1")


def test_an_observation_says_what_it_means_for_goals() -> None:
    runs = [imported(FRAME_CHANGES, CHANGE_LIST) for _ in range(2)]

    made = FrameChange.objects.defer("search").get()
    assert [counts(run) for run in runs] == [(1, 0, 0, 0), (0, 0, 1, 0)]
    assert (made.noticed_on, made.side, made.field, made.visibility) == (
        date(2026, 3, 15),
        "outer",
        "economy",
        "public",
    )
    assert sorted(made.meanings.values_list("goal__number", "sign", "text")) == [
        ("3.1", "open", ""),
        ("5.2", "hinders", "teurer"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("bauzinsen;", "Bau Zinsen;", (2, "key", "not_plain", "Bau Zinsen")),
        ("15.03.2026", "15.13.2026", (2, "noticed_on", "no_such_day", "15.13.2026")),
        (";außen;", ";oben;", (2, "side", "unknown_word", "oben")),
        (";Wirtschaft;", ";Wetter;", (2, "field", "unknown_word", "Wetter")),
        ("Bundesbank", "", (2, "source", "public_needs_source", "")),
        ("5.2 -", "9.9 -", (2, "meanings", "unknown_goal", "9.9")),
        ("3.1 ?", "5.2 ?", (2, "meanings", "goal_twice", "5.2")),
        ("5.2 -: teurer", "- : ", (2, "meanings", "unknown_goal", "-")),
        ("5.2 -: teurer", ": ohne Ziel", (2, "meanings", "not_a_meaning", ": ohne Ziel")),
    ],
)
def test_an_observation_that_cannot_be_is_refused(
    before: str, after: str, problem: tuple[int, str, str, str]
) -> None:
    run = imported(FRAME_CHANGES, CHANGE_LIST.replace(before, after, 1))

    assert problem in problems(run)
    assert not FrameChange.objects.exists()


def test_a_topic_is_watched_by_its_department() -> None:
    klara = account(email="klara@stadt.example")

    runs = [imported(WATCH_ITEMS, ITEM_LIST) for _ in range(2)]

    made = WatchItem.objects.get()
    assert [counts(run) for run in runs] == [(1, 0, 0, 0), (0, 0, 1, 0)]
    assert (made.every_months, made.review_on, made.responsible) == (6, date(2027, 2, 1), klara)


@pytest.mark.parametrize("months", ["0", "61", "oft"])
def test_a_topic_is_looked_at_every_1_to_60_months(months: str) -> None:
    run = imported(WATCH_ITEMS, ITEM_LIST.replace(";6;", f";{months};"))

    assert {field for _row, field, _code, _value in problems(run)} == {"every_months"}
    assert not WatchItem.objects.exists()


def test_a_request_names_its_indicator_and_its_deadline() -> None:
    indicator = factories.indicator(key="leerstand")

    runs = [imported(DATA_REQUESTS, REQUEST_LIST) for _ in range(2)]

    made = DataRequest.objects.get()
    assert [counts(run) for run in runs] == [(1, 0, 0, 0), (0, 0, 1, 0)]
    assert (made.indicator, made.due_on, made.state) == (indicator, date(2027, 1, 31), "open")


def test_a_request_with_a_day_of_answer_is_answered_and_stays_so() -> None:
    factories.indicator(key="leerstand")

    imported(DATA_REQUESTS, REQUEST_LIST.replace(";leerstand;;", ";leerstand;Liegt bei.;20.11.2026"))
    imported(DATA_REQUESTS, REQUEST_LIST)

    made = DataRequest.objects.get()
    assert (made.state, made.answered_on) == ("answered", date(2026, 11, 20))


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        (";61;", ";99;", (2, "department", "unknown_department", "99")),
        ("31.01.2027", "bald", (2, "due_on", "not_a_day", "bald")),
        (";Datei;", ";Brieftaube;", (2, "way", "unknown_word", "Brieftaube")),
        (";leerstand;", ";überfluss;", (2, "indicator", "unknown_indicator", "überfluss")),
        (";Datei;;", ";Datei;Monde;", (2, "level", "unknown_level", "Monde")),
    ],
)
def test_a_request_that_cannot_be_is_refused(
    before: str, after: str, problem: tuple[int, str, str, str]
) -> None:
    factories.indicator(key="leerstand")

    run = imported(DATA_REQUESTS, REQUEST_LIST.replace(before, after, 1))

    assert problem in problems(run)
    assert not DataRequest.objects.exists()
