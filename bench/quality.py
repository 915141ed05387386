"""How well proposals find what a paper is about: real papers of one city, whose printed header names the theme.

The header is cut off before anything is compared (papers.rules.drafts). Read docs/rules/proposals.md for the table.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bench.harness import Line
from dreiklang.core.nearness import Text, arithmetic, grams
from dreiklang.core.nearness.child import Desk
from dreiklang.papers.queries.declared_forms import declared_forms
from dreiklang.papers.rules.drafts import draft_text
from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.papers.rules.proposals import LEARNED_WEIGHT, WORDS_WEIGHT, Teacher, learned

DATA = Path(__file__).parents[2] / "shared" / "data"
THEMES = Path(__file__).parent / "quality_themes.yaml"
SEED = 2026
BACKGROUND = 60
RESAMPLES = 2000
# Enough to tell whether a paper is of strategic interest, and a third of the time.
OPENING = 30
_IQ = re.compile(r"IQ-relevant\s*Nein\s*([☐☒])\s*Ja\s*([☐☒])")
Scores = Any  # papers × themes


@dataclass(frozen=True)
class Paper:
    """A paper with what was computed of its text: passage vectors (title first) and runs of characters."""

    key: str
    day: str
    text: Text
    vectors: Any
    runs: Any
    themes: frozenset[int] = frozenset()
    is_relevant: bool | None = None

    @property
    def document(self) -> Any:
        return arithmetic.document_vectors(self.vectors, lead=len(self.text.lead))


@dataclass(frozen=True)
class Measured:
    """Share of papers with a right theme first, among the first three, mean reciprocal rank; with intervals."""

    places: tuple[int, ...]

    def parts(self) -> tuple[float, float, float]:
        return _parts(np.array(self.places))

    def words(self) -> str:
        rng = np.random.default_rng(SEED)
        places = np.array(self.places)
        drawn = [_parts(rng.choice(places, len(places))) for _ in range(RESAMPLES)]
        low, high = np.percentile(drawn, 2.5, axis=0), np.percentile(drawn, 97.5, axis=0)
        return " / ".join(
            f"{value:.2f} [{a:.2f}–{b:.2f}]" for value, a, b in zip(self.parts(), low, high, strict=True)
        )


def cases() -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of the case."""
    yield "quality table", quality


def quality() -> list[Line]:
    """The quality table; one plain line where the papers are not at hand."""
    if not (DATA / "gold").is_dir():
        return [Line("quality table", "no data at hand", "", 0, unit="")]
    themes = yaml.safe_load(THEMES.read_text(encoding="utf-8"))
    desk = Desk()
    facets = [desk.encoded([one["title"], *one["says"]]) for one in themes]
    runs = [_runs([one["title"], *one["says"]]) for one in themes]
    names = [one["title"] for one in themes]
    gold, others = _papers(desk, names)
    return [*_themes(gold, others, facets, runs), *_relevance([*gold, *others], facets)]


