"""Papers, meetings and agendas from lists."""

from datetime import date

import pytest
from django.utils import timezone

from dreiklang.core.enums import Visibility
from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import Order, read_list, run_import, suggested_plan
from dreiklang.core.models import Run
from dreiklang.measures.tests import factories as city
from dreiklang.papers.imports.agenda import AGENDA
from dreiklang.papers.imports.meetings import MEETINGS
from dreiklang.papers.imports.papers import PAPERS
from dreiklang.papers.models import AgendaItem, Check, Consultation, Meeting, Paper, Resolution
from dreiklang.papers.services.resolutions import follow_all
from dreiklang.papers.tests import factories as make
from dreiklang.papers.tests.check_factories import published_checklist
from dreiklang.people.imports.committees import COMMITTEES
from dreiklang.people.models import Committee, Seat
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db
PAPERS_HEAD = "Nummer;Titel;Art;Datum;Federführung;Ziele;Sichtbarkeit;Text\n"
MEETINGS_HEAD = "Kürzel;Name;Gremium;Tag;Uhrzeit;Stand;Sichtbarkeit\n"
AGENDA_HEAD = "Sitzung;TOP;Titel;Öffentlich;Vorlage;Zuständigkeit;Ergebnis;Beschlusstext\n"


def imported(importer: Importer, content: str) -> Run:
    read = read_list(importer, content.encode(), file_name="liste.csv")
    plan = suggested_plan(importer, read.table)
    return run_import(Order(importer, read, plan, Options(source="Liste"), Actor(None, "Erika Muster")))


def codes(run):
    return sorted(run.problems.values_list("code", flat=True))


def test_committees_come_with_their_seats():
    city.account("Rita Rat", role=Role.COUNCIL_MEMBER, email="rita@rat.example")

    run = imported(
        COMMITTEES,
        "Kürzel;Name;Art;Mitglieder\nGR;Gemeinderat;Gemeinderat;Rita@rat.example, weg@rat.example\n",
    )

    assert (run.new_count, codes(run)) == (1, ["unknown_account"])
    assert Committee.objects.get().kind == "council"
    assert Seat.objects.get().account.name == "Rita Rat"


def test_a_committee_that_did_not_change_is_unchanged():
    content = "Kürzel;Name;Art\nBA;Bauausschuss;Beschließender Ausschuss\n"
    imported(COMMITTEES, content)

    assert imported(COMMITTEES, content).unchanged_count == 1
    assert imported(COMMITTEES, content.replace("Bauausschuss", "Ausschuss für Bau")).changed_count == 1
    assert Committee.objects.get().name == "Ausschuss für Bau"


def test_papers_come_internal_with_address_office_goals_and_text():
    city.department("66", name="Tiefbauamt")
    goal = city.goal(city.framework(), "5.2")

    run = imported(PAPERS, PAPERS_HEAD + "2026/0412;Radweg;Beschlussvorlage;02.11.2026;66;5.2;;Der Text\n")

    paper = Paper.objects.get()
    assert (run.new_count, codes(run)) == (1, [])
    assert (paper.key, paper.visibility, paper.lead_department.key) == ("2026-0412", "internal", "66")
    assert (paper.links.get().target, paper.versions.get().text) == (goal.pk, "Der Text")


def test_a_list_read_twice_changes_nothing_and_a_new_text_is_a_new_version():
    city.goal(city.framework(), "5.2")
    content = PAPERS_HEAD + "2026/0412;Radweg;Antrag;02.11.2026;;5.2;öffentlich;Der Text\n"
    imported(PAPERS, content)

    assert imported(PAPERS, content).unchanged_count == 1
    assert imported(PAPERS, content.replace("Der Text", "Neuer Text")).changed_count == 1
    assert Paper.objects.get().versions.count() == 2


def test_a_link_keeps_its_sign_and_reason_when_the_list_names_it_again():
    goal = city.goal(city.framework(), "5.2")
    imported(PAPERS, PAPERS_HEAD + "1;Radweg;;;;5.2;;\n")
    Paper.objects.get().links.update(sign="hinders", reason="nimmt Platz")

    imported(PAPERS, PAPERS_HEAD + "1;Radweg neu;;;;5.2;;\n")

    link = Paper.objects.get().links.get()
    assert (link.target, link.sign, link.reason) == (goal.pk, "hinders", "nimmt Platz")


def test_what_cannot_be_read_is_reported_and_the_rest_goes_on():
    run = imported(
        PAPERS,
        PAPERS_HEAD
        + "1;Gut;Antrag;;;;;\n"
        + "2;Falscher Tag;Antrag;31.02.2026;;;;\n"
        + "3;Falsches Amt;Antrag;;gibt es nicht;;;\n"
        + "4;Falsche Art;Gedicht;;;;;\n",
    )

    assert (run.new_count, run.refused_count) == (1, 3)
    assert "unknown_department" in codes(run)
    assert "unknown_word" in codes(run)


