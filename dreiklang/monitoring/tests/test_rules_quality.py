"""What a good record has to do with indicators, and whether a goal has few of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.measures.rules import QualityPoint
from dreiklang.monitoring.rules.quality import EffectFact, SetSize, indicator_point, set_size

TODAY = date(2026, 11, 23)
facts = st.builds(EffectFact, expected_year=st.none() | st.integers(2020, 2040), has_observed=st.booleans())


@pytest.mark.parametrize(
    ("links", "missing"),
    [
        ([], ("no_indicator",)),
        ([EffectFact(None)], ("no_expected_effect",)),
        ([EffectFact(2030), EffectFact(None)], ("no_expected_effect",)),
        ([EffectFact(2030)], ()),
        ([EffectFact(2026)], ()),
        ([EffectFact(2025)], ("no_observed_effect",)),
        ([EffectFact(2025, has_observed=True)], ()),
        ([EffectFact(2025), EffectFact(None)], ("no_expected_effect", "no_observed_effect")),
        ([EffectFact(None, has_observed=True)], ("no_expected_effect",)),
    ],
)
def test_point_asks_for_an_effect_expected_and_later_observed(links, missing):
    assert indicator_point(links, today=TODAY) == QualityPoint("indicator", not missing, missing)


def test_observation_is_asked_for_once_the_year_is_over():
    link = [EffectFact(2026)]

    assert indicator_point(link, today=date(2026, 12, 31)).is_met
    assert not indicator_point(link, today=date(2027, 1, 1)).is_met


@given(st.lists(facts, min_size=1))
def test_point_is_met_only_if_it_is_met_for_every_link(links):
    each = [indicator_point([link], today=TODAY).is_met for link in links]

    assert indicator_point(links, today=TODAY).is_met is all(each)


@pytest.mark.parametrize(
    ("count", "size"), [(0, SetSize.NONE), (1, SetSize.FEW), (5, SetSize.FEW), (6, SetSize.MANY)]
)
def test_few_indicators_are_as_many_as_the_setting_says(count, size):
    assert set_size(count, limit=5) is size


@pytest.mark.parametrize(("count", "limit"), [(-1, 5), (1, 0)])
def test_size_that_cannot_be_is_refused(count, limit):
    with pytest.raises(ValueError):
        set_size(count, limit=limit)
