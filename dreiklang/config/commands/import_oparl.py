"""`dreiklang import oparl`: a council system, or a folder of its objects.

Exit codes: 0 read to its end, 1 problems kept objects or lists out, 2 nothing could be read.
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from dreiklang.core.enums import RunState, Weight
from dreiklang.core.models import Problem, Run
from dreiklang.papers.imports.oparl.run import AlreadyRunning, Order, sync
from dreiklang.papers.imports.oparl.wording import sentence
from dreiklang.papers.services.sync import CannotSaveSource, source_at
from dreiklang.people.rules import Viewer

KIND = "oparl"
DONE, PROBLEMS, REFUSED = 0, 1, 2
SHOWN_AT_MOST = 50


def run(options: argparse.Namespace, *, by: Viewer) -> int:
    """Read the source and print what became of it."""
    is_web = options.file.startswith(("http://", "https://"))
    if not is_web and not Path(options.file).is_dir():
        return _refuse(f"Den Ordner {options.file} gibt es nicht.")
    try:
        since = _since(options.since)
    except ValueError:
        return _refuse(f"„{options.since}“ ist keine Zeit. Erwartet wird zum Beispiel 2026-01-31T00:00.")
    address = options.file if is_web else str(Path(options.file).resolve())
    try:
        source = source_at(by=by, address=address, name=options.source)
        done = sync(by=by, source=source, order=Order(since=since, is_dry_run=options.dry_run))
    except CannotSaveSource as refusal:
        return _refuse(
            f"Die Quelle kann nicht angelegt werden ({refusal.code}). Bitte --source anders wählen."
        )
    except AlreadyRunning:
        return _refuse("Diese Quelle wird gerade gelesen. Bitte warten Sie, bis der Lauf zu Ende ist.")
    _print(done)
    has_errors = Problem.objects.filter(run=done, weight=Weight.ERROR).exists()
    return PROBLEMS if has_errors or done.state != RunState.DONE else DONE


def _print(done: Run) -> None:
    problems = Problem.objects.filter(run=done).order_by("weight", "pk")
    for one in problems[:SHOWN_AT_MOST]:
        said = sentence(code=one.code, field=one.field, value=one.value)
        place = " ".join(part for part in (one.key, one.field) if part)
        print(f"{'' if one.weight == Weight.ERROR else 'Hinweis: '}{place}: {said}".removeprefix(": "))
    more = problems.count() - SHOWN_AT_MOST
    if more > 0:
        print(f"… und {more} weitere. Alle stehen unter /arbeit/ratsinformation/.")
    withdrawn = done.file_facts.get("withdrawn", 0)
    print(
        f"{done.row_count} Objekte gelesen: {done.new_count} neu, {done.changed_count} geändert"
        f" (davon zurückgezogen: {withdrawn}), {done.unchanged_count} unverändert, {done.refused_count} abgelehnt."
    )
    if not done.file_facts.get("is_complete", False):
        print("Der Lauf kam nicht an sein Ende. Der nächste geht dort weiter, wo dieser aufhörte.")
    if done.is_dry_run:
        print("Es wurde nichts geändert. Ohne --dry-run wird übernommen.")


def _since(words: str) -> datetime | None:
    if not words:
        return None
    found = datetime.fromisoformat(words)
    return found if found.tzinfo else timezone.make_aware(found)


def _refuse(sentence: str) -> int:
    print("Nicht eingelesen.", sentence, sep="\n", file=sys.stderr)
    return REFUSED
