"""`dreiklang import`: a list from the command line, by the same way as in the web.

Exit codes: 0 all rows taken over, 1 rows were refused, 2 the list as a whole was refused.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from textwrap import wrap

from dreiklang.config.commands import import_catalogue, import_genesis, import_observations, import_oparl
from dreiklang.core.enums import RunState
from dreiklang.core.imports import wording
from dreiklang.core.imports.contract import Importer
from dreiklang.core.imports.engine import CannotImport
from dreiklang.core.imports.registry import importers, kind_word
from dreiklang.core.imports.report import headers_of
from dreiklang.core.models import Mapping, Problem, Run
from dreiklang.core.tables import CannotRead
from dreiklang.core.tables.delimited import ENCODINGS
from dreiklang.people.queries import account_by_email, viewer_of
from dreiklang.people.rules import SYSTEM, Viewer
from dreiklang.workspace.services.imports import DELIMITERS, FileOrder, import_file, limit_bytes

DONE, ROWS_REFUSED, FILE_REFUSED = 0, 1, 2
SHOWN_AT_MOST = 200
# Kinds that are no lists of records: they go ways of their own.
_OWN = {
    import_oparl.KIND: import_oparl.run,
    import_genesis.KIND: import_genesis.run,
    import_catalogue.KIND: import_catalogue.run,
    import_observations.KIND: import_observations.run,
}
WIDTHS = (6, 20, 20, 24, 70)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What every kind of list understands, and the options of all kinds."""
    kinds = importers()
    parser.add_argument(
        "kind",
        metavar="ART",
        type=kind_word,
        choices=[*kinds, *_OWN],
        help=", ".join([*kinds, *_OWN]),
    )
    parser.add_argument(
        "file",
        metavar="DATEI",
        nargs="?",
        default="",
        help="XLSX, CSV, JSON, GeoJSON, GeoPackage oder GML; bei oparl Adresse oder Ordner, bei genesis ffcsv, "
        "bei catalogue RDF, Turtle, JSON-LD, CKAN oder Adresse",
    )
    parser.add_argument(
        "--url", metavar="ADRESSE", default="", help="statt einer Datei: WFS, OGC API – Features oder GeoJSON"
    )
    parser.add_argument(
        "--since", metavar="ZEIT", default="", help="oparl: nur, was sich seitdem geändert hat"
    )
    parser.add_argument("--mapping", metavar="NAME", default="", help="gespeicherte Zuordnung der Spalten")
    parser.add_argument("--dry-run", action="store_true", help="nur zeigen, was geschähe")
    parser.add_argument(
        "--source", metavar="NAME", default="", help="Name der Liste, aus der die Zeilen kommen"
    )
    parser.add_argument("--by", metavar="E-MAIL", default="", help="wer importiert; steht im Verlauf")
    parser.add_argument("--reason", metavar="TEXT", default="", help="warum; steht im Verlauf")
    parser.add_argument(
        "--sheet",
        metavar="BLATT",
        default="",
        help="Blatt der Arbeitsmappe, Ebene der Datei oder des Dienstes",
    )
    parser.add_argument("--encoding", choices=ENCODINGS, default="", help="Zeichensatz einer Textdatei")
    parser.add_argument(
        "--delimiter",
        choices=list(DELIMITERS),
        default="",
        help="Trennzeichen einer Textdatei; tab: Tabulator",
    )
    parser.add_argument("--header-row", metavar="ZEILE", type=int, help="Nummer der Kopfzeile")
    parser.add_argument("--numbers", choices=["de", "en"], default="", help="Schreibweise der Zahlen")
    parser.add_argument("--days", choices=["dmy", "mdy"], default="", help="Tag/Monat oder Monat/Tag")
    parser.add_argument(
        "--column", metavar="FELD=SPALTE", action="append", default=[], help="ordnet eine Spalte zu"
    )
    parser.add_argument("--name-field", metavar="SPALTE", default="", help="Spalte mit dem Namen")
    parser.add_argument("--key-field", metavar="SPALTE", default="", help="Spalte mit dem Schlüssel")
    _add_catalogue_options(parser)
    import_observations.add_arguments(parser)
    import_genesis.add_arguments(parser)
    _add_options(parser, kinds.values())


def _add_catalogue_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--own",
        action="store_true",
        help="catalogue: es sind Daten der eigenen Stadt; sie gehen wieder hinaus",
    )
    parser.add_argument(
        "--emptied", action="store_true", help="catalogue: er ist wirklich leer; alles darin ist verschwunden"
    )
    parser.add_argument("--public", action="store_true", help="catalogue: die Datensätze darf jede:r sehen")
    parser.add_argument(
        "--skip-before-prefix",
        action="store_true",
        help="catalogue: Zeilen vor dem ersten @prefix einer Turtle-Datei weglassen",
    )


