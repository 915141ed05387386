"""Small counts are hidden by the delivery that brings them, and by whoever sets the threshold."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from dreiklang.core.history import acting
from dreiklang.monitoring.models import (
    Breakdown,
    ConfidentialValue,
    Indicator,
    Observation,
    Region,
    SuppressionChange,
)
from dreiklang.monitoring.rules.values import RegionLevel, ReleaseState
from dreiklang.monitoring.services import (
    CannotSave,
    Incoming,
    Written,
    change_indicator,
    create_indicator,
    write_values,
)
from dreiklang.monitoring.services.suppression import CannotHide, hide_below, show_again
from dreiklang.monitoring.tests import factories as make
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import SYSTEM, HeldRole, Role, Viewer
from dreiklang.places.tests import factories as places

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
STATISTICS = Viewer(account_id=7, held=frozenset({HeldRole(Role.STATISTICS, None)}), name="Stefan Stadt")
WOMEN, MEN, ALL = "GES=GESW", "GES=GESM", "GES="
# The worked example of docs/rules/suppression.md: A, B, the city by sex.
EXAMPLE = {
    ("A", WOMEN): 3, ("A", MEN): 12, ("A", ALL): 15,
    ("B", WOMEN): 8, ("B", MEN): 9, ("B", ALL): 17,
    ("city", WOMEN): 11, ("city", MEN): 21, ("city", ALL): 32,
}  # fmt: skip
INNER = {("A", WOMEN), ("A", MEN), ("B", WOMEN), ("B", MEN)}


class Town:
    """A city of two districts with a quantity that counts persons, by sex."""

    def __init__(self, *, below: int | None = 5) -> None:
        city = places.municipality(ags="99999000")
        level = places.level(key="stadtteil", rank=1)
        self.regions = {
            name: make.region(
                level=RegionLevel.AREA, key=f"A:stadtteil:{name}", area=places.area(level=level, name=name)
            )
            for name in ("A", "B")
        }
        self.regions["city"] = make.region(key=city.ags)
        self.quantity = make.quantity(unit_words="Personen")
        self.splits = {key: Breakdown.objects.create(key=key) for key in (WOMEN, MEN, ALL)}
        self.indicator = make.indicator(quantity=self.quantity, unit="personen", suppress_below=below)

    def bring(self, table: dict[tuple[str, str], int | str], year: int = 2023) -> Written:
        day = date(year, 12, 31)
        rows = [
            Incoming(
                self.quantity.pk, self.regions[region].pk, self.splits[split].pk, day, day, Decimal(number)
            )
            for (region, split), number in table.items()
        ]
        with acting(by_id=None, by_name="Klara Korn", reason="Lieferung"):
            return write_values(rows, delivery=make.delivery(), quantity_ids=[self.quantity.pk])

    def hidden(self, year: int = 2023) -> set[tuple[str, str]]:
        names = {region.pk: name for name, region in self.regions.items()}
        rows = Observation.objects.filter(value=None, ends_on__year=year).select_related("breakdown")
        return {(names[one.region_id], one.breakdown.key) for one in rows}

    def states(self) -> dict[tuple[str, str], str]:
        names = {region.pk: name for name, region in self.regions.items()}
        rows = Observation.objects.select_related("breakdown")
        return {(names[one.region_id], one.breakdown.key): one.state for one in rows}

    def set(self, below: int | None, *, by: Viewer = STATISTICS, reason: str = "Beschluss 4/26") -> Indicator:
        self.indicator.refresh_from_db(fields=["version"])
        facts = {
            "by": by,
            "key": self.indicator.key,
            "version": self.indicator.version,
            "reason": reason,
            "now": NOW,
        }
        return show_again(**facts) if below is None else hide_below(**facts, below=below)


def behind() -> dict[Decimal, str]:
    return dict(ConfidentialValue.objects.values_list("value", "observation__state"))


@pytest.mark.parametrize("is_first", [True, False])
def test_a_delivery_hides_the_worked_example(is_first: bool) -> None:
    town = Town()
    if not is_first:
        town.bring(EXAMPLE, year=2022)

    assert town.bring(EXAMPLE) == Written(9, 0, 0, hidden=4)

    assert town.hidden() == INNER
    rows = ConfidentialValue.objects.filter(observation__ends_on__year=2023)
    assert dict(rows.values_list("value", "observation__state")) == {
        Decimal(3): ReleaseState.SUPPRESSED,
        Decimal(12): ReleaseState.SUPPRESSED_SECONDARY,
        Decimal(8): ReleaseState.SUPPRESSED_SECONDARY,
        Decimal(9): ReleaseState.SUPPRESSED_SECONDARY,
    }


def test_the_same_delivery_again_changes_nothing() -> None:
    town = Town()
    town.bring(EXAMPLE)

    assert town.bring(EXAMPLE) == Written(0, 0, 9, hidden=4)
    assert town.hidden() == INNER


def test_the_words_of_a_hidden_count_go_behind_it_and_come_back() -> None:
    town = Town()
    town.bring(EXAMPLE)
    Observation.objects.filter(value=15).update(words="15,0")
    town.set(20)

    assert not Observation.objects.exclude(words="").exists()
    town.set(None)
    assert Observation.objects.get(value=15).words == "15,0"


def test_nothing_is_hidden_without_a_threshold() -> None:
    town = Town(below=None)

    assert town.bring(EXAMPLE) == Written(9, 0, 0)
    assert town.hidden() == set()


def test_a_threshold_hides_what_is_there_already() -> None:
    town = Town(below=None)
    town.bring(EXAMPLE)

    town.set(5)

    assert town.hidden() == INNER
    change = SuppressionChange.objects.get()
    assert (change.below, change.reason, change.by_name) == (5, "Beschluss 4/26", "Stefan Stadt")


def test_without_the_threshold_everything_is_as_it_was() -> None:
    town = Town()
    town.bring(EXAMPLE)

    town.set(None)

    assert town.hidden() == set()
    assert set(town.states().values()) == {ReleaseState.RELEASED}
    assert Observation.objects.get(region=town.regions["A"], breakdown=town.splits[WOMEN]).value == 3
    assert not ConfidentialValue.objects.exists()


def test_a_smaller_threshold_shows_again_what_it_need_not_hide() -> None:
    town = Town()
    town.bring(EXAMPLE)

    town.set(3)

    assert town.hidden() == set()


def test_what_one_indicator_of_the_quantity_asks_for_holds_for_all() -> None:
    town = Town()
    make.indicator(quantity=town.quantity, suppress_below=10)
    town.bring(EXAMPLE)

    town.set(None)

    # Below 10: A·women, B·women and B·men are small themselves.
    assert town.hidden() == INNER
    assert list(town.states().values()).count(ReleaseState.SUPPRESSED) == 3


def test_a_hidden_cell_stays_hidden_in_a_later_edition_of_the_day() -> None:
    town = Town()
    town.bring(EXAMPLE)

    # A·women is no small count any more; but who has the first edition must not set both side by side.
    town.bring({("A", WOMEN): 6, ("A", ALL): 18, ("city", WOMEN): 14, ("city", ALL): 35})

    assert town.hidden() == INNER
    assert ConfidentialValue.objects.get(value=6).observation.state == ReleaseState.SUPPRESSED_SECONDARY


def test_a_delivery_leaves_other_days_alone() -> None:
    town = Town()
    town.bring(EXAMPLE, year=2022)
    before = list(Observation.objects.filter(ends_on__year=2022).order_by("pk").values())

    town.bring(EXAMPLE, year=2023)

    assert list(Observation.objects.filter(ends_on__year=2022).order_by("pk").values()) == before


def test_what_is_no_count_hides_the_whole_day() -> None:
    town = Town()

    town.bring({("A", ALL): "2.5", ("B", ALL): 17, ("city", ALL): 20})

    assert town.hidden() == {("A", ALL), ("B", ALL), ("city", ALL)}


def test_other_regions_are_left_to_their_offices() -> None:
    town = Town()
    town.regions["elsewhere"] = Region.objects.create(level=RegionLevel.COUNTY, key="98001", name="Anderswo")

    town.bring({("elsewhere", ALL): 2, ("A", ALL): 3, ("B", ALL): 29, ("city", ALL): 32})

    assert town.hidden() == {("A", ALL), ("B", ALL)}


def test_a_withdrawn_count_is_in_no_table() -> None:
    town = Town()
    town.bring(EXAMPLE)
    Observation.objects.filter(region=town.regions["B"]).update(state=ReleaseState.WITHDRAWN, value=None)

    town.bring({("A", MEN): 13})

    assert town.states()["B", MEN] == ReleaseState.WITHDRAWN


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STATISTICS])
@pytest.mark.parametrize("below", [7, None])
def test_nobody_but_the_statistics_office_hides_or_shows(role: Role, below: int | None) -> None:
    town = Town()
    other = Viewer(account_id=9, held=frozenset({HeldRole(role, None)}))

    for viewer in (other, SYSTEM):
        with pytest.raises(NotAllowed):
            town.set(below, by=viewer)


@pytest.mark.parametrize(
    ("below", "reason", "code"),
    [
        (1, "Grund", "threshold_out_of_range"),
        (0, "Grund", "threshold_out_of_range"),
        (1001, "Grund", "threshold_out_of_range"),
        (7, "  ", "needs_reason"),
        (5, "Grund", "same_threshold"),
        (None, "", "needs_reason"),
    ],
)
def test_a_threshold_is_refused_with_a_reason(below: int | None, reason: str, code: str) -> None:
    town = Town()

    with pytest.raises(CannotHide) as refused:
        town.set(below, reason=reason)

    assert refused.value.code == code


@pytest.mark.parametrize("words", ["Prozent", "Tsd. EUR", "je 1.000 Einwohner"])
def test_only_counts_can_be_hidden(words: str) -> None:
    town = Town(below=None)
    town.quantity.unit_words = words
    town.quantity.save()

    with pytest.raises(CannotHide) as refused:
        town.set(5)

    assert refused.value.code == "not_a_count"


def test_a_derived_indicator_is_hidden_by_its_inputs() -> None:
    town = Town(below=None)
    town.indicator = make.indicator(formula="[a] + [b]", unit="personen")

    with pytest.raises(CannotHide) as refused:
        town.set(5)

    assert refused.value.code == "is_derived"


@pytest.mark.parametrize("facts", [{"words": "3,0"}, {"value": Decimal(3)}])
def test_the_database_refuses_a_hidden_observation_that_says_its_count(facts: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.observation(**{"value": None, "state": ReleaseState.SUPPRESSED} | facts)


EDITOR = Viewer(account_id=8, held=frozenset({HeldRole(Role.COORDINATOR, None)}), name="Karin Kurz")


def changed(town: Town, **values: object) -> Indicator:
    town.indicator.refresh_from_db(fields=["version"])
    return change_indicator(
        by=EDITOR,
        key=town.indicator.key,
        version=town.indicator.version,
        values=values,
        on=NOW.date(),
        reason="Neu",
    )


@pytest.mark.parametrize("below", [None, 4])
def test_who_defines_an_indicator_shows_no_small_count_again(below: int | None) -> None:
    town = Town()
    town.bring(EXAMPLE)

    with pytest.raises(CannotSave) as refused:
        changed(town, suppress_below=below)

    assert refused.value.code == "threshold_elsewhere"
    assert town.hidden() == INNER


def test_a_threshold_is_not_lost_by_another_quantity() -> None:
    town = Town()

    for values in ({"quantity_id": make.quantity().pk}, {"quantity_id": None, "formula": "[x]"}):
        with pytest.raises(CannotSave):
            changed(town, **values)


def test_who_defines_an_indicator_may_hide_more() -> None:
    town = Town(below=None)
    town.bring(EXAMPLE)

    changed(town, suppress_below=5)

    assert town.hidden() == INNER


def test_an_indicator_with_a_threshold_hides_in_the_quantity_it_gets() -> None:
    town = Town(below=None)
    town.bring(EXAMPLE)
    other = make.indicator(unit="personen", suppress_below=5)

    change_indicator(
        by=EDITOR,
        key=other.key,
        version=other.version,
        values={"quantity_id": town.quantity.pk},
        on=NOW.date(),
        reason="Werte da",
    )

    assert town.hidden() == INNER


def test_a_new_indicator_with_a_threshold_hides_at_once() -> None:
    town = Town(below=None)
    town.bring(EXAMPLE)

    create_indicator(
        by=EDITOR,
        key="frauen",
        values={"name": "Frauen", "unit": "personen", "quantity_id": town.quantity.pk, "suppress_below": 5},
        on=NOW.date(),
    )

    assert town.hidden() == INNER


def test_a_threshold_of_what_is_no_count_is_refused_when_it_is_defined() -> None:
    with pytest.raises(CannotSave) as refused:
        create_indicator(
            by=EDITOR,
            key="quote",
            values={"name": "Quote", "unit": "prozent", "suppress_below": 5},
            on=NOW.date(),
        )

    assert refused.value.code == "not_a_count"
