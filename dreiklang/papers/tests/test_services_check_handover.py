"""No running check stays with an office that ended or a person who left."""

import pytest

from dreiklang.measures.tests.factories import account, department
from dreiklang.papers.models import Check, CoSignature
from dreiklang.papers.queries.checks.hands import (
    checks_in_hands_of,
    ownerless_checks,
    signatures_asked_of,
)
from dreiklang.papers.rules.kinds import CoSignState
from dreiklang.papers.services import hand_over_checks
from dreiklang.papers.tests.check_factories import NOW, Town
from dreiklang.people.rules import PUBLIC, SYSTEM, Role
from dreiklang.people.services import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def signers(check: Check) -> list[str]:
    return list(check.co_signatures.order_by("department__key").values_list("department__key", flat=True))


def test_running_checks_go_to_the_other_office_and_finished_ones_stay(town: Town) -> None:
    running, done = town.started(), town.released()
    new = department("70")

    moved = hand_over_checks(by=town.as_viewer(town.boss), from_department=town.office, to_department=new)

    running.refresh_from_db()
    done.refresh_from_db()
    assert (moved, running.department, done.department) == (1, new, town.office)


def test_a_person_is_followed_as_editor_and_as_reader(town: Town) -> None:
    edited, by = town.started(), town.as_viewer(town.boss)
    successor = account("Nora Neu", role=Role.REVIEWER, in_department=town.office)

    hand_over_checks(by=by, from_account=town.editor, to_account=successor)
    edited.refresh_from_db()
    assert (edited.editor, edited.reader) == (successor, town.reader)

    hand_over_checks(by=by, from_account=successor, to_account=town.reader)
    edited.refresh_from_db()
    assert (edited.editor, edited.reader) == (town.reader, None)


def test_an_open_signature_goes_along_and_an_answer_stays(town: Town) -> None:
    waiting, answered = town.co_signing(), town.co_signing()
    answered.co_signatures.update(state=CoSignState.SIGNED, answered_at=NOW)
    department("70")
    new = department("71")

    hand_over_checks(by=town.as_viewer(town.boss), from_department=town.green, to_department=new)

    assert signers(waiting) == ["71"]
    assert signers(answered) == ["67"]


def test_an_office_that_is_asked_already_is_not_asked_twice(town: Town) -> None:
    check = town.co_signing()
    new = department("71")
    CoSignature.objects.create(of=check, department=new, asked_at=NOW, due_on=NOW.date())

    hand_over_checks(by=town.as_viewer(town.boss), from_department=town.green, to_department=new)

    assert signers(check) == ["71"]
    assert check.co_signatures.get().is_treasury


def test_the_office_that_comes_to_write_is_no_longer_asked_to_co_sign(town: Town) -> None:
    check = town.co_signing()

    hand_over_checks(by=town.as_viewer(town.boss), from_department=town.office, to_department=town.green)

    check.refresh_from_db()
    assert check.department == town.green
    assert signers(check) == []


def test_a_part_moves_what_is_named_and_a_second_run_nothing(town: Town) -> None:
    named, other = town.started(), town.started()
    new, by = department("70"), town.as_viewer(town.boss)

    for expected in (1, 0):
        moved = hand_over_checks(
            by=by, from_department=town.office, to_department=new, only_keys=[named.number]
        )
        assert moved == expected
    other.refresh_from_db()
    assert other.department == town.office


def test_an_open_form_is_told_of_the_hand_over(town: Town) -> None:
    check = town.started()

    hand_over_checks(
        by=town.as_viewer(town.boss), from_department=town.office, to_department=department("70")
    )

    assert Check.objects.get(pk=check.pk).version == check.version + 1


def test_editors_hand_nothing_over(town: Town) -> None:
    with pytest.raises(NotAllowed):
        hand_over_checks(
            by=town.as_viewer(town.editor), from_department=town.office, to_department=town.green
        )


def test_what_is_in_whose_hands_is_told_inside_only(town: Town) -> None:
    check = town.co_signing()
    town.released()

    by_office = checks_in_hands_of(SYSTEM, department_id=town.office.pk)
    by_reader = checks_in_hands_of(SYSTEM, account_id=town.reader.pk)
    asked = signatures_asked_of(SYSTEM, department_id=town.green.pk)

    assert [one.key for one in by_office] == [check.number]
    assert [one.key for one in by_reader] == [check.number]
    assert [one.key for one in asked] == [check.number]
    assert checks_in_hands_of(PUBLIC, department_id=town.office.pk) == ()
    assert signatures_asked_of(PUBLIC, department_id=town.green.pk) == ()


def test_a_check_left_behind_by_somebody_is_found(town: Town) -> None:
    check = town.started()
    assert ownerless_checks(SYSTEM) == ()

    town.reader.is_active = False
    town.reader.save()

    assert [one.key for one in ownerless_checks(SYSTEM)] == [check.number]
    assert ownerless_checks(PUBLIC) == ()
