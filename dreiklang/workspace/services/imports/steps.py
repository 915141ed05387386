"""Importing a list step by step: a file is received, its columns are chosen, it is tried, it is taken over.

Every step is kept with the upload, so that it can be left and taken up again.
"""

import hashlib
from collections.abc import Mapping as Map
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from dreiklang.core.changes import later
from dreiklang.core.enums import RunState
from dreiklang.core.geodata.service import fetch_places
from dreiklang.core.imports import report
from dreiklang.core.imports.contract import Importer, Options
from dreiklang.core.imports.engine import limits, read_list, run_import
from dreiklang.core.imports.memory import source_of
from dreiklang.core.imports.order import Order, ReadList
from dreiklang.core.imports.registry import importer
from dreiklang.core.imports.waiting import note_abandoned, watched
from dreiklang.core.models import Mapping, Run, Upload
from dreiklang.core.tables import CannotRead
from dreiklang.people.queries import account_by_id, viewer_of
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require
from dreiklang.workspace.services.imports.choices import (
    PERMISSION,
    Choices,
    choices_of,
    first_choices,
    read_as,
    save_mapping,
    usual_source,
    with_mapping,
)
from dreiklang.workspace.services.imports.files import LONGEST_NAME, order_of, refused

JOB = "workspace_import"
# Longer lists are imported by the worker; the page shows how far it is.
LONG = 2_000


class CannotTakeOver(Exception):
    """The list was not tried since the last change of its mapping."""


def receive(
    *,
    by: Viewer,
    kind: str,
    file_name: str,
    file: IO[bytes],
    size: int,
    special: Map[str, Any] | None = None,
) -> Upload:
    """Keep a file and read it once; the columns are matched by their names or by the mapping used last.

    `special` are options without which some files cannot be read (`OptionField.asked_first`).
    Raises: CannotRead if the file is refused (the refusal is kept as a run); NotAllowed.
    """
    require(by, PERMISSION)
    chosen = importer(kind=kind)
    source = usual_source(chosen, file_name)
    if size > limits().size:
        raise refused(by, chosen, file_name, "", source, CannotRead("too_large", "bytes"))
    return _kept(by, chosen, file_name, file.read(limits().size + 1), source, special or {})


def receive_address(
    *, by: Viewer, kind: str, address: str, layer: str = "", special: Map[str, Any] | None = None
) -> Upload:
    """Fetch what a service offers and keep it like a file. Raises: CannotRead, kept as a run; NotAllowed."""
    require(by, PERMISSION)
    chosen = importer(kind=kind)
    try:
        found = fetch_places(address, limits=limits(), layer=layer)
    except CannotRead as refusal:
        raise refused(
            by, chosen, address[:LONGEST_NAME], "", usual_source(chosen, address), refusal
        ) from refusal
    return _kept(by, chosen, found.file_name, found.content, found.source, special or {})


def _kept(
    by: Viewer, chosen: Importer, file_name: str, content: bytes, source: str, special: Map[str, Any]
) -> Upload:
    try:
        read = read_list(chosen, content, file_name=file_name, options=Options(special=special))
    except CannotRead as refusal:
        sha256 = hashlib.sha256(content).hexdigest()
        raise refused(by, chosen, file_name, sha256, source, refusal) from refusal
    choices = first_choices(chosen, read, source)
    choices = replace(choices, special={**choices.special, **special})
    return Upload.objects.create(
        kind=chosen.kind,
        file_name=file_name,
        content=content,
        sha256=read.sha256,
        by_id=by.account_id or 0,
        choices=asdict(choices),
    )


def read_upload(upload: Upload, choices: Choices) -> ReadList:
    """The list in the kept file, read as chosen. Raises: CannotRead (a sheet or row that is not there)."""
    return read_list(
        importer(kind=upload.kind),
        bytes(upload.content),
        file_name=upload.file_name,
        options=choices.options(),
        **choices.place,
    )


def use_mapping(*, upload: Upload, choices: Choices, mapping: Mapping) -> Choices:
    """The choices of a saved mapping; the file is read as it says, where that finds any of its columns."""
    read_so = read_as(choices, mapping)
    try:
        found = read_upload(upload, read_so).table.columns
    except CannotRead:
        found = ()
    if not set(found) & set(mapping.columns.values()):
        read_so, found = choices, read_upload(upload, choices).table.columns
    return with_mapping(read_so, mapping, columns=found)