def _themes(gold: list[Paper], others: list[Paper], facets: list[Any], runs: list[Any]) -> list[Line]:
    background = random.Random(SEED).sample(others, BACKGROUND)  # noqa: S311 (a draw, no secret)
    centre = np.stack([one.document[2] for one in background]).mean(0)
    nowhere = np.zeros_like(centre)
    rare = arithmetic.rarity([*(one.runs for one in background), *runs])
    near = _near(gold, facets, centre)
    words = np.stack([arithmetic.wording(_draft_runs(one), runs, rare=rare) for one in gold])
    ours = near + WORDS_WEIGHT * words
    everyone, newer = range(len(gold)), range(len(gold) // 2, len(gold))
    older = range(len(gold) // 2)
    taught = ours + LEARNED_WEIGHT * _learned(gold, centre, lambda _one: older)
    left_out = ours + LEARNED_WEIGHT * _learned(gold, centre, lambda one: [n for n in everyone if n != one])
    rows: list[tuple[str, Scores, Sequence[int]]] = [
        ("title against title", _titles(gold, facets), everyone),
        ("mean over passages", _means(gold, facets), everyone),
        ("meaning, no centre", _near(gold, facets, nowhere), everyone),
        ("meaning", near, everyone),
        ("wording", words, everyone),
        ("without learning", ours, everyone),
        ("newer half, untaught", ours, newer),
        ("newer half, older taught", taught, newer),
        ("each, all others taught", left_out, everyone),
    ]
    bounds = {"without learning": (0.55, 0.90, 0.0)}
    aims = dict.fromkeys(("newer half, older taught", "each, all others taught"), (0.7, 0.92, 0.8))
    return [
        _line(name, scores, papers, gold, bounds.get(name), aims.get(name)) for name, scores, papers in rows
    ]


def _line(
    name: str,
    scores: Scores,
    papers: Sequence[int],
    gold: list[Paper],
    floor: tuple[float, ...] | None,
    aim: tuple[float, ...] | None,
) -> Line:
    """Without a floor the line only tells. `value` is by how much the worst of the three falls short."""
    measured = Measured(tuple(_place(scores[n], gold[n].themes) for n in papers))
    wanted = floor or aim or (0.0, 0.0, 0.0)
    short = max(want - got for want, got in zip(wanted, measured.parts(), strict=True))
    said = " / ".join(f"{one:.2f}" for one in wanted)
    reference = f"floor {said}" if floor else f"aim {said}" if aim else f"{len(papers)} papers"
    return Line(
        f"themes: {name}", measured.words(), reference, round(short, 2), 0.0 if floor else None, unit=" short"
    )


def _relevance(papers: list[Paper], facets: list[Any]) -> list[Line]:
    """The second task: is the paper of strategic interest at all, as its header says."""
    told = [one for one in papers if one.is_relevant is not None]
    centre = np.stack([one.document[2] for one in told]).mean(0)
    plain = [float(_near([one], facets, centre).max()) for one in told]
    yes, no = (TargetKind.TASK, 1), (TargetKind.TASK, 0)
    documents = [one.document for one in told]
    votes = []
    for n, one in enumerate(told):
        alike = arithmetic.likeness(one.document, documents, centre=centre)
        teachers = [
            Teacher(other.key, float(alike[m]), frozenset({yes if other.is_relevant else no}))
            for m, other in enumerate(told)
            if m != n
        ]
        said = learned(teachers)
        votes.append(said.get(yes, 0.0) - said.get(no, 0.0))
    truth = [bool(one.is_relevant) for one in told]
    counts = f"{truth.count(False)} no, {truth.count(True)} yes"
    return [
        Line("relevance: nearest theme", _area_words(plain, truth), counts, 0, unit=""),
        Line("relevance: each, all others taught", _area_words(votes, truth), counts, 0, unit=""),
    ]


def _area_words(scores: Sequence[float], truth: Sequence[bool]) -> str:
    rng = np.random.default_rng(SEED)
    value, is_yes = np.array(scores), np.array(truth)
    drawn = []
    for _ in range(RESAMPLES // 4):
        some = rng.integers(0, len(value), len(value))
        drawn.append(_area(value[some], is_yes[some]))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return f"AUC {_area(value, is_yes):.2f} [{low:.2f}–{high:.2f}]"


def _area(value: Any, is_yes: Any) -> float:
    """How often a yes stands above a no; ties count half."""
    yes, no = value[is_yes][:, None], value[~is_yes][None, :]
    return float((yes > no).mean() + (yes == no).mean() / 2)


def _near(papers: list[Paper], facets: list[Any], centre: Any) -> Scores:
    starts = np.cumsum([0, *(len(one) for one in facets[:-1])])
    stacked = np.concatenate(facets)
    found = [
        arithmetic.nearness(one.vectors, stacked, starts, centre=centre, has_title=True)[0] for one in papers
    ]
    return np.stack(found)


def _titles(papers: list[Paper], facets: list[Any]) -> Scores:
    return np.stack([[float(one.vectors[0] @ theme[0]) for theme in facets] for one in papers])


def _means(papers: list[Paper], facets: list[Any]) -> Scores:
    return np.stack([[float((one.vectors @ theme.T).mean()) for theme in facets] for one in papers])


def _learned(gold: list[Paper], centre: Any, taught_by: Callable[[int], Sequence[int]]) -> Scores:
    documents = [one.document for one in gold]
    count = max(max(one.themes) for one in gold) + 1
    found = np.zeros((len(gold), max(count, 7)))
    for n, one in enumerate(gold):
        alike = arithmetic.likeness(one.document, documents, centre=centre)
        teachers = [
            Teacher(gold[m].key, float(alike[m]), frozenset((TargetKind.TASK, t) for t in gold[m].themes))
            for m in taught_by(n)
            if m != n
        ]
        for (_kind, theme), vote in learned(teachers).items():
            found[n, theme] = vote
    return found


def _place(scores: Any, right: frozenset[int]) -> int:
    order: list[int] = np.argsort(-scores, kind="stable").tolist()
    return min(order.index(one) for one in right)


def _parts(places: Any) -> tuple[float, float, float]:
    return float((places == 0).mean()), float((places < 3).mean()), float((1 / (places + 1)).mean())


def _papers(desk: Desk, names: list[str]) -> tuple[list[Paper], list[Paper]]:
    """The papers of the gold set, oldest first, and all others that carry the printed header."""
    gold = {
        one["file"]: one["themes"]
        for one in json.loads((DATA / "gold/karlsruhe-themes.json").read_text())["papers"]
    }
    folder = DATA / "oparl" / "karlsruhe"
    papers = {one["id"]: one for one in map(json.loads, (folder / "papers.jsonl").open(encoding="utf-8"))}
    found: list[Paper] = []
    for line in (folder / "file-texts.jsonl").open(encoding="utf-8"):
        file = json.loads(line)
        if file["file"] in gold or _IQ.search(file["text"]):
            themes = frozenset(names.index(name) for name in gold.get(file["file"], ()))
            found.append(_paper(desk, file, papers.get(file["paper"], {}), themes))
    found.sort(key=lambda one: (one.day, one.key))
    return [one for one in found if one.themes], [one for one in found if not one.themes]


def _paper(desk: Desk, file: dict[str, Any], paper: dict[str, Any], themes: frozenset[int]) -> Paper:
    text = draft_text(title=paper.get("name") or file["name"], text=file["text"], forms=declared_forms())
    if not themes:
        text = Text(text.title, body=text.body[:OPENING], lead=text.lead)
    ticks = _IQ.search(file["text"])
    no, yes = (ticks[1] == "☒", ticks[2] == "☒") if ticks else (False, False)
    return Paper(
        key=file["file"],
        day=paper.get("date", ""),
        text=text,
        vectors=desk.encoded(text.parts),
        runs=_runs(text.parts),
        themes=themes,
        is_relevant=None if no == yes else yes,
    )


def _runs(parts: Sequence[str]) -> Any:
    return np.frombuffer(grams.counted(parts), dtype=np.uint32)


def _draft_runs(paper: Paper) -> Any:
    return _runs([*[paper.text.title] * (arithmetic.TITLE_TIMES - 1), *paper.text.parts])
