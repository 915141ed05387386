"""Proposals for one draft against 5,000 targets, against encoding the draft's passages alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from django.utils import timezone

from bench.databases import Databases
from bench.harness import Line, in_turn
from dreiklang.config.worker import spare_the_collector
from dreiklang.core import nearness
from dreiklang.core.models import TextVector
from dreiklang.papers.models import Check, Checklist
from dreiklang.papers.queries.compared_texts import wanted_targets
from dreiklang.papers.queries.declared_forms import declared_forms
from dreiklang.papers.queries.targets import touchables
from dreiklang.papers.rules.drafts import draft_text
from dreiklang.papers.rules.kinds import ChecklistState
from dreiklang.papers.services import proposals
from dreiklang.people.rules import SYSTEM

TARGETS = 5_000
MOST = 3.0
# A draft of four pages.
SENTENCES = 120
RUNS = 7
_SUBJECTS = (
    "Der Radverkehr",
    "Die Grünfläche",
    "Das Schulhaus",
    "Die Innenstadt",
    "Der Nahverkehr",
    "Die Wohnung",
)
_DEEDS = ("wird in diesem Jahr erneuert", "erhält eine neue Ordnung", "bleibt ein Vorhaben der Verwaltung")
_WHYS = (
    "damit mehr Menschen sie nutzen",
    "weil die Mittel bewilligt sind",
    "wie es der Ausschuss gewünscht hat",
)


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of the case."""
    yield "proposals", lambda: _lines(databases)


def _lines(databases: Databases) -> list[Line]:
    with databases.copy_of(databases.city(TARGETS)) as copy, databases.using(copy):
        check = _check()
        count = _read_all()
        text = draft_text(title=check.title, text=check.text, forms=declared_forms())
        parts = nearness.Text(text.title, body=text.body, lead=text.lead)
        spare_the_collector()  # as the worker does
        pair = in_turn(
            lambda: proposals.propose(check_id=check.pk, now=timezone.now()),
            lambda: nearness.describe(texts=[parts]),
            runs=RUNS,
        )
        nearness.rest()
    name = f"proposals, {count} targets, {len(text.parts)} passages"
    return [pair.line(name, reference="encoding alone", bound=MOST)]


def _check() -> Check:
    random = Random(7)  # noqa: S311 (a draw, no secret)
    sentences = [
        f"{random.choice(_SUBJECTS)} {random.choice(_DEEDS)}, {random.choice(_WHYS)} (Abschnitt {n})."
        for n in range(SENTENCES)
    ]
    text = "\n\n".join(" ".join(sentences[start : start + 4]) for start in range(0, SENTENCES, 4))
    checklist = Checklist.objects.create(name="Bench", label="1", content={}, state=ChecklistState.PUBLISHED)
    return Check.objects.create(
        number="PR-0000-001", title="Neuordnung der Allee", checklist=checklist, text=text
    )


def _read_all() -> int:
    """Every target as if it had been read: vectors of six real texts, which cost as much to compare as its own."""
    drawn = nearness.describe(
        texts=[nearness.Text(s, body=tuple(f"{s} {d}." for d in _DEEDS)) for s in _SUBJECTS]
    )
    wanted = list(wanted_targets(touchables(SYSTEM)))
    TextVector.objects.bulk_create(
        [
            TextVector(
                subject=one.subject,
                key=one.key,
                method=nearness.METHOD,
                fingerprint=one.fingerprint,
                vectors=drawn[number % len(drawn)].vectors,
                grams=drawn[number % len(drawn)].grams,
            )
            for number, one in enumerate(wanted)
        ],
        batch_size=500,
    )
    return len(wanted)
