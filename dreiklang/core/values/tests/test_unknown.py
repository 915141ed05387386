import pytest

from dreiklang.core.values import Unknown, first_known, known


def test_unknown_has_no_truth_value():
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(Unknown("not_stated"))


def test_unknown_never_equals_zero_none_or_empty_text():
    value = Unknown("not_stated")

    assert [value == other for other in (0, None, "", False)] == [False] * 4


def test_unknown_without_reason_is_refused():
    with pytest.raises(ValueError, match="needs a reason"):
        Unknown("")


def test_known_is_false_for_unknown_and_none_but_true_for_zero():
    assert [known(x) for x in (Unknown("not_stated"), None, 0, "")] == [False, False, True, True]


def test_first_known_skips_what_is_unknown():
    assert first_known([Unknown("a"), 0, 7]) == 0


def test_first_known_gives_the_first_reason_when_nothing_is_known():
    assert first_known([Unknown("a"), Unknown("b")]) == Unknown("a")
    assert first_known([]) == Unknown("none_known")


def test_unknown_says_so_in_a_template():
    assert Unknown("not_stated").is_unknown is True
