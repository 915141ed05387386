"""Derived indicators: the worked examples of docs/rules/derived-indicators.md, arithmetic, and what is refused."""

import contextlib
import operator
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.formulas import (
    CannotParse,
    InputRef,
    Wanted,
    checked,
    cycle,
    dependents,
    evaluate,
    inputs,
    parse,
    unit_of_formula,
    wanted,
)
from dreiklang.monitoring.rules.units import shipped_units

from .documents import RULES, number

UNITS = shipped_units().by_code


def rows(heading):
    """As documents.rows, but with "\\|" for a bar within a cell."""
    section = (RULES / "derived-indicators.md").read_text(encoding="utf-8").split(f"\n## {heading}\n")[1]
    lines = [line for line in section.split("\n## ")[0].splitlines() if line.startswith("|")]
    cells = [
        [cell.strip().strip("`").replace("\0", "|") for cell in line.replace("\\|", "\0").split("|")[1:-1]]
        for line in lines[2:]
    ]
    assert cells
    return [tuple(row) for row in cells]


def pairs(words):
    return [tuple(entry.rsplit(" ", 1)) for entry in words.split(", ")]


def told(result):
    return f"{result.reason}: {result.words}" if isinstance(result, Unknown) else result


@pytest.mark.parametrize(("text", "written", "result"), rows("Worked example"))
def test_formulas_give_what_the_page_says(text, written, result):
    values, before = {}, {}
    for name, value in pairs(written):
        there = Unknown(value[1:]) if value.startswith("?") else number(value)
        key, _minus, years = name.partition("-")
        ref = InputRef(*key.split("|"))
        if years:
            before[ref, int(years)] = there
        else:
            values[ref] = there

    given_back = evaluate(
        parse(text),
        values=values,
        earlier=lambda ref, years: before.get((ref, years), Unknown("not_delivered")),
    )

    expected = number(result) if result[0].isdigit() else result
    assert told(given_back) == expected


@pytest.mark.parametrize(("text", "written", "gives", "declared", "factor"), rows("Units"))
def test_units_are_checked_as_the_page_says(text, written, gives, declared, factor):
    units = {name: UNITS[unit] for name, unit in pairs(written)}
    unit = unit_of_formula(parse(text), units=units)

    if declared == "-":
        assert unit.reason == gives
        with pytest.raises(CannotParse) as refused:
            checked(text, units=units, declared=UNITS["prozent"])
        assert refused.value.code == gives
        assert refused.value.words
    else:
        assert unit.name == gives
        assert checked(text, units=units, declared=UNITS[declared]).factor == Decimal(factor)


def test_a_unit_that_is_not_the_declared_one_is_refused_with_both():
    with pytest.raises(CannotParse) as refused:
        checked("[einwohner]", units={"einwohner": UNITS["personen"]}, declared=UNITS["ha"])

    assert (refused.value.code, refused.value.words) == ("unit_mismatch", "Personen ≠ Hektar")


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("", "empty", 0),
        ("   ", "empty", 0),
        ("1 + 2", "nothing_named", 0),
        ("[a", "unclosed", 0),
        ("1 + [a", "unclosed", 4),
        ("([a]", "unclosed", 0),
        ("per([a], [b], 1000", "unclosed", 0),
        ("per", "unclosed", 3),
        ("[a])", "rest", 3),
        ("[a] [b]", "rest", 4),
        ("[a] * 0,5", "decimal_comma", 7),
        ("[a] * (0,5)", "decimal_comma", 8),
        ("per([a], [b], 1.000)", "ambiguous_number", 14),
        ("[a] * 1.234.567", "ambiguous_number", 6),
        ("[a] * 1.2.3", "bad_number", 6),
        ("[a] * 1.", "bad_number", 6),
        ("[a] * " + "9" * 31, "bad_number", 6),
        ("[]", "bad_key", 0),
        ("[A b]", "bad_key", 0),
        ("[a|b|c]", "bad_key", 0),
        ("[a] + ", "value_expected", 6),
        ("+ [a]", "value_expected", 0),
        ("--[a]", "value_expected", 1),
        ("[a] ^ 2", "unknown_sign", 4),
        ("__import__('os')", "unknown_sign", 11),
        ("eval([a])", "unknown_function", 0),
        ("per([a], [b])", "wrong_count", 0),
        ("sum_of([a])", "wrong_count", 0),
        ("share([a], [b], [c])", "wrong_count", 0),
        ("per([a], [b], [c])", "number_expected", 0),
        ("per([a], [b], 0)", "number_expected", 0),
        ("change([a], 1.5)", "years_expected", 0),
        ("change([a], [b])", "years_expected", 0),
        ("change([a], 0)", "years_expected", 0),
        ("change(2 * -change([a], 1), 1)", "change_in_change", 0),
        ("(" * 41 + "[a]" + ")" * 41, "too_deep", 40),
        ("[a]" + " + [a]" * 400, "too_long", 2000),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text, code, at):
    with pytest.raises(CannotParse) as refused:
        parse(text)

    assert (refused.value.code, refused.value.at) == (code, at)


def test_long_sums_are_reckoned_without_end_of_the_stack():
    text = "[a]" + "+[a]" * 490

    assert evaluate(parse(text), values={InputRef("a"): Decimal(2)}) == 982


def test_signs_of_text_programs_are_read_as_what_they_mean():
    assert str(parse("[a] × 2 − [b] ÷ 4 · 3")) == "[a] * 2 - [b] / 4 * 3"


