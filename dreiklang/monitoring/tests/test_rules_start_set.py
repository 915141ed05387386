"""The starter set: every entry is whole, its units fit, and no source is claimed that nobody has seen."""

import copy
import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from dreiklang.monitoring.rules.start_set import (
    InvalidStartSet,
    Proof,
    SourceKind,
    shipped_start_set,
    start_set_from,
)
from dreiklang.monitoring.rules.units import shipped_units
from dreiklang.monitoring.rules.values import Direction, RegionLevel

REPOSITORY = Path(__file__).resolve().parents[3]
PAGE = (REPOSITORY / "docs/sources/starter-indicators.md").read_text(encoding="utf-8")
TABLES = REPOSITORY.parent / "shared/data/indicators/genesis"
SET = shipped_start_set()
every = pytest.mark.parametrize("one", SET.indicators, ids=lambda one: one.key)


def raw() -> dict[str, Any]:
    file = resources.files("dreiklang.monitoring").joinpath("data/indicators/start.yaml")
    return copy.deepcopy(yaml.safe_load(file.read_text(encoding="utf-8")))


def with_first(**said: Any) -> dict[str, Any]:
    """The set with its first entry (a count of people in districts) changed."""
    data = raw()
    data["indicators"][0].update(said)
    return data


def test_the_set_has_a_few_indicators_for_every_field_of_action() -> None:
    assert 40 <= len(SET.indicators) <= 45
    assert {one.fields[0] for one in SET.indicators} == set(SET.fields)
    assert all(sum(code in one.fields for one in SET.indicators) <= 15 for code in SET.fields)


@every
def test_an_entry_says_what_it_means_and_what_it_does_not(one) -> None:
    assert one.meaning != one.limits
    assert one.meaning.endswith(".")
    assert one.limits.endswith(".")
    assert len(one.name) <= 80
    assert len(one.reference) <= 200
    assert one.unit in shipped_units().by_code


@every
def test_an_entry_names_its_source_or_says_that_it_is_open(one) -> None:
    if one.source_kind is SourceKind.OFFICIAL:
        assert one.licence == "dl-by-de/2.0"
        assert one.statistic.publisher.attribution
    if one.source_kind is SourceKind.CITY:
        assert one.city_source
        assert one.licence == ""
    if one.source_kind is SourceKind.OPEN:
        assert one.hint
        assert one.licence == ""
    if one.source_kind is SourceKind.DERIVED:
        assert SET.inputs_of(one.key)


@every
def test_a_derived_entry_goes_no_deeper_than_all_it_is_reckoned_from(one) -> None:
    order = list(RegionLevel)

    assert all(order.index(one.level) <= order.index(other.level) for other in SET.inputs_of(one.key))


