from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from dreiklang.papers.imports.checklists import example_text, read_checklist
from dreiklang.papers.rules.checklist import (
    ChecklistContent,
    Effect,
    GapCode,
    Given,
    as_data,
    asked_questions,
    findings,
    gaps,
    parse_checklist,
)

GROWTH, GREEN = 7, 8


def raw(**changed: Any) -> dict[str, Any]:
    questions = [
        {"id": "ziele", "kind": "goals", "text": "Wie wirkt es?"},
        {"id": "folgekosten", "kind": "yes_no", "text": "Folgekosten?"},
    ]
    depth = [
        {
            "id": "hoehe",
            "kind": "amount",
            "text": "Wie hoch?",
            "asked_if": [{"question": "folgekosten", "is": ["yes"]}],
        }
    ]
    whole = {
        "name": "Prüfung",
        "label": "1",
        "relevance": {"text": "Von Belang?"},
        "stages": [{"title": "Wirkung", "questions": questions}, {"title": "Tiefe", "questions": depth}],
    }
    return {**whole, **changed}


def content(**changed: Any) -> ChecklistContent:
    read, flaws = parse_checklist(raw(**changed))
    assert read is not None, flaws
    return read


def flaws_of(**changed: Any) -> list[tuple[str, str]]:
    read, flaws = parse_checklist(raw(**changed))
    assert read is None
    return [(one.path, one.code) for one in flaws]


def question(**changed: Any) -> dict[str, Any]:
    return {"id": "a", "kind": "effect", "text": "?", **changed}


def stage(*questions: Any) -> list[dict[str, Any]]:
    return [{"title": "Wirkung", "questions": list(questions)}]


def test_the_shipped_example_is_sound_and_marked_as_an_example() -> None:
    read, flaws = read_checklist(example_text())

    assert flaws == []
    assert read is not None
    assert read.is_example
    assert [one.number for one in read.stages] == [2, 3]


def test_a_checklist_written_out_reads_back_the_same() -> None:
    read, _flaws = read_checklist(example_text())

    assert read is not None
    assert parse_checklist(as_data(read)) == (read, [])


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"name": ""}, ("name", "missing")),
        ({"label": ["1"]}, ("label", "not_text")),
        ({"format": 2}, ("format", "unknown_format")),
        ({"valid_from": "morgen"}, ("valid_from", "not_a_day")),
        ({"punkte": 100}, ("punkte", "unknown_field")),
        ({"relevance": "ja?"}, ("relevance", "not_a_table")),
        ({"stages": {}}, ("stages", "not_a_list")),
        ({"stages": []}, ("stages", "no_questions")),
        ({"stages": stage(question(kind="points"))}, ("stages[0].questions[0].kind", "unknown_kind")),
        ({"stages": stage(question(kind=["effect"]))}, ("stages[0].questions[0].kind", "unknown_kind")),
        ({"stages": stage(question(id="Klima?"))}, ("stages[0].questions[0].id", "not_an_id")),
        ({"stages": stage(question(), question())}, ("stages[0].a", "id_twice")),
        ({"stages": stage(question(kind="choice"))}, ("stages[0].questions[0].options", "too_few_options")),
        (
            {"stages": stage(question(asked_if=[{"question": "b", "is": ["harm"]}]))},
            ("stages[0].a", "asked_if_unknown_question"),
        ),
        (
            {"stages": stage(question(), question(id="b", asked_if=[{"question": "a", "is": ["ja"]}]))},
            ("stages[0].b", "asked_if_unknown_value"),
        ),
    ],
)
def test_a_flaw_is_named_with_its_place(changed: dict[str, Any], expected: tuple[str, str]) -> None:
    assert expected in flaws_of(**changed)