def test_inputs_are_named_once_in_the_order_of_the_text():
    formula = parse("[b] + share([a|GES=GESW], [b]) + change([c], 2)")

    assert inputs(formula) == (InputRef("b"), InputRef("a", "GES=GESW"), InputRef("c"))
    assert wanted(formula)[-2:] == (Wanted(InputRef("c")), Wanted(InputRef("c"), 2))


def test_all_missing_inputs_are_named():
    result = evaluate(parse("[a] + [b] + [c]"), values={InputRef("b"): Unknown("later")})

    assert result == Unknown("input_unknown", "a: not_delivered; b: later; c: not_delivered")


def test_a_suppressed_input_stays_so_even_if_it_is_multiplied_by_nothing():
    values = {InputRef("a"): Unknown("suppressed"), InputRef("b"): Decimal(0)}

    assert evaluate(parse("[a] * [b]"), values=values) == Unknown("suppressed", "a: suppressed")
    assert evaluate(parse("[a] / [b]"), values=values) == Unknown("suppressed", "a: suppressed")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+1000", "1E-1000"])
def test_what_is_no_number_of_this_world_is_unknown(value):
    result = evaluate(parse("[a] * 2"), values={InputRef("a"): Decimal(value)})

    assert result == Unknown("input_unknown", "a: not_a_number")


@pytest.mark.parametrize(
    ("formulas", "around"),
    [
        ({}, ()),
        ({"a": "[b]", "b": "[c]"}, ()),
        ({"a": "[a] * 2"}, ("a",)),
        ({"c": "[a]", "b": "[c]", "a": "[b]"}, ("a", "b", "c")),
        ({"x": "[b]", "b": "[d] + [c]", "c": "[b|GES=GESW]", "d": "[measured]"}, ("b", "c")),
        ({"a": "[b] + [c]", "b": "[d]", "c": "[d]", "d": "[e]"}, ()),
    ],
)
def test_circles_are_found_and_told_from_the_first_name_on(formulas, around):
    assert cycle({key: parse(text) for key, text in formulas.items()}) == around


def test_what_is_reckoned_from_others_is_found_through_every_step_and_in_circles():
    texts = {"b": "[a] / 2", "c": "[b] + [x]", "d": "[x]", "e": "[f] + [c]", "f": "[e]"}
    formulas = {key: parse(text) for key, text in texts.items()}

    assert dependents(formulas, of=["a"]) == {"b", "c", "e", "f"}
    assert dependents(formulas, of=["b"]) == {"c", "e", "f"}
    assert dependents(formulas, of=[]) == set()


names = st.sampled_from("abc")
refs = st.builds(InputRef, names, st.sampled_from(["", "GES=GESW"]))


def grown(inner):
    """Formulas as text beside the function that reckons them in fractions."""
    signs = {"+": operator.add, "-": operator.sub, "*": operator.mul}
    return st.one_of(
        st.builds(
            lambda one, sign, two: (
                f"({one[0]} {sign} {two[0]})",
                lambda v: signs[sign](one[1](v), two[1](v)),
            ),
            inner,
            st.sampled_from("+-*"),
            inner,
        ),
        st.builds(
            lambda one: (
                f"(-{one[0]})" if not one[0].startswith("-") else one[0],
                (lambda v: -one[1](v)) if not one[0].startswith("-") else one[1],
            ),
            inner,
        ),
        st.builds(
            lambda one, two: (f"sum_of({one[0]}, {two[0]})", lambda v: one[1](v) + two[1](v)), inner, inner
        ),
    )


leaves = st.one_of(
    refs.map(lambda ref: (f"[{ref}]", lambda v: v[ref])),
    st.integers(0, 999).map(lambda n: (str(n), lambda v: Fraction(n))),
)
formulas = st.recursive(leaves, grown, max_leaves=12).map(
    lambda made: (f"{made[0]} + [a]", lambda v: made[1](v) + v[InputRef("a")])
)
values = st.fixed_dictionaries(
    {InputRef(key, part): st.decimals(-1000, 1000, places=2) for key in "abc" for part in ("", "GES=GESW")}
)


@given(formulas, values)
def test_formulas_give_what_fractions_give(made, there):
    text, reckoned = made
    exact = reckoned({ref: Fraction(value) for ref, value in there.items()})

    result = evaluate(parse(text), values=there)

    assert abs(Fraction(result) - exact) <= abs(exact) / 10**27


@given(formulas, values)
def test_a_formula_written_out_and_read_again_gives_the_same(made, there):
    formula = parse(made[0])
    again = parse(str(formula))

    assert again == formula
    assert evaluate(again, values=there) == evaluate(formula, values=there)


@given(formulas, values, st.sampled_from(["later", "suppressed"]))
def test_one_unknown_input_makes_the_whole_unknown(made, there, reason):
    result = evaluate(parse(made[0]), values={**there, InputRef("a"): Unknown(reason)})

    assert result.reason == ("suppressed" if reason == "suppressed" else "input_unknown")
    assert "a: " in result.words


@given(st.text(alphabet="[]()abper,;.+-*/|1280 ×", max_size=40))
def test_any_text_is_read_or_refused_and_never_breaks(text):
    with contextlib.suppress(CannotParse):
        formula = parse(text)
        assert parse(str(formula)) == formula


@given(values)
def test_the_order_of_a_sum_does_not_matter(there):
    assert evaluate(parse("[a] + [b] - [c]"), values=there) == evaluate(
        parse("-[c] + [b] + [a]"), values=there
    )


@given(st.decimals(0, 10**6, places=2), st.decimals("0.01", 10**6, places=2))
def test_a_share_and_its_rest_are_the_whole(part, rest):
    there = {InputRef("a"): part, InputRef("b"): rest}

    assert evaluate(parse("share([a], [a] + [b]) + share([b], [a] + [b])"), values=there) == 100
