"""What was kept beside ratings and in grant sheets follows thresholds that are set or tightened afterwards."""

import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client
from shapely.geometry import box

from dreiklang.core.enums import Visibility
from dreiklang.core.values import Unknown
from dreiklang.monitoring.models import Criterion, Indicator, Target
from dreiklang.monitoring.queries.criteria import criteria
from dreiklang.monitoring.queries.criteria_data import criteria_data
from dreiklang.monitoring.queries.sheets_told import sheet_of
from dreiklang.monitoring.rules.values import Comparison, RatingState
from dreiklang.monitoring.services import grants, ratings
from dreiklang.monitoring.services.regions import region_for_area
from dreiklang.monitoring.services.suppression import hide_below
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests import rated
from dreiklang.monitoring.tests.rated import NOW, TODAY
from dreiklang.people.rules import PUBLIC, Role, Viewer
from dreiklang.people.tests import factories as people
from dreiklang.places.tests.factories import area

pytestmark = pytest.mark.django_db
SMALL = {2020: 90, 2021: 70, 2022: 50, 2023: 30, 2024: 4}
OPEN = {2020: 90, 2021: 70, 2022: 50, 2023: 30, 2024: 20}
NEEDLE = re.compile(r"\b947\b")
HIDDEN_TOLD = {"side": "neither", "reason": "suppressed"}


def counted(values: dict[int, int], **facts: Any) -> Indicator:
    """Persons in the whole city, to be at most 40 in 2030."""
    rated.city()
    region = make.Region.objects.filter(key=rated.AGS).first() or make.region(key=rated.AGS)
    shown = make.indicator(
        unit="personen",
        quantity=make.quantity(unit="personen"),
        visibility=Visibility.PUBLIC,
        department=people.department(),
        **facts,
    )
    for year, value in values.items():
        rated.value_of(shown, year, str(value), region=region)
    aim(shown)
    return shown


def aim(indicator: Indicator) -> None:
    Target.objects.create(indicator=indicator, is_baseline=True, value=Decimal(95), on=date(2020, 12, 31))
    Target.objects.create(
        indicator=indicator, comparison=Comparison.AT_MOST, value=Decimal(40), on=date(2030, 12, 31)
    )


def rate(indicator: Indicator) -> Criterion:
    criterion = rated.measured(indicator=indicator)
    said = ratings.RatingDraft(RatingState.ON_WAY, "Es werden weniger.", TODAY, release=True)
    by = people.viewer(Role.COORDINATOR)
    ratings.rate(by=by, criterion_id=criterion.pk, now=NOW, on=TODAY, said=said)
    return criterion


def hide(indicator: Indicator, *, below: int = 5) -> None:
    indicator.refresh_from_db()
    hide_below(
        by=people.viewer(Role.STATISTICS),
        key=indicator.key,
        version=indicator.version,
        below=below,
        reason="Personen",
        now=NOW,
    )


def figures(viewer: Viewer) -> list[dict[str, Any]]:
    (line,) = criteria(viewer, today=TODAY)
    return [dict(one) for one in line.ratings[0].figures]


def test_a_small_count_beside_a_rating_is_hidden_from_the_day_the_threshold_is_set() -> None:
    indicator = counted(SMALL)
    rate(indicator)
    before = figures(PUBLIC)
    assert [one["value"] for one in before] == ["4", "4"]

    hide(indicator)

    for viewer in (PUBLIC, people.viewer(Role.COORDINATOR), people.viewer(Role.LEADERSHIP)):
        told = figures(viewer)
        assert [one["code"] for one in told] == ["target_unknown", "trend_unknown"]
        assert all(one.items() >= HIDDEN_TOLD.items() and "value" not in one for one in told)
    assert figures(people.viewer(Role.STATISTICS)) == before
    (data,) = criteria_data(today=TODAY)
    assert data["ratings"][0]["figures"] == figures(PUBLIC)


def test_a_threshold_that_is_tightened_hides_more() -> None:
    indicator = counted(SMALL)
    rate(indicator)
    hide(indicator, below=3)
    assert [one["value"] for one in figures(PUBLIC)] == ["4", "4"]

    hide(indicator, below=5)

    assert all("value" not in one for one in figures(PUBLIC))


def test_a_number_everybody_reads_stays_beside_the_rating() -> None:
    indicator = counted(OPEN)
    rate(indicator)
    before = figures(PUBLIC)

    hide(indicator)

    assert figures(PUBLIC) == before
    assert [one["value"] for one in before] == ["20", "20"]


def test_a_trend_over_a_hidden_year_is_not_told() -> None:
    indicator = counted(OPEN | {2020: 4})
    rate(indicator)

    hide(indicator)

    target, trend = figures(PUBLIC)
    assert target["value"] == "20"
    assert trend.items() >= HIDDEN_TOLD.items()
    assert "per_year" not in trend


def test_a_number_from_before_it_was_put_right_is_a_former_value() -> None:
    indicator = counted(SMALL)
    rate(indicator)
    assert indicator.quantity is not None
    indicator.quantity.observations.filter(ends_on=date(2024, 12, 31)).update(value=20)
    assert [one["value"] for one in figures(PUBLIC)] == ["4", "4"]

    hide(indicator)

    assert all("value" not in one for one in figures(PUBLIC))


