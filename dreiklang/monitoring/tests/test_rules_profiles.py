"""What a drawn area has of the districts it touches, first on the worked example of the page."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.profiles import AreaPart, Estimate, apportion, rate_of
from dreiklang.monitoring.tests.documents import number, rows

shares = st.decimals(min_value=0, max_value=1, places=3)
amounts = st.decimals(min_value=0, max_value=100_000, places=1)


def part(share, covers, value) -> AreaPart:
    known = value if isinstance(value, Unknown) else Decimal(value)
    return AreaPart(share=Decimal(share), covers=Decimal(covers), value=known)


def written(row) -> list[AreaPart]:
    columns = [row[name] for name in ("share of district inside", "part of the drawn area", "values")]
    if columns[0] == "-":
        return []
    return [
        part(share, covers, Unknown("suppressed") if value.strip() == "." else value.strip())
        for share, covers, value in zip(*(words.split(",") for words in columns), strict=True)
    ]


@pytest.mark.parametrize("row", rows("comparing-places", "A drawn area"), ids=lambda row: row["case"])
def test_sum_is_as_on_the_page(row):
    found = apportion(written(row), is_additive=True)

    assert found.is_estimate is (row["estimate"] == "yes")
    assert found.covered_share == number(row["covered"])
    if isinstance(found.value, Unknown):
        assert found.value.reason == row["sum"]
    else:
        assert found.value == number(row["sum"])


def test_unknown_sum_says_what_was_unknown():
    found = apportion([part(1, "0.5", 3), part(1, "0.5", Unknown("suppressed"))], is_additive=True)

    assert found.value == Unknown("input_unknown", "suppressed")


def test_rate_of_one_whole_district_is_its_rate():
    assert apportion([part(1, 1, "12.5")], is_additive=False) == Estimate(Decimal("12.5"), False, Decimal(1))


def test_rate_of_one_whole_district_may_be_unknown():
    assert apportion([part(1, 1, Unknown("later"))], is_additive=False).value == Unknown("later")


@pytest.mark.parametrize(
    "parts",
    [[part("0.5", 1, 12)], [part(1, "0.5", 12), part(1, "0.5", 14)], [part(1, "0.7", 12)]],
)
def test_rate_is_never_spread(parts):
    assert apportion(parts, is_additive=False).value == Unknown("not_applicable")


def test_districts_that_overlap_by_a_hair_cover_no_more_than_all():
    assert apportion([part(1, "0.6", 1), part(1, "0.401", 1)], is_additive=True).covered_share == 1


def test_rate_outside_of_all_districts_is_not_covered():
    assert apportion([], is_additive=False).value == Unknown("not_covered")


@pytest.mark.parametrize(
    ("share", "covers"), [("1.1", "0.5"), ("-0.1", "0.5"), ("0.5", "1.1"), ("0.5", "NaN")]
)
def test_part_that_is_no_share_is_refused(share, covers):
    with pytest.raises(ValueError):
        part(share, covers, 1)


def test_rate_is_reckoned_again_from_estimated_counts():
    jobless = Estimate(Decimal(30), True, Decimal("0.9"))
    people = Estimate(Decimal(600), False, Decimal(1))

    assert rate_of(jobless, people, per=1000) == Estimate(Decimal(50), True, Decimal("0.9"))


def test_rate_of_nobody_is_unknown():
    nobody = Estimate(Decimal(0), False, Decimal(1))

    assert rate_of(nobody, nobody, per=100).value == Unknown("division_by_zero")


def test_rate_of_something_unknown_is_unknown():
    unknown = Estimate(Unknown("input_unknown", "suppressed"), True, Decimal(0))
    people = Estimate(Decimal(600), False, Decimal(1))

    assert rate_of(unknown, people).value == Unknown("input_unknown", "suppressed")
    assert rate_of(people, unknown).value == Unknown("input_unknown", "suppressed")


@given(st.lists(st.tuples(shares, amounts), min_size=1, max_size=8))
def test_sum_lies_between_nothing_and_all_of_the_districts(districts):
    parts = [part(share, Decimal(1) / len(districts), value) for share, value in districts]
    found = apportion(parts, is_additive=True)

    if not isinstance(found.value, Unknown):
        assert 0 <= found.value <= sum(value for _share, value in districts)
        assert 0 <= found.covered_share <= 1


@given(st.lists(amounts, min_size=1, max_size=8), shares)
def test_halves_that_make_a_whole_add_up(values, share):
    covers = Decimal(1) / len(values)
    one = apportion([part(share, covers, value) for value in values], is_additive=True)
    rest = apportion([part(1 - share, covers, value) for value in values], is_additive=True)

    if Decimal("0.005") < share < Decimal("0.995"):
        assert one.value + rest.value == sum(values)
