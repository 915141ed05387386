"""The invented town's uniform set: what it has for every district and year, and that its story shows."""

from collections import Counter
from datetime import date

import pytest

from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Break, ConfidentialValue, Dataset, Indicator, Observation
from dreiklang.monitoring.queries.grants import sheet_lines
from dreiklang.monitoring.queries.indicator_page import indicator_page
from dreiklang.monitoring.queries.regions import city_region, regions_of_areas
from dreiklang.monitoring.queries.series import lines
from dreiklang.monitoring.queries.standing import standings
from dreiklang.monitoring.rules.values import ReleaseState, ValueKind
from dreiklang.people.rules import PUBLIC, SYSTEM
from dreiklang.places.models import Area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]
TODAY = date(2026, 11, 22)
YEARS = {date(year, 12, 31) for year in range(2014, 2026)}
INDICATORS, DISTRICTS = 45, 24
# A derived value is as unknown as its inputs; nothing else is missing.
HIDDEN = "suppressed"


def test_the_town_has_45_indicators_in_24_districts_over_12_years() -> None:
    _every_district_has_every_year()
    _small_counts_are_hidden_and_nowhere_else()
    _targets_are_reached_missed_and_on_their_way()
    _one_dataset_is_overdue()
    _a_forecast_an_estimate_and_a_break_are_there_to_be_seen()
    _what_follows_from_the_forecast_is_known_too()
    _two_invented_cities_stand_beside_ours()
    _a_grant_sheet_is_under_way_and_one_was_sent()


def _every_district_has_every_year() -> None:
    regions = regions_of_areas(Area.objects.filter(level__key="stadtteile").values_list("pk", flat=True))
    found = lines(PUBLIC, indicators=Indicator.objects.all(), region_ids=regions.values())
    whole = [
        one
        for one in Indicator.objects.all()
        if all(
            {point.ends_on for point in found.get((one.pk, region), ())} >= YEARS
            for region in regions.values()
        )
    ]
    unknown = Counter(
        point.value.reason
        for points in found.values()
        for point in points
        if isinstance(point.value, Unknown)
    )

    assert len(regions) == DISTRICTS
    assert len(whole) == INDICATORS
    assert set(unknown) == {HIDDEN}
    assert sum(len(points) for points in found.values()) == INDICATORS * DISTRICTS * len(YEARS)


def _small_counts_are_hidden_and_nowhere_else() -> None:
    hidden = Observation.objects.filter(
        state__in=(ReleaseState.SUPPRESSED, ReleaseState.SUPPRESSED_SECONDARY)
    )

    assert hidden.count() == ConfidentialValue.objects.count() > 100
    assert not hidden.exclude(value=None, words="").exists()


def _targets_are_reached_missed_and_on_their_way() -> None:
    city = city_region()
    assert city is not None
    standing = standings(PUBLIC, indicators=Indicator.objects.all(), today=TODAY)
    states = Counter(
        "none" if isinstance(one.target, Unknown) else one.target.state.value for one in standing.values()
    )

    assert {"reached", "on_way", "off_way", "missed"} <= states.keys()


def _one_dataset_is_overdue() -> None:
    overdue = Dataset.objects.filter(next_due_on__lt=TODAY)

    assert [one.title for one in overdue] == ["Versiegelungskartierung"]


def _a_forecast_an_estimate_and_a_break_are_there_to_be_seen() -> None:
    other = Observation.objects.exclude(kind=ValueKind.ACTUAL).order_by("scenario", "ends_on")

    assert list(other.values_list("kind", "scenario", "made_on", "ends_on__year", "region__key")) == [
        ("estimate", "", None, 2025, "14999000"),
        *(
            ("forecast", scenario, date(2025, 9, 30), year, "14999000")
            for scenario in ("Basis", "Zuzug")
            for year in (2030, 2030, 2035, 2035)
        ),
    ]
    assert [(one.indicator.key, one.kind) for one in Break.objects.exclude(reason="")] == [
        ("schulden", "method")
    ]


def _what_follows_from_the_forecast_is_known_too() -> None:
    city = city_region()
    assert city is not None
    density = Indicator.objects.get(key="einwohnerdichte")
    found = lines(PUBLIC, indicators=[density], region_ids=[city.pk], city=city)[density.pk, city.pk]
    ahead = [point for point in found if point.kind is ValueKind.FORECAST]

    assert len(ahead) == 4
    assert not [point for point in ahead if isinstance(point.value, Unknown)]


def _two_invented_cities_stand_beside_ours() -> None:
    page = indicator_page(PUBLIC, key="kinderarmut", today=TODAY)

    assert [one.name for one in page.cities] == ["Eibenhall", "Rauschenfurt"]


def _a_grant_sheet_is_under_way_and_one_was_sent() -> None:
    found = {one.record.area_words: one for one in sheet_lines(SYSTEM)}

    assert [name for name, one in found.items() if one.record.sent_on] == ["Kupferhammer"]
    assert 0 < found["Sonnenleite"].gap_count < found["Sonnenleite"].row_count
