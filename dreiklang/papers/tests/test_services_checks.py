from datetime import date, timedelta

import pytest

from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.papers.models import Answer, CheckText, CoSignature, Proposal
from dreiklang.papers.rules.checklist import Given
from dreiklang.papers.rules.kinds import CheckState, CoSignState, TargetKind
from dreiklang.papers.services import checks
from dreiklang.papers.tests.check_factories import LATER, NOW, Town
from dreiklang.people.rules import PUBLIC
from dreiklang.people.services import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def test_a_check_gets_the_next_number_of_its_year_and_keeps_its_checklist(town: Town) -> None:
    first, second = town.started(), town.started()

    assert (first.number, second.number) == ("PR-2026-001", "PR-2026-002")
    assert first.checklist == town.checklist
    assert CheckText.objects.get(of=first).text == first.text


def test_without_a_checklist_in_force_nothing_starts(town: Town) -> None:
    town.checklist.delete()

    with pytest.raises(checks.CannotStart) as refusal:
        town.started()

    assert refusal.value.code == "no_checklist"


def test_an_editor_starts_no_check_for_another_office(town: Town) -> None:
    with pytest.raises(NotAllowed):
        town.started(department_id=town.green.pk)


def test_nobody_is_her_own_second_reader(town: Town) -> None:
    with pytest.raises(checks.CannotStart) as refusal:
        town.started(reader_id=town.editor.pk)

    assert refusal.value.code == "reads_own"


@pytest.mark.parametrize("is_relevant", [True, False])
def test_neither_yes_nor_no_is_taken_without_a_reason(town: Town, is_relevant: bool) -> None:
    check = town.started()

    with pytest.raises(checks.CannotAnswer) as refusal:
        checks.answer_relevance(
            by=town.as_viewer(town.editor),
            number=check.number,
            version=check.version,
            is_relevant=is_relevant,
            reason="  ",
        )

    assert refusal.value.code == "needs_reason"


def test_undecided_proposals_are_handed_in_only_with_a_word(town: Town) -> None:
    check = town.complete()
    Proposal.objects.create(of=check, kind=TargetKind.GOAL, target=town.trees.pk, rank=2)
    Proposal.objects.create(of=check, kind=TargetKind.AREA, target=1, rank=3, is_offered=False)
    step = {"by": town.as_viewer(town.editor), "now": NOW, "number": check.number, "version": check.version}

    with pytest.raises(checks.CannotGoOn) as refusal:
        checks.hand_in(**step)
    handed = checks.hand_in(**step, reason="Bäume sind nicht berührt.")

    assert (refusal.value.code, refusal.value.facts["names"]) == ("needs_reason", ["proposals_open"])
    assert handed.steps.order_by("-pk").first().reason == "Bäume sind nicht berührt."


def test_a_draft_said_not_to_matter_needs_no_second_word_about_proposals(town: Town) -> None:
    check = town.started()
    Proposal.objects.create(of=check, kind=TargetKind.GOAL, target=town.trees.pk, rank=1)
    editor = town.as_viewer(town.editor)
    check = checks.answer_relevance(
        by=editor, number=check.number, version=check.version, is_relevant=False, reason="Nur eine Wahl."
    )

    check = checks.hand_in(by=editor, now=NOW, number=check.number, version=check.version)

    assert check.state == CheckState.REVIEW


def test_half_an_answer_is_kept_but_does_not_count(town: Town) -> None:
    check = town.started()
    town.touching(check, town.growth)
    check = town.answered(check, Given("ziele", town.growth.pk, value="gain"))

    with pytest.raises(checks.CannotGoOn) as refusal:
        checks.hand_in(by=town.as_viewer(town.editor), now=NOW, number=check.number, version=check.version)

    assert Answer.objects.get(of=check).value == "gain"
    assert (refusal.value.code, refusal.value.facts["names"]) == ("incomplete", ["2"])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Given("punkte", value="9", reason="weil"), "unknown_question"),
        (Given("kosten", value="9", reason="weil"), "unknown_value"),
        (Given("kosten", value="stated", reason="weil"), "needs_amount"),
        (Given("ziele", 999_999, value="gain", reason="weil"), "unknown_goal"),
    ],
)
def test_answers_to_what_was_not_asked_are_refused(town: Town, given: Given, code: str) -> None:
    check = town.started()

    with pytest.raises(checks.CannotAnswer) as refusal:
        town.answered(check, given)

    assert refusal.value.code == code


