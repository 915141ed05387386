from datetime import date

import pytest

from dreiklang.core.history import acting
from dreiklang.measures.models import Milestone
from dreiklang.measures.tests import factories
from dreiklang.workspace.queries.history import history_of


@pytest.mark.django_db
def test_an_act_names_who_why_and_what_stood_there_before() -> None:
    measure = factories.measure("V-1", title="Radweg Nord")
    with acting(by_id=7, by_name="Lena Kirsch", reason="Titel berichtigt"):
        measure.title = "Radweg Nord: Bahnhof bis Auenviertel"
        measure.save()

    entry = history_of(measure)[0]

    change = entry.changes[0].fields[0]
    assert (entry.by_name, entry.reason) == ("Lena Kirsch", "Titel berichtigt")
    assert (change.field, change.before, change.after) == (
        "Titel",
        "Radweg Nord",
        "Radweg Nord: Bahnhof bis Auenviertel",
    )


@pytest.mark.django_db
def test_what_hangs_on_a_record_belongs_to_its_history_also_when_it_is_gone() -> None:
    measure = factories.measure("V-1")
    with acting(by_id=None, by_name="Lena Kirsch", reason=""):
        milestone = Milestone.objects.create(measure=measure, title="Baubeginn", due_on=date(2026, 3, 15))
    with acting(by_id=None, by_name="Paul Steinke", reason=""):
        milestone.delete()

    entries = history_of(measure)

    acts = {entry.by_name: entry.changes[0] for entry in entries}
    deleted, made = acts["Paul Steinke"], acts["Lena Kirsch"]
    assert (deleted.what, deleted.label, made.label) == ("Meilenstein", "delete", "insert")
    fields = {field.field: field.after for field in made.fields}
    assert fields == {"Meilenstein": "Baubeginn", "Fällig am": "15.03.2026"}


@pytest.mark.django_db
def test_links_are_shown_by_name_and_not_by_number() -> None:
    office = factories.department("66", name="Tiefbauamt")
    measure = factories.measure("V-1")
    measure.lead_department = office
    measure.save()

    change = history_of(measure)[0].changes[0].fields[0]

    assert (change.field, change.after) == ("Federführendes Amt", "Tiefbauamt")


@pytest.mark.django_db
def test_changes_from_outside_the_application_have_no_author() -> None:
    measure = factories.measure("V-1")

    assert [entry.by_name for entry in history_of(measure)] == [""]
