"""Criteria and ratings from lists: found again, never overwritten, refused with row, field and reason."""

import pytest

from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import Order, read_list, run_import, suggested_plan
from dreiklang.core.models import Run
from dreiklang.goals.tests import factories as goals
from dreiklang.monitoring.imports.criteria import CRITERIA
from dreiklang.monitoring.imports.ratings import RATINGS
from dreiklang.monitoring.models import Criterion, Rating
from dreiklang.monitoring.tests import rated
from dreiklang.people.tests import factories as people

pytestmark = pytest.mark.django_db

CLERK = Actor(None, "Erika Muster")
HEAD = "Ziel;Nummer;Kriterium;Art;Indikator;Zuständiges Amt;Wer bewertet;Sichtbarkeit\n"
RATING_HEAD = "Ziel;Nummer;Bewertet am;Bewertung;Begründung;Dafür;Dagegen;Amt;Bewertet von;Freigegeben am\n"


def imported(importer: Importer, content: str) -> Run:
    read = read_list(importer, content.encode(), file_name="liste.csv")
    plan = suggested_plan(importer, read.table)
    return run_import(Order(importer, read, plan, Options(source="Liste"), CLERK, is_dry_run=False))


def counts(run: Run) -> tuple[int, int, int, int]:
    return run.new_count, run.changed_count, run.unchanged_count, run.refused_count


def problems(run: Run) -> list[tuple[int | None, str, str]]:
    return list(run.problems.order_by("row", "pk").values_list("row", "field", "code"))


@pytest.fixture
def town():
    goals.goal(number="1.2", title="Sicher mit dem Rad")
    office = people.department(key="66", name="Tiefbauamt")
    people.account(email="p@stadt.example", name="Petra Probst", department=office)
    return rated.car_share(key="miv-anteil")


def test_criteria_name_goal_indicator_office_and_person(town):
    run = imported(
        CRITERIA,
        HEAD
        + "1.2;K1;Weniger Wege mit dem Auto;in Zahlen;miv-anteil;66;p@stadt.example;öffentlich\n"
        + "Sicher mit dem Rad;K2;Schulwege sind sicher;in Worten;;Tiefbauamt;;intern\n",
    )

    assert counts(run) == (2, 0, 0, 0)
    first, second = Criterion.objects.order_by("position")
    assert (first.indicator, first.responsible.name, first.visibility) == (town, "Petra Probst", "public")
    assert (second.kind, second.department.key, second.goal.number) == ("qualitative", "66", "1.2")


def test_a_second_import_changes_nothing_and_a_changed_row_changes_its_criterion(town):
    row = "1.2;K1;Schulwege sind sicher;in Worten;;66;;öffentlich\n"
    imported(CRITERIA, HEAD + row)

    assert counts(imported(CRITERIA, HEAD + row)) == (0, 0, 1, 0)
    assert counts(imported(CRITERIA, HEAD + row.replace("sicher", "sehr sicher"))) == (0, 1, 0, 0)
    there = Criterion.objects.get()
    assert (there.text, there.version) == ("Schulwege sind sehr sicher", 2)


def test_the_order_that_people_gave_stays(town):
    rows = ["1.2;K1;Eins;;;;;\n", "1.2;K2;Zwei;;;;;\n"]
    imported(CRITERIA, HEAD + "".join(rows))
    Criterion.objects.filter(number="K1").update(position=9)

    assert counts(imported(CRITERIA, HEAD + "".join(reversed(rows)))) == (0, 0, 2, 0)
    assert Criterion.objects.get(number="K1").position == 9


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("9.9;K1;Text;;;;;", "goal", "unknown_goal"),
        ("1.2;K1;Text;in Zahlen;;;;", "indicator", "needs_indicator"),
        ("1.2;K1;Text;in Zahlen;gibt-es-nicht;;;", "indicator", "unknown_indicator"),
        ("1.2;K1;Text;;;;;öffentlich", "department", "needs_department"),
        ("1.2;K1;Text;gefühlt;;;;", "kind", "unknown_word"),
        ("1.2;K1;;;;;;", "text", "required_empty"),
    ],
)
def test_a_criterion_that_cannot_be_is_refused_with_row_and_field(town, row, field, code):
    run = imported(CRITERIA, HEAD + row + "\n")

    assert counts(run)[3] == 1
    assert (2, field, code) in problems(run)
    assert not Criterion.objects.exists()


def test_a_person_nobody_knows_is_said_and_the_criterion_comes_in(town):
    run = imported(CRITERIA, HEAD + "1.2;K1;Text;;;66;niemand@stadt.example;intern\n")

    assert counts(run) == (1, 0, 0, 0)
    assert problems(run) == [(2, "responsible", "unknown_person")]


@pytest.fixture
def criterion(town):
    imported(CRITERIA, HEAD + "1.2;K1;Weniger Wege mit dem Auto;in Zahlen;miv-anteil;66;;öffentlich\n")
    return Criterion.objects.get()


RATED = "1.2;K1;04.05.2025;auf dem Weg;Es geht voran.;Neue Busse;;66;p@stadt.example;12.05.2025\n"


def test_ratings_come_with_the_figures_of_their_day(criterion):
    run = imported(RATINGS, RATING_HEAD + RATED + "1.2;K1;05.05.2023;vom Weg ab;Zu langsam.;;;;;\n")

    assert counts(run) == (2, 0, 0, 0)
    old, new = Rating.objects.order_by("rated_on")
    assert (old.state, old.released_at, old.figures[0]["on"]) == ("off_way", None, "2022-12-31")
    assert (new.by_name, new.by_department.key, new.words_for) == ("Petra Probst", "66", "Neue Busse")
    assert {one["code"] for one in new.figures} == {"target_on_way", "trend_better"}
    assert new.origin


def test_a_rating_that_is_there_stays(criterion):
    imported(RATINGS, RATING_HEAD + RATED)

    assert counts(imported(RATINGS, RATING_HEAD + RATED)) == (0, 0, 1, 0)
    run = imported(RATINGS, RATING_HEAD + RATED.replace("auf dem Weg", "erreicht"))
    assert problems(run) == [(2, "state", "rating_stays")]
    assert Rating.objects.get().state == "on_way"


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("1.2;K9;04.05.2025;erreicht;Grund.;;;;;", "number", "unknown_criterion"),
        ("1.2;K1;04.05.2025;erreicht;;;;;;", "reason", "required_empty"),
        ("1.2;K1;04.05.2099;erreicht;Grund.;;;;;", "rated_on", "in_the_future"),
        ("1.2;K1;31.02.2025;erreicht;Grund.;;;;;", "rated_on", "no_such_day"),
        ("1.2;K1;04.05.2025;prima;Grund.;;;;;", "state", "unknown_word"),
    ],
)
def test_a_rating_that_cannot_be_is_refused_with_row_and_field(criterion, row, field, code):
    run = imported(RATINGS, RATING_HEAD + row + "\n")

    assert counts(run)[3] == 1
    assert (2, field, code) in problems(run)
    assert not Rating.objects.exists()
