"""A form that was read, as the data kept with a paper, and as lines to show."""

from collections.abc import Mapping
from typing import Any

from dreiklang.core.reading import Cost
from dreiklang.core.values import Unknown

from .description import FieldKind
from .reading import ReadField, ReadForm

Header = dict[str, Any]


def as_header(read: ReadForm | None) -> Header:
    """What is kept in `Paper.header`: `form`, `title` and `fields` (name → label, kind, value or unknown, shown).

    `shown` are words to show; ticks are kept as name → true, false, or null where no sign stood. Empty without a form.
    """
    if read is None:
        return {}
    fields = {field.field.name: _kept(field) for field in read.fields}
    return {"form": read.form.name, "title": read.form.title, "fields": fields}


def header_lines(header: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Label and words of every field that says something, in the order of the form."""
    fields = header.get("fields", {}).values()
    return tuple((field["label"], field["shown"]) for field in fields if field.get("shown"))


def _kept(read: ReadField) -> dict[str, Any]:
    kept: dict[str, Any] = {"label": read.field.title, "kind": read.field.kind.value, "shown": _shown(read)}
    if read.ticks:
        kept["ticks"] = {tick.option.code: tick.ticked for tick in read.ticks}
    if isinstance(read.value, Unknown):
        kept["unknown"] = read.value.reason
    elif isinstance(read.value, Cost):
        kept["value"] = str(read.value.amount.amount)
        kept["approximate"] = read.value.approximate
    else:
        kept["value"] = list(read.value) if isinstance(read.value, tuple) else read.value
    return kept


def _shown(read: ReadField) -> str:
    if read.field.kind in {FieldKind.ONE, FieldKind.SEVERAL}:
        return ", ".join(tick.option.words for tick in read.ticks if tick.ticked)
    return read.words
