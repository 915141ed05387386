"""A table that is delivered again publishes nothing that was hidden or taken back."""

from decimal import Decimal

import pytest

from dreiklang.monitoring.models import ConfidentialValue, Observation, SourceFile
from dreiklang.monitoring.rules.values import ReleaseState
from dreiklang.monitoring.services import Written, write_values
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.test_services_bulk import Town

pytestmark = pytest.mark.django_db
HIDDEN = [ReleaseState.SUPPRESSED, ReleaseState.SUPPRESSED_SECONDARY]


def kept(town: Town, state: ReleaseState, number: str = "3", **facts: object) -> Observation:
    """A value of 2023 in this state; a hidden one with its count behind it."""
    is_hidden = state in HIDDEN
    facts = {"value": None if is_hidden else Decimal(number)} | facts
    incoming = town.value(0, 2023, number)
    found = make.observation(
        quantity=town.quantity,
        region=town.regions[0],
        starts_on=incoming.starts_on,
        ends_on=incoming.ends_on,
        state=state,
        **facts,
    )
    if is_hidden:
        ConfidentialValue.objects.create(observation=found, value=Decimal(number))
    return found


def count_behind(found: Observation) -> Decimal:
    return ConfidentialValue.objects.get(observation=found).value


@pytest.mark.parametrize("state", HIDDEN)
def test_a_hidden_count_that_comes_again_stays_hidden(state: ReleaseState) -> None:
    town = Town()
    found = kept(town, state)

    assert town.bring(town.value(0, 2023, "3")) == Written(0, 0, 1)

    found.refresh_from_db()
    assert (found.state, found.value) == (state, None)
    assert count_behind(found) == 3


@pytest.mark.parametrize("state", HIDDEN)
def test_another_count_of_a_hidden_cell_goes_behind_it(state: ReleaseState) -> None:
    town = Town()
    found = kept(town, state)

    assert town.bring(town.value(0, 2023, "4")._replace(words="4,0"), by="Tim") == Written(0, 0, 1)

    found.refresh_from_db()
    assert (found.state, found.value, found.words, found.delivery.by_name) == (state, None, "", "Tim")
    behind = ConfidentialValue.objects.get(observation=found)
    assert (behind.value, behind.words) == (4, "4,0")


def test_no_report_tells_whether_a_guess_was_right() -> None:
    town = Town()
    kept(town, ReleaseState.SUPPRESSED)

    assert {town.bring(town.value(0, 2023, guess)) for guess in ("1", "2", "3", "4")} == {Written(0, 0, 1)}


def test_another_sign_beside_a_hidden_count_is_taken_over() -> None:
    town = Town()
    found = kept(town, ReleaseState.SUPPRESSED)

    town.bring(town.value(0, 2023, "3", "p"))

    found.refresh_from_db()
    assert (found.value, found.mark, count_behind(found)) == (None, "p", 3)


def test_a_hidden_cell_without_a_count_gets_the_one_that_comes() -> None:
    town = Town()
    found = kept(town, ReleaseState.SUPPRESSED)
    ConfidentialValue.objects.all().delete()

    town.bring(town.value(0, 2023, "3"))
    assert count_behind(found) == 3


def test_a_sign_in_place_of_a_hidden_count_is_shown_and_the_count_is_gone() -> None:
    town = Town()
    found = kept(town, ReleaseState.SUPPRESSED)

    assert town.bring(town.value(0, 2023, None, ".")) == Written(0, 1, 0)

    found.refresh_from_db()
    assert (found.state, found.value, found.mark) == (ReleaseState.RELEASED, None, ".")
    assert not ConfidentialValue.objects.exists()


def test_a_value_that_waits_goes_on_waiting_when_the_same_comes_again() -> None:
    town = Town()
    found = kept(town, ReleaseState.WAITING)

    assert town.bring(town.value(0, 2023, "3")) == Written(0, 0, 1)
    found.refresh_from_db()
    assert found.state == ReleaseState.WAITING


def test_another_value_takes_the_place_of_one_that_waits() -> None:
    town = Town()
    found = kept(town, ReleaseState.WAITING)

    assert town.bring(town.value(0, 2023, "4")) == Written(0, 1, 0)
    found.refresh_from_db()
    assert (found.state, found.value) == (ReleaseState.RELEASED, 4)


def test_a_released_value_stays_so_when_the_same_comes_and_would_wait() -> None:
    town = Town()
    found = kept(town, ReleaseState.RELEASED)

    assert town.bring(town.value(0, 2023, "3")._replace(state=ReleaseState.WAITING)) == Written(0, 0, 1)
    found.refresh_from_db()
    assert found.state == ReleaseState.RELEASED


def taken_back(town: Town) -> tuple[Observation, SourceFile]:
    """A value of a delivery that was withdrawn, and the file it came in."""
    file = SourceFile.objects.create(sha256="0" * 64, name="werte.csv", size=1, content=b"")
    delivery = make.delivery(file=file, withdrawn_at=make.NOW)
    return kept(town, ReleaseState.WITHDRAWN, delivery=delivery), file


def test_a_withdrawn_value_is_in_force_again_when_somebody_delivers_it_anew() -> None:
    town = Town()
    found, _file = taken_back(town)

    assert town.bring(town.value(0, 2023, "3"), by="Tim") == Written(0, 1, 0)
    found.refresh_from_db()
    assert (found.state, found.value, found.delivery.by_name) == (ReleaseState.RELEASED, 3, "Tim")


def test_the_very_file_that_was_withdrawn_brings_nothing_back() -> None:
    town = Town()
    found, file = taken_back(town)
    again = make.delivery(file=file)

    written = write_values([town.value(0, 2023, "3")], delivery=again, quantity_ids=[town.quantity.pk])

    assert written == Written(0, 0, 1)
    found.refresh_from_db()
    assert found.state == ReleaseState.WITHDRAWN
