"""`dreiklang import catalogue`: a catalogue of data (DCAT-AP.de, CKAN) from a file or its address.

Exit codes: 0 read and kept, or unchanged; 1 datasets were refused; 2 nothing could be read.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from django.utils import timezone

from dreiklang.core.enums import RunState, Weight
from dreiklang.core.models import Problem, Run
from dreiklang.monitoring.imports.catalogue_harvest import harvest_address, harvest_file
from dreiklang.monitoring.queries.catalogue_wording import KIND as KIND
from dreiklang.monitoring.queries.catalogue_wording import sentence
from dreiklang.monitoring.services.catalogues import (
    CannotHarvest,
    CannotSaveCatalogue,
    catalogue_at,
    is_web,
    untried_catalogue,
)
from dreiklang.people.rules import Viewer

DONE, SOME_REFUSED, REFUSED = 0, 1, 2
SHOWN_AT_MOST = 50


def run(options: argparse.Namespace, *, by: Viewer) -> int:
    """Read the catalogue and print what became of it. `--source` gives it its name here."""
    if not is_web(options.file) and not Path(options.file).is_file():
        return _refuse(f"Die Datei {options.file} gibt es nicht.")
    try:
        done = _tried(options, by) if options.dry_run else _carried_out(options, by)
    except CannotSaveCatalogue as refusal:
        return _refuse(
            f"Der Katalog kann nicht angelegt werden ({refusal.code}). Bitte --source anders wählen."
        )
    except CannotHarvest:
        return _refuse("Dieser Katalog wird gerade gelesen. Bitte warten Sie, bis der Lauf zu Ende ist.")
    if done.state == RunState.REFUSED:
        return _refuse(*(_line(one) for one in Problem.objects.filter(run=done).order_by("pk")))
    _print(done)
    return SOME_REFUSED if done.refused_count else DONE


def _carried_out(options: argparse.Namespace, by: Viewer) -> Run:
    catalogue = catalogue_at(by=by, address=_address(options.file), title=options.source, is_ours=options.own)
    return _harvested(options, by, catalogue)


def _tried(options: argparse.Namespace, by: Viewer) -> Run:
    """A dry run leaves no catalogue behind that was not there."""
    with untried_catalogue(
        by=by, address=_address(options.file), title=options.source, is_ours=options.own
    ) as catalogue:
        return _harvested(options, by, catalogue)


def _harvested(options: argparse.Namespace, by: Viewer, catalogue: Any) -> Run:
    now = timezone.now()
    if is_web(options.file):
        return harvest_address(
            by=by, catalogue=catalogue, now=now, is_emptied=options.emptied, is_dry_run=options.dry_run
        )
    return harvest_file(
        by=by,
        catalogue=catalogue,
        content=Path(options.file).read_bytes(),
        now=now,
        skip_preface=options.skip_before_prefix,
        is_public=options.public,
        is_emptied=options.emptied,
        is_dry_run=options.dry_run,
    )


def _address(words: str) -> str:
    """Of a file its name: the next one of that name is the same catalogue, wherever it lies."""
    return words if is_web(words) else Path(words).name


def _print(done: Run) -> None:
    problems = Problem.objects.filter(run=done).order_by("weight", "pk")
    for one in problems[:SHOWN_AT_MOST]:
        print(("" if one.weight == Weight.ERROR else "Hinweis: ") + _line(one))
    more = done.file_facts.get("problem_count", 0) - SHOWN_AT_MOST
    if more > 0:
        print(f"… und {more} weitere. Alle stehen unter /arbeit/datenkataloge/.")
    if done.file_facts.get("is_unchanged"):
        print("Der Server sagt: unverändert.")
    if skipped := done.file_facts.get("skipped_lines"):
        print(f"Vor dem ersten @prefix wurden Zeilen weggelassen: {skipped}.")
    print(
        f"{done.row_count} Datensätze gelesen: {done.new_count} neu, {done.changed_count} geändert,"
        f" {done.unchanged_count} unverändert, {done.refused_count} abgelehnt;"
        f" {done.missing_count} nicht mehr gefunden."
    )
    if done.is_dry_run:
        print("Es wurde nichts geändert. Ohne --dry-run wird übernommen.")


def _line(one: Problem) -> str:
    place = f"Zeile {one.row}" if one.row else " ".join(part for part in (one.key, one.field) if part)
    said = sentence(one.code, value=one.value, proposals=one.proposals)
    return f"{place}: {said}" if place else said


def _refuse(*said: str) -> int:
    print("Nicht eingelesen.", *said, sep="\n", file=sys.stderr)
    return REFUSED
