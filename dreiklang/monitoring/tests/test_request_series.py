"""A data request goes on: the answer names its delivery, a new indicator is made of what was asked."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.core.enums import Visibility
from dreiklang.monitoring.models import DataRequest, Indicator
from dreiklang.monitoring.queries.deliveries import recent_of
from dreiklang.monitoring.services import requests as services
from dreiklang.monitoring.tests import factories
from dreiklang.monitoring.tests import frame_factories as make
from dreiklang.people.queries import viewer_of
from dreiklang.people.rules import PUBLIC, Role
from dreiklang.people.services import NotAllowed
from dreiklang.people.tests.factories import account, department, viewer
from dreiklang.places.tests.factories import level

pytestmark = pytest.mark.django_db
TODAY = make.TODAY


def answered(**facts: object) -> DataRequest:
    return make.data_request(
        **{"state": "answered", "answered_on": TODAY, "answer": "Hier.", "question": "Wie viele stehen leer?"}
        | facts
    )


def start(one: DataRequest, **facts: object) -> DataRequest:
    given = {"by": viewer(Role.COORDINATOR), "name": "Leer stehende Wohnungen", "on": TODAY} | facts
    return services.start_series(pk=one.pk, version=one.version, **given)  # type: ignore[arg-type]


def test_a_new_indicator_is_an_internal_draft_of_what_was_asked() -> None:
    where = level()
    asked = answered(values_words="Je Stadtteil", unit="Wohnungen", rhythm="jährlich", level=where)

    ended = start(asked)

    made = Indicator.objects.defer("search").get()
    assert (ended.state, ended.indicator_id) == ("series", made.pk)
    assert (made.key, made.name) == ("leer-stehende-wohnungen", "Leer stehende Wohnungen")
    assert made.meaning == "Wie viele stehen leer?\n\nJe Stadtteil"
    assert (made.unit, made.rhythm, made.level_id) == ("wohnungen", "ANNUAL", where.pk)
    assert (made.department_id, made.visibility) == (asked.department_id, Visibility.INTERNAL)
    assert made.versions.get().valid_from == TODAY


def test_words_that_no_list_knows_stay_open() -> None:
    start(answered(unit="Elefanten", rhythm="nach Laune"))

    made = Indicator.objects.defer("search").get()
    assert (made.unit, made.rhythm) == ("", "")


def test_what_the_answer_brought_becomes_its_values_if_it_is_one_thing() -> None:
    one, two = (factories.quantity(unit="wohnungen", decimals=1) for _ in range(2))
    first, second = (factories.delivery() for _ in range(2))
    factories.observation(quantity=one, delivery=first)
    for each in (one, two):
        factories.observation(quantity=each, delivery=second)

    clear = start(answered(delivery=first, unit="Stück")).indicator
    several = start(answered(delivery=second)).indicator
    # The quantity has its indicator by now.
    again = start(answered(delivery=first)).indicator

    assert clear is not None
    assert several is not None
    assert again is not None
    assert (clear.quantity_id, clear.unit, clear.decimals) == (one.pk, "wohnungen", 1)
    assert (several.quantity_id, again.quantity_id) == (None, None)
    assert again.key == "leer-stehende-wohnungen-3"


@pytest.mark.parametrize(
    ("facts", "name", "code"),
    [
        ({}, " ", "no_name"),
        ({"state": "open", "answered_on": None}, "Name", "wrong_state"),
    ],
)
def test_without_name_or_answer_nothing_is_made(facts: dict[str, object], name: str, code: str) -> None:
    with pytest.raises(services.CannotAsk, match=code):
        start(answered(**facts), name=name)

    assert not Indicator.objects.exists()


def test_who_may_not_make_an_indicator_of_that_office_makes_none() -> None:
    asker = account(Role.DEPARTMENT_EDITOR, where=department())
    asked = answered(asker=asker)

    with pytest.raises(NotAllowed):
        start(asked, by=viewer_of(account=asker))
    assert not Indicator.objects.exists()
    assert DataRequest.objects.get().state == "answered"


def test_the_office_chooses_among_what_it_brought_lately() -> None:
    asked = make.data_request()
    editor = account(Role.DEPARTMENT_EDITOR, where=asked.department, department=asked.department)
    ours = factories.delivery(by_id=editor.pk)
    table = factories.delivery(dataset=factories.dataset(department=asked.department))
    factories.delivery(by_id=editor.pk, sent_back_at=factories.NOW)
    factories.delivery(by_id=editor.pk, withdrawn_at=factories.NOW)
    factories.delivery()

    found = recent_of(viewer(Role.COORDINATOR), asked=asked)

    assert [one.pk for one in found] == [table.pk, ours.pk]
    assert recent_of(PUBLIC, asked=asked) == []


def test_the_pages_lead_from_the_delivery_to_the_new_indicator(client: Client) -> None:
    asked = make.data_request(unit="Prozent", question="Wie hoch ist der Leerstand?")
    stranger = factories.delivery()
    came = factories.delivery(dataset=factories.dataset(title="Leerstandsliste", department=asked.department))
    client.force_login(account(Role.COORDINATOR))
    page = reverse("monitoring:request", args=[asked.pk])
    said = {"answer": "Hier.", "on": "2026-11-01", "version": asked.version}

    offered = client.get(f"{page}antworten/").content.decode()
    client.post(f"{page}antworten/", said | {"delivery_id": stranger.pk})
    asked.refresh_from_db()
    untouched = asked.state
    client.post(f"{page}antworten/", said | {"delivery_id": came.pk})
    asked.refresh_from_db()
    form = client.get(f"{page}zeitreihe/").content.decode()
    client.post(f"{page}zeitreihe/", {"indicator_id": "0", "name": "Leerstand", "version": asked.version})
    shown = client.get(page).content.decode()

    assert "Leerstandsliste" in offered
    assert untouched == "open"
    assert asked.delivery_id == came.pk
    assert "Neuen Indikator daraus anlegen" in form
    assert 'value="Wie hoch ist der Leerstand?"' in form
    assert "Die Werte kommen jetzt über den Indikator Leerstand." in shown
    assert reverse("monitoring:value-delivery", args=[came.pk]) in shown
    assert Indicator.objects.defer("search").get().unit == "prozent"


def test_an_asker_of_another_office_chooses_only_among_indicators_there_are(client: Client) -> None:
    asker = account(Role.DEPARTMENT_EDITOR, where=department())
    asked = answered(asker=asker, due_on=date(2026, 12, 1))
    client.force_login(asker)
    address = reverse("monitoring:request-series", args=[asked.pk])

    form = client.get(address).content.decode()
    client.post(address, {"indicator_id": "0", "name": "Leerstand", "version": asked.version})

    assert "Neuen Indikator daraus anlegen" not in form
    assert not Indicator.objects.exists()
