"""Targets, baselines and breaks of indicators: who may set them, and what contradicts itself."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.monitoring.models import Break, Indicator, Target
from dreiklang.monitoring.rules.values import BreakKind, Comparison
from dreiklang.monitoring.services.targets import (
    CannotSetTarget,
    mark_break,
    remove_break,
    remove_target,
    set_target,
)
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import HeldRole, Role, Viewer
from dreiklang.people.tests.factories import department

pytestmark = pytest.mark.django_db

COORDINATOR = Viewer(account_id=7, name="Klara Korn", held=frozenset({HeldRole(Role.COORDINATOR, None)}))
END = date(2030, 12, 31)
GIVEN = {"value": Decimal(40), "on": END, "comparison": Comparison.AT_MOST}


def placed(indicator: Indicator | None = None, by: Viewer = COORDINATOR, **values: Any) -> Target:
    return set_target(by=by, key=(indicator or make.indicator()).key, values=GIVEN | values)


def test_a_target_has_its_value_day_and_decision() -> None:
    target = placed(decision="B-112/2026")

    target.refresh_from_db()
    assert (target.value, target.on, target.comparison) == (Decimal(40), END, Comparison.AT_MOST)
    assert (target.decision, target.version) == ("B-112/2026", 1)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"value": None}, "no_value"),
        ({"on": None}, "no_day"),
        ({"value": Decimal("NaN")}, "not_a_number"),
        ({"comparison": Comparison.BETWEEN}, "range_incomplete"),
        ({"comparison": Comparison.BETWEEN, "upper": Decimal(39)}, "range_upside_down"),
        (
            {"comparison": Comparison.BETWEEN, "upper": Decimal(41), "is_baseline": True},
            "baseline_is_a_value",
        ),
    ],
)
def test_a_target_that_contradicts_itself_is_refused(values: dict[str, Any], code: str) -> None:
    with pytest.raises(CannotSetTarget, match=code):
        placed(**values)
    assert not Target.objects.exists()


def test_an_upper_end_is_kept_of_ranges_only() -> None:
    assert placed(upper=Decimal(50)).upper is None
    assert placed(upper=Decimal(50), comparison=Comparison.BETWEEN).upper == Decimal(50)


def test_one_target_and_one_baseline_stand_on_a_day() -> None:
    indicator = make.indicator()
    placed(indicator)
    placed(indicator, is_baseline=True)
    placed(indicator, region_id=make.region().pk)

    with pytest.raises(CannotSetTarget, match="twice"):
        placed(indicator, value=Decimal(30))


def test_a_target_is_changed_and_taken_back_by_who_saw_it() -> None:
    indicator = make.indicator()
    target = placed(indicator)
    set_target(by=COORDINATOR, key=indicator.key, pk=target.pk, version=1, values={"value": Decimal(38)})

    with pytest.raises(ChangedMeanwhile):
        set_target(by=COORDINATOR, key=indicator.key, pk=target.pk, version=1, values={})
    with pytest.raises(ChangedMeanwhile):
        remove_target(by=COORDINATOR, key=indicator.key, pk=target.pk, version=1)
    with pytest.raises(NotFound):
        remove_target(by=COORDINATOR, key=make.indicator().key, pk=target.pk, version=2)
    assert Target.objects.get().value == Decimal(38)
    remove_target(by=COORDINATOR, key=indicator.key, pk=target.pk, version=2)

    assert not Target.objects.exists()


def test_only_who_answers_for_an_indicator_sets_its_targets() -> None:
    ours, theirs = department(), department()
    indicator = make.indicator(department=ours)
    stranger, editor = (
        Viewer(account_id=8, held=frozenset({HeldRole(Role.DEPARTMENT_EDITOR, frozenset({office.pk}))}))
        for office in (theirs, ours)
    )

    with pytest.raises(NotAllowed):
        placed(indicator, by=stranger)
    with pytest.raises(NotAllowed):
        mark_break(by=stranger, key=indicator.key, on=END, kind=BreakKind.METHOD, reason="Zensus")
    assert placed(indicator, by=editor).pk


def test_a_break_says_why_and_is_marked_once_a_day() -> None:
    indicator = make.indicator()
    facts: dict[str, Any] = {"by": COORDINATOR, "key": indicator.key, "on": date(2022, 5, 15)}

    with pytest.raises(CannotSetTarget, match="needs_reason"):
        mark_break(**facts, kind=BreakKind.METHOD, reason=" ")
    mark_break(**facts, kind=BreakKind.METHOD, reason="Zensus 2022")
    mark_break(**facts, kind=BreakKind.SOURCE, reason="Zensus 2022, neue Fortschreibung")

    (found,) = Break.objects.all()
    assert (found.kind, found.reason) == (BreakKind.SOURCE, "Zensus 2022, neue Fortschreibung")
    with pytest.raises(NotFound):
        remove_break(by=COORDINATOR, key=make.indicator().key, pk=found.pk)
    remove_break(by=COORDINATOR, key=indicator.key, pk=found.pk)
    assert not Break.objects.exists()


def test_targets_of_what_is_not_there_are_not_found() -> None:
    with pytest.raises(NotFound):
        set_target(by=COORDINATOR, key="nichts", values=GIVEN)
