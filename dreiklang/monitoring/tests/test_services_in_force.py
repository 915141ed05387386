"""Whatever comes, is released, withdrawn and brought back: the newest delivery in force has the word."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from dreiklang.monitoring.models import (
    ConfidentialValue,
    Confirmation,
    Delivery,
    HeldValue,
    Observation,
)
from dreiklang.monitoring.queries.deliveries import state_of
from dreiklang.monitoring.rules.deliveries import DeliveryState
from dreiklang.monitoring.rules.value_plans import ValuePlan
from dreiklang.monitoring.services import Incoming
from dreiklang.monitoring.services.bringing import Brought, bring
from dreiklang.monitoring.services.regions import regions_for_areas
from dreiklang.monitoring.services.releasing import bring_back, release, send_back, withdraw
from dreiklang.monitoring.services.value_doubts import beside
from dreiklang.monitoring.services.value_targets import Target, Targets
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.lists import NOW, TODAY, districts
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import Role
from dreiklang.people.tests import factories as people
from dreiklang.places.models import Area

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
# What a delivery says: numbers of Altstadt and Neustadt by year.
Said = dict[tuple[str, int], int]
DISTRICTS, YEARS = ("Altstadt", "Neustadt"), (2022, 2023)


class Course:
    """Deliveries of one indicator, what each said, and what happens to them."""

    def __init__(self, *, below: int | None = None) -> None:
        districts(*((name, name) for name in DISTRICTS))
        areas = dict(Area.objects.values_list("pk", "name"))
        self.regions = {areas[area]: region for area, region in regions_for_areas(areas.keys()).items()}
        self.total, self.dataset = make.total(), make.dataset()
        self.releaser = people.viewer(Role.STATISTICS)
        account = people.account(Role.LEAD)
        self.bringer = viewer_of(account=account)
        self.indicator = make.indicator(
            department=people.department(), unit="count", suppress_below=below, responsible=account
        )
        self.said: dict[int, Said] = {}

    def deliver(self, said: Said, *, waits: bool = False) -> int:
        """Bring these; where they wait, by somebody who may not release them."""
        by = self.bringer if waits else self.releaser
        target = Targets(by, ValuePlan(columns={self.indicator.key: self.indicator.key}), self.dataset).of(
            self.indicator.key, ""
        )
        assert isinstance(target, Target)
        values = [self._value(target, *key, number) for key, number in said.items()]
        brought = Brought(
            values=values,
            quantity_ids=[target.quantity_id],
            beside=beside(values, {target.quantity_id: target}, today=TODAY),
            targets={target.quantity_id: target},
            regions={},
            decimals={},
            dataset=self.dataset,
            has_looked=True,
        )
        delivery, _written = bring(brought, by=by, now=NOW)
        self.said[delivery.pk] = said
        return delivery.pk

    def _value(self, target: Target, name: str, year: int, number: int) -> Incoming:
        day = date(year, 12, 31)
        return Incoming(
            target.quantity_id,
            self.regions[name],
            self.total.pk,
            day,
            day,
            Decimal(number),
            words=str(number),
        )

    def release(self, pk: int) -> None:
        release(by=self.releaser, delivery_id=pk, now=LATER)

    def send_back(self, pk: int) -> None:
        send_back(by=self.releaser, delivery_id=pk, answer="falsch", now=LATER)

    def withdraw(self, pk: int) -> None:
        withdraw(by=self.releaser, delivery_id=pk, answer="falsch", now=LATER)

    def bring_back(self, pk: int) -> None:
        bring_back(by=self.releaser, delivery_id=pk)

    def state(self, pk: int) -> DeliveryState:
        return state_of(Delivery.objects.get(pk=pk))

    def expected(self) -> Said:
        """What the rule says: of each key what the newest delivery in force says."""
        found: Said = {}
        for pk in sorted(self.said):
            if self.state(pk) is DeliveryState.RELEASED:
                found |= self.said[pk]
        return found

    def in_force(self) -> Said:
        """What counts, small counts behind it included."""
        return _by_key(
            Observation.objects.exclude(state="withdrawn"), value="value", behind="confidential__value"
        )

    def kept(self) -> dict[int, Said]:
        """What is known of each delivery, wherever it stands; fails where one said a thing twice."""
        found: dict[int, Said] = {pk: {} for pk in self.said}
        shown = Observation.objects.exclude(state="withdrawn")
        for pk in self.said:
            confirmed = Confirmation.objects.filter(delivery=pk).values_list("observation_ids", flat=True)
            ids = [one for several in confirmed for one in several]
            places = (
                _by_key(shown.filter(delivery=pk), value="value", behind="confidential__value"),
                _by_key(HeldValue.objects.filter(delivery=pk), value="value"),
                _by_key(shown.filter(pk__in=ids), value="value", behind="confidential__value"),
            )
            for place in places:
                assert not found[pk].keys() & place.keys()
                found[pk] |= place
        return found


def _by_key(rows: Iterable[object], *, value: str, behind: str = "") -> Said:
    fields = ("region__name", "ends_on__year", value, *([behind] if behind else []))
    found: Said = {}
    for name, year, *numbers in rows.values_list(*fields):  # type: ignore[attr-defined]
        number = next(one for one in numbers if one is not None)
        assert isinstance(number, Decimal)
        found[name, year] = int(number)
    return found


ALTSTADT = ("Altstadt", 2023)


def test_a_delivery_that_was_replaced_withdrawn_and_brought_back_counts_again() -> None:
    course = Course()
    course.deliver({ALTSTADT: 10})
    second, third = course.deliver({ALTSTADT: 20}), course.deliver({ALTSTADT: 30})
    course.withdraw(second)
    course.withdraw(third)
    assert course.in_force() == {ALTSTADT: 10}

    course.bring_back(second)

    assert course.in_force() == {ALTSTADT: 20}


def test_an_older_delivery_that_is_released_later_overwrites_nothing() -> None:
    course = Course()
    course.deliver({ALTSTADT: 10})
    older = course.deliver({ALTSTADT: 20, ("Neustadt", 2023): 7}, waits=True)
    newer = course.deliver({ALTSTADT: 30})

    course.release(older)

    assert course.in_force() == {ALTSTADT: 30, ("Neustadt", 2023): 7}
    found = Delivery.objects.get(pk=older)
    assert (found.new_count, found.changed_count) == (1, 0)
    course.withdraw(newer)
    assert course.in_force() == {ALTSTADT: 20, ("Neustadt", 2023): 7}


def test_what_a_later_delivery_confirmed_stays_when_the_first_is_withdrawn() -> None:
    course = Course()
    first = course.deliver({ALTSTADT: 10, ("Neustadt", 2023): 7})
    second = course.deliver({ALTSTADT: 10})

    course.withdraw(first)

    assert course.in_force() == {ALTSTADT: 10}
    assert Observation.objects.get(value=10).delivery_id == second
    course.bring_back(first)
    course.withdraw(second)
    assert course.in_force() == {ALTSTADT: 10, ("Neustadt", 2023): 7}


def test_what_a_waiting_delivery_found_the_same_counts_once_it_is_released() -> None:
    course = Course()
    first = course.deliver({ALTSTADT: 10})
    waiting = course.deliver({ALTSTADT: 10, ("Neustadt", 2023): 7}, waits=True)
    course.withdraw(first)
    assert course.in_force() == {}

    course.release(waiting)

    assert course.in_force() == {ALTSTADT: 10, ("Neustadt", 2023): 7}


def test_a_hidden_count_that_was_replaced_is_behind_its_cell_again() -> None:
    course = Course(below=5)
    course.deliver({ALTSTADT: 3, ("Neustadt", 2023): 700})
    second = course.deliver({ALTSTADT: 4, ("Neustadt", 2023): 700})
    assert 4 in set(ConfidentialValue.objects.values_list("value", flat=True))

    course.withdraw(second)

    assert 3 in set(ConfidentialValue.objects.values_list("value", flat=True))
    assert not Observation.objects.filter(value__in=(3, 4)).exists()


@pytest.mark.parametrize("below", [None, 5])
def test_what_deliveries_said_before_this_was_kept_is_taken_from_history(below: int | None) -> None:
    course = Course(below=below)
    for year, number in enumerate((3, 4, 40, 2), start=2030):
        course.deliver({ALTSTADT: number, ("Neustadt", 2022): number + 10})
        for model in ("ObservationHistoryevent", "ConfidentialValueHistoryevent"):
            # In life each comes at a time of its own, in a test all in one transaction.
            events = apps.get_model("monitoring", model).objects.filter(pgh_created_at__year__lt=2030)
            events.update(pgh_created_at=NOW.replace(year=year))
    kept = set(HeldValue.objects.values_list("delivery_id", "value", "words", "quantity_id"))
    HeldValue.objects.all().delete()
    migration = import_module("dreiklang.monitoring.migrations.0010_statements_are_kept")

    for _again in range(2):
        with connection.cursor() as cursor:
            cursor.execute(migration.STATEMENTS)

    assert set(HeldValue.objects.values_list("delivery_id", "value", "words", "quantity_id")) == kept
    assert len(kept) == 6


_KEYS = st.sampled_from([(name, year) for name in DISTRICTS for year in YEARS])
_SAID = st.dictionaries(_KEYS, st.sampled_from((2, 3, 40)), min_size=1, max_size=3)
_DEEDS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("deliver", "bring_to_wait")), _SAID),
        st.tuples(
            st.sampled_from(("release", "send_back", "withdraw", "withdraw", "bring_back", "bring_back")),
            st.integers(0, 4),
        ),
    ),
    min_size=4,
    max_size=12,
)
# In which state each can be done.
_FROM = {
    "release": (DeliveryState.WAITING,),
    "send_back": (DeliveryState.WAITING,),
    "withdraw": (DeliveryState.WAITING, DeliveryState.RELEASED),
    "bring_back": (DeliveryState.WITHDRAWN,),
}
Deed = tuple[str, Said | int]


@pytest.mark.parametrize("below", [None, 5])
# Each step goes to the database: what fails is told as it is.
@settings(
    max_examples=15,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(deeds=_DEEDS)
@example(
    deeds=[
        ("deliver", {ALTSTADT: 2}),
        ("bring_to_wait", {ALTSTADT: 3}),
        ("deliver", {ALTSTADT: 2}),
        ("release", 1),
        ("withdraw", 2),
        ("withdraw", 0),
        ("bring_back", 2),
        ("bring_back", 0),
    ]
)
def test_the_newest_delivery_in_force_has_the_word(below: int | None, deeds: list[Deed]) -> None:
    with transaction.atomic():
        course = Course(below=below)
        for name, what in deeds:
            _do(course, name, what)
            assert course.in_force() == course.expected(), (name, what)
            assert course.kept() == course.said, (name, what)
        connection.check_constraints()
        transaction.set_rollback(True)


def _do(course: Course, name: str, what: Said | int) -> None:
    if isinstance(what, dict):
        course.deliver(what, waits=name == "bring_to_wait")
    elif what < len(course.said) and course.state(pk := sorted(course.said)[what]) in _FROM[name]:
        getattr(course, name)(pk)
