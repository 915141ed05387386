"""All compared, or what changed: the same comes out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from queue import SimpleQueue
from typing import Any

import pytest
from django.db import connection, transaction

from dreiklang.conflicts.models import Candidate, Comparison, StaleClaim, StoredClaim
from dreiklang.conflicts.rules import Kind, Sense, State
from dreiklang.conflicts.services import (
    compare_all,
    compare_changed,
    compare_later,
    comparing,
    start_comparison,
)
from dreiklang.conflicts.tests.claims import YEAR, claim
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
from dreiklang.core.claims import EVERY_CLAIM, MoneyNeed, PeopleNeed
from dreiklang.core.values import Money
from dreiklang.goals.tests.factories import goal
from dreiklang.measures.models import Measure
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


def test_an_imported_list_is_read_whole_and_only_what_changed_is_compared(
    pair: tuple[Measure, Measure],
) -> None:
    compared()
    Measure.objects.filter(pk=pair[0].pk).update(geometry=ground(9000), bounds=None)
    compare_later([EVERY_CLAIM])

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


def test_whoever_shared_money_with_what_changed_is_asked_again() -> None:
    """The first wants nothing of the programme any more: what is left of the group is short, or no longer is."""
    programme = (MoneyNeed("programme:1", 2027, Money("100")),)
    Candidate.objects.create(
        key="measure:1|measure:2",
        parties=["measure:1", "measure:2"],
        kinds=["money"],
        sense="conflict",
        strength=1,
    )
    Candidate.objects.create(
        key="measure:1|measure:9",
        parties=["measure:1", "measure:9"],
        kinds=["order"],
        sense="conflict",
        strength=1,
    )
    claims = [
        claim("measure:1"),
        claim("measure:2", money=programme),
        claim("measure:3", money=programme),
        claim("measure:4", kin=frozenset({"measure:1"})),
        claim("measure:5", people=(PeopleNeed(7, YEAR, 2.0),)),
    ]

    left = comparing._asked({"measure:1"}, claims)
    came = comparing._asked({"measure:3"}, claims)

    assert left == {"measure:1", "measure:2", "measure:4"}
    assert came == {"measure:2", "measure:3"}


@pytest.mark.parametrize("role", [None, Role.LEAD, Role.DEPARTMENT_EDITOR])
def test_only_coordination_and_administration_compare_everything(role: Role | None) -> None:
    who = PUBLIC if role is None else measures.viewer(role)

    with pytest.raises(NotAllowed):
        start_comparison(by=who, now=NOW)


def test_whoever_starts_twice_starts_once() -> None:
    who = measures.coordinator()

    first, second = start_comparison(by=who, now=NOW), start_comparison(by=who, now=NOW)

    assert first.pk == second.pk


@pytest.fixture
def _no_jobs_left() -> Iterator[None]:
    """Their table is not emptied with the others."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_periodic_defers CASCADE")


@pytest.mark.usefixtures("_no_jobs_left")
@pytest.mark.django_db(transaction=True)
def test_two_who_start_in_the_same_instant_start_one_run() -> None:
    """The second has begun before the first is there, and is given that one."""
    who = measures.viewer(Role.COORDINATOR)
    begun: SimpleQueue[int] = SimpleQueue()

    def start_elsewhere() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            begun.put(cursor.fetchone()[0])
        try:
            return start_comparison(by=who, now=NOW).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as elsewhere, transaction.atomic():
        first = start_comparison(by=who, now=NOW)
        second = elsewhere.submit(start_elsewhere)
        assert _waits(begun.get())

    assert (second.result(), Comparison.objects.count()) == (first.pk, 1)


def _waits(process: int) -> bool:
    """Once that process of the database waits for another one."""
    with connection.cursor() as cursor:
        for _ in range(20_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = %s", [process])
            if cursor.fetchone()[0]:
                return True
    return False
