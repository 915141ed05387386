"""All compared, or what changed: the same comes out; what people said survives."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from dreiklang.conflicts.models import Candidate, Comparison, ComparisonStep, StaleClaim, StoredClaim
from dreiklang.conflicts.rules import Kind, Sense, State
from dreiklang.conflicts.services import (
    compare_all,
    compare_changed,
    compare_later,
    comparing,
    look_at,
    no_conflict,
    start_comparison,
)
from dreiklang.conflicts.services.comparing import EVERYTHING
from dreiklang.conflicts.tests.factories import (
    NOW,
    TODAY,
    candidate,
    changed,
    compared,
    ground,
    key,
    measure,
    picture,
    plain_encoder,
)
from dreiklang.core import nearness
from dreiklang.core.enums import RunState
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure, MeasureGoal
from dreiklang.measures.tests import factories as measures
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import PUBLIC, Role

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


def test_two_on_the_same_ground_against_each_other_are_a_conflict(pair: tuple[Measure, Measure]) -> None:
    compared()

    found = candidate(*pair)
    assert (found.sense, found.state) == (Sense.CONFLICT, State.NEW)
    assert Kind.PLACE_AND_TIME in found.kinds
    place = found.findings.get(kind=Kind.PLACE_AND_TIME)
    assert place.facts["area_m2"] == pytest.approx(6000, rel=0.1)
    assert place.geometry is not None
    assert place.geometry.within(pair[0].geometry.buffer(1e-6))


def test_comparing_again_writes_nothing_anew(pair: tuple[Measure, Measure]) -> None:
    compared()
    before = list(Candidate.objects.values_list("pk", "compared_at"))
    facts = list(candidate(*pair).findings.values_list("pk", flat=True))

    compare_all(today=TODAY, now=NOW.replace(hour=11))

    assert list(Candidate.objects.values_list("pk", "compared_at")) == before
    assert list(candidate(*pair).findings.values_list("pk", flat=True)) == facts


def _moves(pair: tuple[Measure, Measure]) -> Iterator[Any]:
    parking, trees = pair

    def save(of: Measure, **fields: Any) -> tuple[Measure, ...]:
        for name, value in fields.items():
            setattr(of, name, value)
        of.save()
        return (of,)

    yield lambda: save(parking, geometry=ground(80, 0))
    yield lambda: save(trees, starts_on=date(2029, 1, 1), ends_on=date(2029, 6, 1))
    yield lambda: save(parking, title="Baumreihe Marktstraße pflanzen")
    yield lambda: save(trees, parent=parking)
    yield lambda: save(trees, parent=None, geometry=None)
    yield lambda: (measures.report(parking, phase="in_use", expected_end_on=None), (parking,))[1]
    yield lambda: (measure("Kanal Marktstraße", geometry=ground(10, 10, 300, 12)),)


def test_what_changed_alone_gives_what_everything_gives(pair: tuple[Measure, Measure]) -> None:
    compared()

    for number, move in enumerate(_moves(pair)):
        changed(*move())
        step_by_step = picture()
        compared()

        assert picture() == step_by_step, f"after move {number}"


def test_only_what_a_change_touches_is_written(pair: tuple[Measure, Measure]) -> None:
    elsewhere = measure("Schulhof", geometry=ground(5000), hinders=(goal(title="Lärm"),))
    measure("Spielplatz", geometry=ground(5040), helps=tuple(one.goal for one in elsewhere.goal_links.all()))
    compared()
    pair[0].title = "Parkhaus"
    pair[0].save()

    result = changed(pair[0])

    assert result.made == result.vanished == result.reopened == []
    assert StaleClaim.objects.count() == 0
    assert StoredClaim.objects.get(key=key(pair[0])).title == "Parkhaus"


def test_a_run_goes_on_where_it_was_killed(
    pair: tuple[Measure, Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[frozenset[str]] = []
    real = comparing.steps

    def dies_after_two(*args: Any, **kwargs: Any) -> Iterator[Any]:
        asked.append(kwargs["done"])
        for number, step in enumerate(real(*args, **kwargs)):
            if len(asked) == 1 and number == 2:
                raise MemoryError("killed")
            yield step

    monkeypatch.setattr(comparing, "steps", dies_after_two)
    with pytest.raises(MemoryError):
        compared()

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


def test_what_nobody_spoke_of_goes_when_it_is_no_longer_found(pair: tuple[Measure, Measure]) -> None:
    compared()
    pair[0].delete()

    result = changed(pair[1])
    compared()

    assert not Candidate.objects.exists(), result
    assert StoredClaim.objects.get(is_gone=True).title == "Parkhaus am Markt"


def test_what_people_said_stays_when_it_is_no_longer_found_and_counts_when_it_comes_back(
    pair: tuple[Measure, Measure],
) -> None:
    who = measures.coordinator()
    compared()
    found = no_conflict(
        by=who, now=NOW, pk=candidate(*pair).pk, reason="Das Parkhaus kommt auf die andere Seite."
    )

    MeasureGoal.objects.filter(measure=pair[0]).delete()
    Measure.objects.filter(pk=pair[0].pk).update(geometry=None)
    changed(pair[0])

    found.refresh_from_db()
    assert (found.state, found.said_state) == (State.OUTDATED, State.NO_CONFLICT)
    assert not found.findings.exists()

    pair[0].save()
    MeasureGoal.objects.create(measure=pair[0], goal=pair[1].goal_links.get().goal, sign="hinders", weight=3)
    changed(pair[0])

    found.refresh_from_db()
    assert found.state == State.NO_CONFLICT


def test_a_changed_fact_opens_what_was_settled_and_says_what_changed(pair: tuple[Measure, Measure]) -> None:
    who = measures.coordinator()
    compared()
    found = no_conflict(by=who, now=NOW, pk=candidate(*pair).pk, reason="Nur der Rand.")
    pair[0].geometry = ground(30, 0, 200, 200)
    pair[0].save()

    result = changed(pair[0])

    found.refresh_from_db()
    assert result.reopened == [found.pk]
    assert (found.state, found.said_state, found.said_reason) == (
        State.NEW,
        State.NO_CONFLICT,
        "Nur der Rand.",
    )
    assert found.reopened_at == NOW
    assert "area_m2" in {one["fact"] for one in found.reopened_by}


def test_noise_reopens_nothing(pair: tuple[Measure, Measure]) -> None:
    who = measures.coordinator()
    compared()
    found = no_conflict(by=who, now=NOW, pk=candidate(*pair).pk, reason="Nur der Rand.")
    pair[0].geometry = ground(0.5, 0)
    pair[0].description = "Neu beschrieben"
    pair[0].save()

    assert changed(pair[0]).reopened == []
    found.refresh_from_db()
    assert found.state == State.NO_CONFLICT


def test_facts_that_come_back_settle_it_again(pair: tuple[Measure, Measure]) -> None:
    who = measures.coordinator()
    compared()
    found = no_conflict(by=who, now=NOW, pk=candidate(*pair).pk, reason="Nur der Rand.")
    before = pair[0].geometry
    for place in (ground(30, 0, 200, 200), before):
        pair[0].geometry = place
        pair[0].save()
        changed(pair[0])

    found.refresh_from_db()
    assert (found.state, found.reopened_at, found.reopened_by) == (State.NO_CONFLICT, None, [])


def test_who_reads_history_sees_that_the_comparison_reopened_it(pair: tuple[Measure, Measure]) -> None:
    who = measures.coordinator()
    compared()
    found = look_at(by=who, now=NOW, pk=candidate(*pair).pk)
    pair[0].geometry = ground(30, 0, 200, 200)
    pair[0].save()

    changed(pair[0])

    last = found.pgh_event_model.objects.order_by("-pgh_id").select_related("pgh_context").first()
    assert last.state == State.NEW
    assert last.pgh_context.metadata["name"] == "Dreiklang"
    assert last.pgh_context.metadata["reason"] == "Neu verglichen"


def test_an_imported_list_is_read_whole_and_only_what_changed_is_compared(
    pair: tuple[Measure, Measure],
) -> None:
    compared()
    Measure.objects.filter(pk=pair[0].pk).update(geometry=ground(9000), bounds=None)
    compare_later([EVERYTHING])

    compare_changed(today=TODAY, now=NOW)

    step_by_step = picture()
    compared()
    assert picture() == step_by_step


def test_a_change_told_while_it_is_compared_is_compared_once_more(
    pair: tuple[Measure, Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = comparing.read_some_texts

    def told_meanwhile(*args: Any, **kwargs: Any) -> Any:
        compare_later([key(pair[0])])
        return real(*args, **kwargs)

    monkeypatch.setattr(comparing, "read_some_texts", told_meanwhile)
    changed(pair[0])

    assert list(StaleClaim.objects.values_list("key", flat=True)) == [key(pair[0])]


def test_a_broken_encoder_is_told_and_hinders_nothing(
    pair: tuple[Measure, Measure], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_asked: Any) -> list[nearness.Profile]:
        raise nearness.CannotCompare("broken")

    monkeypatch.setattr(nearness, "describe", broken)

    compared()

    assert Comparison.objects.get().problem == "broken"
    assert candidate(*pair)


def test_texts_that_say_the_same_are_found() -> None:
    about = "Baumreihe Marktstraße Klimaanpassung Schatten Kronendach Pflanzung"
    one, other = measure(about), measure(about)
    for _other in range(8):
        measure(description="Etwas ganz anderes")

    compared()

    assert Kind.CONTENT in candidate(one, other).kinds


def test_one_new_text_does_not_move_the_others() -> None:
    for number in range(10):
        measure(f"Straße Nummer {number} erneuern")
    compared()
    before = dict(StoredClaim.objects.values_list("key", "text_mark"))

    changed(measure("Kita am Park"))
    compared()

    after = dict(StoredClaim.objects.filter(key__in=before).values_list("key", "text_mark"))
    assert after == before


@pytest.mark.parametrize("role", [None, Role.LEAD, Role.DEPARTMENT_EDITOR])
def test_only_coordination_and_administration_compare_everything(role: Role | None) -> None:
    who = PUBLIC if role is None else measures.viewer(role)

    with pytest.raises(NotAllowed):
        start_comparison(by=who, now=NOW)


def test_whoever_starts_twice_starts_once() -> None:
    who = measures.coordinator()

    first, second = start_comparison(by=who, now=NOW), start_comparison(by=who, now=NOW)

    assert first.pk == second.pk
