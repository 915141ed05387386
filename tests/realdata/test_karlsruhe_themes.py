"""Papers of the gold set are compared without their printed header, which names the theme that is asked for."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from dreiklang.papers.queries.declared_forms import declared_forms
from dreiklang.papers.rules.drafts import draft_text

DATA = Path(__file__).parents[3] / "shared" / "data"
GOLD, TEXTS = DATA / "gold" / "karlsruhe-themes.json", DATA / "oparl" / "karlsruhe" / "file-texts.jsonl"
PRINTED = (
    "☒",
    "☐",
    "IQ-relevant",
    "Korridorthema:",
    "Abstimmung mit städtischen Gesellschaften",
    "Gegenfinanzierung durch",
    "Konsumtive Maßnahme",
)

pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not GOLD.exists(), reason="the papers are not at hand"),
]


def _texts() -> Iterator[tuple[str, str]]:
    wanted = {one["file"] for one in json.loads(GOLD.read_text(encoding="utf-8"))["papers"]}
    for line in TEXTS.open(encoding="utf-8"):
        file = json.loads(line)
        if file["file"] in wanted:
            yield file["file"], file["text"]


def test_nothing_of_the_header_is_left_and_the_paper_is() -> None:
    left: list[str] = []
    empty: list[str] = []  # the shortest says in one sentence that a report is presented
    for name, text in _texts():
        compared = draft_text(title="", text=text, forms=declared_forms())
        whole = "\n".join(compared.parts)
        left += [f"{name}: {printed}" for printed in PRINTED if printed in whole]
        if len(whole) < 80:
            empty.append(name)

    assert left == []
    assert empty == []