def test_an_empty_answer_takes_the_old_one_away(town: Town) -> None:
    check = town.complete()

    checks.answer(
        by=town.as_viewer(town.editor),
        number=check.number,
        version=check.version,
        given=[Given("kosten")],
    )

    assert not Answer.objects.filter(of=check, question="kosten").exists()


def test_the_second_of_two_editors_is_told(town: Town) -> None:
    check = town.started()
    checks.answer_relevance(
        by=town.as_viewer(town.editor),
        number=check.number,
        version=check.version,
        is_relevant=True,
        reason="eins",
    )

    with pytest.raises(ChangedMeanwhile):
        checks.answer_relevance(
            by=town.as_viewer(town.boss),
            number=check.number,
            version=check.version,
            is_relevant=False,
            reason="zwei",
        )


def test_the_whole_way_from_draft_to_release(town: Town) -> None:
    check = town.co_signing()
    checks.co_sign(
        by=town.as_viewer(town.signer),
        now=LATER,
        number=check.number,
        department_id=town.green.pk,
        state=CoSignState.SIGNED,
    )

    check = checks.release(
        by=town.as_viewer(town.boss), now=LATER, number=check.number, version=check.version
    )

    assert check.state == CheckState.RELEASED
    assert check.released_at == LATER
    assert [one.state for one in check.steps.order_by("pk")] == ["draft", "review", "co_signing", "released"]


def test_a_draft_that_does_not_matter_needs_no_answers_but_a_second_reader(town: Town) -> None:
    check = town.started()
    editor = town.as_viewer(town.editor)
    check = checks.answer_relevance(
        by=editor, number=check.number, version=check.version, is_relevant=False, reason="Nur eine Wahl."
    )
    check = checks.hand_in(by=editor, now=NOW, number=check.number, version=check.version)
    check = checks.forward(
        by=town.as_viewer(town.reader), now=NOW, number=check.number, version=check.version
    )

    check = checks.release(by=town.as_viewer(town.boss), now=NOW, number=check.number, version=check.version)

    assert check.state == CheckState.RELEASED


def test_the_editor_neither_reads_nor_releases_her_own_check(town: Town) -> None:
    town.editor = town.boss
    check = town.in_review(department_id=town.office.pk)

    with pytest.raises(NotAllowed):
        checks.forward(by=town.as_viewer(town.boss), now=NOW, number=check.number, version=check.version)


def test_an_open_deadline_holds_the_release(town: Town) -> None:
    check = town.co_signing()

    with pytest.raises(checks.CannotGoOn) as refusal:
        checks.release(
            by=town.as_viewer(town.boss), now=NOW, number=check.number, version=check.version, reason="eilt"
        )

    assert refusal.value.code == "answers_outstanding"
    assert refusal.value.facts["names"] == ["Grünflächenamt"]


def test_after_the_deadline_a_reason_is_enough(town: Town) -> None:
    check = town.co_signing()
    late = NOW + timedelta(days=30)
    release = {"by": town.as_viewer(town.boss), "now": late, "number": check.number}

    with pytest.raises(checks.CannotGoOn) as refusal:
        checks.release(**release, version=check.version)
    freed = checks.release(**release, version=check.version, reason="Frist verstrichen, Rat tagt.")

    assert refusal.value.code == "needs_reason"
    assert freed.steps.order_by("-pk").first().reason == "Frist verstrichen, Rat tagt."


def test_an_objection_needs_a_reason_and_does_not_vanish(town: Town) -> None:
    check = town.co_signing()
    sign = {"by": town.as_viewer(town.signer), "now": NOW, "number": check.number}

    with pytest.raises(checks.CannotSign):
        checks.co_sign(**sign, department_id=town.green.pk, state=CoSignState.OBJECTED)
    checks.co_sign(**sign, department_id=town.green.pk, state=CoSignState.OBJECTED, reason="Drei Linden.")

    with pytest.raises(checks.CannotGoOn) as refusal:
        checks.release(by=town.as_viewer(town.boss), now=NOW, number=check.number, version=check.version)
    assert refusal.value.facts["names"] == ["objections"]


