"""Parts of tables as people name them."""

import pytest

from dreiklang.monitoring.rules.genesis_questions import RegionWish, YearWish, region_wish, year_wish
from dreiklang.monitoring.rules.values import Refused


@pytest.mark.parametrize(
    ("said", "variable", "found"),
    [
        ([], "", RegionWish()),
        (["14511"], "", RegionWish("KREISE", "14511")),
        (["14511", "14612"], "", RegionWish("KREISE", "14511,14612")),
        (["14511, 14612"], "", RegionWish("KREISE", "14511,14612")),
        (["14511000"], "", RegionWish("GEMEIN", "14511000")),
        (["14"], "", RegionWish("DLAND", "14")),
        (["145"], "", RegionWish("REGBEZ", "145")),
        (["DG"], "", RegionWish("DINSG", "DG")),
        (["14*"], "GEMEIN", RegionWish("GEMEIN", "14*")),
        ([], "KREISE", RegionWish("KREISE", "*")),
        (["145110000000"], "GEOGM4", RegionWish("GEOGM4", "145110000000")),
        (["14*"], "", Refused("region_variable_missing", "14*")),
        (["14", "14511"], "", Refused("region_variable_missing", "14, 14511")),
        (["145110000000"], "", Refused("region_variable_missing", "145110000000")),
        (["Leipzig"], "", Refused("not_a_region_key", "Leipzig")),
        (["14511;x"], "", Refused("not_a_region_key", "14511;x")),
        (["14511"], "kreise&job=true", Refused("not_a_region_variable", "kreise&job=true")),
    ],
)
def test_areas_are_asked_for_by_the_variable_their_keys_tell(
    said: list[str], variable: str, found: RegionWish | Refused
) -> None:
    assert region_wish(said, source="regionalstatistik", variable=variable) == found


def test_at_the_census_no_key_tells_the_variable() -> None:
    assert region_wish(["14511000"], source="zensus") == Refused("region_variable_missing", "14511000")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("", YearWish()),
        ("2015-2024", YearWish(2015, 2024)),
        ("2015 – 2024", YearWish(2015, 2024)),
        ("2015-", YearWish(2015, None)),
        ("-2024", YearWish(None, 2024)),
        ("2020", YearWish(2020, 2020)),
        ("2024-2015", Refused("not_years", "2024-2015")),
        ("20152024", Refused("not_years", "20152024")),
        ("15-24", Refused("not_years", "15-24")),
        ("-", Refused("not_years", "-")),
        ("immer", Refused("not_years", "immer")),
    ],
)
def test_years_are_read_as_people_write_them(said: str, found: YearWish | Refused) -> None:
    assert year_wish(said) == found
