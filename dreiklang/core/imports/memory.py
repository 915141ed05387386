"""What earlier imports of a source left: its rows, whole, and what became of them."""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from dreiklang.core.enums import Outcome
from dreiklang.core.imports.compare import Compared, Comparison, Remembered, remembered_values
from dreiklang.core.imports.order import Order
from dreiklang.core.models import ImportedRow, Run, Source

BATCH = 2_000
# Field of a source → the longest text it may hold.
CREDITS = {"licence": 200, "attribution": 300}


def source_of(kind: str, name: str, *, lock: bool = False) -> Source:
    """The source of that name; locked, two imports of it wait for each other."""
    source, _ = Source.objects.get_or_create(kind=kind, name=name)
    return Source.objects.select_for_update().get(pk=source.pk) if lock else source


def credit(source: Source, facts: Mapping[str, Any]) -> None:
    """Keep the licence and whom to name, where the file says so."""
    said = {name: str(facts[name])[:longest] for name, longest in CREDITS.items() if facts.get(name)}
    changed = {name: words for name, words in said.items() if getattr(source, name) != words}
    for name, words in changed.items():
        setattr(source, name, words)
    if changed:
        source.save(update_fields=list(changed))


def rows_of(source: Source) -> dict[str, Remembered]:
    """Row key → what it became and what it held at its last import."""
    found = ImportedRow.objects.filter(source=source).values_list("key", "object_key", "values")
    return {key: Remembered(object_key, values) for key, object_key, values in found}


def remember(source: Source, order: Order, comparison: Comparison, run: Run) -> None:
    """Keep each row that was read, whole; only rows that differ from what is kept are written."""
    kept = {row.key: row for row in ImportedRow.objects.filter(source=source)}
    new: list[ImportedRow] = []
    changed: list[ImportedRow] = []
    for row in comparison.rows:
        if row.outcome in (Outcome.REFUSED, Outcome.MISSING) or not row.row_key:
            continue
        known = kept.get(row.row_key)
        fresh = _imported(source, order.importer.kind, row, known, run)
        if known is None:
            new.append(fresh)
        elif known.fingerprint != fresh.fingerprint or known.object_key != fresh.object_key:
            changed.append(fresh)
    ImportedRow.objects.bulk_create(new, batch_size=BATCH)
    ImportedRow.objects.bulk_update(
        changed, ["object_key", "cells", "values", "fingerprint", "last_run"], batch_size=BATCH
    )


def _imported(source: Source, kind: str, row: Compared, known: ImportedRow | None, run: Run) -> ImportedRow:
    assert row.candidate is not None  # noqa: S101 (rows without one were left out above)
    before = Remembered(known.object_key, known.values) if known else None
    values = remembered_values(row, before)
    cells = dict(row.candidate.cells)
    digest = orjson.dumps([cells, values], option=orjson.OPT_SORT_KEYS, default=str)
    return ImportedRow(
        pk=known.pk if known else None,
        source=source,
        key=row.row_key,
        subject=kind,
        object_key=row.candidate.key,
        cells=cells,
        values=values,
        fingerprint=hashlib.sha256(digest).hexdigest(),
        first_run_id=known.first_run_id if known else run.pk,
        last_run=run,
    )
