"""A released check leaves its mark at the paper, takes it back with the release, and touches nobody else's."""

from typing import Any

import pytest
from django.test import Client

from dreiklang.goals.models import Goal
from dreiklang.papers.models import Check, Paper, PaperLink
from dreiklang.papers.queries.papers import touched_by
from dreiklang.papers.rules.checklist import Given
from dreiklang.papers.rules.kinds import ProposalOrigin, TargetKind, Verdict
from dreiklang.papers.services import checks
from dreiklang.papers.services import papers as paper_services
from dreiklang.papers.services.checks.links import settle_links
from dreiklang.papers.tests.check_factories import LATER, Town
from dreiklang.papers.tests.factories import paper
from dreiklang.people.rules import PUBLIC, SYSTEM
from dreiklang.people.services import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def draft(town: Town) -> Paper:
    return paper("BV-1/2026", text="Wir bauen einen Radweg.")


def link_of(one: Paper, goal: Goal) -> PaperLink:
    return one.links.get(kind=TargetKind.GOAL, target=goal.pk)


def taken_back(town: Town, check: Check) -> Check:
    return checks.take_back_release(
        by=town.as_viewer(town.boss),
        now=LATER,
        number=check.number,
        version=check.version,
        reason="Die Kosten stimmen nicht.",
    )


def test_a_running_check_leaves_no_mark_at_its_paper(town: Town, draft: Paper) -> None:
    town.in_review(paper_id=draft.pk)

    assert not draft.links.exists()


def test_what_a_released_check_confirmed_is_a_link_of_its_paper(town: Town, draft: Paper) -> None:
    check = town.released(paper_id=draft.pk)

    link = link_of(draft, town.growth)
    assert (link.sign, link.reason) == ("supports", "Ein Weg mehr.")
    assert (link.origin, link.from_check) == (check.number, check)
    [touched] = touched_by(SYSTEM, ids=[draft.pk])[draft.pk]
    assert (touched.ref.key, touched.check) == ("1.1", check.number)


def test_the_link_goes_with_the_release_and_its_history_stays(town: Town, draft: Paper) -> None:
    check = town.released(paper_id=draft.pk)
    pk = link_of(draft, town.growth).pk

    taken_back(town, check)

    assert not draft.links.exists()
    told = PaperLink.pgh_event_model.objects.filter(pgh_obj_id=pk)
    reasons = [one.pgh_context.metadata["reason"] for one in told.order_by("pgh_id")]
    assert reasons == ["Prüfung freigegeben", "Freigabe der Prüfung zurückgenommen"]


def test_a_link_by_hand_stays_as_it_is_whatever_the_check_says(town: Town, draft: Paper) -> None:
    draft.links.create(
        kind=TargetKind.GOAL, target=town.growth.pk, sign="hinders", reason="Eigene Sicht", origin="Eda"
    )

    check = town.released(paper_id=draft.pk)

    link = link_of(draft, town.growth)
    assert (link.sign, link.reason, link.from_check) == ("hinders", "Eigene Sicht", None)
    taken_back(town, check)
    assert link_of(draft, town.growth) == link


def test_a_link_somebody_changes_is_hers_and_outlives_the_release(town: Town, draft: Paper) -> None:
    check = town.released(paper_id=draft.pk)
    draft.refresh_from_db()
    wanted = paper_services.WantedLink(TargetKind.GOAL, town.growth.pk, reason="Genauer gesagt: der Uferweg.")

    paper_services.link_paper(
        by=town.as_viewer(town.boss), key=draft.key, version=draft.version, links=[wanted]
    )
    taken_back(town, check)

    link = link_of(draft, town.growth)
    assert (link.reason, link.origin, link.from_check) == (wanted.reason, town.boss.name, None)


def test_saving_the_links_unchanged_leaves_them_to_the_check(town: Town, draft: Paper) -> None:
    check = town.released(paper_id=draft.pk)
    draft.refresh_from_db()
    wanted = paper_services.WantedLink(TargetKind.GOAL, town.growth.pk, reason="Ein Weg mehr.")

    paper_services.link_paper(
        by=town.as_viewer(town.boss), key=draft.key, version=draft.version, links=[wanted]
    )

    assert link_of(draft, town.growth).from_check == check


