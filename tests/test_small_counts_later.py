"""Counts that everybody could read when they came: kept in many places, then hidden, and looked for in all of them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from dreiklang.goals.tests import factories as goals
from dreiklang.monitoring.models import (
    Criterion,
    Delivery,
    GrantSheet,
    Indicator,
    IndicatorGoal,
    Region,
    Target,
)
from dreiklang.monitoring.rules.values import Comparison, RatingState
from dreiklang.monitoring.services import change_indicator, grants, ratings
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests import rated
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import account, department, viewer
from dreiklang.places.models import Area
from dreiklang.places.tests import factories as places
from tests.test_small_counts_nowhere import (
    BELOW,
    LIST,
    SMALL,
    SMALL_WRITTEN,
    WRITTEN,
    answers,
    bring,
    published,
    words_of,
)

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC), date(2026, 11, 23)
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
      - {key: pendler, title: Pendler, role: context, unit: personen, source: {kind: indicator, name: pendler}, basis: Probe}
"""


@pytest.fixture
def town() -> Indicator:
    """A city whose counts were delivered, corrected, tried, rated and reported before anybody thought of a threshold."""
    places.municipality(ags="99999000")
    level = places.level(key="stadtteil", rank=1)
    for name in ("Altstadt", "Neustadt"):
        places.area(level=level, name=name)
    office = department(name="Statistik")
    counted = published("pendler", name="Pendler", department_id=office.pk)
    goal = goals.goal()
    IndicatorGoal.objects.create(indicator=counted, goal=goal)
    # A thousandth, so that what follows is doubted; a first edition; a trial; a cell that is no number.
    bring("Stadtteil;2022\nAltstadt;31\nNeustadt;7002\nGesamt;7033\n")
    bring(LIST.replace(str(SMALL), "29000"), is_dry_run=True)
    bring(LIST.replace(str(SMALL), "29000"))
    bring(LIST)
    bring(f"Stadtteil;2021\nNeustadt;7003\nAltstadt;{SMALL}x\n")
    rate(published("einpendler", name="Einpendler", department_id=office.pk))
    report()
    return counted


def rate(indicator: Indicator) -> None:
    """A public rating beside a count of the whole city, with a target and a trend."""
    indicator.quantity = make.quantity(unit="personen")
    indicator.save()
    city = Region.objects.get(level="municipality", key="99999000")
    for year, value in ((2021, 29_991), (2022, 29_954), (2023, SMALL)):
        day = date(year, 12, 31)
        make.observation(
            quantity=indicator.quantity, region=city, value=Decimal(value), starts_on=day, ends_on=day
        )
    Target.objects.create(
        indicator=indicator, comparison=Comparison.AT_MOST, value=Decimal(20_000), on=date(2030, 12, 31)
    )
    criterion = rated.measured(indicator=indicator)
    said = ratings.RatingDraft(RatingState.ON_WAY, "Es werden weniger.", TODAY, release=True)
    ratings.rate(by=viewer(Role.COORDINATOR), criterion_id=criterion.pk, now=NOW, on=TODAY, said=said)


def report() -> None:
    """A grant sheet of the district, filled and sent."""
    by, place = viewer(Role.COORDINATOR), Area.objects.get(name="Altstadt")
    grants.bring_layout(by=by, text=LAYOUT)
    made = grants.fill_sheet(by=by, now=NOW, today=TODAY, layout=("probe", "1"), year=2023, area_id=place.pk)
    grants.send_sheet(by=by, today=TODAY, pk=made.pk, version=made.version, on=TODAY, to="Land")


def hide() -> None:
    for key in ("pendler", "einpendler"):
        version = Indicator.objects.get(key=key).version
        change_indicator(
            by=viewer(Role.COORDINATOR),
            key=key,
            version=version,
            values={"suppress_below": BELOW},
            on=TODAY,
            reason="Geheimhaltung",
        )


def kept_in() -> dict[str, Role | None]:
    """Where the counts were written down, and who could read them there."""
    criterion = Criterion.objects.get()
    number = criterion.goal.number
    found: dict[str, Role | None] = {
        f"/ziele/{number}/kriterien/": None,
        "/api/v1/criteria": None,
        "/indikatoren/pendler/daten.csv": None,
        "/indikatoren/einpendler/": None,
    }
    for one in Delivery.objects.filter(run__isnull=False).order_by("pk"):
        page, run = f"/arbeit/werte/lieferungen/{one.pk}/", f"/arbeit/importe/{one.run_id}/"
        found |= dict.fromkeys(
            (page, f"{page}?zeigen=probleme", f"{page}?zeigen=geaendert"), Role.COORDINATOR
        )
        found |= dict.fromkeys((f"{run}?zeigen=changed", f"{run}hinweise.csv"), Role.COORDINATOR)
        found[f"/arbeit/lieferungen/{one.pk}/datei/"] = Role.COORDINATOR
    sheet = GrantSheet.objects.get()
    page = f"/arbeit/foerderbogen/{sheet.pk}/"
    found |= dict.fromkeys((page, f"{page}bogen.xlsx", f"{page}bogen-breit.xlsx"), Role.COORDINATOR)
    found[f"/verlauf/kriterium/{criterion.pk}/"] = Role.COORDINATOR
    found[f"/verlauf/foerderbogen/{sheet.pk}/"] = Role.COORDINATOR
    return found


def telling(addresses: dict[str, Role | None]) -> set[str]:
    """Those that name one of the counts."""
    clients = {role: Client() for role in addresses.values()}
    for role, client in clients.items():
        if role is not None:
            client.force_login(account(role))
    read = {address: words_of(clients[role].get(address)) for address, role in addresses.items()}
    return {one for one, words in read.items() if WRITTEN.search(words) or SMALL_WRITTEN.search(words)}


def test_what_was_kept_tells_nothing_once_it_is_hidden(town: Indicator) -> None:
    places_kept = kept_in()
    before = telling(places_kept)
    # Else nothing was planted: public rating, interface, page, report, file of problems, file, sheet.
    assert {one.rstrip("/").split("/")[1] for one in before} >= {"ziele", "api", "indikatoren", "arbeit"}
    assert len(before) >= 14

    hide()

    assert telling(places_kept) == set()


@pytest.mark.parametrize("role", [None, Role.COORDINATOR])
def test_no_answer_holds_them_either(town: Indicator, role: Role | None) -> None:
    hide()
    client = Client()
    if role is not None:
        client.force_login(account(role))

    for address, words in answers(client, town):
        assert not WRITTEN.search(words), address
        assert not SMALL_WRITTEN.search(words), address
