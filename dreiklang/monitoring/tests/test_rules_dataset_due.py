"""When a dataset should be renewed."""

from datetime import date

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.dataset_due import dataset_due

LAST = date(2025, 12, 31)
IN_A_YEAR = date(2026, 12, 31)


def test_the_rhythm_tells_when_nobody_set_a_day() -> None:
    assert dataset_due(rhythm="ANNUAL", last=LAST, by_hand=None) == IN_A_YEAR


def test_a_later_day_gives_time() -> None:
    assert dataset_due(rhythm="ANNUAL", last=LAST, by_hand=date(2027, 3, 1)) == date(2027, 3, 1)


def test_a_day_that_was_kept_early_is_not_late() -> None:
    assert dataset_due(rhythm="ANNUAL", last=date(2026, 2, 26), by_hand=date(2026, 3, 1)) == date(2027, 2, 26)


def test_without_a_rhythm_the_day_holds_until_the_dataset_is_changed() -> None:
    day = date(2026, 3, 1)

    assert dataset_due(rhythm="IRREG", last=LAST, by_hand=day) == day
    assert dataset_due(rhythm="", last=None, by_hand=day) == day
    assert dataset_due(rhythm="", last=day, by_hand=day) == Unknown("no_rhythm", "")


def test_a_dataset_that_never_came_is_due_at_no_known_day() -> None:
    assert dataset_due(rhythm="ANNUAL", last=None, by_hand=None) == Unknown("not_delivered")


def test_words_no_list_knows_are_no_rhythm() -> None:
    assert dataset_due(rhythm="ab und zu", last=LAST, by_hand=None) == Unknown("unknown_rhythm", "ab und zu")
