"""Resolutions from a list: what is new, what changes, what is refused; reports are added, never overwritten."""

from datetime import UTC, date, datetime

import pytest

from dreiklang.core.imports.contract import Actor, Options
from dreiklang.core.imports.engine import read_list, run_import, suggested_plan
from dreiklang.core.imports.order import Order
from dreiklang.core.models import Run
from dreiklang.measures.tests import factories as measures
from dreiklang.papers.imports.resolutions import RESOLUTIONS
from dreiklang.papers.models import Consultation, Paper, Resolution
from dreiklang.papers.rules.kinds import ResolutionState, Result, TrackedKind
from dreiklang.papers.tests import factories as make
from dreiklang.people.models import Committee

pytestmark = pytest.mark.django_db


def imported(*lines: str) -> Run:
    content = "\r\n".join(lines).encode("utf-8-sig")
    options = Options(source="Beschlüsse")
    read = read_list(RESOLUTIONS, content, file_name="beschluesse.csv", options=options)
    order = Order(
        RESOLUTIONS, read, suggested_plan(RESOLUTIONS, read.table), options, Actor(None, "Koordination")
    )
    return run_import(order)


def problems(run: Run) -> list[tuple[str, str]]:
    return list(run.problems.order_by("row", "pk").values_list("code", "weight"))


HEAD = "Nummer;Titel;Art;Gremium;Beschlossen am;Ergebnis;Stand;Stand vom;Was daraus wurde;Notiz freigegeben;Zu erledigen bis;Zuständiges Amt;Maßnahmen;Mittel;Braucht Mittel;Vorlage;Sichtbarkeit"
ROW = "B-1;Radweg Nord;Beschluss;SR;04.03.2026;beschlossen;in Arbeit;30.09.2026;Wir planen.;ja;31.12.2026;66;V-17;120.000 €;ja;2026/44;öffentlich"


@pytest.fixture
def city():
    make.committee("SR", name="Stadtrat")
    measures.department("66", name="Tiefbauamt")
    measures.measure("V-17")
    make.paper("2026/44")


def test_a_list_brings_resolutions_with_their_links_and_report(city):
    run = imported(HEAD, ROW)

    made = Resolution.objects.get()
    note = made.reports.get()
    assert (run.new_count, problems(run)) == (1, [])
    assert (made.committee.key, made.department.key, made.paper.number) == ("SR", "66", "2026/44")
    assert (made.decided_on, made.due_on) == (date(2026, 3, 4), date(2026, 12, 31))
    assert (made.state, made.state_on) == (ResolutionState.IN_WORK, date(2026, 9, 30))
    assert (int(made.money_eur), made.needs_money, made.visibility) == (120_000, True, "public")
    assert (note.public_note, note.released_at is not None) == ("Wir planen.", True)
    assert [one.number for one in made.measures.all()] == ["V-17"]


def test_the_same_list_again_changes_nothing(city):
    imported(HEAD, ROW)

    again = imported(HEAD, ROW)

    assert (again.unchanged_count, again.changed_count) == (1, 0)
    assert Resolution.objects.get().reports.count() == 1


def test_a_new_state_is_a_new_report(city):
    imported(HEAD, ROW)

    imported(HEAD, ROW.replace("in Arbeit;30.09.2026;Wir planen.", "erledigt;01.11.2026;Der Weg ist offen."))

    found = Resolution.objects.get()
    assert (found.state, found.state_on) == (ResolutionState.DONE, date(2026, 11, 1))
    assert [one.public_note for one in found.reports.order_by("reported_on")] == [
        "Wir planen.",
        "Der Weg ist offen.",
    ]


def test_a_list_without_states_leaves_them(city):
    imported(HEAD, ROW)

    imported("Nummer;Titel", "B-1;Radweg Nord und Süd")

    found = Resolution.objects.get()
    assert (found.title, found.state, found.reports.count()) == ("Radweg Nord und Süd", "in_work", 1)