def test_another_office_does_not_sign_for_it(town: Town) -> None:
    check = town.co_signing()

    with pytest.raises(NotAllowed):
        checks.co_sign(
            by=town.as_viewer(town.reader),
            now=NOW,
            number=check.number,
            department_id=town.green.pk,
            state=CoSignState.SIGNED,
        )


def test_the_deadline_counts_working_days(town: Town) -> None:
    check = town.co_signing()

    # Friday 20 November and five working days: the Friday after.
    assert CoSignature.objects.get(of=check).due_on == date(2026, 11, 27)


def test_a_new_text_after_an_objection_asks_the_offices_again(town: Town) -> None:
    check = town.co_signing()
    boss, editor = town.as_viewer(town.boss), town.as_viewer(town.editor)
    checks.co_sign(
        by=town.as_viewer(town.signer),
        now=NOW,
        number=check.number,
        department_id=town.green.pk,
        state=CoSignState.SIGNED,
    )
    check = checks.return_check(
        by=boss, now=NOW, number=check.number, version=check.version, reason="Bitte die Linden schonen."
    )
    check = checks.replace_text(
        by=editor, number=check.number, version=check.version, text="Wir bauen um die Linden herum."
    )
    check = checks.hand_in(by=editor, now=LATER, number=check.number, version=check.version)

    checks.forward(by=town.as_viewer(town.reader), now=LATER, number=check.number, version=check.version)

    assert CoSignature.objects.get(of=check).state == CoSignState.ASKED
    assert [one.number for one in check.texts.order_by("number")] == [1, 2]


def test_a_check_in_review_cannot_be_answered(town: Town) -> None:
    check = town.in_review()

    with pytest.raises(checks.CannotAnswer) as refusal:
        town.answered(check)

    assert refusal.value.code == "not_editable"


def test_returning_and_giving_up_need_a_reason(town: Town) -> None:
    check = town.in_review()
    reader, editor = town.as_viewer(town.reader), town.as_viewer(town.editor)

    with pytest.raises(checks.CannotGoOn):
        checks.return_check(by=reader, now=NOW, number=check.number, version=check.version, reason="")
    with pytest.raises(checks.CannotGoOn):
        checks.give_up(by=editor, now=NOW, number=check.number, version=check.version, reason=" ")


def test_a_remark_stays_until_it_is_settled(town: Town) -> None:
    check = town.in_review()
    said = checks.comment(
        by=town.as_viewer(town.reader), number=check.number, text="Fehlt 2.1?", question="ziele"
    )

    with pytest.raises(NotAllowed):
        checks.settle_comment(
            by=town.as_viewer(town.signer), now=NOW, number=check.number, comment_id=said.pk
        )
    settled = checks.settle_comment(
        by=town.as_viewer(town.editor), now=LATER, number=check.number, comment_id=said.pk
    )

    assert settled.settled_at == LATER


def test_the_public_may_do_nothing(town: Town) -> None:
    check = town.started()

    with pytest.raises(NotAllowed):
        checks.start_check(by=PUBLIC, now=NOW, draft=checks.NewCheck(title="x", text="y"))
    with pytest.raises(NotAllowed):
        checks.comment(by=PUBLIC, number=check.number, text="x")


def test_an_office_that_answered_is_not_taken_off_the_list(town: Town) -> None:
    check = town.co_signing()
    checks.co_sign(
        by=town.as_viewer(town.signer),
        now=NOW,
        number=check.number,
        department_id=town.green.pk,
        state=CoSignState.SIGNED,
    )

    with pytest.raises(checks.CannotSign) as refusal:
        checks.ask_co_signatures(
            by=town.as_viewer(town.editor), now=NOW, number=check.number, version=check.version, wanted=[]
        )

    assert refusal.value.code == "has_answered"
