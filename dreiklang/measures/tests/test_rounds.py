"""Rounds: who is reminded when, once, and how far the offices are."""

from datetime import date, timedelta

import pytest

from dreiklang.measures import services
from dreiklang.measures.models import Reminder
from dreiklang.measures.queries import due_for, reporting, round_page
from dreiklang.measures.rules import Phase, ReminderKind
from dreiklang.measures.tests import factories as make
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.places.models import Municipality

pytestmark = pytest.mark.django_db
OPENED = date(2026, 10, 19)
DUE = date(2026, 11, 13)


@pytest.fixture
def town():
    Municipality.objects.create(name="Klarenbrück", state="SN")
    division = make.department("D3", head=make.account("Matthias Rohde"))
    office = make.department("66", parent=division, head=make.account("Bernd Haubold"))
    lead, deputy = make.account("Lena Kirsch"), make.account("Jan Opitz")
    measure = make.measure("V-1", lead_department=office, lead=lead, deputy=deputy)
    running = make.reporting_round(opens_on=OPENED, due_on=DUE)
    return {"measure": measure, "lead": lead, "deputy": deputy, "round": running, "office": office}


def sent(kind: ReminderKind) -> list[list[int]]:
    return list(Reminder.objects.filter(kind=kind).values_list("recipients", flat=True))


def test_first_reminder_goes_to_lead_and_deputy_five_workdays_before(town):
    assert services.send_due_reminders(on=date(2026, 11, 5)) == 0

    assert services.send_due_reminders(on=date(2026, 11, 6)) == 1

    assert sent(ReminderKind.FIRST) == [[town["lead"].pk, town["deputy"].pk]]


def test_reminders_of_a_day_go_out_once(town):
    services.send_due_reminders(on=date(2026, 11, 6))

    assert services.send_due_reminders(on=date(2026, 11, 6)) == 0
    assert Reminder.objects.count() == 1


def test_escalation_follows_the_line_of_command(town):
    services.send_due_reminders(on=date(2026, 11, 16))
    # Buß- und Bettag on the 18th makes the fifth working day a Monday.
    assert services.send_due_reminders(on=date(2026, 11, 20)) == 0
    services.send_due_reminders(on=date(2026, 11, 23))
    services.send_due_reminders(on=date(2026, 11, 30))

    head, chief = town["office"].head_id, town["office"].parent.head_id
    assert sent(ReminderKind.ESCALATION_HEAD) == [[head, town["lead"].pk, town["deputy"].pk]]
    assert sent(ReminderKind.ESCALATION_COMMAND) == [[chief, head]]


def test_whoever_stands_in_for_an_absent_lead_is_written_to_as_well(town):
    standing_in = make.account("Petra Wachsmuth")
    make.absent(town["lead"], by=standing_in, from_=date(2026, 11, 1))

    services.send_due_reminders(on=date(2026, 11, 6))

    assert sent(ReminderKind.FIRST) == [[town["lead"].pk, standing_in.pk, town["deputy"].pk]]


@pytest.mark.parametrize("case", ["reported", "in_use", "merged"])
def test_nobody_is_reminded_without_cause(town, case):
    if case == "reported":
        make.report(town["measure"], on=OPENED + timedelta(days=1))
    if case == "in_use":
        make.report(town["measure"], on=date(2026, 1, 1), phase=Phase.IN_USE)
    if case == "merged":
        town["measure"].merged_into = make.measure("V-2")
        town["measure"].save()
        make.report(town["measure"].merged_into, on=OPENED)

    assert services.send_due_reminders(on=date(2026, 11, 6)) == 0


def test_measure_with_parts_has_more_time(town):
    part = make.measure("V-1.1", parent=town["measure"], lead_department=town["office"], lead=town["lead"])
    make.report(town["measure"], on=date(2026, 10, 1))
    make.report(part, on=date(2026, 10, 1))

    terms = reporting(today=date(2026, 11, 16)).terms

    assert terms.is_overdue
    assert terms.not_yet_due == {town["measure"].pk}