@every
def test_every_entry_stands_on_the_page_with_its_source(one) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{one.key}` |"))

    assert str(one.level) in row
    assert one.code in row
    assert (one.statistic.number if one.statistic else one.city_source or one.hint) in row
    assert all(f"`{other.key}`" in row for other in SET.inputs_of(one.key))
    assert ("zu prüfen" in row) == (
        one.source_kind is SourceKind.OPEN or (one.source_kind is SourceKind.OFFICIAL and not one.table)
    )


def test_the_page_lists_no_indicator_that_is_not_in_the_set() -> None:
    assert set(re.findall(r"^\| `([a-z0-9-]+)` \|", PAGE, re.MULTILINE)) == set(SET.by_key)


@pytest.mark.parametrize("statistic", SET.statistics.values(), ids=lambda one: one.number)
def test_every_statistic_is_used_and_stands_on_the_page_with_its_proof(statistic) -> None:
    assert any(one.statistic == statistic for one in SET.indicators)
    assert f"| {statistic.number} | {statistic.name} | {statistic.proof} |" in PAGE


@pytest.mark.parametrize(
    "one", [one for one in SET.indicators if one.table], ids=lambda one: f"{one.table} {one.code}"
)
def test_a_named_quantity_is_in_its_table(one) -> None:
    if not TABLES.exists():
        pytest.skip("The shared tables are not here.")

    text = next((TABLES / one.table).glob("*tablefile*.csv")).read_text(encoding="utf-8-sig")

    # Statistic, a stretch of the row, and the quantity with its name.
    assert re.search(rf"^{one.statistic.number};.*;{one.code};", text, re.MULTILINE)
    assert one.statistic.proof is Proof.TABLE


def test_what_a_rate_is_reckoned_from_is_named_in_the_order_of_its_formula() -> None:
    names = [one.key for one in SET.inputs_of("kinderarmut")]

    assert names == ["kinder-in-grundsicherung", "einwohner-unter-18"]
    assert SET.inputs_of("einwohner") == ()


def test_a_statistic_stays_the_source_where_the_city_only_adds_its_districts() -> None:
    assert SET.by_key["einwohner"].city_source == "Melderegister"
    assert SET.by_key["einwohner"].source_kind is SourceKind.OFFICIAL
    assert SET.by_key["leerstandsquote"].direction is Direction.RANGE


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"unit": "furlong"}, "no unit"),
        ({"direction": "up"}, "no Direction"),
        ({"level": "village"}, "no RegionLevel"),
        ({"rhythm": "SOMETIMES"}, "no rhythm"),
        ({"decimals": 7}, "decimals"),
        ({"decimals": "one"}, "decimals"),
        ({"decimals": True}, "decimals"),
        ({"fields": ["space"]}, "no fields of action"),
        ({"fields": []}, "no field of action"),
        ({"limits": ""}, "`limits` is missing"),
        ({"key": "Einwohner"}, "other signs"),
        ({"key": "kinder_3"}, "other signs"),
        ({"key": 5}, "has no key"),
        ({"key": "wohnungen"}, "stands twice"),
        ({"name": "Wohnungen"}, "stands twice"),
        ({"statistic": "99999"}, "no statistic"),
        ({"statistic": 12411}, "no statistic"),
        ({"formula": "[wohnungen]"}, "one source, or one formula"),
        ({"open": "irgendwo"}, "one source, or one formula"),
        ({"lag_days": 0}, "`lag_days`"),
        ({"lag_days": True}, "`lag_days`"),
        ({"suppress_below": None}, "people in districts"),
        ({"level": "municipality"}, "people in districts"),
        ({"unit": "wohnungen"}, "people in districts"),
        ({"colour": "blue"}, "nobody knows"),
    ],
)
def test_an_entry_that_is_wrong_is_refused_and_named(said, why) -> None:
    with pytest.raises(InvalidStartSet) as refused:
        start_set_from(with_first(**said))

    assert why in str(refused.value)


@pytest.mark.parametrize("left_out", ["table", "code", "statistic"])
def test_a_table_is_not_believed_without_quantity_and_statistic(left_out) -> None:
    data = raw()
    del data["indicators"][0][left_out]

    with pytest.raises(InvalidStartSet) as refused:
        start_set_from(data)

    assert refused.value.where == "einwohner"


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("share([einwohner-unter-18], [wohnungen])", "unit_mismatch"),
        ("share([einwohner-unter-18], [einwonher])", "unit_unknown"),
        ("share([einwohner-unter-18], ", "its formula"),
        ("share([anteil-unter-18], [anteil-ab-65])", "in a circle"),
    ],
)
def test_a_formula_that_does_not_fit_is_refused(formula, why) -> None:
    data = raw()
    by_key = {one["key"]: one for one in data["indicators"]}
    by_key["anteil-unter-18"]["formula"] = formula

    with pytest.raises(InvalidStartSet) as refused:
        start_set_from(data)

    assert why in str(refused.value)
    assert refused.value.where.startswith("anteil-unter-18")


@pytest.mark.parametrize(
    ("part", "value", "where"),
    [
        ("as_of", None, "as_of"),
        ("indicators", [], "indicators"),
        ("indicators", ["einwohner"], "einwohner"),
        ("statistics", None, "statistics"),
        ("statistics", [{"number": "12411", "name": "B", "provider": "nobody", "proof": "table"}], "12411"),
        (
            "statistics",
            [{"number": "124", "name": "B", "provider": "regionalstatistik", "proof": "table"}],
            "124",
        ),
        (
            "statistics",
            [{"number": "12411", "name": "B", "provider": "regionalstatistik", "proof": "hearsay"}],
            "12411",
        ),
        ("providers", {"regionalstatistik": {"licence": "free"}}, "regionalstatistik"),
        ("providers", {"regionalstatistik": None}, "regionalstatistik"),
        ("fields", None, "fields"),
    ],
)
def test_a_set_with_a_broken_part_is_refused(part, value, where) -> None:
    data = {**raw(), part: value}

    with pytest.raises(InvalidStartSet) as refused:
        start_set_from(data)

    assert refused.value.where == where


@pytest.mark.parametrize("data", [None, [], "indicators", {}])
def test_something_else_is_no_set(data) -> None:
    with pytest.raises(InvalidStartSet):
        start_set_from(data)
