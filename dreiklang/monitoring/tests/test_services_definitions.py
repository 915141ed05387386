"""Definitions of indicators: who may, what a version is, when a series breaks."""

from datetime import date
from typing import Any

import pytest

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.services.definitions import (
    CannotSave,
    change_indicator,
    create_indicator,
    retire,
    set_visibility,
    take_up_again,
)
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import HeldRole, Role, Viewer
from dreiklang.people.tests.factories import department

pytestmark = pytest.mark.django_db

FIRST, LATER = date(2026, 1, 1), date(2026, 11, 22)
COORDINATOR = Viewer(account_id=7, name="Klara Korn", held=frozenset({HeldRole(Role.COORDINATOR, None)}))
VALUES = {"name": "Einwohner", "meaning": "Hauptwohnung am Jahresende", "unit": "persons"}


def editor(*departments: int) -> Viewer:
    return Viewer(
        account_id=8,
        name="Tim Tal",
        held=frozenset({HeldRole(Role.DEPARTMENT_EDITOR, frozenset(departments))}),
    )


def created(**values: Any) -> Indicator:
    return create_indicator(by=COORDINATOR, key="einwohner", values=VALUES | values, on=FIRST)


def changed(indicator: Indicator, by: Viewer = COORDINATOR, **facts: Any) -> Indicator:
    return change_indicator(by=by, key=indicator.key, version=indicator.version, on=LATER, **facts)


def test_a_new_indicator_is_internal_and_has_its_first_version() -> None:
    indicator = created()

    assert indicator.visibility == Visibility.INTERNAL
    (version,) = indicator.versions.all()
    assert (version.number, version.valid_from, version.by_name) == (1, FIRST, "Klara Korn")
    assert version.definition["meaning"] == "Hauptwohnung am Jahresende"


def test_two_indicators_of_one_key_are_refused() -> None:
    created()

    with pytest.raises(CannotSave, match="key_taken"):
        created()


def test_values_and_a_formula_at_once_are_refused() -> None:
    with pytest.raises(CannotSave, match="values_and_formula"):
        created(quantity_id=make.quantity().pk, formula="[einwohner] * 2")
    assert not Indicator.objects.exists()


def test_another_definition_needs_a_reason_and_is_a_new_version() -> None:
    indicator = created()
    with pytest.raises(CannotSave, match="needs_reason"):
        changed(indicator, values={"meaning": "Haupt- und Nebenwohnung"})

    changed(indicator, values={"meaning": "Haupt- und Nebenwohnung"}, reason="Melderegister umgestellt")

    old, new = indicator.versions.order_by("number")
    assert old.definition["meaning"] == "Hauptwohnung am Jahresende"
    assert (new.number, new.valid_from, new.reason) == (2, LATER, "Melderegister umgestellt")
    assert not indicator.breaks.exists()


def test_what_cannot_be_compared_any_more_is_a_break_in_the_series() -> None:
    indicator = created()

    changed(indicator, values={"unit": "percent"}, reason="Jetzt als Anteil", is_comparable=False)

    (found,) = indicator.breaks.all()
    assert (found.on, found.reason) == (LATER, "Jetzt als Anteil")


def test_what_does_not_define_changes_without_a_version() -> None:
    indicator = created()

    changed(indicator, values={"licence": "dl-de/by-2-0"})

    assert indicator.versions.count() == 1


def test_an_editor_changes_only_indicators_of_her_department() -> None:
    ours, theirs = department(), department()
    indicator = created(department_id=ours.pk)

    with pytest.raises(NotAllowed):
        changed(indicator, by=editor(theirs.pk), values={"licence": "CC BY 4.0"})
    with pytest.raises(NotAllowed):
        changed(indicator, by=editor(ours.pk), values={"department_id": theirs.pk})
    assert changed(indicator, by=editor(ours.pk), values={"licence": "CC BY 4.0"}).licence == "CC BY 4.0"


def test_an_editor_creates_indicators_of_her_department_alone() -> None:
    ours, theirs = department(), department()
    her = editor(ours.pk)

    with pytest.raises(NotAllowed):
        create_indicator(by=her, key="baeume", values=VALUES | {"department_id": theirs.pk}, on=FIRST)
    create_indicator(by=her, key="baeume", values=VALUES | {"department_id": ours.pk}, on=FIRST)
    create_indicator(by=her, key="brunnen", values=VALUES, on=FIRST)

    assert set(Indicator.objects.values_list("key", flat=True)) == {"baeume", "brunnen"}


