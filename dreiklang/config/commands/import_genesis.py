"""`dreiklang import genesis`: a table of official statistics, from a file (ffcsv or ZIP) or by its name from the service.

Exit codes: 0 all rows kept, or nothing newer there; 1 rows were refused; 2 the table as a whole was refused.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.utils import timezone

from dreiklang.config.commands.value_report import print_run
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
from dreiklang.monitoring.rules.genesis_questions import RegionWish, YearWish, region_wish, year_wish
from dreiklang.monitoring.rules.values import Refused
from dreiklang.monitoring.services import Table, deliver_table
from dreiklang.people.permissions import who_may
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

KIND = "genesis"
DONE, ROWS_REFUSED, REFUSED = 0, 1, 2
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
        tables = [_read(one, options) for one in _files(options, now)]
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
        print_run(done)
        runs.append(done)
    return ROWS_REFUSED if any(done.refused_count for done in runs) else DONE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What only official tables have; `--stand` other kinds have as well."""
    group = parser.add_argument_group(
        "genesis",
        "Nur ein Teil einer Tabelle, wenn sie vom Dienst geholt wird. Für eine Datei gilt --stand JJJJ-MM-TT: dann zählt "
        "die Zeichenerklärung dieses Tages, sonst die von heute.",
    )
    group.add_argument(
        "--region",
        metavar="SCHLÜSSEL",
        action="append",
        default=[],
        help="nur dieses Gebiet, auch mehrfach oder mit Komma; 14*: alle, die so beginnen",
    )
    group.add_argument(
        "--region-variable",
        metavar="MERKMAL",
        default="",
        help="Merkmal der Gebiete, wo es der Schlüssel nicht sagt: KREISE, GEMEIN, beim Zensus GEOGM4 und ähnlich",
    )
    group.add_argument("--years", metavar="JAHRE", default="", help="nur diese Jahre: 2015-2024, 2015-, 2020")


@dataclass(frozen=True)
class _Found:
    """A file that may be a table. From a service: which one was asked for, and the state it is of."""

    file: PackedFile
    code: str
    stand: date | None = None
    state_words: str = ""


def _unsafe(address: str) -> str:
    """Why an address may not be asked; empty if it may. Name and password travel with each question."""
    parts = urlsplit(address)
    if not address or parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE):
        return ""
    return f"Nach {address} ginge das Kennwort unverschlüsselt. Bitte nehmen Sie eine Adresse mit https://."


def _files(options: argparse.Namespace, now: datetime) -> list[_Found]:
    """The files, or those a service gave; none where it has nothing newer."""
    path = Path(options.file)
    if path.is_file():
        if options.region or options.region_variable or options.years:
            raise _Refused(sentence("part_of_a_file"))
        stand = _stand(options.own_stand)
        return [_Found(file, options.sheet, stand) for file in _opened(path.read_bytes(), path.name)]
    if path.suffix or os.sep in options.file:
        raise _Refused(f"Die Datei {options.file} gibt es nicht.")
    if options.own_stand:
        raise _Refused(sentence("stand_of_a_service"))
    return _fetched(options, now)


def _stand(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as error:
        raise _Refused(sentence("not_a_day", value=said)) from error


def _question(options: argparse.Namespace) -> TableQuestion:
    """What is asked. Of a part always all there is: what was new of another part tells nothing of this one."""
    where = region_wish(options.region, source=options.source, variable=options.region_variable)
    when = year_wish(options.years)
    for one in (where, when):
        if isinstance(one, Refused):
            raise _Refused(sentence(one.code, value=one.words))
    assert isinstance(where, RegionWish)  # noqa: S101  # looked at above
    assert isinstance(when, YearWish)  # noqa: S101  # looked at above
    asked = TableQuestion(
        options.file,
        region_variable=where.variable,
        region_key=where.keys,
        start_year=when.first,
        end_year=when.last,
    )
    if asked.is_part:
        return asked
    return replace(asked, since=state_of_dataset(provider=options.source, code=options.file))


def _fetched(options: argparse.Namespace, now: datetime) -> list[_Found]:
    question = _question(options)
    service = options.source.upper()
    account = GenesisAccount(
        os.environ.get(USER.format(service), ""), os.environ.get(PASSWORD.format(service), "")
    )
    if (options.source in SERVICES or options.url) and not account.name:
        raise _Refused(sentence("no_account", value=USER.format(service)))
    print(f"Frage {options.source} nach der Tabelle {options.file}. Große Tabellen dauern Minuten.")
    try:
        found = fetch_table(question, service=options.source, account=account, now=now, address=options.url)
    except CannotAsk as refusal:
        raise _Refused(sentence(refusal.code, value=refusal.words)) from refusal
    if isinstance(found, Unchanged):
        print(f"Seit {found.since} hat sich nichts geändert.")
        return []
    # The state of a part is not that of the table: remembered, the rest would never come.
    words = "" if question.is_part else found.state_words
    day = timezone.localdate(now)
    return [_Found(file, options.file, day, words) for file in _opened(found.content, found.file_name)]


def _opened(content: bytes, name: str) -> tuple[PackedFile, ...]:
    try:
        return files_in(content, name=name)
    except CannotRead as refusal:
        raise _Refused(sentence(f"archive_{refusal.code}", value=name)) from refusal


def _read(found: _Found, options: argparse.Namespace) -> Table:
    try:
        return read_table(
            found.file.content,
            file_name=Path(found.file.name).name,
            provider=options.source,
            stand=found.stand or timezone.localdate(),
            code=found.code,
            state_words=found.state_words,
        )
    except CannotDeliver as refusal:
        raise _Refused(sentence(refusal.refused.code, value=refusal.refused.words)) from refusal


def _refuse(said: str) -> int:
    print("Nicht eingelesen.", said, sep="\n", file=sys.stderr)
    return REFUSED
