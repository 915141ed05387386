"""Sixty printed headers of real papers, drawn with a fixed seed and read by eye, against what is read by rule."""

import csv
import json
import random
from functools import cache
from pathlib import Path

import pytest

from dreiklang.core.values import Unknown
from dreiklang.papers.rules.forms import ReadForm
from dreiklang.papers.rules.header import CutText
from dreiklang.papers.rules.passages import passages
from dreiklang.papers.services.texts import cut

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "oparl" / "karlsruhe" / "file-texts.jsonl"
MOST_LETTERS_AROUND = 1_200
TRUTH = Path(__file__).with_name("karlsruhe_headers.csv")

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not DATA.exists(), reason="../shared/data/oparl/karlsruhe is not there"),
]

# What the reader of the sixty papers wrote for a ticked box → field and option of the description.
BOXES = {
    "money+": ("financial_effects", "yes"),
    "money-": ("financial_effects", "no"),
    "investment": ("spending", "investment"),
    "running": ("spending", "running"),
    "full": ("budgeted", "full"),
    "part": ("budgeted", "part"),
    "none": ("budgeted", "none"),
    "income": ("financed_by", "income"),
    "dropped_task": ("financed_by", "dropped_task"),
    "shift": ("financed_by", "shift"),
    "climate+": ("climate", "yes"),
    "climate-": ("climate", "no"),
    "positive": ("climate_direction", "positive"),
    "negative": ("climate_direction", "negative"),
    "small": ("climate_size", "small"),
    "large": ("climate_size", "large"),
    "iq+": ("iq_relevant", "yes"),
    "iq-": ("iq_relevant", "no"),
    "companies+": ("companies", "yes"),
    "companies-": ("companies", "no"),
}


@cache
def texts() -> dict[str, str]:
    with DATA.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["file"].rsplit("/", 1)[1]: row["text"] for row in rows if "IQ-relevant" in row["text"]}


@cache
def cut_text(number: str) -> CutText:
    return cut(texts()[number])


def form(number: str) -> ReadForm:
    found = cut_text(number).form
    assert found is not None, number
    return found


def letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def truth() -> list[dict[str, str]]:
    with TRUTH.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_sixty_were_drawn_and_not_chosen() -> None:
    drawn = random.Random(417).sample(sorted(texts()), 60)  # noqa: S311 (a draw anybody can repeat)

    assert [row["file"] for row in truth()] == drawn


def test_of_a_hundred_ticks_ninety_nine_are_right() -> None:
    wrong = []
    for row in truth():
        expected = {BOXES[word] for word in row["ticked"].split()}
        read = {
            (field.field.name, tick.option.code): tick.ticked
            for field in form(row["file"]).fields
            for tick in field.ticks
        }
        wrong += [
            (row["file"], box, read.get(box))
            for box in BOXES.values()
            if read.get(box) is not (box in expected)
        ]

    share = 1 - len(wrong) / (60 * len(BOXES))
    print(f"{share:.4f} of {60 * len(BOXES)} ticks right", wrong)
    assert share >= 0.99


def test_themes_costs_and_companies_are_those_a_reader_sees() -> None:
    wrong = []
    for row in truth():
        fields = {field.field.name: field for field in form(row["file"]).fields}
        theme = fields["theme"].value
        read = (
            "" if isinstance(theme, Unknown) else ", ".join(theme),
            fields["total_cost"].words,
            fields["companies_named"].words,
        )
        if read != (row["theme"], row["total_cost"], row["companies"]):
            wrong.append((row["file"], read))

    assert wrong == []


def test_every_paper_with_the_header_is_read_and_no_other() -> None:
    assert len(texts()) == 417
    for number in texts():
        form(number)


def test_nothing_of_the_header_is_left_in_what_a_paper_says() -> None:
    left = [
        (number, words)
        for number in texts()
        for words in (
            "IQ-relevant",
            "Korridorthema:",
            "☐",
            "Wegfall bestehender Aufgaben",
            "Gremien Termin TOP",
        )
        if words in cut_text(number).body
    ]

    assert left == []


def test_what_a_paper_says_stays() -> None:
    for number, text in texts().items():
        body = cut_text(number).body
        # Header, front matter and route table have about 900 letters; page numbers and the like a few more.
        assert letters(text) - letters(body) < MOST_LETTERS_AROUND, number
        if len(body) > 1_000:
            assert passages(body), number


def test_one_clear_tick_says_of_as_many_papers_whether_they_matter() -> None:
    values = [
        field.value
        for number in texts()
        for field in form(number).fields
        if field.field.name == "iq_relevant"
    ]
    clear = [value for value in values if isinstance(value, str)]

    assert (clear.count("no"), clear.count("yes")) == (252, 79)