def test_who_saw_an_older_version_overwrites_nothing() -> None:
    indicator = created()
    changed(indicator, values={"licence": "CC BY 4.0"})

    with pytest.raises(ChangedMeanwhile):
        changed(indicator, values={"licence": "dl-de/by-2-0"})


def test_nobody_publishes_what_nobody_answers_for() -> None:
    indicator = created()
    with pytest.raises(CannotSave, match="needs_department"):
        set_visibility(by=COORDINATOR, key=indicator.key, version=1, visibility=Visibility.PUBLIC)

    indicator = changed(indicator, values={"department_id": department().pk})
    set_visibility(by=COORDINATOR, key=indicator.key, version=2, visibility=Visibility.PUBLIC)

    assert Indicator.objects.get().visibility == Visibility.PUBLIC
    with pytest.raises(CannotSave, match="needs_department"):
        change_indicator(
            by=COORDINATOR, key=indicator.key, version=3, values={"department_id": None}, on=LATER
        )


def test_an_unknown_indicator_is_not_found() -> None:
    with pytest.raises(NotFound):
        set_visibility(by=COORDINATOR, key="nichts", version=1, visibility=Visibility.PUBLIC)


@pytest.mark.parametrize("key", ["", "Einwohner", "ein wohner", "-", "ein--wohner", "straße"])
def test_a_key_that_is_no_address_is_refused(key: str) -> None:
    with pytest.raises(CannotSave, match="key_not_plain"):
        create_indicator(by=COORDINATOR, key=key, values=VALUES, on=FIRST)


def rate(**values: Any) -> Indicator:
    given = {"name": "Arbeitslose je 1.000", "unit": "je_1000_ew", "formula": "per([faelle], [leute], 1000)"}
    return create_indicator(by=COORDINATOR, key="rate", values=given | values, on=FIRST)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"formula": "per([faelle], [leute], 1000"}, "unclosed"),
        ({"formula": "[faelle] + [leute]"}, "unit_mismatch"),
        ({"formula": "[faelle] / [brunnen]"}, "unknown_input"),
        ({"unit": ""}, "formula_needs_unit"),
        ({"unit": "eur"}, "unit_mismatch"),
        ({"formula": "[rate] / [leute]"}, "unknown_input"),
    ],
)
def test_a_formula_that_cannot_be_reckoned_is_refused_when_it_is_saved(
    values: dict[str, Any], code: str
) -> None:
    make.indicator(key="faelle", unit="faelle")
    make.indicator(key="leute", unit="personen")

    with pytest.raises(CannotSave, match=code):
        rate(**values)
    assert rate().formula


def test_formulas_that_need_each_other_are_refused() -> None:
    make.indicator(key="faelle", unit="faelle")
    make.indicator(key="leute", unit="personen", formula="[rate] * 0")

    with pytest.raises(CannotSave, match="formula_in_circle") as refused:
        rate()
    assert refused.value.facts["words"] == "leute → rate → leute"


def test_a_retired_indicator_says_why_and_comes_back() -> None:
    indicator = created(next_due_on=LATER)
    with pytest.raises(CannotSave, match="needs_reason"):
        retire(by=COORDINATOR, key=indicator.key, version=1, on=LATER, reason=" ")

    retire(by=COORDINATOR, key=indicator.key, version=1, on=LATER, reason="Quelle eingestellt")

    kept = Indicator.objects.get()
    assert (kept.retired_on, kept.retired_reason, kept.next_due_on) == (LATER, "Quelle eingestellt", None)
    assert take_up_again(by=COORDINATOR, key=indicator.key, version=2).retired_on is None


def test_only_who_answers_for_it_retires_an_indicator() -> None:
    indicator = created(department_id=department().pk)
    stranger = editor(department().pk)

    with pytest.raises(NotAllowed):
        retire(by=stranger, key=indicator.key, version=1, on=LATER, reason="Weg damit")
    with pytest.raises(NotAllowed):
        take_up_again(by=stranger, key=indicator.key, version=1)