def test_what_is_reckoned_from_a_hidden_count_is_hidden_with_it() -> None:
    base = counted(SMALL)
    double = make.indicator(
        unit="personen",
        formula=f"[{base.key}] * 2",
        visibility=Visibility.PUBLIC,
        department=people.department(),
    )
    aim(double)
    rate(double)
    assert [one["value"] for one in figures(PUBLIC)] == ["8", "8"]

    hide(base)

    assert all("value" not in one for one in figures(PUBLIC))


def test_pages_downloads_and_history_tell_no_number_either() -> None:
    indicator = counted(OPEN | {2024: 947})
    criterion = rate(indicator)
    number = criterion.goal.number
    page, journal = f"/ziele/{number}/kriterien/", f"/verlauf/kriterium/{criterion.pk}/"
    public = (
        page,
        "/kriterien/",
        f"/ziele/{number}/",
        "/api/v1/criteria",
        f"/api/v1/goals/{number}/criteria",
    )
    assert NEEDLE.search(told(None, page))

    hide(indicator, below=1000)

    assert not NEEDLE.search(told(None, *public))
    assert not NEEDLE.search(told(Role.COORDINATOR, *public, journal))
    assert "kleine Zahl, nicht gezeigt" in told(None, page)
    assert NEEDLE.search(told(Role.STATISTICS, page))


def told(role: Role | None, *addresses: str) -> str:
    client = Client()
    if role:
        client.force_login(people.account(role))
    answers = [client.get(address) for address in addresses]
    assert {one.status_code for one in answers} == {200}, addresses
    return "\n".join(one.content.decode() for one in answers)


def test_where_nothing_is_guarded_it_takes_one_statement_more(django_assert_num_queries: Any) -> None:
    rate(counted(OPEN))

    with django_assert_num_queries(2):
        figures(PUBLIC)


def sheet(people_there: int) -> tuple[Indicator, Any]:
    """A sheet that was filled and sent, of a district with so many inhabitants."""
    there = make.indicator(
        key="einwohner", unit="personen", quantity=make.quantity(unit="personen"), name="Einwohner"
    )
    north = area(name="Nordend", geometry=box(12, 50, 12.01, 50.01))
    make.observation(quantity=there.quantity, region=region_for_area(north), value=Decimal(people_there))
    by = people.viewer(Role.COORDINATOR)
    grants.bring_layout(by=by, text=LAYOUT)
    made = grants.fill_sheet(by=by, now=NOW, today=TODAY, layout=("probe", "1"), year=2024, area_id=north.pk)
    grants.send_sheet(by=by, today=TODAY, pk=made.pk, version=1, on=TODAY, to="Land")
    return there, made


LAYOUT = """
key: probe
version: "1"
title: Probebogen
programme: Probe
note: Nur zur Probe.
parts:
  - key: A
    title: Gebiet
    rows:
      - {key: name, title: Name, role: context, source: {kind: area, name: name}, basis: Probe}
      - {key: einwohner, title: Einwohner, role: context, unit: personen, source: {kind: indicator, name: einwohner}, basis: Probe}
"""


def value_in(viewer: Viewer, made: Any) -> Any:
    made.refresh_from_db()
    return next(row.value for row in sheet_of(viewer, made).rows if row.row.key == "einwohner")


def test_a_small_count_in_a_sheet_that_was_sent_is_for_the_statistics_office() -> None:
    indicator, made = sheet(29)
    assert value_in(people.viewer(Role.COORDINATOR), made) == 29

    hide(indicator, below=30)

    assert value_in(people.viewer(Role.COORDINATOR), made) == Unknown("suppressed")
    assert value_in(people.viewer(Role.STATISTICS), made) == 29


def test_an_open_number_in_a_sheet_stays() -> None:
    indicator, made = sheet(290)

    hide(indicator, below=30)

    assert value_in(people.viewer(Role.COORDINATOR), made) == 290


def test_pages_and_workbooks_of_a_sheet_tell_no_number_either() -> None:
    indicator, made = sheet(947)
    page = f"/arbeit/foerderbogen/{made.pk}/"
    books = (f"{page}bogen.xlsx", f"{page}bogen-breit.xlsx")
    journal = f"/verlauf/foerderbogen/{made.pk}/"
    assert NEEDLE.search(told(Role.COORDINATOR, page))
    assert all(947 in cells(Role.COORDINATOR, book) for book in books)

    hide(indicator, below=1000)

    assert not NEEDLE.search(told(Role.COORDINATOR, page, journal))
    assert "Wegen kleiner Zahl geheim gehalten." in told(Role.COORDINATOR, page)
    assert not any(947 in cells(Role.COORDINATOR, book) for book in books)
    assert all(947 in cells(Role.STATISTICS, book) for book in books)


def cells(role: Role, address: str) -> set[Any]:
    client = Client()
    client.force_login(people.account(role))
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {value for row in book.worksheets[0].iter_rows(values_only=True) for value in row}
