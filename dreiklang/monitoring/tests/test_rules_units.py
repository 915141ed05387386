"""Units: how sources write them, what they measure, and what may be converted."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.units import (
    InvalidUnits,
    convertible,
    fits,
    shipped_units,
    unit_of,
    units_from,
)

UNITS = shipped_units().by_code
any_unit = st.sampled_from(sorted(UNITS)).map(UNITS.__getitem__)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Anzahl", "anzahl"),
        ("Prozent", "prozent"),
        ("%", "prozent"),
        ("(%)", "prozent"),
        ("in %", "prozent"),
        ("Tsd. EUR", "tsd_eur"),
        ("1000 EUR", "tsd_eur"),
        ("je 1.000 EW", "je_1000_ew"),
        ("je 1\u00a0000 EW", "je_1000_ew"),
        ("je 100.000 Einwohner", "je_100000_ew"),
        ("ha", "ha"),
        ("kW", "kw"),
        ("KW", "kw"),
        ("  qkm ", "km2"),
        ("prozentpunkte", "prozentpunkte"),
        ("tsd_eur", "tsd_eur"),
    ],
)
def test_a_unit_is_known_by_the_words_of_its_source(words, code):
    assert unit_of(words).code == code


@pytest.mark.parametrize("words", ["", "jew. ME", "Furlong", "1000", "je 1.0000 EW", "(", "% %"])
def test_words_that_name_no_unit_are_unknown_with_the_words(words):
    assert unit_of(words) == Unknown("unit_unknown", words)


def test_capitals_tell_units_apart_that_are_alike_without_them():
    assert unit_of("MW").code == "mw"
    assert unit_of("mm").code == "mm"
    assert unit_of("t").code == "t"


@pytest.mark.parametrize(
    ("source", "target", "factor"),
    [
        ("ha", "km2", "0.01"),
        ("tsd_eur", "eur", "1000"),
        ("prozent", "anteil", "0.01"),
        ("je_1000", "prozent", "0.1"),
        ("jahre", "monate", "12"),
        ("grad_celsius", "grad_celsius", "1"),
    ],
)
def test_units_of_one_dimension_convert(source, target, factor):
    assert convertible(UNITS[source], UNITS[target]) == Decimal(factor)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("ha", "personen"),
        ("prozent", "prozentpunkte"),
        ("personen", "haushalte"),
        ("eur", "eur_je_ew"),
        ("kw", "kwh"),
        ("note", "index"),
    ],
)
def test_units_of_different_things_do_not_convert(source, target):
    assert convertible(UNITS[source], UNITS[target]) is None


@pytest.mark.parametrize(
    ("source", "declared", "factor"),
    [
        ("je_1000", "je_1000_ew", "1"),  # persons over persons
        ("je_100", "je_1000_ew", "10"),
        ("je_1000_ew", "je_100000_ew", "100"),
        ("prozent", "prozentpunkte", None),
        ("prozentpunkte", "je_1000_ew", None),
        ("eur_je_ew", "je_1000_ew", None),
        ("ha", "je_1000_ew", None),
    ],
)
def test_a_rate_takes_any_counted_thing_above_its_line_and_nothing_else(source, declared, factor):
    expected = None if factor is None else Decimal(factor)

    assert fits(UNITS[source], UNITS[declared]) == expected


@given(any_unit, any_unit)
def test_converting_there_and_back_changes_nothing(one, other):
    there, back = convertible(one, other), convertible(other, one)

    assert (there is None) == (back is None)
    assert there is None or back is None or there * back == 1


@given(any_unit)
def test_every_unit_is_found_by_its_code_and_by_its_name(unit):
    assert unit_of(unit.code) == unit
    assert unit_of(unit.name) == unit


@given(st.text(max_size=20))
def test_no_words_break_the_reading(words):
    assert unit_of(words) is not None


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (None, "units"),
        ({"units": {}}, "units"),
        ({"units": ["m"]}, "m"),
        ({"units": [{"name": "ohne Kürzel"}]}, "?"),
        ({"units": [{"code": "a", "name": "A"}]}, "a"),
        ({"units": [{"code": "a", "name": "A", "dimension": {"x": 0}}]}, "a"),
        ({"units": [{"code": "a", "name": "A", "dimension": {}, "factor": "viel"}]}, "a"),
        ({"units": [{"code": "a", "name": "A", "dimension": {}, "factor": 0}]}, "a"),
        ({"units": [{"code": "a", "name": "A", "dimension": {}, "factor": "NaN"}]}, "a"),
        ({"units": [{"code": "a", "name": "A", "dimension": {}, "per": 0}]}, "a"),
        ({"units": [{"code": "a", "name": "A", "dimension": {}, "kind": "odd"}]}, "a"),
        ({"units": [{"code": "a", "name": "A", "dimension": {}}] * 2}, "a"),
        ({"units": [{"code": c, "name": c, "dimension": {}, "words": ["gleich"]} for c in "ab"]}, "b"),
    ],
)
def test_a_broken_list_of_units_is_refused_by_name(data, where):
    with pytest.raises(InvalidUnits) as refused:
        units_from(data)

    assert refused.value.where == where