def test_all_flaws_are_named_at_once() -> None:
    assert len(flaws_of(name="", label="", stages=[])) == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("{", "broken_json"),
        ("a: [", "broken_yaml"),
        ("a: &x [1]\nb: *x", "broken_yaml"),
        ("!!python/object/apply:os.system ['true']", "broken_yaml"),
        ("ein Satz", "not_a_table"),
        ("[" * 5000, "too_deep"),
        ("[" * 50 + "]" * 50, "too_deep"),
        ("x" * 300_000, "too_large"),
    ],
)
def test_text_that_is_no_checklist_is_refused(text: str, code: str) -> None:
    read, flaws = read_checklist(text)

    assert read is None
    assert [one.code for one in flaws] == [code]


@drawn(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=12,
    )
)
def test_whatever_stands_there_is_read_or_refused_and_never_breaks(anything: Any) -> None:
    read, flaws = parse_checklist({**raw(), "stages": anything})

    assert (read is None) == bool(flaws)


def test_nothing_is_asked_before_relevance_is_answered() -> None:
    assert asked_questions(content(), is_relevant=None, given=[]) == ()
    assert [one.code for one in gaps_of(is_relevant=None)] == [GapCode.RELEVANCE]


def test_a_no_with_its_reason_ends_the_check() -> None:
    assert gaps_of(is_relevant=False, relevance_reason="Nur eine Wahl in einen Beirat.") == ()


def test_a_no_without_a_reason_is_not_enough() -> None:
    assert [one.code for one in gaps_of(is_relevant=False, relevance_reason=" ")] == [GapCode.RELEVANCE]


def gaps_of(**changed: Any) -> tuple[Any, ...]:
    facts = {"is_relevant": True, "relevance_reason": "weil", "given": [], "goals": [GROWTH], **changed}
    return gaps(content(), **facts)


def test_depth_is_asked_only_after_the_answer_that_calls_for_it() -> None:
    without = asked_questions(content(), is_relevant=True, given=[Given("folgekosten", value="no")])
    with_depth = asked_questions(content(), is_relevant=True, given=[Given("folgekosten", value="yes")])

    assert [one.id for one in without] == ["ziele", "folgekosten"]
    assert [one.id for one in with_depth] == ["ziele", "folgekosten", "hoehe"]


def test_every_confirmed_goal_is_asked_about() -> None:
    found = gaps_of(goals=[GROWTH, GREEN], given=[Given("ziele", GROWTH, value="gain", reason="mehr Platz")])

    assert [(one.code, one.question, one.target) for one in found] == [
        (GapCode.ANSWER, "ziele", GREEN),
        (GapCode.ANSWER, "folgekosten", 0),
    ]


def test_a_relevant_draft_without_a_goal_lacks_one() -> None:
    assert gaps_of(goals=[])[0].code is GapCode.NO_GOAL


def test_no_effect_and_not_known_need_a_reason_too() -> None:
    found = gaps_of(given=[Given("ziele", GROWTH, value="none"), Given("folgekosten", value="unknown")])

    assert [one.code for one in found] == [GapCode.REASON, GapCode.REASON]


def test_an_answer_that_is_not_on_offer_counts_as_none() -> None:
    found = gaps_of(given=[Given("ziele", GROWTH, value="100 Punkte", reason="weil")])

    assert found[0].code is GapCode.ANSWER


def test_effects_stand_side_by_side_and_a_conflict_shows() -> None:
    given = [
        Given("ziele", GROWTH, value="gain", reason="mehr Platz"),
        Given("ziele", GREEN, value="strong_harm", reason="weniger Bäume"),
    ]

    found = findings(content(), is_relevant=True, given=given, goals=[GROWTH, GREEN])

    assert found.is_conflict
    assert [(one.goal, one.effect) for one in found.harms] == [(GREEN, Effect.STRONG_HARM)]
    assert [one.reason for one in found.gains] == ["mehr Platz"]


def test_answers_about_goals_that_were_rejected_later_do_not_count() -> None:
    given = [Given("ziele", GREEN, value="harm", reason="weil")]

    assert not findings(content(), is_relevant=True, given=given, goals=[GROWTH]).harms