def test_a_number_that_exists_twice_is_left_to_people():
    make.paper("7", key="7")
    make.paper("7", key="7-2")

    run = imported(PAPERS, PAPERS_HEAD + "7;Neuer Titel;;;;;;\n")

    assert (run.refused_count, codes(run)) == (1, ["number_twice"])


def test_meetings_come_with_day_and_time():
    make.committee("GR", name="Gemeinderat")

    run = imported(
        MEETINGS,
        MEETINGS_HEAD
        + "gr-1;Gemeinderat;GR;08.12.2026;16 Uhr;geplant;öffentlich\n"
        + "gr-2;Gemeinderat;GR;09.12.2026;16.30;;\n"
        + "gr-3;Gemeinderat;GR;09.12.2026;abends;;\n"
        + "gr-4;Gemeinderat;XX;;;;\n",
    )

    assert (run.new_count, codes(run)) == (2, ["not_a_time", "unknown_committee"])
    starts = [timezone.localtime(one.starts_at) for one in Meeting.objects.order_by("key")]
    assert [f"{one:%d.%m. %H:%M}" for one in starts] == ["08.12. 16:00", "09.12. 16:30"]
    assert Meeting.objects.get(key="gr-2").visibility == "internal"


def test_meetings_read_twice_do_not_change():
    make.committee("GR")
    content = MEETINGS_HEAD + "gr-1;Gemeinderat;GR;08.12.2026;16:00;geplant;öffentlich\n"
    imported(MEETINGS, content)

    assert imported(MEETINGS, content).unchanged_count == 1


def test_an_item_with_a_paper_becomes_a_step_of_its_route():
    council = make.committee("GR")
    make.meeting(council, key="gr-1")
    paper = make.paper("2026/0412")
    planned = make.step(paper, committee=council)
    content = AGENDA_HEAD + "gr-1;3;Radweg;ja;2026/0412;Entscheidung;beschlossen;Der Rat beschließt.\n"

    run = imported(AGENDA, content)

    step = Consultation.objects.get()
    assert (run.new_count, step.pk, step.is_deciding) == (1, planned.pk, True)
    assert (step.item.result, step.item.resolution_text) == ("adopted", "Der Rat beschließt.")
    assert imported(AGENDA, content).unchanged_count == 1


def test_an_item_is_not_public_unless_the_list_says_so():
    make.meeting(key="gr-1")

    imported(AGENDA, AGENDA_HEAD + "gr-1;1;Grundstück;;;;;\n")

    assert not AgendaItem.objects.get().is_public


def test_items_of_unknown_meetings_and_papers_are_refused():
    make.meeting(key="gr-1")

    run = imported(AGENDA, AGENDA_HEAD + "gr-9;1;A;ja;;;;\n" + "gr-1;1;B;ja;2026/9999;;;\n")

    assert (run.new_count, codes(run)) == (0, ["unknown_meeting", "unknown_paper"])


def test_items_stand_in_the_order_of_their_numbers():
    make.meeting(key="gr-1")

    imported(AGENDA, AGENDA_HEAD + "gr-1;10;Z;ja;;;;\n" + "gr-1;2.1;B;ja;;;;\n" + "gr-1;2;A;ja;;;;\n")

    numbers = AgendaItem.objects.order_by("position").values_list("number", flat=True)
    assert list(numbers) == ["2", "2.1", "10"]


def test_a_meeting_moved_by_a_list_takes_its_checks_along():
    make.committee("BA")
    imported(MEETINGS, MEETINGS_HEAD + "M1;Bauausschuss;BA;8.12.2026;16:00;geplant;öffentlich\n")
    check = Check.objects.create(
        number="P-7", title="x", checklist=published_checklist(), meeting=Meeting.objects.get()
    )

    imported(MEETINGS, MEETINGS_HEAD + "M1;Bauausschuss;BA;15.12.2026;16:00;geplant;öffentlich\n")

    check.refresh_from_db()
    assert check.committee_on == date(2026, 12, 15)


CLOSING = {
    "paper": (PAPERS, "Nummer;Titel;Sichtbarkeit\nBV-7;Neuer Titel;intern\n"),
    "meeting": (MEETINGS, "Kürzel;Name;Sichtbarkeit\nrat-7;Sitzung;intern\n"),
    "item": (AGENDA, "Sitzung;TOP;Titel;Öffentlich\nrat-7;7;Punkt;nein\n"),
}


@pytest.mark.parametrize("closes", CLOSING)
def test_a_list_that_closes_something_hides_the_resolution_at_once(closes: str) -> None:
    step = make.decided(make.paper("BV-7"))
    Meeting.objects.filter(pk=step.meeting_id).update(key="rat-7")
    AgendaItem.objects.filter(pk=step.item_id).update(number="7")
    follow_all()
    assert Resolution.objects.get().visibility == Visibility.PUBLIC

    run = imported(*CLOSING[closes])

    assert (run.changed_count, codes(run)) == (1, [])
    assert Resolution.objects.get().visibility == Visibility.INTERNAL