def choose(*, by: Viewer, upload: Upload, choices: Choices, save_as: str = "") -> Upload:
    """Keep the choices with the upload, and the mapping under a name if one is given."""
    require(by, PERMISSION)
    with transaction.atomic():
        if save_as:
            save_mapping(by=by, kind=upload.kind, name=save_as, choices=choices)
        upload.choices = asdict(choices)
        upload.save(update_fields=["choices"])
    return upload


def try_out(*, by: Viewer, upload: Upload) -> Run:
    """The dry run: the same code as the import, rolled back. A long list is tried by the worker.

    Raises: CannotRead, CannotImport.
    """
    require(by, PERMISSION)
    return _run(by=by, upload=upload, reason="", is_dry_run=True)


def take_over(*, by: Viewer, upload: Upload, reason: str) -> Run:
    """The import itself, of just the list that was tried. The file is thrown away afterwards.

    Raises: CannotTakeOver without a dry run of these choices; CannotRead, CannotImport.
    """
    require(by, PERMISSION)
    if choices_of(upload).trial is None:
        raise CannotTakeOver
    return _run(by=by, upload=upload, reason=reason, is_dry_run=False)


def give_up(*, by: Viewer, upload: Upload) -> None:
    """Throw the file away; nothing was imported."""
    require(by, PERMISSION)
    upload.delete()


def carry_out(*, run_id: int, upload_id: int, account_id: int) -> Run | None:
    """What the worker does for a long list. Nothing if the run is over already (the job came twice)."""
    run = Run.objects.get(pk=run_id)
    upload = Upload.objects.filter(pk=upload_id).first()
    if run.state != RunState.RUNNING or upload is None:
        return None
    by = viewer_of(account=account_by_id(account_id))
    with watched(run) as progress:
        order = _order(by, upload, choices_of(upload), reason=run.reason, is_dry_run=run.is_dry_run)
        done = run_import(order, run=run, progress=progress)
    _after(upload, done)
    return done


def discard_left(*, now: datetime) -> int:
    """Throw away files whose import was begun and left for longer than the setting; how many there were.

    Their runs stay, the files go: they may hold data nobody needs any more.
    """
    count, _ = Upload.objects.filter(created_at__lt=now - timedelta(days=kept_days())).delete()
    return count


def kept_days() -> int:
    """So many days a file is kept whose import was not finished."""
    return int(settings.UPLOAD_DAYS)


def tidy_up() -> None:
    """Notice long imports that broke off with their process."""
    queued = ProcrastinateJob.objects.filter(task_name=JOB, status="todo").values_list("args", flat=True)
    note_abandoned(now=timezone.now(), still_queued=frozenset(args["run_id"] for args in queued))


def _run(*, by: Viewer, upload: Upload, reason: str, is_dry_run: bool) -> Run:
    choices = choices_of(upload)
    order = _order(by, upload, choices, reason=reason, is_dry_run=is_dry_run)
    if len(order.read.table.rows) > LONG:
        return _queued(by, upload, order)
    run = run_import(order)
    _after(upload, run)
    return run


def _queued(by: Viewer, upload: Upload, order: Order) -> Run:
    """The run as it waits for the worker."""
    with transaction.atomic():
        source = source_of(order.importer.kind, order.options.source)
        run = report.new_run(source, order, timezone.now())
        if order.is_dry_run:
            _remember_trial(upload, run)
        later(JOB, run_id=run.pk, upload_id=upload.pk, account_id=by.account_id)
    return run


def _after(upload: Upload, run: Run) -> None:
    if run.is_dry_run:
        _remember_trial(upload, run)
    elif run.state == RunState.DONE:
        upload.delete()


def _remember_trial(upload: Upload, run: Run) -> None:
    upload.choices = {**upload.choices, "trial": run.pk}
    upload.save(update_fields=["choices"])


def _order(by: Viewer, upload: Upload, choices: Choices, *, reason: str, is_dry_run: bool) -> Order:
    read = read_upload(upload, choices)
    return order_of(by, importer(kind=upload.kind), read, choices, reason=reason, is_dry_run=is_dry_run)


def limit_bytes() -> int:
    """How large a list may be."""
    return int(settings.LIST_LIMIT_BYTES)
