"""The three sides of a field."""

from typing import Any

from dreiklang.core.enums import Outcome
from dreiklang.core.imports.compare import (
    Comparison,
    Remembered,
    Sides,
    compared,
    kept_form,
    remembered_values,
)
from dreiklang.core.imports.contract import Candidate, ListField

FIELDS = (ListField("title", "Titel", True), ListField("note", "Bemerkung"))


def row(key: str = "1", number: int = 2, **values: Any) -> Candidate:
    return Candidate(number, key, key, values, {})


def one(list_now: str, *, ours: str, last_time: str | None, decided: str = "") -> Comparison:
    remembered = {"1": Remembered("1", {"title": last_time})} if last_time is not None else {}
    decisions = {"1": {"title": decided}} if decided else {}
    return compared([row(title=list_now)], Sides({"1": {"title": ours}}, remembered, decisions), FIELDS)


def test_the_list_changes_what_only_the_list_changed() -> None:
    found = one("neu", ours="alt", last_time="alt").rows[0]

    assert [(d.field, d.before, d.after) for d in found.differences] == [("title", "alt", "neu")]


def test_a_cell_that_did_not_change_overwrites_nobody() -> None:
    assert one("alt", ours="von Hand", last_time="alt").rows[0].outcome is Outcome.UNCHANGED


def test_both_changed_is_shown_and_not_written() -> None:
    found = one("neu", ours="von Hand", last_time="alt").rows[0]

    assert found.outcome is Outcome.UNCHANGED
    assert [problem.code for problem in found.problems] == ["changed_on_both_sides"]
    assert remembered_values(found, Remembered("1", {"title": "alt"})) == {"title": "alt"}


def test_the_list_wins_if_somebody_says_so() -> None:
    assert one("neu", ours="von Hand", last_time="alt", decided="list").rows[0].outcome is Outcome.CHANGED


def test_our_side_wins_for_good_if_somebody_says_so() -> None:
    found = one("neu", ours="von Hand", last_time="alt", decided="ours").rows[0]

    assert found.outcome is Outcome.UNCHANGED
    assert not found.problems
    assert remembered_values(found, Remembered("1", {"title": "alt"})) == {"title": "neu"}


def test_both_changed_to_the_same_is_no_matter() -> None:
    assert not one("neu", ours="neu", last_time="alt").rows[0].problems


def test_a_first_import_compares_with_what_is_there() -> None:
    assert one("neu", ours="alt", last_time=None).rows[0].outcome is Outcome.CHANGED


def test_a_required_field_may_be_absent_for_what_is_there_but_not_emptied() -> None:
    there = Sides({"1": {"title": "alt", "note": ""}})

    assert compared([row(note="x")], there, FIELDS).rows[0].outcome is Outcome.CHANGED
    assert compared([row(title="")], there, FIELDS).rows[0].outcome is Outcome.REFUSED
    assert compared([row(note="x")], Sides({}), FIELDS).rows[0].outcome is Outcome.REFUSED


def test_what_the_list_no_longer_has_is_missing() -> None:
    found = compared([row("1", title="a")], Sides({}, {"9": Remembered("9", {})}), FIELDS)

    assert [r.row_key for r in found.of(Outcome.MISSING)] == ["9"]


def test_a_refused_row_is_not_missing() -> None:
    found = compared([row("1", title="")], Sides({}, {"1": Remembered("1", {})}), FIELDS)

    assert found.count(Outcome.MISSING) == 0


def test_long_values_are_remembered_by_their_fingerprint() -> None:
    kept = kept_form({"note": "x" * 5000})["note"]

    assert kept.startswith("sha256:")
    assert kept == kept_form({"note": "x" * 5000})["note"]


def test_a_wish_for_a_refused_row_is_left_out_with_a_hint() -> None:
    hopeful = Candidate(2, "1", "1", {"title": "a", "note": "2"}, {}, wishes=(("note", "2"),))

    found = compared([hopeful, row("2", 3, title="")], Sides({}), FIELDS)

    assert found.new[0].values == {"title": "a"}
    assert [p.code for p in found.rows[0].problems] == ["needs_refused"]
