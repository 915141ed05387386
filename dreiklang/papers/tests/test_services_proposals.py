"""The worker proposes, people judge; what they said stays and teaches."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from dreiklang.concepts.tests.factories import concept
from dreiklang.core import nearness
from dreiklang.core.errors import NotFound
from dreiklang.core.models import TextVector
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.tests.factories import measure
from dreiklang.papers.models import Check, Proposal
from dreiklang.papers.queries.proposals import ProposalsPage, proposals_of
from dreiklang.papers.rules.kinds import CheckState, TargetKind, Verdict
from dreiklang.papers.services import proposals as services
from dreiklang.papers.services.proposals import proposing
from dreiklang.papers.tests.check_factories import NOW, Town
from dreiklang.people.permissions import NotAllowed
from dreiklang.people.rules import PUBLIC

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 11, 23, 9, tzinfo=UTC)
CYCLE_DRAFT = "Die Stadt baut am Ufer einen neuen Radweg, damit mehr Menschen mit dem Fahrrad fahren."
TREE_DRAFT = "In der Allee werden vierzig neue Bäume gepflanzt, damit die Straße im Sommer kühl bleibt."


@pytest.fixture(scope="module", autouse=True)
def _child() -> Iterator[None]:
    yield
    nearness.rest()


@pytest.fixture
def town() -> Town:
    return Town()


def _page(town: Town, check: Check) -> ProposalsPage:
    page = proposals_of(town.as_viewer(town.editor), number=check.number)
    assert page is not None
    return page


def _proposed(town: Town, text: str = CYCLE_DRAFT, **fields: object) -> Check:
    check = town.started(text=text, **fields)
    services.propose(check_id=check.pk, now=NOW)
    check.refresh_from_db()
    return check


def test_the_goal_the_draft_is_about_stands_first_with_its_passage(town: Town) -> None:
    check = _proposed(town)

    first = _page(town, check).groups[0].lines[0]
    assert first.ref.title == "Mehr Radverkehr"
    assert first.passage == CYCLE_DRAFT
    assert check.proposed_at == NOW


def test_a_measure_that_already_runs_at_a_goal_is_shown_with_it(town: Town) -> None:
    running = measure("V-1", title="Radweg an der Bahn")
    running.goal_links.create(goal=town.growth)

    check = _proposed(town)

    first = _page(town, check).groups[0].lines[0]
    assert [one.key for one in first.running] == ["V-1"]


def test_an_office_named_in_the_text_is_suggested_with_its_reviewers(town: Town) -> None:
    check = _proposed(town, text=f"{CYCLE_DRAFT} Das Grünflächenamt pflegt die Böschung daneben weiter.")

    offices = next(g for g in _page(town, check).groups if g.kind is TargetKind.DEPARTMENT).lines
    assert offices[0].ref.title == "Grünflächenamt"
    assert offices[0].people == ("Gerda Grün",)


def test_reading_again_keeps_verdicts_and_says_what_is_no_longer_found(town: Town) -> None:
    by = town.as_viewer(town.editor)
    check = _proposed(town, text=f"{CYCLE_DRAFT} Das Grünflächenamt pflegt die Böschung daneben weiter.")
    office = check.proposals.get(kind=TargetKind.DEPARTMENT)
    services.decide(by=by, now=NOW, number=check.number, proposal_id=office.pk, verdict=Verdict.CONFIRMED)

    Check.objects.filter(pk=check.pk).update(text=TREE_DRAFT)
    services.propose(check_id=check.pk, now=LATER)

    office.refresh_from_db()
    assert (office.verdict, office.is_offered) == (Verdict.CONFIRMED, False)
    assert _page(town, check).groups[0].lines[0].ref.title == "Mehr Bäume"


def test_confirmed_links_teach_the_next_proposals(town: Town) -> None:
    by = town.as_viewer(town.editor)
    first = _proposed(town, text=TREE_DRAFT)
    first.proposals.filter(kind=TargetKind.GOAL).delete()
    services.name_target(by=by, now=NOW, number=first.number, kind=TargetKind.GOAL, target=town.growth.pk)

    second = _proposed(
        town, text=f"{TREE_DRAFT} Sie werden jede Woche gegossen und gepflegt.", title="Neue Bäume"
    )

    learned = second.proposals.get(kind=TargetKind.GOAL, target=town.growth.pk)
    assert {"code": "learned", "checks": [first.number]} in learned.grounds


def test_a_verdict_can_be_taken_back(town: Town) -> None:
    by = town.as_viewer(town.editor)
    check = _proposed(town)
    proposal = check.proposals.filter(kind=TargetKind.GOAL).first()
    assert proposal is not None

    def said(verdict: Verdict, sign: LinkSign | None = None) -> tuple[str, str, bool]:
        done = services.decide(
            by=by, now=NOW, number=check.number, proposal_id=proposal.pk, verdict=verdict, sign=sign
        )
        return done.verdict, done.sign, done.decided_at is None

    assert said(Verdict.CONFIRMED, LinkSign.HINDERS) == (Verdict.CONFIRMED, LinkSign.HINDERS, False)
    assert said(Verdict.REJECTED) == (Verdict.REJECTED, "", False)
    assert said(Verdict.OPEN) == (Verdict.OPEN, "", True)


def test_what_was_missed_can_be_named_and_taken_back(town: Town) -> None:
    by = town.as_viewer(town.editor)
    check = town.started(text=CYCLE_DRAFT)

    named = services.name_target(
        by=by, now=NOW, number=check.number, kind=TargetKind.GOAL, target=town.trees.pk, reason="Böschung"
    )
    with pytest.raises(services.CannotDecide, match="is_named"):
        services.name_target(by=by, now=NOW, number=check.number, kind=TargetKind.GOAL, target=town.trees.pk)
    services.decide(by=by, now=NOW, number=check.number, proposal_id=named.pk, verdict=Verdict.OPEN)

    assert not check.proposals.exists()


def test_what_does_not_exist_cannot_be_named(town: Town) -> None:
    check = town.started(text=CYCLE_DRAFT)

    with pytest.raises(NotFound):
        services.name_target(
            by=town.as_viewer(town.editor), now=NOW, number=check.number, kind=TargetKind.GOAL, target=999_999
        )


def test_strangers_and_released_checks_get_no_verdict(town: Town) -> None:
    check = _proposed(town)
    proposal = check.proposals.first()
    assert proposal is not None
    say = {"now": NOW, "number": check.number, "proposal_id": proposal.pk, "verdict": Verdict.CONFIRMED}

    with pytest.raises(NotAllowed):
        services.decide(by=town.as_viewer(town.signer), **say)
    Check.objects.filter(pk=check.pk).update(state=CheckState.REVIEW)
    with pytest.raises(services.CannotDecide, match="not_editable"):
        services.decide(by=town.as_viewer(town.editor), **say)


def test_nobody_outside_sees_proposals(town: Town) -> None:
    check = _proposed(town)

    assert proposals_of(PUBLIC, number=check.number) is None


def test_a_text_replaced_meanwhile_is_left_to_the_next_reading(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = town.started(text=CYCLE_DRAFT)
    read = proposing._found

    def replaced(one: Check, *given: Any) -> object:
        Check.objects.filter(pk=check.pk).update(text=TREE_DRAFT)
        return read(one, *given)

    monkeypatch.setattr(proposing, "_found", replaced)
    services.propose(check_id=check.pk, now=NOW)

    check.refresh_from_db()
    assert (check.proposed_at, check.proposals.count()) == (None, 0)


def test_a_broken_comparison_is_said_and_leaves_what_was_there(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = _proposed(town)
    before = check.proposals.count()

    def breaks(**_given: object) -> None:
        raise nearness.CannotCompare("broken")

    monkeypatch.setattr(nearness, "compare", breaks)
    services.propose(check_id=check.pk, now=LATER)

    check.refresh_from_db()
    assert check.proposal_problem == "broken"
    assert check.proposals.count() == before > 0


def test_texts_are_read_once_and_forgotten_with_their_target(town: Town) -> None:
    services.read_texts()

    assert services.read_texts() == 0
    town.trees.title = "Mehr Stadtgrün"
    town.trees.save()
    assert services.read_texts() == 1
    town.trees.delete()
    services.read_texts()
    assert set(TextVector.objects.filter(subject="goal").values_list("key", flat=True)) == {town.growth.pk}


def test_the_page_asks_the_same_number_of_statements_however_many_proposals(
    town: Town, django_assert_max_num_queries: Any
) -> None:
    check = _proposed(town)

    with django_assert_max_num_queries(25):
        _page(town, check)


def test_a_concept_without_a_draft_is_read_by_what_it_says_of_itself(town: Town) -> None:
    own = concept(
        number="FK-9", title="Radverkehr", summary=CYCLE_DRAFT, framework_reference="Folgt dem Leitbild."
    )

    check = _proposed(town, text="", concept_id=own.pk)

    page = _page(town, check)
    assert check.text == f"{CYCLE_DRAFT}\n\nFolgt dem Leitbild."
    assert page.groups[0].lines[0].ref.title == "Mehr Radverkehr"
    assert not [one for one in page.lines if one.kind is TargetKind.CONCEPT]


def test_progress_ends_when_all_that_can_be_touched_was_read(town: Town) -> None:
    kept = measure("V-1", title="Radweg an der Bahn")
    measure("V-2", title="Radweg an der Bahn, doppelt", merged_into=kept)
    check = _proposed(town)

    services.read_texts()

    assert _page(town, check).progress is None


def test_reading_the_same_again_writes_no_history(town: Town) -> None:
    check = _proposed(town)
    before = list(check.proposals.order_by("pk").values_list("pk", "score"))
    events = Proposal.pgh_event_model.objects.count()

    services.propose(check_id=check.pk, now=LATER)

    assert list(check.proposals.order_by("pk").values_list("pk", "score")) == before
    assert Proposal.pgh_event_model.objects.count() == events
