"""A delivered file comes back byte for byte, with small counts only for the statistics office."""

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client

from dreiklang.monitoring.models import Delivery, HeldValue, Indicator
from dreiklang.monitoring.rules.periods import TimeSpan
from dreiklang.monitoring.services.single_values import TypedValue, enter_value
from dreiklang.monitoring.services.suppression import hide_small_counts
from dreiklang.monitoring.tests import factories as make
from dreiklang.monitoring.tests.lists import NOW, TODAY, delivered, districts
from dreiklang.people.rules import Role
from dreiklang.people.tests.factories import account, department, viewer
from dreiklang.places.tests import factories as places

pytestmark = pytest.mark.django_db
CONTENT = "Stadtteil;2023\nAltstadt;3\nNeustadt;900\n"


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(account(role))
    return client


def brought(*, below: int | None) -> tuple[Indicator, str]:
    districts(("01", "Altstadt"), ("02", "Neustadt"))
    indicator = make.indicator(unit="personen", suppress_below=below)
    office = viewer(Role.STATISTICS)
    delivered(
        CONTENT, by=office, use=indicator.key, areas="stadtteil", has_looked=True, file_name="Zählung „3“.csv"
    )
    return indicator, f"/arbeit/lieferungen/{Delivery.objects.get().pk}/datei/"


def test_it_comes_back_as_it_came() -> None:
    _indicator, address = brought(below=None)

    answer = client_of(Role.COORDINATOR).get(address)

    assert answer.content == CONTENT.encode()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"


def test_nobody_outside_gets_it() -> None:
    _indicator, address = brought(below=None)

    assert Client().get(address).status_code == 302
    assert client_of(Role.COUNCIL_MEMBER).get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR, Role.DEPARTMENT_EDITOR])
def test_with_small_counts_it_is_for_the_statistics_office(role: Role) -> None:
    _indicator, address = brought(below=5)

    assert client_of(role).get(address).status_code == 403
    assert client_of(Role.STATISTICS).get(address).content == CONTENT.encode()


def test_an_earlier_file_is_as_secret_as_the_one_that_is_in_force() -> None:
    indicator, address = brought(below=None)
    indicator.refresh_from_db()
    Indicator.objects.filter(pk=indicator.pk).update(suppress_below=5)
    assert indicator.quantity_id is not None
    hide_small_counts(quantity_ids=[indicator.quantity_id])
    delivered(
        CONTENT.replace(";3", ";4"),
        by=viewer(Role.STATISTICS),
        use=indicator.key,
        areas="stadtteil",
        has_looked=True,
    )

    assert client_of(Role.COORDINATOR).get(address).status_code == 403


def test_the_page_of_the_delivery_says_why_there_is_no_link() -> None:
    _indicator, address = brought(below=5)
    page = f"/arbeit/werte/lieferungen/{Delivery.objects.get().pk}/"

    assert address not in client_of(Role.COORDINATOR).get(page).content.decode()
    assert address in client_of(Role.STATISTICS).get(page).content.decode()


def file_of(delivery: Delivery | None) -> str:
    assert delivery is not None
    return f"/arbeit/lieferungen/{delivery.pk}/datei/"


def test_a_file_that_changed_nothing_is_as_secret() -> None:
    indicator, _address = brought(below=5)

    # Under another name it comes into another dataset, and all its cells are in force already.
    same = delivered(
        CONTENT,
        by=viewer(Role.STATISTICS),
        use=indicator.key,
        areas="stadtteil",
        has_looked=True,
        name="Dieselbe Zählung",
        file_name="noch-einmal.csv",
    )

    assert client_of(Role.COORDINATOR).get(file_of(same.delivery)).status_code == 403


