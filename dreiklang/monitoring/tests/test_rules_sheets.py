"""Grant sheets: the worked example of docs/rules/grant-sheets.md, the shipped layout, and what is refused."""

import json
import re
from copy import deepcopy
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.core.values import Unknown
from dreiklang.monitoring.rules.kept_sheets import sheet_data, sheet_from
from dreiklang.monitoring.rules.sheets import (
    Given,
    InvalidLayout,
    Source,
    SourceKind,
    filled,
    layout_from,
    shipped_layouts,
    sources,
)
from dreiklang.monitoring.rules.start_set import shipped_start_set

from .documents import RULES, rows

PAGE = (RULES / "grant-sheets.md").read_text(encoding="utf-8")
DATA = yaml.safe_load(PAGE.split("```yaml\n")[1].split("```")[0])
LAYOUT = layout_from(DATA)
SOURCE_OF = {row.key: row.source for part in LAYOUT.parts for row in part.rows}
EXAMPLE = shipped_layouts()["beispiel-staedtebaufoerderung"]


def number_or_words(text):
    return Decimal(text) if text.replace(".", "").isdigit() else text


def told(value):
    return f"gap: {value.reason}" if isinstance(value, Unknown) else value


@pytest.mark.parametrize(
    "example", rows("grant-sheets", "Worked example"), ids=lambda row: f"{row['row']} {row['given']}"
)
def test_a_row_is_filled_as_the_page_says(example):
    written = example["given"]
    value = Unknown(written[1:]) if written.startswith("?") else number_or_words(written)
    values = {} if written == "-" else {SOURCE_OF[example["row"]]: Given(value, example["unit"])}

    sheet = filled(LAYOUT, values=values)

    row = next(row for row in sheet.rows if row.row.key == example["row"])
    assert told(row.value) == number_or_words(example["in the sheet"])


def test_a_sheet_has_every_row_in_order_and_names_each_gap():
    sheet = filled(
        LAYOUT,
        values={SOURCE_OF["kosten"]: Given(Decimal(5), "eur", "Bescheid vom 3. Mai", is_estimate=True)},
    )

    assert [row.row.key for row in sheet.rows] == ["name", "einwohner", "kosten", "flaeche", "wort"]
    assert [row.row.key for row in sheet.gaps] == ["name", "einwohner", "flaeche", "wort"]
    assert (sheet.rows[2].rests_on, sheet.rows[2].is_estimate) == ("Bescheid vom 3. Mai", True)


def test_words_that_are_only_blanks_are_a_gap():
    sheet = filled(LAYOUT, values={SOURCE_OF["name"]: Given("  ")})

    assert sheet.rows[0].value == Unknown("not_delivered")


def test_what_is_no_number_is_a_gap():
    sheet = filled(LAYOUT, values={SOURCE_OF["kosten"]: Given(Decimal("NaN"), "eur")})

    assert sheet.rows[2].value == Unknown("number_expected", "NaN")


def test_sources_are_asked_for_once():
    data = deepcopy(DATA)
    data["parts"][0]["rows"].append({**data["parts"][0]["rows"][1], "key": "noch-einmal"})
    layout = layout_from(data)

    assert sources(layout).count(Source(SourceKind.INDICATOR, "einwohner")) == 1
    sheet = filled(layout, values={Source(SourceKind.INDICATOR, "einwohner"): Given(Decimal(7), "personen")})
    assert [row.value for row in sheet.rows if row.row.title == "Einwohner"] == [7, 7]


def test_the_shipped_layout_says_that_it_is_an_example():
    assert EXAMPLE.is_example
    assert "Beispiel, nicht amtlich" in EXAMPLE.title
    assert EXAMPLE.note.startswith("Beispiel, nicht amtlich.")
    assert [part.key for part in EXAMPLE.parts] == ["A", "B", "C", "D"]
    assert {row.role for part in EXAMPLE.parts for row in part.rows} == {"input", "output", "context"}


def test_what_no_rule_at_hand_asks_for_is_to_be_checked():
    every = [row for part in EXAMPLE.parts for row in part.rows]

    assert all(row.to_check == (row.basis == "zu prüfen") for row in every)
    assert all(row.to_check for row in every if row.source.kind is SourceKind.INDICATOR)
    assert all(part.to_check for part in EXAMPLE.parts)


def test_urban_funding_comes_before_the_funds_of_the_union():
    assert list(shipped_layouts()) == [
        "beispiel-staedtebaufoerderung",
        "beispiel-efre-stadt",
        "beispiel-esf-plus",
    ]


@pytest.mark.parametrize("layout", shipped_layouts().values(), ids=list(shipped_layouts()))
def test_an_empty_sheet_is_all_gaps(layout):
    sheet = filled(layout, values={})

    assert len(sheet.gaps) == len(sheet.rows) > 15