def test_a_form_of_links_opened_before_the_release_cannot_take_them_away(town: Town, draft: Paper) -> None:
    before = draft.version

    town.released(paper_id=draft.pk)

    draft.refresh_from_db()
    assert draft.version > before


def test_the_newest_release_counts_and_gives_way_to_the_one_before(town: Town, draft: Paper) -> None:
    first = town.released(paper_id=draft.pk)
    second = town.started(paper_id=draft.pk)
    town.touching(second, town.trees)
    town.answered(
        second,
        Given("ziele", town.trees.pk, value="gain", reason="Zwölf Bäume."),
        Given("kosten", value="unknown", reason="Folgt."),
    )
    Check.objects.filter(pk=second.pk).update(state="released", released_at=LATER.replace(hour=15))

    settle_links(paper_ids=[draft.pk])
    assert [one.target for one in draft.links.all()] == [town.trees.pk]

    Check.objects.filter(pk=second.pk).update(state="returned", released_at=None)
    settle_links(paper_ids=[draft.pk])
    assert link_of(draft, town.growth).from_check == first
    assert draft.links.count() == 1


def test_settling_twice_changes_nothing(town: Town, draft: Paper) -> None:
    town.released(paper_id=draft.pk)

    assert settle_links(paper_ids=[draft.pk]) == 0


def test_offices_and_rejected_proposals_become_no_links(town: Town, draft: Paper) -> None:
    check = town.complete(paper_id=draft.pk)
    by_hand = {"origin": ProposalOrigin.BY_HAND, "rank": 9}
    check.proposals.create(
        kind=TargetKind.DEPARTMENT, target=town.green.pk, verdict=Verdict.CONFIRMED, **by_hand
    )
    check.proposals.create(kind=TargetKind.GOAL, target=town.trees.pk, verdict=Verdict.REJECTED, **by_hand)
    Check.objects.filter(pk=check.pk).update(state="released", released_at=LATER)

    settle_links(paper_ids=[draft.pk])

    assert [one.target for one in draft.links.all()] == [town.growth.pk]


def test_the_public_reads_no_remark_made_with_a_confirmation(town: Town) -> None:
    known = paper("BV-2/2026", visibility="public")
    check = town.complete(paper_id=known.pk)
    check.proposals.update(reason="Nur unter uns: ein Wunsch des Dezernenten.")
    Check.objects.filter(pk=check.pk).update(state="released", released_at=LATER)

    settle_links(paper_ids=[known.pk])

    [touched] = touched_by(PUBLIC, ids=[known.pk])[known.pk]
    assert touched.reason == "Ein Weg mehr."


def test_a_paper_that_comes_after_the_release_is_named_then(town: Town, draft: Paper) -> None:
    check = town.released()
    assert not draft.links.exists()

    checks.name_paper(
        by=town.as_viewer(town.editor), number=check.number, version=check.version, paper_id=draft.pk
    )

    assert link_of(draft, town.growth).from_check == check


def test_a_paper_is_named_once_and_by_those_who_may(town: Town, draft: Paper) -> None:
    running, released = town.started(), town.released(paper_id=draft.pk)

    for check, code in ((running, "not_released"), (released, "has_paper")):
        with pytest.raises(checks.CannotName) as refusal:
            checks.name_paper(
                by=town.as_viewer(town.editor), number=check.number, version=check.version, paper_id=draft.pk
            )
        assert refusal.value.code == code
    with pytest.raises(NotAllowed):
        checks.name_paper(
            by=town.as_viewer(town.signer),
            number=released.number,
            version=released.version,
            paper_id=draft.pk,
        )


def test_the_page_of_a_released_check_leads_to_naming_its_paper(
    town: Town, draft: Paper, client: Client, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    check = town.released()
    client.force_login(town.editor)
    address = f"/arbeit/pruefungen/{check.number}/vorlage/"

    assert address in client.get(f"/arbeit/pruefungen/{check.number}/").content.decode()
    wrong = client.post(address, {"paper": "BV-99/2026", "version": check.version}).content.decode()
    assert "Diese Nummer gibt es nicht" in wrong
    client.post(address, {"paper": draft.number, "version": check.version})

    assert link_of(draft, town.growth).from_check == check
    assert address not in client.get(f"/arbeit/pruefungen/{check.number}/").content.decode()
