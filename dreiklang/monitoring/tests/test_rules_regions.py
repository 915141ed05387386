from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.regions import (
    KeyChange,
    KeyChangeKind,
    RegionKey,
    ags_of_ars,
    ars_of_ags,
    followed,
    former_keys,
    levels_in,
    region_key,
    same_area,
    shipped_changes_of,
)
from dreiklang.monitoring.rules.values import Refused, RegionLevel

PAGE = Path(__file__).parents[3] / "docs" / "rules" / "region-keys.md"
SHIPPED = Path(__file__).parents[1] / "data" / "region_changes.yaml"
CHANGES = shipped_changes_of(yaml.safe_load(SHIPPED.read_text(encoding="utf-8")))


def rows(heading: str) -> list[tuple[str, ...]]:
    part = PAGE.read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    table = [line for line in part.splitlines() if line.startswith("| `")]
    return [tuple(cell.strip().strip("`") for cell in line.split("|")[1:-1]) for line in table]


@pytest.mark.parametrize(("written", "level", "stored"), rows("What a key names"))
def test_a_key_names_what_the_page_says(written, level, stored):
    read = region_key(written)

    if level.startswith("refused: "):
        assert read == Refused(level.removeprefix("refused: "), written, stored)
    else:
        assert (read.level, read.key) == (RegionLevel(level), stored)


@pytest.mark.parametrize(("ags", "association", "ars"), rows("One area, two spellings"))
def test_the_long_spelling_is_as_the_page_says(ags, association, ars):
    answer = ars_of_ags(ags, association=association or None)

    assert answer == (Unknown("association_unknown", ags) if ars.startswith("unknown") else ars)


@pytest.mark.parametrize(("key", "on", "target", "same"), rows("Changed keys"))
def test_a_changed_key_is_followed_as_the_page_says(key, on, target, same):
    day = date.fromisoformat(on)

    follow = followed(key, on=day, changes=CHANGES)

    assert follow.is_same_area is (same == "yes")
    if target.startswith("unknown: "):
        assert follow.key == Unknown("key_not_valid", "13071, 13075")
    else:
        assert follow.key == target


def test_three_spellings_name_one_area():
    assert same_area("14511", "14511000")
    assert same_area("14511000", "145110000000")
    assert same_area("02", "02000")
    assert same_area("DG", "DG000000")
    assert not same_area("14511", "14512")
    assert not same_area("14161", "14511")


def test_the_twelve_digits_are_kept_beside_the_eight():
    assert region_key("145110000000") == RegionKey(
        RegionLevel.MUNICIPALITY, "14511000", "145110000000", may_be_larger=True
    )


def test_a_list_tells_its_counties_from_its_cities():
    levels = levels_in(["DG000000", "01000000", "01001000", "01051000", "01051001", "02000000", "1051000"])

    assert levels["01051000"] == RegionKey(RegionLevel.COUNTY, "01051")
    assert (levels["01001000"].level, levels["01001000"].key) == (RegionLevel.MUNICIPALITY, "01001000")
    assert levels["01000000"].level is RegionLevel.STATE
    assert levels["02000000"].level is RegionLevel.MUNICIPALITY
    assert levels["1051000"] == Refused("leading_zero_lost", "1051000", "01051000")


def test_a_key_is_followed_over_several_changes():
    changes = [
        KeyChange("01002", "01003", date(2012, 1, 1), KeyChangeKind.MERGE),
        KeyChange("01001", "01002", date(2010, 1, 1), KeyChangeKind.RENAME),
    ]

    follow = followed("01001", on=date(2020, 1, 1), changes=changes)

    assert (follow.key, follow.is_same_area) == ("01003", False)
    assert [one.on.year for one in follow.via] == [2010, 2012]
    assert followed("01001", on=date(2011, 1, 1), changes=changes).key == "01002"


@pytest.mark.parametrize("key", ["14511", "14511000", "145110000000"])
def test_a_key_knows_those_it_had_before_a_rename(key):
    assert former_keys(key, changes=CHANGES) == {"14161000": date(2008, 8, 1)}


def test_renames_one_after_the_other_lead_to_the_last_key_and_merges_to_none():
    changes = [
        KeyChange("01001", "01002", date(2010, 1, 1), KeyChangeKind.RENAME),
        KeyChange("01002", "01003", date(2012, 1, 1), KeyChangeKind.RENAME),
        KeyChange("01003", "01004", date(2014, 1, 1), KeyChangeKind.MERGE),
    ]

    assert former_keys("01003", changes=changes[:2]) == {
        "01001000": date(2010, 1, 1),
        "01002000": date(2012, 1, 1),
    }
    assert former_keys("01004", changes=changes) == {}
    assert former_keys("14521", changes=CHANGES) == {}


def test_following_in_a_circle_comes_to_an_end():
    changes = [
        KeyChange("01001", "01002", date(2010, 1, 1), KeyChangeKind.RENAME),
        KeyChange("01002", "01001", date(2012, 1, 1), KeyChangeKind.RENAME),
    ]

    assert followed("01001", on=date(2020, 1, 1), changes=changes).key == "01001"


def test_a_part_given_away_is_not_followed():
    change = KeyChange("01001", "01002", date(2010, 1, 1), KeyChangeKind.PARTIAL)

    assert followed("01001", on=date(2020, 1, 1), changes=[change]).key == Unknown("key_not_valid", "01002")


def test_every_shipped_change_has_a_source_and_readable_keys():
    assert all(one.source for one in CHANGES)
    assert all(isinstance(region_key(one.from_key), RegionKey) for one in CHANGES)
    assert all(isinstance(region_key(one.to_key), RegionKey) for one in CHANGES)


def test_twelve_digits_only_are_shortened():
    with pytest.raises(ValueError):
        ags_of_ars("14511000")


@given(st.from_regex(r"(0[1-9]|1[0-6])[0-9]{6}", fullmatch=True), st.from_regex(r"[0-9]{4}", fullmatch=True))
def test_the_short_spelling_comes_back_from_the_long_one(ags, association):
    assert ags_of_ars(ars_of_ags(ags, association=association)) == ags


@given(st.text(max_size=14))
def test_no_text_is_read_as_another_key(text):
    read = region_key(text)

    assert isinstance(read, Refused) or same_area(read.key, text.strip())