def test_letter_names_the_measure_and_no_one_who_has_reported(town, mailoutbox):
    second = make.measure("V-2", lead=town["lead"])
    make.report(second, on=OPENED)

    services.send_letter(
        round_id=town["round"].pk,
        kind="overdue",
        to=[town["lead"].pk],
        copy=[],
        measures=[town["measure"].pk, second.pk],
    )

    assert "V-1" in mailoutbox[0].body
    assert "V-2" not in mailoutbox[0].body
    assert "13.\u00a0November 2026" in mailoutbox[0].body


def test_letter_is_not_sent_when_everybody_reported_meanwhile(town, mailoutbox):
    make.report(town["measure"], on=OPENED)

    number = services.send_letter(
        round_id=town["round"].pk, kind="first", to=[town["lead"].pk], copy=[], measures=[town["measure"].pk]
    )

    assert (number, mailoutbox) == (0, [])


def test_round_counts_per_office(town):
    reported = make.measure("V-2", lead_department=town["office"])
    make.report(reported, on=OPENED, round=town["round"])
    make.report(make.measure("V-3"), on=date(2025, 1, 1), phase=Phase.IN_USE)

    page = round_page(make.viewer(Role.LEADERSHIP), pk=town["round"].pk, today=DUE)

    (office,) = page.offices
    assert (office.asked, office.reported) == (2, 1)
    assert [one.number for one in office.missing] == ["V-1"]
    assert round_page(PUBLIC, pk=town["round"].pk, today=DUE) is None


def test_one_round_runs_at_a_time_and_strangers_open_none(town):
    chief = make.coordinator()

    with pytest.raises(services.CannotOpenRound) as refused:
        services.open_round(by=chief, name="Noch eine", opens_on=OPENED, due_on=DUE)
    assert refused.value.code == "another_runs"
    services.close_round(by=chief, on=DUE, round_id=town["round"].pk)
    with pytest.raises(NotAllowed):
        services.open_round(by=make.viewer(Role.LEAD), name="Noch eine", opens_on=OPENED, due_on=DUE)

    assert services.open_round(by=chief, name="Noch eine", opens_on=OPENED, due_on=DUE).pk


def test_due_for_names_what_waits_and_why(town, django_assert_max_num_queries):
    today = date(2026, 11, 6)
    measure, lead = town["measure"], town["lead"]
    make.report(measure, on=date(2026, 10, 1))
    measure.milestones.create(title="Baubeginn", due_on=date(2026, 11, 1))
    silent = make.measure("V-2", deputy=lead)
    done = make.measure("V-3", lead=lead)
    make.report(done, on=today, phase=Phase.IN_USE)

    with django_assert_max_num_queries(4):
        items = due_for(make.viewer(Role.LEAD, of=lead), today=today)

    assert {(item.number, item.reason) for item in items} == {
        ("V-1", "milestone_overdue"),
        ("V-1", "round_due"),
        (silent.number, "first_report"),
    }
    assert [item.due_on for item in items] == sorted(item.due_on for item in items)


def test_stale_report_is_asked_for_two_weeks_ahead(town):
    services.close_round(by=make.coordinator(), on=DUE, round_id=town["round"].pk)
    make.report(town["measure"], on=date(2026, 6, 1))
    viewer = make.viewer(Role.LEAD, of=town["lead"])

    assert due_for(viewer, today=date(2026, 12, 4)) == []
    (item,) = due_for(viewer, today=date(2026, 12, 5))

    assert (item.reason, item.due_on) == ("stale", date(2026, 12, 19))


def test_note_waits_for_its_office_and_for_nobody_else(town):
    make.report(town["measure"], on=DUE, public_note="Wir bauen.")
    editor = make.viewer(Role.DEPARTMENT_EDITOR, departments=[town["office"]], of=make.account())
    stranger = make.viewer(Role.DEPARTMENT_EDITOR, departments=[make.department("40")], of=make.account())

    assert [item.reason for item in due_for(editor, today=DUE)] == ["release"]
    assert due_for(stranger, today=DUE) == []
    assert due_for(PUBLIC, today=DUE) == []
