"""Checks, their answers, and what papers touch, from lists."""

from datetime import date
from decimal import Decimal

import pytest

from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import Order, read_list, run_import, suggested_plan
from dreiklang.core.models import Run
from dreiklang.measures.tests import factories as city
from dreiklang.papers.imports.check_answers import CHECK_ANSWERS
from dreiklang.papers.imports.checks import CHECKS
from dreiklang.papers.imports.links import PAPER_LINKS
from dreiklang.papers.imports.papers import PAPERS
from dreiklang.papers.models import Answer, Check, Paper, PaperLink
from dreiklang.papers.queries.checks.facts import confirmed_goals, facts_of
from dreiklang.papers.rules.kinds import CheckState, CoSignState, TargetKind
from dreiklang.papers.tests import factories as make
from dreiklang.papers.tests.check_factories import Town

pytestmark = pytest.mark.django_db
CHECKS_HEAD = (
    "Nummer;Titel;Vorlage;Amt;Bearbeitet von;Zweitprüfung;Verlauf;Freigegeben von;Von Belang;"
    "Begründung;Ziele;Mitzeichnung;Anmerkungen;Text\n"
)
ANSWERS_HEAD = "Prüfung;Frage;Ziel;Antwort;Betrag;Begründung;Freitext\n"
LINKS_HEAD = "Vorlage;Art;Bezug;Wirkung;Begründung\n"
WAY = "in Arbeit 05.10.2026|bei der Zweitprüfung 12.10.2026|in der Mitzeichnung 14.10.2026|freigegeben 20.10.2026"


def imported(importer: Importer, content: str, *, is_dry_run: bool = False) -> Run:
    read = read_list(importer, content.encode(), file_name="liste.csv")
    order = Order(
        importer,
        read,
        suggested_plan(importer, read.table),
        Options(source="Liste"),
        Actor(None, "Erika Muster"),
        is_dry_run=is_dry_run,
    )
    return run_import(order)


def codes(run: Run) -> list[str]:
    return sorted(run.problems.values_list("code", flat=True))


def row(town: Town, *, way: str = WAY, goals: str = "1.1 +: Ein Weg mehr.", signatures: str = "") -> str:
    editor, reader = town.editor.email, town.reader.email
    return (
        f"PR-2026-007;Radweg;2026/0412;66;{editor};{reader};{way};Kora Koordination;ja;Baut Wege.;{goals};"
        f"{signatures};{reader} offen 15.10.2026: Kosten?;\n"
    )


def test_a_check_comes_with_its_way_its_links_and_the_text_of_its_paper() -> None:
    town = Town()
    make.paper("2026/0412", text="Wir bauen einen Radweg.")

    run = imported(CHECKS, CHECKS_HEAD + row(town, signatures="67 mitgezeichnet bis 19.10.2026"))

    check = Check.objects.get()
    assert (run.new_count, codes(run)) == (1, [])
    assert (check.number, check.state, check.text) == ("PR-2026-007", "released", "Wir bauen einen Radweg.")
    assert check.released_at is not None
    assert check.released_at.date() == date(2026, 10, 20)
    assert list(check.steps.order_by("entered_at").values_list("state", "by_name")) == [
        ("draft", "Eda Redaktion"),
        ("review", "Eda Redaktion"),
        ("co_signing", "Rudi Zweitleser"),
        ("released", "Kora Koordination"),
    ]
    assert confirmed_goals(check) == [town.growth.pk]
    assert check.co_signatures.get().state == CoSignState.SIGNED
    assert check.comments.get().by_name == "Rudi Zweitleser"
    assert check.comments.get().recorded_at.date() == date(2026, 10, 15)


def test_a_list_of_checks_read_twice_changes_nothing() -> None:
    town = Town()
    make.paper("2026/0412", text="Wir bauen einen Radweg.")
    content = CHECKS_HEAD + row(town, signatures="67 angefragt bis 19.10.2026")
    imported(CHECKS, content)

    assert imported(CHECKS, content).unchanged_count == 1


def test_a_later_list_adds_what_happened_since_and_takes_nothing_away() -> None:
    town = Town()
    make.paper("2026/0412")
    begun = WAY.partition("|in der")[0]
    imported(CHECKS, CHECKS_HEAD + row(town, way=begun))

    run = imported(CHECKS, CHECKS_HEAD + row(town, goals="2.1 −: Bäume fallen."))

    check = Check.objects.get()
    assert (run.changed_count, check.state, check.steps.count()) == (1, CheckState.RELEASED, 4)
    assert sorted(confirmed_goals(check)) == sorted([town.growth.pk, town.trees.pk])


