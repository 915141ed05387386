"""Proposals of the starter set become indicators of the city."""

from datetime import date

import pytest

from dreiklang.core.enums import Visibility
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.rules.start_set import shipped_start_set
from dreiklang.monitoring.services.starting import take_over
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import PUBLIC, HeldRole, Role, Viewer

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
COORDINATOR = Viewer(account_id=7, name="Klara Korn", held=frozenset({HeldRole(Role.COORDINATOR, None)}))
DERIVED = next(one for one in shipped_start_set().indicators if one.formula)
OPEN = next(one for one in shipped_start_set().indicators if one.source_kind == "open")


def test_the_whole_set_is_taken_over_once() -> None:
    keys = list(shipped_start_set().by_key)

    assert [one.key for one in take_over(by=COORDINATOR, keys=keys, on=TODAY)] == keys
    assert take_over(by=COORDINATOR, keys=keys, on=TODAY) == []
    assert set(Indicator.objects.values_list("visibility", flat=True)) == {Visibility.INTERNAL}


def test_a_derived_indicator_brings_what_it_needs() -> None:
    made = take_over(by=COORDINATOR, keys=[DERIVED.key], on=TODAY)

    needed = {one.key for one in shipped_start_set().inputs_of(DERIVED.key)}
    assert needed | {DERIVED.key} <= {one.key for one in made}
    assert Indicator.objects.get(key=DERIVED.key).formula == DERIVED.formula


def test_a_source_that_nobody_proved_says_so() -> None:
    (made,) = take_over(by=COORDINATOR, keys=[OPEN.key], on=TODAY)

    assert made.source_words.startswith("zu prüfen")
    assert made.provider is None


def test_values_that_were_delivered_before_are_found() -> None:
    office = make.provider(key="regionalstatistik")
    table = make.dataset(provider=office, code="12411-01-01-4")
    persons = make.quantity(dataset=table, code="BEVSTD")

    made = {one.key: one for one in take_over(by=COORDINATOR, keys=["einwohner"], on=TODAY)}

    assert made["einwohner"].quantity == persons
    assert made["einwohner"].provider == office


def test_what_the_city_changed_stays_as_it_is() -> None:
    take_over(by=COORDINATOR, keys=["einwohner"], on=TODAY)
    Indicator.objects.update(name="Bevölkerung am Ort")

    take_over(by=COORDINATOR, keys=["einwohner"], on=TODAY)

    assert Indicator.objects.get(key="einwohner").name == "Bevölkerung am Ort"


def test_not_everybody_takes_over() -> None:
    with pytest.raises(NotAllowed):
        take_over(by=PUBLIC, keys=["einwohner"], on=TODAY)


def test_a_key_that_the_set_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError):
        take_over(by=COORDINATOR, keys=["nirgends"], on=TODAY)
    assert not Indicator.objects.exists()
