from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.people.rules import (
    PUBLIC,
    HeldRole,
    InvitationState,
    InviteProblem,
    Role,
    Viewer,
    below,
    invitation_state,
    invited_people,
    line_up,
    represented,
    stand_in,
    would_loop,
)

TREE = {1: None, 2: 1, 3: 1, 4: 2, 5: None}
ids = st.integers(1, 8)
trees = st.dictionaries(ids, st.one_of(st.none(), ids), max_size=6)
NOW = datetime(2026, 11, 22, 12)


def test_a_department_reaches_everything_below_it() -> None:
    assert below(TREE) == {1: {1, 2, 3, 4}, 2: {2, 4}, 3: {3}, 4: {4}, 5: {5}}


def test_the_line_goes_up_nearest_first() -> None:
    assert line_up(TREE, 4) == (4, 2, 1)


@given(trees, ids)
def test_a_ring_in_the_data_ends_the_line(parents: dict[int, int | None], start: int) -> None:
    line = line_up(parents, start)

    assert len(line) == len(set(line))
    assert line[0] == start


@pytest.mark.parametrize(
    ("child", "parent", "loops"), [(1, 4, True), (1, 1, True), (4, 3, False), (4, None, False)]
)
def test_a_department_cannot_come_to_stand_above_itself(child: int, parent: int | None, loops: bool) -> None:
    assert would_loop(TREE, child, parent) is loops


def test_a_deputy_stands_in_for_who_is_away() -> None:
    assert represented(2, {1: 2}) == {1}


def test_a_deputy_who_is_away_hands_on_to_her_own_deputy() -> None:
    away = {1: 2, 2: 3}

    assert represented(3, away) == {1, 2}
    assert stand_in(1, away) == 3


def test_two_away_who_name_each_other_leave_nobody_in_charge() -> None:
    away = {1: 2, 2: 1}

    assert stand_in(1, away) is None
    assert represented(1, away) == {2}


def test_nobody_stands_in_for_somebody_present() -> None:
    assert represented(2, {}) == frozenset()
    assert stand_in(1, {}) == 1


@given(trees, ids)
def test_whoever_acts_for_somebody_is_there_and_represents_her(away: dict[int, int | None], one: int) -> None:
    acting = stand_in(one, away)

    assert acting is None or acting not in away
    if acting not in (None, one):
        assert one in represented(acting, away)


def test_a_role_in_a_department_does_not_count_elsewhere() -> None:
    lead = Viewer(account_id=1, held=frozenset({HeldRole(Role.LEAD, frozenset({2, 4}))}))

    assert lead.has_in(4, Role.LEAD)
    assert not lead.has_in(3, Role.LEAD)
    assert not lead.has_in(None, Role.LEAD)


def test_partners_and_council_members_are_not_the_administration() -> None:
    held = frozenset({HeldRole(Role.PARTNER), HeldRole(Role.COUNCIL_MEMBER)})

    assert not Viewer(account_id=1, held=held).is_internal
    assert not PUBLIC.is_internal


def test_the_public_stands_for_nobody() -> None:
    assert not PUBLIC.stands_for(None)


@pytest.mark.parametrize(
    ("expires_in", "accepted", "withdrawn", "state"),
    [
        (1, False, False, InvitationState.OPEN),
        (0, False, False, InvitationState.EXPIRED),
        (-1, True, False, InvitationState.ACCEPTED),
        (1, False, True, InvitationState.WITHDRAWN),
    ],
)
def test_an_invitation_is_open_until_used_withdrawn_or_too_old(
    expires_in: int, accepted: bool, withdrawn: bool, state: InvitationState
) -> None:
    found = invitation_state(
        now=NOW,
        expires_at=NOW + timedelta(days=expires_in),
        accepted_at=NOW if accepted else None,
        withdrawn_at=NOW if withdrawn else None,
    )

    assert found == state


def read(text: str) -> list:
    return invited_people(
        text=text,
        departments={"61", "66"},
        role_words={"federführung": Role.LEAD, "lead": Role.LEAD, "mitzeichnung": Role.REVIEWER},
        taken={"da@stadt.example"},
    )


def test_a_line_names_address_person_department_and_roles() -> None:
    (person,) = read("Erika@Stadt.example; Erika Beispiel ;61;Federführung|Mitzeichnung")

    assert person.email == "erika@stadt.example"
    assert person.name == "Erika Beispiel"
    assert person.roles == (Role.LEAD, Role.REVIEWER)
    assert person.is_fine


def test_a_heading_and_empty_lines_are_skipped() -> None:
    people = read("E-Mail;Name;Amt;Rollen\n\n\na@stadt.example;A;61;lead\n")

    assert [person.line for person in people] == [4]


def test_tabs_from_a_spreadsheet_are_understood() -> None:
    (person,) = read("a@stadt.example\tA\t66\tlead")

    assert (person.department_key, person.is_fine) == ("66", True)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("keine-adresse@;A;61;lead", InviteProblem.NO_EMAIL),
        ("a@stadt.example;;61;lead", InviteProblem.NO_NAME),
        ("a@stadt.example;A;99;lead", InviteProblem.UNKNOWN_DEPARTMENT),
        ("a@stadt.example;A;61;König", InviteProblem.UNKNOWN_ROLE),
        ("a@stadt.example;A;61;", InviteProblem.NO_ROLE),
        ("da@stadt.example;A;61;lead", InviteProblem.HAS_ACCOUNT),
    ],
)
def test_a_faulty_line_says_what_is_wrong(line: str, problem: InviteProblem) -> None:
    (person,) = read(line)

    assert [code for code, _value in person.problems] == [problem]


def test_the_second_line_with_one_address_is_refused() -> None:
    first, second = read("a@stadt.example;A;61;lead\nA@stadt.example;A;61;lead")

    assert first.is_fine
    assert second.problems == ((InviteProblem.TWICE, "a@stadt.example"),)


@given(st.text(max_size=80))
def test_any_pasted_text_is_read_without_breaking(text: str) -> None:
    assert all(person.is_fine or person.problems for person in read(text))
