"""A filled sheet as it is kept and read again: whole, so that what was sent stays readable when the layout changes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dreiklang.core.values import Unknown

from .sheets import FilledRow, Layout, Part, Role, Row, Sheet, Source, SourceKind

_OF_LAYOUT = ("key", "version", "title", "programme", "note")
_OF_ROW = ("key", "title", "unit", "decimals", "basis", "to_check")


def sheet_data(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain data for JSON; numbers as text, so that they stay exact."""
    of_part: dict[str, list[dict[str, Any]]] = {part.key: [] for part in sheet.layout.parts}
    for row in sheet.rows:
        of_part[row.part].append(_row_data(row))
    return {
        **{name: getattr(sheet.layout, name) for name in _OF_LAYOUT},
        "example": sheet.layout.is_example,
        "parts": [
            {"key": part.key, "title": part.title, "to_check": part.to_check, "rows": of_part[part.key]}
            for part in sheet.layout.parts
        ],
    }


def sheet_from(data: Mapping[str, Any]) -> Sheet:
    """The sheet that `sheet_data` wrote. Raises: KeyError, ValueError if it is none."""
    rows = tuple(_row_from(row, part["key"]) for part in data["parts"] for row in part["rows"])
    parts = tuple(
        Part(
            part["key"],
            part["title"],
            tuple(row.row for row in rows if row.part == part["key"]),
            part["to_check"],
        )
        for part in data["parts"]
    )
    of_layout = {name: data[name] for name in _OF_LAYOUT}
    return Sheet(Layout(**of_layout, is_example=data["example"], parts=parts), rows)


def _row_data(filled: FilledRow) -> dict[str, Any]:
    row, value = filled.row, filled.value
    data = {name: getattr(row, name) for name in _OF_ROW} | {
        "role": row.role.value,
        "source": [row.source.kind.value, row.source.name, row.source.detail],
        "rests_on": filled.rests_on,
        "is_estimate": filled.is_estimate,
    }
    if isinstance(value, Unknown):
        return data | {"reason": value.reason, "words": value.words}
    return data | ({"number": str(value)} if isinstance(value, Decimal) else {"text": value})


def _row_from(data: Mapping[str, Any], part: str) -> FilledRow:
    kind, name, detail = data["source"]
    row = Row(
        **{name: data[name] for name in _OF_ROW},
        role=Role(data["role"]),
        source=Source(SourceKind(kind), name, detail),
    )
    value: Decimal | str | Unknown
    if "reason" in data:
        value = Unknown(data["reason"], data["words"])
    else:
        value = Decimal(data["number"]) if "number" in data else data["text"]
    return FilledRow(part, row, value, data["rests_on"], data["is_estimate"])
