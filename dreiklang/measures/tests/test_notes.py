"""Notes for the public: who releases them, and which one waits."""

from datetime import date

import pytest

from dreiklang.measures import rules, services
from dreiklang.measures.models import Measure, Report
from dreiklang.measures.queries import notes_to_release, replaced_notes_of
from dreiklang.measures.tests import factories as make
from dreiklang.measures.tests.documents import worked_example
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.department("66")


@pytest.fixture
def led(office):
    return make.led_measure(office)


def test_note_is_released_by_the_office_and_not_by_the_lead(led, office):
    measure, lead = led
    made = make.said(measure, lead, public_note="Wir bauen.")

    with pytest.raises(NotAllowed):
        services.release(by=lead, now=make.now(), report=made)
    editor = make.viewer(Role.DEPARTMENT_EDITOR, departments=[office])
    released = services.release(by=editor, now=make.now(), report=made)

    assert released.released_at is not None


def test_head_of_the_office_releases(led, office):
    measure, lead = led
    head = make.account("Bernd Haubold", in_department=office)
    office.head = head
    office.save()
    made = make.said(measure, lead, public_note="Wir bauen.")

    assert services.release(by=make.viewer(Role.LEAD, departments=[], of=head), now=make.now(), report=made)


@pytest.mark.parametrize("case", ["no_note", "withdrawn", "already"])
def test_only_a_waiting_note_is_released(led, case):
    measure, lead = led
    chief = make.coordinator()
    made = make.said(measure, lead, public_note="" if case == "no_note" else "Wir bauen.")
    if case == "withdrawn":
        services.withdraw(by=lead, now=made.recorded_at, report=made)
    if case == "already":
        services.release(by=chief, now=make.now(), report=made)

    with pytest.raises(services.CannotRelease) as refused:
        services.release(by=chief, now=make.now(), report=made)

    assert refused.value.code == case


def test_an_older_waiting_note_gives_way_to_a_newer_one(led):
    measure, lead = led
    chief = make.coordinator()
    older = make.said(measure, lead, public_note="Wir planen.")
    newer = make.said(measure, lead, public_note="Wir bauen.")

    with pytest.raises(services.CannotRelease) as refused:
        services.release(by=chief, now=make.now(), report=older)

    assert refused.value.code == "replaced"
    assert [one.pk for one in notes_to_release(chief)] == [newer.pk]
    assert [one.pk for one in replaced_notes_of(chief)] == [older.pk]
    services.release(by=chief, now=make.now(), report=newer)
    assert not notes_to_release(chief).exists()


def test_an_older_note_waits_again_when_the_newer_report_is_taken_back(led):
    measure, lead = led
    older = make.said(measure, lead, public_note="Wir planen.")
    newer = make.said(measure, lead, public_note="Versehen")

    services.withdraw(by=lead, now=newer.recorded_at, report=newer)

    assert [one.pk for one in notes_to_release(make.coordinator())] == [older.pk]


def test_replaced_notes_are_in_sql_what_they_are_by_the_rule():
    chief = make.coordinator()
    measures: dict[str, Measure] = {}
    said_of = {}
    for row in worked_example("public-notes"):
        of = measures.get(row["measure"]) or make.measure(row["measure"])
        measures[row["measure"]] = of
        made = make.report(
            of,
            on=date.fromisoformat(row["report of"]),
            public_note="Notiz" if row["note"] == "yes" else "",
            withdrawn_at=make.now() if row["withdrawn"] == "yes" else None,
            released_at=make.now() if row["released"] == "yes" else None,
        )
        said_of[made.pk] = row["the note"]

    waiting = {one.pk for one in notes_to_release(chief)}
    replaced = {one.pk for one in replaced_notes_of(chief)}

    assert waiting == {pk for pk, said in said_of.items() if said == "waits"}
    assert replaced == {pk for pk, said in said_of.items() if said == "replaced"}
    facts = Report.objects.filter(withdrawn_at=None).exclude(public_note="")
    assert replaced == rules.replaced_notes(facts.values_list("measure", "reported_on", "pk"))
