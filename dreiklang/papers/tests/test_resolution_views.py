"""Pages of resolutions: who sees them, what can be done there, what the downloads hold."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dreiklang.core.documents import Table, as_text, read_document
from dreiklang.core.enums import Visibility
from dreiklang.measures.tests import factories as measures
from dreiklang.papers.models import Resolution
from dreiklang.papers.queries.resolutions import council_report
from dreiklang.papers.rules.kinds import ResolutionState, Result, TrackedKind
from dreiklang.papers.tests import factories as make
from dreiklang.papers.views.council import parts_of
from dreiklang.papers.views.council_document import council_document
from dreiklang.people.rules import PUBLIC, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return measures.department("66", name="Tiefbauamt")


@pytest.fixture
def coordination(client):
    client.force_login(measures.account("Koordination", role=Role.COORDINATOR))
    return client


@pytest.fixture
def stranger(client):
    client.force_login(measures.account("Fremd", role=Role.LEAD, in_department=measures.department()))
    return client


def words(answer) -> str:
    return answer.content.decode()


def test_everybody_reads_what_became_of_a_resolution(client, office):
    made = make.resolution(
        "B-012/2026",
        title="Radweg Nord",
        text="Er wird gebaut.",
        department=office,
        state=ResolutionState.DONE,
    )
    made.reports.create(
        reported_on=date(2026, 11, 2),
        state=ResolutionState.DONE,
        public_note="Der Radweg ist offen.",
        note="Ärger mit der Firma",
        by_name="Lena Kirsch",
        released_at=timezone.now() - timedelta(days=1),
    )

    page = words(client.get("/beschluesse/B-012/2026/"))
    listed = words(client.get(reverse("papers:resolutions")))

    assert "Der Radweg ist offen." in page
    assert "Tiefbauamt" in page
    assert "Ärger mit der Firma" not in page
    assert "Lena Kirsch" not in page
    assert "bearbeiten" not in page
    assert "Radweg Nord" in listed
    assert "Ein Beschluss: 1 erledigt." in listed


def test_what_is_internal_is_not_there_for_outsiders(client):
    make.resolution("B-9", title="Streng geheim", visibility=Visibility.INTERNAL)
    year = timezone.localdate().year

    assert client.get(reverse("papers:resolution", args=["B-9"])).status_code == 404
    for address in (
        reverse("papers:resolutions"),
        reverse("papers:resolutions") + "?q=geheim",
        reverse("papers:resolutions_csv"),
        reverse("papers:council_report", args=[year]),
        reverse("papers:council_file", args=[year, "csv"]),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "Streng geheim" not in words(answer)


@pytest.mark.parametrize("name", ["resolution_edit", "resolution_report", "resolution_visibility"])
def test_a_stranger_changes_nothing(stranger, name):
    make.resolution("B-1")

    assert stranger.get(reverse(f"papers:{name}", args=["B-1"])).status_code == 403
    assert stranger.post(reverse("papers:decisions")).status_code == 403


def test_a_promise_is_entered_reported_on_and_released(coordination, office):
    measure, paper = measures.measure("V-17"), make.paper("2026/0044")
    entered = {
        "number": "Z-1",
        "kind": TrackedKind.PROMISE,
        "title": "Zahlen nachreichen",
        "result": Result.ADOPTED,
        "paper": paper.number,
        "department_id": office.pk,
        "measures": "V-17",
        "needs_money": "ja",
        "money_eur": "1.200,50",
    }

    answer = coordination.post(reverse("papers:resolution_new"), entered)
    said = {"state": "done", "public_note": "Die Zahlen liegen vor.", "reported_on": timezone.localdate()}
    coordination.post(reverse("papers:resolution_report", args=["Z-1"]), said)
    made = Resolution.objects.get()
    note = made.reports.get()
    coordination.post(reverse("papers:resolution_note", args=["Z-1", note.pk]))
    coordination.post(reverse("papers:resolution_visibility", args=["Z-1"]), {"version": made.version})
    coordination.logout()

    assert answer.status_code == 302
    assert (made.paper, list(made.measures.all()), str(made.money_eur)) == (paper, [measure], "1200.50")
    page = words(coordination.get(reverse("papers:resolution", args=["Z-1"])))
    assert "Die Zahlen liegen vor." in page
    assert "V-17" in page
    assert "1.200,50" in page


def test_a_paper_or_measure_that_does_not_exist_is_said_at_its_field(coordination):
    entered = {
        "number": "Z-1",
        "kind": "promise",
        "title": "x",
        "result": "adopted",
        "paper": "nie/1",
        "measures": "V-17; V-99",
    }

    answer = coordination.post(reverse("papers:resolution_new"), entered)

    assert set(answer.context["form"].errors) == {"paper", "measures"}
    assert not Resolution.objects.exists()


def test_the_other_editors_change_is_shown_and_nothing_lost(coordination):
    made = make.resolution("B-1", title="Alt")
    stale = {"version": made.version, "kind": "resolution", "title": "Meins", "result": "adopted"}
    Resolution.objects.update(title="Ihres", version=made.version + 1)

    answer = coordination.post(reverse("papers:resolution_edit", args=["B-1"]), stale)

    assert "clash" in answer.context
    assert "Meins" in words(answer)
    assert "Ihres" in words(answer)
    assert Resolution.objects.get().title == "Ihres"


def test_decisions_are_taken_over_with_one_click(coordination):
    item = make.item(make.meeting(), result=Result.ADOPTED)
    make.step(make.paper("2026/0044", title="Radweg Nord"), item, is_deciding=True)

    offered = words(coordination.get(reverse("papers:decisions")))
    coordination.post(reverse("papers:decisions"), {"alle": "1"})
    after = words(coordination.get(reverse("papers:decisions")))

    assert "Radweg Nord" in offered
    assert Resolution.objects.get().number == "2026/0044"
    assert "Radweg Nord" not in after


def test_nothing_is_taken_over_without_a_choice(coordination):
    item = make.item(make.meeting(), result=Result.ADOPTED)
    make.step(make.paper(), item, is_deciding=True)

    coordination.post(reverse("papers:decisions"), {})

    assert not Resolution.objects.exists()


@pytest.fixture
def council(office):
    """A year with a resolution of each fate, and one left from before."""
    today = timezone.localdate()
    body = make.committee("SR", name="Stadtrat")
    fields = {"committee": body, "department": office, "decided_on": today}
    make.resolution("B-1", title="Radweg Nord", state=ResolutionState.DONE, **fields)
    make.resolution("B-2", title="=HYPERLINK()", needs_money=True, **fields)
    make.resolution("B-3", due_on=today - timedelta(days=1), **fields)
    make.resolution("B-4", title="Altes Bad", decided_on=date(2020, 1, 9))
    return today


def test_the_council_report_counts_and_lists(client, council):
    page = words(client.get(reverse("papers:council_report", args=[council.year])))

    assert "3 Beschlüsse: 1 erledigt, 1 offen und 1 überfällig." in page
    assert "Stadtrat" in page
    assert "Altes Bad" in page
    assert client.get(reverse("papers:council_report", args=[council.year + 1])).status_code == 404


def test_the_csv_holds_every_line_and_no_formula(client, council):
    lines = client.get(reverse("papers:council_file", args=[council.year, "csv"])).content.decode("utf-8-sig")

    assert len(lines.splitlines()) == 5
    assert "'=HYPERLINK()" in lines


@pytest.mark.parametrize(("form", "kind"), [("pdf", "pdf"), ("docx", "wordprocessing")])
def test_the_report_comes_as_a_document_that_can_be_read(client, council, form, kind):
    answer = client.get(reverse("papers:council_file", args=[council.year, form]))

    read = read_document(answer.content, name=f"bericht.{form}")
    assert kind in answer["Content-Type"]
    assert "Radweg Nord" in read.text
    assert "Tiefbauamt" in read.text


def test_there_is_no_other_form_of_the_report(client, council):
    assert client.get(reverse("papers:council_file", args=[council.year, "exe"])).status_code == 404


def test_the_documents_tables_say_the_same_as_the_counts(council):
    report = council_report(PUBLIC, year=council.year, today=council)

    document = council_document(
        report, parts=parts_of(report), city="Musterstadt", language="de", is_internal=False
    )

    first = next(block for block in document.blocks if isinstance(block, Table))
    assert first.rows == (("Stadtrat", "3", "1", "0", "1", "1", "0"),)
    assert "nicht öffentlich" not in as_text(document)


def test_an_empty_year_is_said(client):
    page = words(client.get(reverse("papers:council_latest"), follow=True))

    assert f"Für {timezone.localdate().year} ist kein Beschluss verzeichnet." in page


def test_the_pages_of_a_measure_and_its_goal_name_what_the_council_decided(client):
    goal = measures.goal(measures.framework())
    measure = measures.measure("V-17")
    measures.supports(measure, goal)
    make.resolution("B-1", title="Radweg Nord bauen").measures.add(measure)
    make.resolution("B-2", title="Streng geheim", visibility=Visibility.INTERNAL).measures.add(measure)

    for address in (reverse("measures:measure", args=["V-17"]), reverse("goals:goal", args=[goal.number])):
        page = words(client.get(address))
        assert "Radweg Nord bauen" in page
        assert "Streng geheim" not in page


def test_what_is_due_stands_on_the_focus_page_of_whoever_answers_for_it(client, office):
    me = measures.account("Ich", role=Role.LEAD, in_department=office)
    make.resolution(
        "B-1", title="Radweg Nord bauen", lead=me, due_on=timezone.localdate() - timedelta(days=3)
    )
    client.force_login(me)

    page = words(client.get(reverse("workspace:focus")))

    assert "Radweg Nord bauen" in page
    assert "Die Frist ist vorbei. Was wurde aus dem Beschluss?" in page
    assert reverse("papers:resolution_report", args=["B-1"]) in page
