"""`dreiklang import genesis`: a table of official statistics from a file (ffcsv).

Exit codes: 0 all rows kept, 1 rows were refused, 2 the file as a whole was refused.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from django.utils import timezone

from dreiklang.core.models import Problem, Run
from dreiklang.monitoring.imports.genesis_file import CannotDeliver, read_table
from dreiklang.monitoring.imports.wording import sentence
from dreiklang.monitoring.services import deliver_table
from dreiklang.people.rules import Viewer

KIND = "genesis"
DONE, ROWS_REFUSED, REFUSED = 0, 1, 2
SHOWN_AT_MOST = 50


def run(options: argparse.Namespace, *, by: Viewer) -> int:
    """Read the table and print what became of it. Its provider is named by `--source`."""
    path = Path(options.file)
    if not path.is_file():
        return _refuse(f"Die Datei {options.file} gibt es nicht.")
    if not options.source:
        return _refuse("Bitte sagen Sie mit --source, woher die Tabelle ist, zum Beispiel regionalstatistik.")
    now = timezone.now()
    try:
        table = read_table(
            path.read_bytes(),
            file_name=path.name,
            provider=options.source,
            today=timezone.localdate(),
            code=options.sheet,
        )
    except CannotDeliver as refusal:
        return _refuse(sentence(refusal.refused.code, value=refusal.refused.words))
    done = deliver_table(
        by=by,
        table=table,
        now=now,
        today=timezone.localdate(),
        is_dry_run=options.dry_run,
        reason=options.reason,
    )
    _print(done)
    return ROWS_REFUSED if done.refused_count else DONE


def _print(done: Run) -> None:
    for one in Problem.objects.filter(run=done).order_by("row", "pk")[:SHOWN_AT_MOST]:
        place = f"Zeile {one.row}" + (f", {one.field}" if one.field else "")
        print(f"{place}: {sentence(one.code, value=one.value, proposals=one.proposals)}")
    more = done.file_facts["problem_count"] - SHOWN_AT_MOST
    if more > 0:
        print(f"… und {more} weitere.")
    verb = "wären" if done.is_dry_run else "sind"
    print(
        f"{done.row_count} Zeilen: {done.new_count} Werte {verb} neu, {done.changed_count} geändert,"
        f" {done.unchanged_count} unverändert; {done.refused_count} Zeilen abgelehnt,"
        f" {done.file_facts['empty_count']} ohne Wert."
    )
    if done.is_dry_run:
        print("Es wurde nichts geändert. Ohne --dry-run wird übernommen.")


def _refuse(said: str) -> int:
    print("Nicht eingelesen.", said, sep="\n", file=sys.stderr)
    return REFUSED
