"""A delivered table as cells and lines: what adds up to what, and what happens where nothing can be proven."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.small_counts import (
    Count,
    Hiding,
    Proof,
    RegionSum,
    are_counts,
    hiding,
    split_of,
)
from dreiklang.monitoring.rules.units import unit_of
from dreiklang.monitoring.rules.values import ReleaseState
from dreiklang.monitoring.tests.attacker import Attacker

CITY, A, B = 1, 2, 3
DISTRICTS = (RegionSum(CITY, (A, B)),)


def counts(values: dict[tuple[int, str], object]) -> list[Count]:
    return [
        Count(
            f"{region}|{split}", region, split, value if isinstance(value, Unknown) else Decimal(str(value))
        )
        for (region, split), value in values.items()
    ]


def hidden(found: Hiding) -> set[str]:
    return {key for key, state in found.states.items() if state is not ReleaseState.RELEASED}


# The worked example of docs/rules/suppression.md, with totals as official tables write them.
TABLE = {
    (A, "GES=GESW;NAT="): 3,
    (A, "GES=GESM;NAT="): 12,
    (A, "GES=;NAT="): 15,
    (B, "GES=GESW;NAT="): 8,
    (B, "GES=GESM;NAT="): 9,
    (B, "GES=;NAT="): 17,
    (CITY, "GES=GESW;NAT="): 11,
    (CITY, "GES=GESM;NAT="): 21,
    (CITY, "GES=;NAT="): 32,
}


def test_axes_without_a_value_are_totals() -> None:
    assert split_of("GES=;NAT=") == split_of("") == frozenset()
    assert split_of("GES=GESW;NAT=") == split_of("GES=GESW")


def test_the_worked_example_comes_out_of_a_delivered_table() -> None:
    found = hiding(counts(TABLE), DISTRICTS, below=5)

    assert found.proof is Proof.AUDITED
    assert hidden(found) == {f"{region}|GES={sex};NAT=" for region in (A, B) for sex in ("GESW", "GESM")}
    assert found.states[f"{A}|GES=GESW;NAT="] is ReleaseState.SUPPRESSED
    assert found.states[f"{B}|GES=GESW;NAT="] is ReleaseState.SUPPRESSED_SECONDARY


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    found = hiding(counts(TABLE), DISTRICTS, below=3)

    assert (found.proof, hidden(found)) == (Proof.SHOWN, set())


def test_what_was_hidden_before_stays_hidden_and_is_protected_as_well() -> None:
    found = hiding(counts(TABLE), DISTRICTS, below=3, also=[f"{B}|GES=GESM;NAT="])

    assert len(hidden(found)) == 4


def test_the_same_whole_under_two_names_is_hidden_together() -> None:
    found = hiding(counts({(A, ""): 3, (A, "GES="): 3, (B, "GES="): 40}), (), below=5)

    assert hidden(found) == {f"{A}|", f"{A}|GES="}


def test_a_city_under_its_second_key_is_hidden_with_it() -> None:
    county = 4
    table = counts({(CITY, ""): 7, (county, ""): 7, (A, ""): 3, (B, ""): Unknown("unknown")})

    found = hiding(table, [*DISTRICTS, RegionSum(county, (CITY,))], below=5)

    assert hidden(found) == {f"{region}|" for region in (CITY, county, A)}


def test_planning_areas_between_districts_and_city_are_reckoned_with() -> None:
    north, south, c, d = 5, 6, 7, 8
    table = counts(
        {(CITY, ""): 80, (north, ""): 20, (south, ""): 60, (A, ""): 2, (B, ""): 18, (c, ""): 30, (d, ""): 30}
    )
    sums = [
        RegionSum(CITY, (north, south)),
        RegionSum(CITY, (A, B, c, d)),
        RegionSum(north, (A, B)),
        RegionSum(south, (c, d)),
    ]

    assert hidden(hiding(table, sums, below=5)) == {f"{A}|", f"{B}|"}


def test_groups_that_overlap_are_hidden_all_or_none() -> None:
    # Under 3 is part of under 6: more than the whole together.
    table = counts({(A, "ALT=U3"): 3, (A, "ALT=U6"): 9, (A, "ALT=AB6"): 100, (A, ""): 109})

    found = hiding(table, (), below=5)

    assert found.proof is Proof.AUDITED
    assert hidden(found) == {f"{A}|ALT=U3", f"{A}|ALT=U6", f"{A}|ALT=AB6"}


@pytest.mark.parametrize("bad", ["2.5", "-3"])
def test_a_table_with_what_is_no_count_shows_no_number(bad: str) -> None:
    found = hiding(
        counts({(A, ""): bad, (B, ""): 40, (CITY, ""): Unknown("confidential")}), DISTRICTS, below=5
    )

    assert (found.proof, found.why) == (Proof.ALL_HIDDEN, "not_a_count")
    assert hidden(found) == {f"{A}|", f"{B}|"}


def test_a_table_that_cannot_be_protected_shows_no_number() -> None:
    # Two lines with the same whole, one with a part more: the part more is nothing else than 0.
    more = 9
    table = counts({(CITY, ""): 40, (A, ""): 20, (B, ""): 20, (more, ""): 0})
    sums = (*DISTRICTS, RegionSum(CITY, (A, B, more)))

    found = hiding(table, sums, below=5, also=[f"{more}|"])

    assert (found.proof, found.why) == (Proof.ALL_HIDDEN, "leak")
    assert len(hidden(found)) == 4


@pytest.mark.parametrize(
    ("words", "is_one"),
    [
        ("Anzahl", True),
        ("Personen", True),
        ("Fälle", True),
        ("Tsd. Personen", False),
        ("Prozent", False),
        ("je 1.000 Einwohner", False),
        ("Tsd. EUR", False),
        ("ha", False),
        ("Jahre", False),
    ],
)
def test_only_what_is_counted_one_by_one_is_a_count(words: str, is_one: bool) -> None:
    unit = unit_of(words)

    assert not isinstance(unit, Unknown)
    assert are_counts(unit) is is_one


def test_nothing_is_a_count_without_a_unit() -> None:
    assert not are_counts(None)


SEXES, NATIONS = ("GESM", "GESW"), ("D", "A")
INNER = [f"GES={sex};NAT={nation}" for sex in SEXES for nation in NATIONS]
WHOLES = ["GES=;NAT=", *(f"GES={sex};NAT=" for sex in SEXES), *(f"GES=;NAT={nation}" for nation in NATIONS)]
THREE = (A, B, 4)


def added_up(inner: dict[tuple[int, str], int]) -> dict[tuple[int, str], int]:
    """The counts with all their sums, over the sexes, the nations and the districts."""
    table = dict(inner)
    for whole, region in product(WHOLES, THREE):
        parts = [split for split in INNER if split_of(whole) <= split_of(split)]
        table[region, whole] = sum(inner[region, part] for part in parts)
    for split in (*INNER, *WHOLES):
        table[CITY, split] = sum(table[region, split] for region in THREE)
    return table


def written_lines() -> list[tuple[list[str], str]]:
    """The lines written out, so that they are not taken from what is tested."""
    lines = [([f"{region}|{split}" for region in THREE], f"{CITY}|{split}") for split in (*INNER, *WHOLES)]
    for region in (*THREE, CITY):
        by_sex = [[f"{region}|GES={sex};NAT={nation}" for nation in NATIONS] for sex in SEXES]
        lines += [(parts, f"{region}|GES={sex};NAT=") for sex, parts in zip(SEXES, by_sex, strict=True)]
        by_nation = [[f"{region}|GES={sex};NAT={nation}" for sex in SEXES] for nation in NATIONS]
        lines += [(parts, f"{region}|GES=;NAT={one}") for one, parts in zip(NATIONS, by_nation, strict=True)]
        lines.append(([f"{region}|GES={sex};NAT=" for sex in SEXES], f"{region}|GES=;NAT="))
        lines.append(([f"{region}|GES=;NAT={nation}" for nation in NATIONS], f"{region}|GES=;NAT="))
    return lines


@given(st.lists(st.integers(0, 12), min_size=12, max_size=12), st.integers(2, 6))
@settings(max_examples=40, deadline=None)
def test_an_attacker_learns_no_small_count_of_districts_by_sex_and_nationality(
    numbers: list[int], below: int
) -> None:
    table = added_up(dict(zip(product(THREE, INNER), numbers, strict=True)))

    found = hiding(counts(dict(table)), [RegionSum(CITY, THREE)], below=below)

    away = hidden(found)
    named = {f"{region}|{split}": value for (region, split), value in table.items()}
    assert away >= {key for key, value in named.items() if 0 < value < below}
    if found.proof is Proof.AUDITED:
        published = {key: value for key, value in named.items() if key not in away}
        attacker = Attacker(written_lines(), published, away, largest=200)
        assert all(attacker.is_left_with(key, true=named[key], by=below) for key in away)
