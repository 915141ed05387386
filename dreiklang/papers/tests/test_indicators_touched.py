"""Indicators among what papers and drafts touch: proposed, confirmed, linked, named in lists and forms."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from dreiklang.core import nearness
from dreiklang.core.enums import Visibility
from dreiklang.core.imports.contract import MappedRow, Options
from dreiklang.measures.tests.factories import measure
from dreiklang.monitoring.models import Indicator
from dreiklang.monitoring.tests.factories import indicator
from dreiklang.papers.imports.links import PAPER_LINKS
from dreiklang.papers.models import Check, Paper, PaperLink
from dreiklang.papers.queries.papers import touched_by
from dreiklang.papers.queries.papers.data import paper_data
from dreiklang.papers.queries.proposals import proposals_of
from dreiklang.papers.rules.kinds import TargetKind, Verdict
from dreiklang.papers.services import proposals as services
from dreiklang.papers.services.checks.links import settle_links
from dreiklang.papers.tests.check_factories import NOW, Town
from dreiklang.papers.tests.factories import paper
from dreiklang.people.models import Account
from dreiklang.people.rules import PUBLIC

pytestmark = pytest.mark.django_db
DRAFT = "Die Stadt baut am Ufer einen neuen Radweg, damit mehr Menschen mit dem Fahrrad fahren."
CYCLING = {
    "key": "anteil-radverkehr",
    "name": "Anteil des Radverkehrs",
    "meaning": "Wie viele Wege die Menschen mit dem Fahrrad zurücklegen.",
}


@pytest.fixture(scope="module", autouse=True)
def _child() -> Iterator[None]:
    yield
    nearness.rest()


@pytest.fixture
def town() -> Town:
    return Town()


def _shown_to_all(town: Town, **facts: str) -> Indicator:
    return indicator(**CYCLING | facts, visibility=Visibility.PUBLIC, department=town.office)


def _proposed(town: Town, text: str = DRAFT) -> Check:
    check = town.started(text=text)
    services.propose(check_id=check.pk, now=NOW)
    return check


def _client(who: Account) -> Client:
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_nearest_indicator_is_proposed_with_its_passage_and_why(town: Town) -> None:
    near = indicator(**CYCLING)
    indicator(key="wohngeld", name="Haushalte mit Wohngeld", meaning="Wer Zuschüsse zur Miete erhält.")

    page = proposals_of(town.as_viewer(town.editor), number=_proposed(town).number)

    assert page is not None
    lines = next(group for group in page.groups if group.kind is TargetKind.INDICATOR).lines
    assert (lines[0].ref.key, lines[0].ref.title) == (near.key, near.name)
    assert lines[0].passage == DRAFT
    assert "near" in [ground.code for ground in lines[0].grounds]


def test_an_indicator_called_by_its_name_stands_first_and_says_so(town: Town) -> None:
    indicator(**CYCLING)
    indicator(key="wohngeld", name="Haushalte mit Wohngeld", meaning="Wer Zuschüsse zur Miete erhält.")

    check = _proposed(town, f"{DRAFT} Die Zahl der Haushalte mit Wohngeld bleibt gleich.")

    first = check.proposals.get(kind=TargetKind.INDICATOR, rank=1)
    assert {"code": "named", "words": "Haushalte mit Wohngeld"} in first.grounds


def test_indicators_change_nothing_of_what_is_proposed_of_the_others(town: Town) -> None:
    measure("V-1", title="Radweg an der Bahn", description="Ein Weg für Menschen mit Fahrrad.")
    measure("G-1", title="Bäume im Park", description="Neue Bäume am Ufer.")
    before = _others(_proposed(town))

    for number in range(12):
        indicator(name=f"Radverkehr {number}", meaning=f"Wege mit dem Fahrrad am Ufer, Zählstelle {number}.")

    assert _others(_proposed(town)) == before


def _others(check: Check) -> list[tuple[object, ...]]:
    rows = check.proposals.exclude(kind=TargetKind.INDICATOR).order_by("kind", "rank")
    return list(rows.values_list("kind", "target", "rank", "score", "grounds", "passage"))


def test_no_office_is_proposed_because_it_keeps_the_figures(town: Town) -> None:
    indicator(**CYCLING, department=town.green)

    check = _proposed(town)

    assert not check.proposals.filter(kind=TargetKind.DEPARTMENT, target=town.green.pk).exists()


def test_a_confirmed_indicator_becomes_a_link_of_the_paper_with_the_release(town: Town) -> None:
    shown, of = _shown_to_all(town), paper()
    check = town.released(paper_id=of.pk)
    check.proposals.create(
        kind=TargetKind.INDICATOR, target=shown.pk, rank=1, verdict=Verdict.CONFIRMED, decided_at=NOW
    )

    settle_links(paper_ids=[of.pk])

    link = PaperLink.objects.get(paper=of, kind=TargetKind.INDICATOR)
    assert (link.target, link.sign, link.from_check_id) == (shown.pk, "", check.pk)


def test_an_indicator_is_called_by_its_name_on_the_page_of_the_paper(town: Town) -> None:
    shown = _shown_to_all(town)
    of = paper()
    PaperLink.objects.create(paper=of, kind=TargetKind.INDICATOR, target=shown.pk)

    page = Client().get(reverse("papers:paper", args=[of.key])).content.decode()

    assert f'<a href="/indikatoren/{shown.key}/">{shown.name}</a>' in page
    assert '<h3 class="pa-kind">Indikator</h3>' in page


def test_outsiders_learn_of_no_internal_indicator(town: Town) -> None:
    hidden = indicator(**CYCLING)
    of = paper()
    PaperLink.objects.create(paper=of, kind=TargetKind.INDICATOR, target=hidden.pk)

    assert hidden.name not in Client().get(reverse("papers:paper", args=[of.key])).content.decode()
    assert touched_by(PUBLIC, ids=[of.pk]) == {of.pk: ()} or touched_by(PUBLIC, ids=[of.pk]) == {}
    assert paper_data(key=of.key, today=NOW.date())["touches"] == []


def test_the_data_of_a_paper_name_public_indicators_by_their_key(town: Town) -> None:
    shown, of = _shown_to_all(town), paper()
    PaperLink.objects.create(paper=of, kind=TargetKind.INDICATOR, target=shown.pk)

    (one,) = paper_data(key=of.key, today=NOW.date())["touches"]

    assert (one["kind"], one["key"], one["title"]) == ("indicator", shown.key, shown.name)


def test_an_indicator_can_be_named_by_hand_and_is_confirmed_at_once(town: Town) -> None:
    named, check = indicator(**CYCLING), town.started()

    _client(town.editor).post(
        reverse("papers:check_proposals", args=[check.number]), {"target": f"indicator-{named.pk}"}
    )

    assert check.proposals.get(kind=TargetKind.INDICATOR).verdict == Verdict.CONFIRMED


def test_a_list_names_an_indicator_by_key_or_by_name(town: Town) -> None:
    of, wanted = paper(), indicator(**CYCLING)

    by_key, by_name = PAPER_LINKS.parse(
        [
            MappedRow(2, {"paper": of.number, "kind": "Indikator", "target": wanted.key}),
            MappedRow(3, {"paper": of.number, "kind": "Kennzahl", "target": wanted.name}),
        ],
        Options(),
    )

    assert by_key.values["target"] == by_name.values["target"] == wanted.key


def test_a_list_with_an_unknown_indicator_is_refused_and_says_so(town: Town) -> None:
    of = paper()

    (one,) = PAPER_LINKS.parse(
        [MappedRow(2, {"paper": of.number, "kind": "Indikator", "target": "gibt-es-nicht"})], Options()
    )

    assert [(problem.code, problem.field) for problem in one.problems] == [("unknown_target", "target")]


def test_links_from_a_list_are_found_again_by_their_key(town: Town) -> None:
    of, wanted = paper(), indicator(**CYCLING)
    PaperLink.objects.create(paper=of, kind=TargetKind.INDICATOR, target=wanted.pk)
    key = f"{of.number} · indicator · {wanted.key}"

    assert PAPER_LINKS.existing([key])[key]["target"] == wanted.key
    assert Paper.objects.filter(links__kind=TargetKind.INDICATOR).count() == 1