def run(options: argparse.Namespace) -> int:
    """Import the file and print what became of it."""
    by = _who(options.by)
    if by is None:
        return _refuse(f"Ein Konto {options.by} gibt es nicht.")
    options.file = options.file or options.url
    if own := _OWN.get(options.kind):
        return own(options, by=by)
    chosen = importers()[options.kind]
    if reason := _unusable(options, chosen):
        return _refuse(reason)
    try:
        done, read = import_file(by=by, order=_order(options, chosen))
    except CannotRead as refusal:
        return _refuse(wording.file_sentence(refusal, importer=chosen, limit_bytes=limit_bytes()))
    except CannotImport as refusal:
        labels = headers_of(chosen, {})
        return _refuse(
            *(
                wording.sentence(code=one.code, field=labels.get(one.field, one.field), value=one.value)
                for one in refusal.problems
            )
        )
    except Mapping.DoesNotExist:
        return _refuse(f"Eine Zuordnung „{options.mapping}“ ist für {chosen.title} nicht gespeichert.")
    for note in read.table.notes[:SHOWN_AT_MOST]:
        print(wording.note_sentence({"code": note.code, "value": note.value, "row": note.row}))
    _print_report(done, chosen)
    return ROWS_REFUSED if done.refused_count else DONE


def _unusable(options: argparse.Namespace, chosen: Importer) -> str:
    """Why neither file nor address can be read; empty if one can. An address may also stand where the file does."""
    options.url = options.file if options.file.startswith(("http://", "https://")) else options.url
    if options.url:
        return "" if chosen.reads_services else f"{chosen.title} lassen sich nicht von einer Adresse lesen."
    return "" if Path(options.file).is_file() else f"Die Datei {options.file} gibt es nicht."


def _add_options(parser: argparse.ArgumentParser, chosen: Iterable[Importer]) -> None:
    """Each importer's own options, once each: kinds may share one."""
    seen: set[str] = set()
    for importer in chosen:
        for one in importer.option_fields:
            if one.name in seen:
                continue
            seen.add(one.name)
            flag = f"--{one.name.replace('_', '-')}"
            words = f"{importer.title}: {one.label}. {one.hint}".strip()
            if one.is_flag:
                parser.add_argument(flag, dest=f"own_{one.name}", action="store_true", help=words)
            else:
                parser.add_argument(flag, dest=f"own_{one.name}", metavar="…", default="", help=words)


def _who(email: str) -> Viewer | None:
    """The account named; without one the operator of this machine, who may do anything anyway."""
    if not email:
        return SYSTEM
    account = account_by_email(email)
    return viewer_of(account=account) if account else None


def _order(options: argparse.Namespace, chosen: Importer) -> FileOrder:
    own = {one.name: getattr(options, f"own_{one.name}") for one in chosen.option_fields}
    columns = dict(pair.split("=", 1) for pair in options.column if "=" in pair)
    for name, header in (("name", options.name_field), ("key", options.key_field)):
        if header:
            columns[name] = header
    return FileOrder(
        path=Path(options.file),
        address=options.url,
        kind=options.kind,
        mapping_name=options.mapping,
        source=options.source,
        reason=options.reason,
        special={name: value for name, value in own.items() if value},
        columns=columns,
        numbers=options.numbers,
        days=options.days,
        sheet=options.sheet,
        encoding=options.encoding,
        delimiter=options.delimiter,
        header_row=options.header_row,
        is_dry_run=options.dry_run,
    )


def _refuse(*sentences: str) -> int:
    print("Nicht eingelesen.", *sentences, sep="\n", file=sys.stderr)
    return FILE_REFUSED


def _print_report(done: Run, chosen: Importer) -> None:
    headers = headers_of(chosen, done.file_facts.get("columns", {}))
    problems = list(Problem.objects.filter(run=done).order_by("weight", "row", "pk")[: SHOWN_AT_MOST + 1])
    if problems:
        _print_row((chosen.row_word, "Schlüssel", "Spalte", "Wert", "Was ist"))
        _print_row(tuple("─" * width for width in WIDTHS))
    for one in problems[:SHOWN_AT_MOST]:
        said = wording.sentence(
            code=one.code,
            importer=chosen,
            field=headers.get(one.field, one.field),
            value=one.value,
            proposals=one.proposals,
        )
        sign = "" if one.weight == "error" else "Hinweis: "
        value = "" if one.code == "changed_on_both_sides" else one.value
        _print_row((str(one.row or ""), one.key, headers.get(one.field, one.field), value, sign + said))
    if len(problems) > SHOWN_AT_MOST:
        print(f"… und weitere. Alle stehen im Bericht {done.pk} unter /arbeit/importe/.")
    counts = {name: getattr(done, f"{name}_count") for name in wording.OUTCOMES}
    print(wording.counts_sentence(counts, is_dry_run=done.is_dry_run))
    if done.is_dry_run and done.state == RunState.DONE:
        print("Es wurde nichts geändert. Ohne --dry-run wird übernommen.")


def _print_row(cells: tuple[str, ...]) -> None:
    """A row of the table; long cells go on below."""
    columns = [wrap(cell, width) or [""] for cell, width in zip(cells, WIDTHS, strict=True)]
    for index in range(max(len(lines) for lines in columns)):
        pieces = [
            (lines[index] if index < len(lines) else "").ljust(width)
            for lines, width in zip(columns, WIDTHS, strict=True)
        ]
        print("  ".join(pieces).rstrip())
