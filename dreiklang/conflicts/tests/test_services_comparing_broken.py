"""A run that was killed goes on where it stopped, unless something changed since."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dreiklang.conflicts.models import Candidate, Comparison, ComparisonStep
from dreiklang.conflicts.rules import Kind
from dreiklang.conflicts.services import (
    compare_changed,
    compare_later,
    comparing,
)
from dreiklang.conflicts.tests.factories import (
    NOW,
    TODAY,
    candidate,
    compared,
    ground,
    key,
    measure,
    plain_encoder,
)
from dreiklang.core import nearness
from dreiklang.core.enums import RunState
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", plain_encoder)


@pytest.fixture
def pair() -> tuple[Measure, Measure]:
    """Two on the same ground in the same year, against each other on one goal."""
    climate = goal(title="Klima")
    parking = measure("Parkhaus am Markt", geometry=ground(), hinders=(climate,))
    trees = measure("Baumreihe Marktstraße", geometry=ground(40), helps=(climate,))
    return parking, trees


def killed_after_two_steps(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """The first run dies in its third step; gives what each run was told that is done."""
    asked: list[frozenset[str]] = []
    real = comparing.steps

    def dies(*args: Any, **kwargs: Any) -> Iterator[Any]:
        asked.append(kwargs["done"])
        for number, step in enumerate(real(*args, **kwargs)):
            if len(asked) == 1 and number == 2:
                raise MemoryError("killed")
            yield step

    monkeypatch.setattr(comparing, "steps", dies)
    with pytest.raises(MemoryError):
        compared()
    return asked


def test_a_run_goes_on_where_it_was_killed(
    pair: tuple[Measure, Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = killed_after_two_steps(monkeypatch)

    broken = Comparison.objects.get()
    assert (broken.state, broken.problem) == (RunState.FAILED, "MemoryError: killed")
    assert broken.steps.count() == 2
    assert not Candidate.objects.exists()

    compared()

    done = Comparison.objects.get()
    assert (done.state, done.done_count, done.problem) == (RunState.DONE, done.total_count, "")
    assert len(asked[1]) == 2
    assert candidate(*pair)
    assert not ComparisonStep.objects.exists()


def test_a_broken_run_begins_anew_when_claims_changed_since(
    pair: tuple[Measure, Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = killed_after_two_steps(monkeypatch)
    Measure.objects.filter(pk=pair[0].pk).update(ends_on=date(2027, 6, 30))

    compared()

    assert asked[1] == frozenset()


def test_a_change_while_a_run_is_broken_is_compared_all_the_same(
    pair: tuple[Measure, Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared()
    pair[1].geometry = ground(9000)
    pair[1].save()
    compare_later([key(pair[1])])

    def dies(*args: Any, **kwargs: Any) -> Iterator[Any]:
        raise MemoryError("killed")

    monkeypatch.setattr(comparing, "steps", dies)
    with pytest.raises(MemoryError):
        compared()
    compare_changed(today=TODAY, now=NOW)

    assert not Candidate.objects.filter(kinds__contains=[Kind.PLACE_AND_TIME]).exists()
