"""Derived indicators out of the database: right at once when inputs come, and silent where an input is.

The worked examples of docs/rules/derived-indicators.md, with every input delivered as an observation.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from dreiklang.core.enums import Visibility
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Breakdown, Indicator, Region
from dreiklang.monitoring.queries.series import lines
from dreiklang.monitoring.rules.formulas import parse, unit_of_formula
from dreiklang.monitoring.rules.units import Unit, shipped_units
from dreiklang.monitoring.rules.values import MarkMeaning, ReleaseState
from dreiklang.monitoring.services import (
    CannotSave,
    Incoming,
    change_indicator,
    create_indicator,
    write_values,
)
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.documents import number
from dreiklang.monitoring.tests.test_rules_formulas import pairs, rows
from dreiklang.people.rules import PUBLIC, HeldRole, Role, Viewer
from dreiklang.people.tests.factories import department
from dreiklang.places.tests import factories as places

pytestmark = pytest.mark.django_db
UNITS = shipped_units().by_code
COORDINATOR = Viewer(account_id=1, name="Ida", held=frozenset({HeldRole(Role.COORDINATOR)}))
DAY = date(2024, 12, 31)
# In what the inputs of the examples are counted, where it is not persons.
INPUT_UNITS = {"quote": "prozent", "saldo": "eur"}
# How a source says so.
SIGNS = {"?unknown": MarkMeaning.UNKNOWN, "?later": MarkMeaning.LATER}


def source(key: str) -> Indicator:
    unit = INPUT_UNITS.get(key, "personen")
    found = Indicator.objects.filter(key=key).first()
    return found or make.indicator(
        key=key, name=key.title(), unit=unit, quantity=make.quantity(unit=unit), department=department(),
        visibility=Visibility.PUBLIC,
    )  # fmt: skip


def deliver(named: str, written: str, region: Region) -> None:
    """An input as an observation: "einwohner", "einwohner|GES=GESW", "quote-1" a year before."""
    name, _minus, years = named.partition("-")
    key, _bar, split = name.partition("|")
    day = DAY.replace(year=DAY.year - int(years or 0))
    breakdown = Breakdown.objects.get_or_create(key=split)[0]
    place = {"region": region, "breakdown": breakdown, "starts_on": day, "ends_on": day}
    quantity = source(key).quantity
    if written == "?suppressed":
        make.observation(quantity=quantity, value=None, state=ReleaseState.SUPPRESSED, **place)
    elif written.startswith("?"):
        make.observation(quantity=quantity, value=None, mark=".", meaning=SIGNS[written], **place)
    else:
        make.observation(quantity=quantity, value=number(written), **place)


def derived(text: str) -> Indicator:
    """An indicator that is reckoned so, saved as a person would save it."""
    for ref in {
        name.split("|")[0].strip("[]") for name in text.replace("[", " [").split() if name.startswith("[")
    }:
        source(ref.split("]")[0])
    known = {one.key: UNITS[one.unit] for one in Indicator.objects.all()}
    gives = unit_of_formula(parse(text), units=known)
    assert isinstance(gives, Unit)
    unit = gives.code if gives.code in UNITS else "je_1000"
    made = create_indicator(
        by=COORDINATOR, key="ergebnis", values={"name": "Ergebnis", "unit": unit, "formula": text}, on=DAY
    )
    Indicator.objects.filter(pk=made.pk).update(department=department(), visibility=Visibility.PUBLIC)
    made.refresh_from_db()
    return made


def read(indicator: Indicator, region: Region, viewer: Viewer = PUBLIC) -> Decimal | str:
    points = lines(viewer, indicators=[indicator], region_ids=[region.pk])[indicator.pk, region.pk]
    (value,) = (point.value for point in points if point.ends_on == DAY)
    return f"{value.reason}: {value.words}" if isinstance(value, Unknown) else value


@pytest.mark.parametrize(("text", "written", "result"), rows("Worked example"))
def test_the_database_gives_what_the_page_says(text: str, written: str, result: str) -> None:
    region = make.region()
    indicator = derived(text)
    for name, value in pairs(written):
        deliver(name, value, region)

    # A sign for "unknown" tells no more than that nothing was delivered.
    expected = result.replace("einwohner: unknown", "einwohner: not_delivered")
    assert read(indicator, region) == (number(result) if result[0].isdigit() else expected)


def bring(key: str, value: str, region: Region) -> None:
    quantity = source(key).quantity
    assert quantity is not None
    row = Incoming(quantity.pk, region.pk, make.total().pk, DAY, DAY, Decimal(value))
    write_values([row], delivery=make.delivery(), quantity_ids=[quantity.pk])


def test_a_delivery_changes_what_is_reckoned_from_it_at_once() -> None:
    region = make.region()
    indicator = derived("per([arbeitslose], [einwohner], 1000)")
    bring("arbeitslose", "1234", region)
    assert read(indicator, region) == "input_unknown: einwohner: not_delivered"

    bring("einwohner", "24680", region)
    assert read(indicator, region) == 50

    bring("arbeitslose", "617", region)
    assert read(indicator, region) == 25


def test_a_chain_of_formulas_hands_on_why_there_is_no_number() -> None:
    region = make.region()
    first = derived("per([arbeitslose], [einwohner], 1000)")
    second = create_indicator(
        by=COORDINATOR,
        key="doppelt",
        values={"name": "Doppelt", "unit": first.unit, "formula": "[ergebnis] * 2"},
        on=DAY,
    )
    deliver("arbeitslose", "?suppressed", region)
    deliver("einwohner", "24680", region)

    assert str(read(second, region, COORDINATOR)).startswith("suppressed: ")


@pytest.mark.parametrize("text", ["[kinder] + [quote]", "share([kinder], [saldo])", "[kinder] + 5"])
def test_units_that_do_not_fit_are_refused_when_saved(text: str) -> None:
    for key in ("kinder", "quote", "saldo"):
        source(key)

    with pytest.raises(CannotSave) as refused:
        create_indicator(by=COORDINATOR, key="falsch", values={"unit": "prozent", "formula": text}, on=DAY)

    assert refused.value.code == "unit_mismatch"
    assert not Indicator.objects.filter(key="falsch").exists()


def test_a_formula_is_checked_again_when_it_is_changed() -> None:
    indicator = derived("share([kinder], [einwohner])")
    source("quote")

    with pytest.raises(CannotSave) as refused:
        change_indicator(
            by=COORDINATOR, key=indicator.key, version=indicator.version, values={"formula": "[kinder] + [quote]"},
            on=DAY, reason="Neu",
        )  # fmt: skip

    assert refused.value.code == "unit_mismatch"
    indicator.refresh_from_db()
    assert indicator.formula == "share([kinder], [einwohner])"


@pytest.mark.parametrize(
    ("values", "words", "code"),
    [
        ({"arbeitslose": "1234", "einwohner": "0"}, "Teilen durch null", "division_by_zero"),
        ({"arbeitslose": "1234", "einwohner": "?unknown"}, "ein Ausgangswert fehlt", "input_unknown"),
        ({"arbeitslose": "?suppressed", "einwohner": "24680"}, "kleine Zahl, nicht gezeigt", "suppressed"),
    ],
)
def test_page_and_download_say_why_there_is_no_number(
    values: dict[str, str], words: str, code: str, city: Region
) -> None:
    indicator = derived("per([arbeitslose], [einwohner], 1000)")
    for name, value in values.items():
        deliver(name, value, city)
    page = f"/indikatoren/{indicator.key}/"

    for address in (page, f"{page}daten.csv"):
        assert words in Client().get(address).content.decode()
    (point,) = Client().get(f"{page}daten.json").json()["values"]
    assert (point["value"], point["unknown"]) == (None, code)


@pytest.fixture
def city() -> Region:
    ags = places.municipality(ags="99999000").ags
    return make.region(key=ags)
