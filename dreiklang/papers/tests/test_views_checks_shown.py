"""What pages of papers and concepts show of checks: all to the administration, the release to everybody."""

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.core.enums import Visibility
from dreiklang.measures.tests import factories as city
from dreiklang.papers.tests.check_factories import Town
from dreiklang.papers.tests.factories import paper
from dreiklang.people.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def shown(url: str, who: Account | None = None) -> str:
    client = Client()
    if who is not None:
        client.force_login(who)
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_papers_page_shows_its_checks_inside_only(town: Town) -> None:
    draft = paper("2026/0815", visibility=Visibility.PUBLIC)
    check = town.in_review(paper_id=draft.pk)
    url = reverse("papers:paper", args=[draft.key])

    inside, outside = shown(url, town.editor), shown(url)

    assert check.number in inside
    assert "wartet auf Rudi Zweitleser" in inside
    assert f"?vorlage={draft.key}" in inside
    assert check.number not in outside
    assert "Prüfung beginnen" not in outside
    assert "Baut Wege." not in outside


def test_the_released_reference_stands_beside_the_paper(town: Town) -> None:
    draft = paper("2026/0815", visibility=Visibility.PUBLIC)
    check = town.released(paper_id=draft.pk)

    page = shown(reverse("papers:paper", args=[draft.key]))

    assert "Bezug zum" in page
    assert f"Prüfung {check.number}, freigegeben am" in page
    assert "Mehr Radverkehr" in page
    assert "Ein Weg mehr." in page
    assert town.reader.name not in page
    assert reverse("papers:check", args=[check.number]) not in page


def test_a_goal_that_is_not_public_stays_out_of_the_reference(town: Town) -> None:
    draft = paper("2026/0815", visibility=Visibility.PUBLIC)
    town.released(paper_id=draft.pk)
    town.growth.framework.status = "draft"
    town.growth.framework.save()

    page = shown(reverse("papers:paper", args=[draft.key]))

    assert "freigegeben am" in page
    assert "Mehr Radverkehr" not in page


def test_a_concepts_page_shows_its_checks_inside_only(town: Town) -> None:
    plan = city.concept("K-01")
    check = town.started(concept_id=plan.pk)
    url = reverse("concepts:concept", args=[plan.number])

    inside, outside = shown(url, town.editor), shown(url)

    assert check.number in inside
    assert f"?konzept={plan.pk}" in inside
    assert check.number not in outside
    assert "Prüfung beginnen" not in outside