def test_number_and_title_are_enough_and_nothing_becomes_public_by_itself():
    imported("Nummer;Titel;Mittel;Braucht Mittel;Art", "Z-1;Zahlen nachreichen;im Haushalt 2027;;Zusage")

    made = Resolution.objects.get()
    assert (made.kind, made.result, made.visibility) == (TrackedKind.PROMISE, Result.ADOPTED, "internal")
    assert (made.money_eur, made.money_words, made.needs_money) == (None, "im Haushalt 2027", None)
    assert not made.reports.exists()


@pytest.mark.parametrize(
    ("row", "code", "weight"),
    [
        ("bericht/2026;x;;;", "number_reserved", "error"),
        ("B-1;x;Marsrat;;", "unknown_committee", "error"),
        ("B-1;x;;halb fertig;", "unknown_word", "error"),
        ("B-1;x;;;nie/1", "unknown_paper", "warning"),
        (";x;;;", "required_empty", "error"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_goes_on(row, code, weight):
    run = imported("Nummer;Titel;Gremium;Stand;Vorlage", row, "B-2;Gut;;;")

    assert (code, weight) in problems(run)
    assert Resolution.objects.filter(number="B-2").exists()
    assert Resolution.objects.filter(title="x").exists() == (weight == "warning")


def test_a_state_of_tomorrow_is_refused():
    run = imported("Nummer;Titel;Stand;Stand vom", "B-1;x;offen;01.01.2099")

    assert problems(run) == [("in_the_future", "error")]


STEP_HEAD = "Nummer;Titel;Vorlage;Gremium;Beschlossen am"


def stepped(*days: tuple[str, datetime]) -> list[Consultation]:
    """A paper on the agenda of the council and a committee, once for each of the days."""
    paper = Paper.objects.filter(number="2026/44").first() or make.paper("2026/44")
    found = {}
    for key, starts_at in days:
        of = Committee.objects.filter(key=key).first() or make.committee(key)
        found[len(found)] = make.step(paper, make.item(make.meeting(of, starts_at=starts_at)))
    return list(found.values())


MARCH = datetime(2026, 3, 4, 16, tzinfo=UTC)


def test_the_step_that_fits_in_paper_committee_and_day_is_linked():
    # In the town it is already the next day.
    late = datetime(2026, 3, 3, 23, 30, tzinfo=UTC)
    council, _other = stepped(("SR", late), ("BA", MARCH))

    imported(STEP_HEAD, "B-1;Radweg;2026/44;SR;04.03.2026")

    assert Resolution.objects.get().consultation == council


@pytest.mark.parametrize(
    "row",
    [
        "B-1;Radweg;2026/44;SR;05.03.2026",
        "B-1;Radweg;2026/44;;04.03.2026",
        "B-1;Radweg;;SR;04.03.2026",
        "B-1;Radweg;2026/44;SR;",
    ],
)
def test_a_step_that_does_not_fit_wholly_is_not_guessed(row):
    stepped(("SR", MARCH))

    imported(STEP_HEAD, row)

    assert Resolution.objects.get().consultation is None


def test_of_two_steps_or_two_resolutions_none_is_chosen():
    stepped(("SR", MARCH), ("SR", MARCH))
    imported(STEP_HEAD, "B-1;Radweg;2026/44;SR;04.03.2026")
    Consultation.objects.order_by("pk").last().delete()

    imported(STEP_HEAD, "B-2;Brücke;2026/44;SR;04.03.2026", "B-3;Steg;2026/44;SR;04.03.2026")

    assert not Resolution.objects.exclude(consultation=None).exists()


def test_a_step_that_somebody_follows_already_stays_with_it():
    (step,) = stepped(("SR", MARCH))
    kept = make.resolution("B-0", paper=step.paper, consultation=step)

    imported(STEP_HEAD, "B-1;Radweg;2026/44;SR;04.03.2026")

    kept.refresh_from_db()
    assert kept.consultation == step
    assert Resolution.objects.get(number="B-1").consultation is None


def test_a_resolution_on_another_paper_lets_its_step_go():
    (step,) = stepped(("SR", MARCH))
    make.resolution("B-1", title="Radweg", paper=step.paper, consultation=step)
    make.paper("2026/45")

    imported(STEP_HEAD, "B-1;Radweg;2026/45;SR;04.03.2026")

    assert Resolution.objects.get().consultation is None