def test_a_file_of_which_nothing_could_be_kept_is_as_secret() -> None:
    indicator, _address = brought(below=5)

    refused = delivered(
        "Stadtteil;2023\nAltsatdt;3\nNeutsadt;900\n",
        by=viewer(Role.STATISTICS),
        use=indicator.key,
        areas="stadtteil",
        name="Andere Liste",
        file_name="andere.csv",
    )

    assert refused.run.refused_count == 2
    assert client_of(Role.COORDINATOR).get(file_of(refused.delivery)).status_code == 403


def test_a_file_with_a_column_of_another_office_is_as_secret() -> None:
    guarded, _address = brought(below=5)
    office = department()
    Indicator.objects.filter(pk=guarded.pk).update(department=department())
    own = make.indicator(unit="personen", department=office)
    content = "Stadtteil;Eigene;Fremde\nAltstadt;30;3\nNeustadt;40;900\n"

    mixed = delivered(
        content,
        by=viewer(Role.DEPARTMENT_EDITOR, where=office),
        name="Zwei Ämter",
        areas="stadtteil",
        columns={"Eigene": own.key, "Fremde": guarded.key},
        period="2023",
    )

    assert {one.code for one in mixed.run.problems.all()} == {"not_your_indicator"}
    assert client_of(Role.COORDINATOR).get(file_of(mixed.delivery)).status_code == 403


def test_a_file_that_waits_or_was_sent_back_is_as_secret() -> None:
    indicator, _address = brought(below=5)

    waits = delivered(
        CONTENT.replace(";3", ";4"),
        by=viewer(Role.COORDINATOR),
        use=indicator.key,
        areas="stadtteil",
        name="Wartet",
    )
    HeldValue.objects.all().delete()

    assert client_of(Role.COORDINATOR).get(file_of(waits.delivery)).status_code == 403


def test_a_threshold_set_later_holds_for_files_of_which_nothing_could_be_kept() -> None:
    indicator, _address = brought(below=None)
    refused = delivered(
        "Stadtteil;2023\nAltsatdt;3\n",
        by=viewer(Role.STATISTICS),
        use=indicator.key,
        areas="stadtteil",
        name="Andere Liste",
    )
    assert client_of(Role.COORDINATOR).get(file_of(refused.delivery)).status_code == 200

    Indicator.objects.filter(pk=indicator.pk).update(suppress_below=5)

    assert client_of(Role.COORDINATOR).get(file_of(refused.delivery)).status_code == 403


def test_a_typed_value_knows_what_it_is_of() -> None:
    places.municipality(ags="14999000")
    indicator = make.indicator(unit="personen")

    made = enter_value(
        by=viewer(Role.STATISTICS),
        key=indicator.key,
        typed=TypedValue(value=Decimal(3), span=TimeSpan(date(2023, 1, 1), date(2023, 12, 31))),
        now=NOW,
        today=TODAY,
    )

    indicator.refresh_from_db()
    assert [one.pk for one in made.quantities.all()] == [indicator.quantity_id]


def test_deliveries_from_before_are_told_what_they_were_of() -> None:
    indicator, _address = brought(below=None)
    refused = delivered(
        "Stadtteil;2023\nAltsatdt;3\n",
        by=viewer(Role.STATISTICS),
        use=indicator.key,
        areas="stadtteil",
        name="Andere Liste",
    )
    waits = make.delivery()
    held = make.quantity()
    day = date(2023, 12, 31)
    where = {"region": make.region(), "breakdown": make.total()}
    HeldValue.objects.create(delivery=waits, quantity=held, starts_on=day, ends_on=day, **where)
    through = Delivery.quantities.through
    through.objects.all().delete()
    known = import_module("dreiklang.monitoring.migrations.0009_deliveries_know_their_quantities").KNOWN

    for _again in range(2):
        with connection.cursor() as cursor:
            cursor.execute(known)

    indicator.refresh_from_db()
    found = set(through.objects.values_list("delivery", "quantity"))
    first = Delivery.objects.earliest("pk")
    assert refused.delivery is not None
    assert found >= {
        (first.pk, indicator.quantity_id),
        (refused.delivery.pk, indicator.quantity_id),
        (waits.pk, held.pk),
    }
