"""Measures against each other on one indicator: compared, named, told again when a link changes, and beside a form."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.conflicts.models import Candidate
from dreiklang.conflicts.queries import beside, candidate_page
from dreiklang.conflicts.queries.acts import acts_of
from dreiklang.conflicts.queries.drafts import kept_draft
from dreiklang.conflicts.queries.near import met
from dreiklang.conflicts.rules import Kind
from dreiklang.conflicts.tests import factories as city
from dreiklang.conflicts.views.words import evidence_sentence
from dreiklang.core import nearness
from dreiklang.measures.models import Measure
from dreiklang.measures.tests import factories as measures
from dreiklang.monitoring.models import Indicator, MeasureIndicator
from dreiklang.monitoring.queries import effects_beside, effects_of_measures
from dreiklang.monitoring.tests.factories import indicator
from dreiklang.people.rules import PUBLIC, SYSTEM, Role

pytestmark = pytest.mark.django_db


def _linked(measure: Measure, to: Indicator, sign: str, weight: int = 3) -> MeasureIndicator:
    return MeasureIndicator.objects.create(measure=measure, indicator=to, sign=sign, weight=weight)


def _on_the_market(title: str, east: float = 0) -> Measure:
    return city.measure(title, geometry=city.ground(east))


def _opposed() -> tuple[Measure, Measure, Indicator]:
    """Two measures on one ground, with no goal in common, that pull one indicator apart."""
    sealed = indicator(key="versiegelung", name="Versiegelte Fläche")
    park, cars = _on_the_market("Entsiegelter Park"), _on_the_market("Parkhaus am Markt", 40)
    _linked(park, sealed, "supports")
    _linked(cars, sealed, "hinders")
    return park, cars, sealed


@pytest.fixture(autouse=True)
def _plain_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "describe", city.plain_encoder)


def test_measures_against_each_other_on_an_indicator_become_a_candidate_that_names_it() -> None:
    park, cars, sealed = _opposed()

    city.compared()

    made = city.candidate(park, cars)
    page = candidate_page(measures.coordinator(), pk=made.pk)
    effect = next(one for one in page.line.findings if one.kind is Kind.EFFECT)
    said = evidence_sentence(
        kind=effect.kind,
        sense=effect.sense,
        facts=effect.facts,
        names=page.line.names,
        parties=[one.key for one in page.line.parties],
    )
    assert effect.facts["on"][0]["key"] == f"indicator:{sealed.pk}"
    assert "verbessert den Indikator „Versiegelte Fläche“" in said
    assert "verschlechtert ihn" in said


def test_parties_name_the_indicator_with_its_address() -> None:
    park, cars, sealed = _opposed()
    city.compared()

    acts = acts_of(measures.coordinator(), [city.key(park), city.key(cars)])

    assert [(one.label, one.url, one.supports) for one in acts[city.key(park)]] == [
        ("Versiegelte Fläche", f"/indikatoren/{sealed.key}/", True)
    ]
    assert [one.supports for one in acts[city.key(cars)]] == [False]


def test_the_page_of_the_candidate_links_the_indicator(client: Client) -> None:
    park, cars, sealed = _opposed()
    city.compared()
    client.force_login(measures.account("Kora", role=Role.COORDINATOR))

    page = client.get(reverse("conflicts:candidate", args=[city.candidate(park, cars).pk])).content.decode()

    assert f'<a href="/indikatoren/{sealed.key}/">Versiegelte Fläche</a>' in page


def test_a_link_that_is_taken_away_takes_the_candidate_away() -> None:
    park, cars, _sealed = _opposed()
    city.compared()

    MeasureIndicator.objects.filter(measure=cars).delete()
    city.changed(cars)

    assert not Candidate.objects.filter(
        parties__contains=[city.key(park)], kinds__contains=["effect"]
    ).exists()


def test_comparing_again_after_a_link_gives_what_comparing_all_gives() -> None:
    park, cars, sealed = _opposed()
    MeasureIndicator.objects.all().delete()
    city.compared()
    _linked(park, sealed, "supports")
    _linked(cars, sealed, "hinders")

    city.changed(cars, park)
    some = city.picture()
    Candidate.objects.all().delete()
    city.compared()

    assert some == city.picture()
    assert some


def test_beside_the_form_of_a_measure_its_kept_links_count() -> None:
    park, cars, sealed = _opposed()
    city.compared()
    who = measures.coordinator()

    draft = kept_draft(who, key=city.key(park))
    found = beside(who, draft=draft, today=city.TODAY)

    assert draft.indicators == ((sealed.pk, True, 3),)
    arising = next(one for one in found.arising if one.party.key == city.key(cars))
    assert Kind.EFFECT in {one.kind for one in arising.findings}
    assert found.names[f"indicator:{sealed.pk}"] == "Versiegelte Fläche"


def test_what_acts_on_the_same_indicator_is_found_though_nothing_else_is_shared() -> None:
    park, cars, _sealed = _opposed()
    Measure.objects.filter(pk__in=[park.pk, cars.pk]).update(geometry=None)
    city.compared()

    draft = kept_draft(measures.coordinator(), key=city.key(park))

    assert draft.rivals == {city.key(cars)}
    found = met(draft, today=city.TODAY)
    assert found is not None
    assert city.key(cars) in {row["key"] for row in found.rows}


def test_outsiders_learn_of_no_effect() -> None:
    park, _cars, _sealed = _opposed()

    assert effects_of_measures(PUBLIC) == {}
    assert effects_beside(PUBLIC, measure=park.pk) == ()


def test_more_measures_and_indicators_take_no_more_statements(django_assert_num_queries: Any) -> None:
    for _number in range(3):
        _opposed_more()

    latest = Measure.objects.latest("pk").pk

    with django_assert_num_queries(1):
        assert len(effects_of_measures(SYSTEM)) == 6
    with django_assert_num_queries(1):
        effects_beside(SYSTEM, measure=latest)


def _opposed_more() -> None:
    one, other, on = city.measure(), city.measure(), indicator()
    _linked(one, on, "supports")
    _linked(other, on, "hinders")
