"""Importing a file without clicks: from the command line, or a folder of lists."""

from collections.abc import Mapping as Map
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import transaction

from dreiklang.core.geodata.service import fetch_places
from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.engine import (
    limits,
    read_list,
    record_refused_file,
    run_import,
    suggested_plan,
)
from dreiklang.core.imports.order import Order, ReadList
from dreiklang.core.imports.registry import importer
from dreiklang.core.models import Mapping, Run
from dreiklang.core.tables import CannotRead
from dreiklang.people.rules import Role, Viewer
from dreiklang.people.services import require
from dreiklang.workspace.services.imports.choices import (
    PERMISSION,
    READING,
    Choices,
    read_as,
    usual_source,
    with_mapping,
)

# So much of an address is kept where the name of a file stands.
LONGEST_NAME = 200


@dataclass(frozen=True)
class FileOrder:
    """An import from the command line or from a folder: no upload, no clicks.

    With an `address` the list comes from there, of the layer that `sheet` names, and `path` counts for nothing.
    """

    path: Path
    kind: str
    address: str = ""
    mapping_name: str = ""
    source: str = ""
    reason: str = ""
    special: Map[str, Any] = field(default_factory=dict)
    columns: Map[str, str] = field(default_factory=dict)
    numbers: str = ""
    days: str = ""
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: int | None = None
    is_dry_run: bool = False


def import_file(*, by: Viewer, order: FileOrder) -> tuple[Run, ReadList]:
    """Import a file. `columns` (our field → header) go before the saved mapping, that before the names.

    Raises: CannotRead (kept as a run), CannotImport, NotAllowed, Mapping.DoesNotExist.
    """
    require(by, PERMISSION)
    chosen = importer(kind=order.kind)
    content, name, source = _given(by, chosen, order)
    mapping = Mapping.objects.get(kind=chosen.kind, name=order.mapping_name) if order.mapping_name else None
    choices = Choices(
        source=source,
        special=order.special,
        numbers=order.numbers,
        days=order.days,
        sheet="" if order.address else order.sheet,
        encoding=order.encoding,
        delimiter=order.delimiter,
        header_row=order.header_row,
    )
    if mapping is not None:
        # What the order itself says goes before the mapping.
        said = {name: value for name in READING if (value := getattr(order, name))}
        choices = replace(read_as(choices, mapping), **said)
    try:
        read = read_list(
            chosen,
            content,
            file_name=name,
            options=choices.options(),
            **choices.place,
        )
    except CannotRead as refusal:
        raise refused(by, chosen, name, "", source, refusal) from refusal
    choices = _with_columns(chosen, read, choices, mapping, order)
    whole = order_of(by, chosen, read, choices, reason=order.reason, is_dry_run=order.is_dry_run)
    return run_import(whole), read


def _given(by: Viewer, chosen: Importer, order: FileOrder) -> tuple[bytes | Path, str, str]:
    """What is to be read, the name of its file, and the source it belongs to."""
    if not order.address:
        return order.path, order.path.name, order.source or usual_source(chosen, order.path.name)
    try:
        found = fetch_places(order.address, limits=limits(), layer=order.sheet)
    except CannotRead as refusal:
        source = order.source or usual_source(chosen, order.address)
        raise refused(by, chosen, order.address[:LONGEST_NAME], "", source, refusal) from refusal
    return found.content, found.file_name, order.source or found.source


def _with_columns(
    chosen: Importer, read: ReadList, choices: Choices, mapping: Mapping | None, order: FileOrder
) -> Choices:
    kept = asdict(choices)
    kept["columns"] = dict(suggested_plan(chosen, read.table).columns)
    if mapping is not None:
        kept = asdict(with_mapping(choices, mapping, columns=read.table.columns))
        kept["special"] = {**mapping.options.get("special", {}), **order.special}
        kept["source"] = order.source or mapping.options.get("source") or choices.source
    if order.columns:
        free = {
            name: header for name, header in kept["columns"].items() if header not in order.columns.values()
        }
        kept["columns"] = {**free, **order.columns}
    return Choices(**kept)


def order_of(
    by: Viewer, chosen: Importer, read: ReadList, choices: Choices, *, reason: str, is_dry_run: bool
) -> Order:
    special = {**choices.special, "appoints_administrators": by.has(Role.ADMINISTRATOR)}
    return Order(
        importer=chosen,
        read=read,
        plan=choices.plan,
        options=Options(choices.source, choices.numbers, choices.days, special),
        by=Actor(by.account_id, by.name),
        reason=reason,
        mapping_name=choices.mapping_name,
        decisions=choices.decisions,
        is_dry_run=is_dry_run,
    )


def refused(
    by: Viewer, chosen: Importer, file_name: str, sha256: str, source: str, refusal: CannotRead
) -> CannotRead:
    """Keeps the refusal as a run and gives it back to be raised."""
    with transaction.atomic():
        record_refused_file(
            chosen,
            file_name=file_name,
            sha256=sha256,
            source=source,
            by=Actor(by.account_id, by.name),
            refusal=refusal,
        )
    return refusal