@pytest.mark.parametrize("key", ["beispiel-efre-stadt", "beispiel-esf-plus"])
def test_the_layouts_of_the_union_fill_and_leave_to_people_what_only_they_know(key):
    layout = shipped_layouts()[key]
    every = [row for part in layout.parts for row in part.rows]
    known = {
        row.source: Given(Decimal(7), row.unit) for row in every if row.source.kind is SourceKind.INDICATOR
    }

    sheet = filled(layout, values=known)

    assert layout.is_example
    assert layout.note.startswith("Beispiel, nicht amtlich.")
    assert {row.row.source.kind for row in sheet.rows if row not in sheet.gaps} == {SourceKind.INDICATOR}
    assert {row.value for row in sheet.rows if row not in sheet.gaps} == {Decimal(7)}
    by_hand = {row.value for row in sheet.gaps if row.row.source.kind is SourceKind.MANUAL}
    assert by_hand == {Unknown("to_enter")}


def test_codes_of_the_union_stand_only_where_a_source_names_them_and_stay_to_be_checked():
    layouts = [shipped_layouts()[key] for key in ("beispiel-efre-stadt", "beispiel-esf-plus")]
    every = [row for layout in layouts for part in layout.parts for row in part.rows]
    coded = [row for row in every if re.search(r"\b(RC|E[EC])[OR]?\d", f"{row.title} {row.basis}")]

    assert [row.title.split(":")[0] for row in coded] == ["RCO74", "RCO36"]
    assert all(row.to_check and "zu prüfen" in row.basis for row in coded)
    # What has no rule at hand says so; what has one names it.
    assert all(row.to_check == ("zu prüfen" in row.basis) for row in every)
    participants = [row for row in every if "2021/1057" in row.basis]
    assert len(participants) == 15
    assert all(row.source.kind is SourceKind.MANUAL and row.unit == "personen" for row in participants)


def test_every_indicator_a_shipped_layout_asks_for_is_known():
    starter = {one.key for one in shipped_start_set().indicators}
    asked = {source for layout in shipped_layouts().values() for source in sources(layout)}

    assert {one.name for one in asked if one.kind is SourceKind.INDICATOR} <= starter


def broken(change):
    data = deepcopy(DATA)
    change(data, data["parts"][0]["rows"][1])
    return data


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda data, row: data.pop("key"), "layout.key"),
        (lambda data, row: data.update(version=1), "layout.version"),
        (lambda data, row: data.update(note=" "), "layout.note"),
        (lambda data, row: data.update(example="ja"), "layout.example"),
        (lambda data, row: data.update(parts=[]), "layout.parts"),
        (lambda data, row: data["parts"].append("B"), "parts[1]"),
        (lambda data, row: data["parts"].append(deepcopy(data["parts"][0])), "parts"),
        (lambda data, row: data["parts"][0].update(rows={}), "parts[0].rows"),
        (lambda data, row: data["parts"][0]["rows"].append(None), "parts[0].rows[5]"),
        (lambda data, row: row.update(key="name"), "rows"),
        (lambda data, row: row.pop("title"), "parts[0].rows[1].title"),
        (lambda data, row: row.pop("basis"), "parts[0].rows[1].basis"),
        (lambda data, row: row.update(role="outcome"), "parts[0].rows[1].role"),
        (lambda data, row: row.update(unit="Furlong"), "parts[0].rows[1].unit"),
        (lambda data, row: row.update(decimals="1"), "parts[0].rows[1].decimals"),
        (lambda data, row: row.update(decimals=True), "parts[0].rows[1].decimals"),
        (lambda data, row: row.update(source="einwohner"), "parts[0].rows[1].source"),
        (lambda data, row: row.update(source={"kind": "guess"}), "parts[0].rows[1].source.kind"),
        (lambda data, row: row.update(source={"kind": "indicator"}), "parts[0].rows[1].source.name"),
    ],
)
def test_a_broken_layout_is_refused_with_its_place(change, where):
    with pytest.raises(InvalidLayout) as refused:
        layout_from(broken(change))

    assert refused.value.where == where


@pytest.mark.parametrize("data", [None, [], "text", 7])
def test_what_is_no_layout_at_all_is_refused(data):
    with pytest.raises(InvalidLayout):
        layout_from(data)


given_values = st.builds(
    Given,
    st.decimals(allow_nan=False, allow_infinity=False, places=3)
    | st.text()
    | st.sampled_from([Unknown("later"), Unknown("suppressed", "x")]),
    st.sampled_from(["", "eur", "tsd_eur", "personen", "ha", "m2", "unbekannt"]),
    st.text(max_size=10),
    st.booleans(),
)


@given(st.dictionaries(st.sampled_from(sorted(SOURCE_OF.values(), key=str)), given_values))
def test_every_row_has_a_value_of_its_sort_or_is_a_gap(values):
    sheet = filled(LAYOUT, values=values)

    for row in sheet.rows:
        expected = Decimal if row.row.unit else str
        assert isinstance(row.value, expected) != (row in sheet.gaps)


@given(st.dictionaries(st.sampled_from(sorted(SOURCE_OF.values(), key=str)), given_values))
def test_a_sheet_that_was_kept_is_read_again_as_it_was(values):
    sheet = filled(LAYOUT, values=values)

    assert sheet_from(json.loads(json.dumps(sheet_data(sheet)))) == sheet
