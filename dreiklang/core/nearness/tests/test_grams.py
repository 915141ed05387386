"""Runs of characters are counted the same everywhere, and compounds share them."""

from array import array

from dreiklang.core.nearness.grams import PLACES, counted


def _places(text: str) -> dict[int, int]:
    return {one & (PLACES - 1): one >> 18 for one in array("I", counted([text]))}


def test_a_compound_shares_the_runs_of_its_part() -> None:
    part, whole = _places("Radverkehr"), _places("Radverkehrskonzept")

    assert len(part.keys() & whole.keys()) >= len(part) - 2


def test_common_and_short_words_leave_no_runs() -> None:
    assert counted(["und der Weg zur von 2026"]) == b""


def test_a_run_is_counted_as_often_as_it_occurs() -> None:
    assert set(_places("Brücke Brücke Brücke").values()) == {3}


def test_case_and_signs_make_no_difference() -> None:
    assert counted(["Fußweg, BRÜCKE!"]) == counted(["fußweg brücke"])
