"""`dreiklang import genesis`: a table of official statistics, from a file (ffcsv or ZIP) or by its name from the service.

Exit codes: 0 all rows kept, or nothing newer there; 1 rows were refused; 2 the table as a whole was refused.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.utils import timezone

from dreiklang.core.models import Problem, Run
from dreiklang.core.tables import CannotRead
from dreiklang.monitoring.imports.archives import PackedFile, files_in
from dreiklang.monitoring.imports.genesis_file import CannotDeliver, read_table
from dreiklang.monitoring.imports.genesis_service import (
    SERVICES,
    CannotAsk,
    GenesisAccount,
    TableQuestion,
    Unchanged,
    fetch_table,
)
from dreiklang.monitoring.permissions import DELIVER
from dreiklang.monitoring.queries import state_of_dataset
from dreiklang.monitoring.queries.wording import sentence
from dreiklang.monitoring.services import Table, deliver_table
from dreiklang.people.permissions import who_may
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

KIND = "genesis"
DONE, ROWS_REFUSED, REFUSED = 0, 1, 2
SHOWN_AT_MOST = 50
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
# Never an option: what stands on a command line can be read by everybody on the machine.
USER, PASSWORD = "DREIKLANG_{}_USER", "DREIKLANG_{}_PASSWORD"


class _Refused(Exception):
    """Why nothing was read, in words."""


def run(options: argparse.Namespace, *, by: Viewer) -> int:
    """Read the table and print what became of it. `--source` names its provider, `--url` another service of its make."""
    now = timezone.now()
    if not may(by, DELIVER):
        return _refuse(
            f"Amtliche Tabellen liefern darf {by.name or 'dieses Konto'} nicht. Das dürfen: {', '.join(who_may(DELIVER))}."
        )
    if reason := _unsafe(options.url):
        return _refuse(reason)
    if not options.source:
        return _refuse("Bitte sagen Sie mit --source, woher die Tabelle ist, zum Beispiel regionalstatistik.")
    try:
        # All of them are read before any is kept: a package with one that cannot be read changes nothing.
        tables = [_read(file, options, state_words=words) for file, words in _files(options, now)]
    except _Refused as refusal:
        return _refuse(str(refusal))
    runs = []
    for table in tables:
        done = deliver_table(
            by=by,
            table=table,
            now=now,
            today=timezone.localdate(),
            is_dry_run=options.dry_run,
            reason=options.reason,
        )
        _print(done)
        runs.append(done)
    return ROWS_REFUSED if any(done.refused_count for done in runs) else DONE


def _unsafe(address: str) -> str:
    """Why an address may not be asked; empty if it may. Name and password travel with each question."""
    parts = urlsplit(address)
    if not address or parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE):
        return ""
    return f"Nach {address} ginge das Kennwort unverschlüsselt. Bitte nehmen Sie eine Adresse mit https://."


def _files(options: argparse.Namespace, now: datetime) -> list[tuple[PackedFile, str]]:
    """The files and the state of the source; none where the service has nothing newer."""
    path = Path(options.file)
    if path.is_file():
        return [(file, "") for file in _opened(path.read_bytes(), path.name)]
    if path.suffix or os.sep in options.file:
        raise _Refused(f"Die Datei {options.file} gibt es nicht.")
    return _fetched(options, now)


def _fetched(options: argparse.Namespace, now: datetime) -> list[tuple[PackedFile, str]]:
    service = options.source.upper()
    account = GenesisAccount(
        os.environ.get(USER.format(service), ""), os.environ.get(PASSWORD.format(service), "")
    )
    if (options.source in SERVICES or options.url) and not account.name:
        raise _Refused(sentence("no_account", value=USER.format(service)))
    question = TableQuestion(options.file, since=state_of_dataset(provider=options.source, code=options.file))
    print(f"Frage {options.source} nach der Tabelle {options.file}. Große Tabellen dauern Minuten.")
    try:
        found = fetch_table(question, service=options.source, account=account, now=now, address=options.url)
    except CannotAsk as refusal:
        raise _Refused(sentence(refusal.code, value=refusal.words)) from refusal
    if isinstance(found, Unchanged):
        print(f"Seit {found.since} hat sich nichts geändert.")
        return []
    return [(file, found.state_words) for file in _opened(found.content, found.file_name)]


def _opened(content: bytes, name: str) -> tuple[PackedFile, ...]:
    try:
        return files_in(content, name=name)
    except CannotRead as refusal:
        raise _Refused(sentence(f"archive_{refusal.code}", value=name)) from refusal


def _read(file: PackedFile, options: argparse.Namespace, *, state_words: str) -> Table:
    try:
        return read_table(
            file.content,
            file_name=Path(file.name).name,
            provider=options.source,
            today=timezone.localdate(),
            code=options.file if state_words else options.sheet,
            state_words=state_words,
        )
    except CannotDeliver as refusal:
        raise _Refused(sentence(refusal.refused.code, value=refusal.refused.words)) from refusal


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