def test_a_dry_run_writes_no_check() -> None:
    town = Town()
    make.paper("2026/0412")

    run = imported(CHECKS, CHECKS_HEAD + row(town), is_dry_run=True)

    assert (run.new_count, Check.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"way": "freigegeben gestern"}, "cell_unreadable"),
        ({"way": "verschollen 05.10.2026"}, "step_unreadable"),
        ({"way": "in Arbeit 31.02.2026"}, "step_unreadable"),
        ({"way": "in Arbeit 05.10.2026|freigegeben 04.10.2026"}, "steps_not_in_order"),
        ({"goals": "9.9 +: Gibt es nicht."}, "unknown_target"),
        ({"goals": "1.1 +: Einmal.|1.1 −: Zweimal."}, "target_twice"),
        ({"signatures": "67 widersprochen bis 19.10.2026"}, "answer_without_reason"),
        ({"signatures": "99 mitgezeichnet bis 19.10.2026"}, "unknown_department"),
        ({"signatures": "67 vielleicht bis 19.10.2026"}, "signature_unreadable"),
    ],
)
def test_what_cannot_be_read_refuses_the_row(changed: dict[str, str], code: str) -> None:
    town = Town()
    make.paper("2026/0412")

    run = imported(CHECKS, CHECKS_HEAD + row(town, **changed))

    assert code in codes(run)
    assert Check.objects.count() == 0


def test_without_a_checklist_in_force_no_check_comes() -> None:
    town = Town()
    make.paper("2026/0412")
    town.checklist.state = "retired"
    town.checklist.save()

    assert codes(imported(CHECKS, CHECKS_HEAD + row(town))) == ["no_checklist"]


def test_answers_make_a_check_complete() -> None:
    town = Town()
    make.paper("2026/0412")
    imported(CHECKS, CHECKS_HEAD + row(town))

    run = imported(
        CHECK_ANSWERS,
        ANSWERS_HEAD
        + "PR-2026-007;ziele;1.1;fördert stark;;Ein Weg mehr.;\nPR-2026-007;kosten;;;250.000;Schätzung;\n",
    )

    assert (run.new_count, codes(run)) == (2, [])
    assert facts_of(Check.objects.get()).gap_count == 0
    assert Answer.objects.get(question="kosten").amount_eur == Decimal(250000)


def test_an_answer_is_changed_by_a_later_list() -> None:
    town = Town()
    make.paper("2026/0412")
    imported(CHECKS, CHECKS_HEAD + row(town))
    content = ANSWERS_HEAD + "PR-2026-007;ziele;1.1;fördert;;Ein Weg mehr.;\n"
    imported(CHECK_ANSWERS, content)

    assert imported(CHECK_ANSWERS, content).unchanged_count == 1
    assert imported(CHECK_ANSWERS, content.replace("fördert", "erschwert")).changed_count == 1
    assert Answer.objects.get().value == "harm"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("PR-1;kosten;;;5;Grund;", "unknown_check"),
        ("PR-2026-007;wetter;;ja;;Grund;", "unknown_question"),
        ("PR-2026-007;ziele;;fördert;;Grund;", "goal_needed"),
        ("PR-2026-007;ziele;1.1;vielleicht;;Grund;", "unknown_value"),
    ],
)
def test_answers_to_nothing_are_refused(line: str, code: str) -> None:
    town = Town()
    make.paper("2026/0412")
    imported(CHECKS, CHECKS_HEAD + row(town))

    assert codes(imported(CHECK_ANSWERS, ANSWERS_HEAD + line + "\n")) == [code]


def test_links_of_papers_come_with_sign_and_reason() -> None:
    goal = city.goal(city.framework(), "5.2")
    make.paper("2026/0412")
    content = LINKS_HEAD + "2026/0412;Ziel;5.2;erschwert;Der Weg entfällt.\n"

    run = imported(PAPER_LINKS, content)

    link = PaperLink.objects.get()
    assert (run.new_count, codes(run)) == (1, [])
    assert (link.kind, link.target, link.sign) == (TargetKind.GOAL, goal.pk, "hinders")
    assert imported(PAPER_LINKS, content).unchanged_count == 1
    assert imported(PAPER_LINKS, content.replace("erschwert", "unterstützt")).changed_count == 1


def test_links_to_nothing_are_refused() -> None:
    city.framework()
    make.paper("2026/0412")

    run = imported(
        PAPER_LINKS, LINKS_HEAD + "2026/0412;Ziel;9.9;;\n1999/1;Ziel;9.9;;\n2026/0412;Wunsch;9.9;;\n"
    )

    assert {"unknown_target", "unknown_paper", "unknown_word"} <= set(codes(run))
    assert PaperLink.objects.count() == 0


def test_a_paper_may_come_with_its_earlier_text_and_the_day_it_was_withdrawn() -> None:
    content = "Nummer;Titel;Frühere Fassung;Text;Zurückgezogen am\n1/26;Weg;Schmal;Breit;08.09.2026\n"

    imported(PAPERS, content)

    paper = Paper.objects.get()
    assert list(paper.versions.order_by("number").values_list("text", flat=True)) == ["Schmal", "Breit"]
    assert paper.withdrawn_at is not None
    assert paper.withdrawn_at.date() == date(2026, 9, 8)
    assert imported(PAPERS, content).unchanged_count == 1
