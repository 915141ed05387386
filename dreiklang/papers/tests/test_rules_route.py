"""Words of council systems: roles, results, kinds, who decides, what follows what."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.papers.rules.kinds import ConsultationRole, MeetingState, PaperKind, Result
from dreiklang.papers.rules.route import (
    committee_kind,
    consultation_role,
    decides,
    follower,
    is_committee,
    meeting_state,
    paper_kind,
    result_of,
)
from dreiklang.people.rules import CommitteeKind


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Entscheidung", ConsultationRole.DECISION),
        ("Beschlussfassung", ConsultationRole.DECISION),
        ("Vorberatung", ConsultationRole.ADVICE),
        ("Beratung", ConsultationRole.ADVICE),
        ("Anhörung", ConsultationRole.HEARING),
        ("zur Kenntnisnahme", ConsultationRole.NOTE),
        ("Behandlung", ConsultationRole.UNKNOWN),
        ("", ConsultationRole.UNKNOWN),
    ],
)
def test_words_say_what_a_committee_does(words: str, role: ConsultationRole) -> None:
    assert consultation_role(words) is role


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("", Result.OPEN),
        ("einstimmig beschlossen", Result.ADOPTED),
        ("mehrheitlich zugestimmt zu geändertem Beschlusstext", Result.ADOPTED_CHANGED),
        ("teilweise zugestimmt", Result.ADOPTED_CHANGED),
        ("Stimmengleichheit - abgelehnt", Result.REJECTED),
        ("mehrheitlich abgelehnt", Result.REJECTED),
        ("Stellungnahme zur Kenntnis genommen", Result.NOTED),
        ("verwiesen in den Gemeinderat", Result.REFERRED),
        ("vertagt", Result.POSTPONED),
        ("zurückgezogen", Result.WITHDRAWN),
        ("keine Abstimmung", Result.OTHER),
    ],
)
def test_words_of_the_minutes_say_the_result(words: str, result: Result) -> None:
    assert result_of(words) is result


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Beschlussvorlage", PaperKind.PROPOSAL),
        ("Informationsvorlage", PaperKind.INFORMATION),
        ("Änderungs-/Ergänzungsantrag", PaperKind.MOTION),
        ("Haushalt THH 5000", PaperKind.BUDGET_MOTION),
        ("Anfrage", PaperKind.INQUIRY),
        ("Offenlage", PaperKind.OTHER),
        ("", PaperKind.OTHER),
    ],
)
def test_words_say_what_a_paper_asks(words: str, kind: PaperKind) -> None:
    assert paper_kind(words) is kind


@pytest.mark.parametrize(
    ("name", "classification", "kind"),
    [
        ("Gemeinderat", "Beschließender Ausschuss", CommitteeKind.COUNCIL),
        ("Ortschaftsrat Grünau", "", CommitteeKind.LOCAL_COUNCIL),
        ("Stadtbezirksbeirat Nord", "", CommitteeKind.LOCAL_COUNCIL),
        ("Bäderausschuss", "Beschließender Ausschuss", CommitteeKind.DECIDING),
        ("Gestaltungsbeirat", "", CommitteeKind.ADVISORY),
        ("Planungsausschuss", "", CommitteeKind.OTHER),
    ],
)
def test_names_say_what_a_committee_is_for(name: str, classification: str, kind: CommitteeKind) -> None:
    assert committee_kind(name, classification=classification) is kind


def test_offices_and_groups_are_no_committees() -> None:
    assert is_committee(meets=True)
    assert is_committee(kind="Gremium")
    assert is_committee(classification="Beschließender Ausschuss")
    assert not is_committee()
    assert not is_committee(kind="Fraktion", meets=True)
    assert not is_committee(kind="Verwaltungsbereich")


def test_a_meeting_past_its_day_is_not_called_held_without_a_word_of_it() -> None:
    nothing = {"is_cancelled": False, "is_invited": False, "has_results": False}

    assert meeting_state("", **nothing) is MeetingState.PLANNED
    assert meeting_state("", **{**nothing, "is_invited": True}) is MeetingState.INVITED
    assert meeting_state("", **{**nothing, "has_results": True}) is MeetingState.HELD
    assert meeting_state("terminiert", **{**nothing, "is_invited": True}) is MeetingState.PLANNED
    assert meeting_state("durchgeführt", **{**nothing, "is_cancelled": True}) is MeetingState.CANCELLED


def test_a_hearing_does_not_decide_even_if_the_source_calls_it_authoritative() -> None:
    assert not decides(ConsultationRole.HEARING, authoritative=True)
    assert decides(ConsultationRole.DECISION, authoritative=None)
    assert not decides(ConsultationRole.DECISION, authoritative=False)
    assert decides(ConsultationRole.UNKNOWN, authoritative=True)
    assert not decides(ConsultationRole.UNKNOWN, authoritative=None)


def test_the_longer_number_follows_the_shorter_one_whatever_the_days() -> None:
    first, second = ("2024/0419", date(2024, 6, 19)), ("2024/0419/1", date(2024, 6, 17))

    assert follower(second, first) == (second, first)
    assert follower(first, second) == (second, first)


def test_else_the_newer_paper_follows_the_older_one() -> None:
    older, newer = ("A 1", date(2024, 1, 1)), ("V 7", date(2024, 5, 1))

    assert follower(newer, older) == follower(older, newer) == (newer, older)
    assert follower(("A", None), ("B", None)) == (("B", None), ("A", None))


@given(st.text())
def test_no_word_breaks_a_rule(words: str) -> None:
    consultation_role(words)
    paper_kind(words)
    committee_kind(words, classification=words)
    is_committee(kind=words, classification=words)
    assert result_of(words) is not Result.OPEN or not words.strip()
