"""What the user decided about a list so far, and mappings saved under a name."""

import re
from collections.abc import Mapping as Map
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from dreiklang.core.imports.contract import Importer, Options
from dreiklang.core.imports.engine import suggested_plan
from dreiklang.core.imports.mapping import Plan
from dreiklang.core.imports.order import ReadList
from dreiklang.core.models import Mapping, Run, Upload
from dreiklang.people.rules import Viewer
from dreiklang.people.services import require
from dreiklang.workspace.permissions import IMPORT

PERMISSION = IMPORT
# So many runs back a list is recognised by its name.
LOOKED_AT = 200
SOURCE_LENGTH = 200
# Delimiters as forms and the command line name them.
DELIMITERS = {";": ";", ",": ",", "tab": "\t", "|": "|"}
# How the file is read: kept with a mapping, and taken from it only where the file can be read so.
READING = ("sheet", "encoding", "delimiter")


@dataclass(frozen=True)
class Choices:
    """What the user decided about an upload so far, as the upload keeps it (JSON)."""

    columns: Map[str, str] = field(default_factory=dict)
    defaults: Map[str, str] = field(default_factory=dict)
    corrections: Map[str, Map[str, str]] = field(default_factory=dict)
    special: Map[str, Any] = field(default_factory=dict)
    decisions: Map[str, Map[str, str]] = field(default_factory=dict)
    numbers: str = ""
    days: str = ""
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    header_row: int | None = None
    source: str = ""
    mapping_name: str = ""
    trial: int | None = None

    @property
    def plan(self) -> Plan:
        return Plan(self.columns, self.defaults, self.corrections)

    @property
    def place(self) -> dict[str, Any]:
        """How the file is to be read, as `read_list` takes it; None: recognised by itself."""
        return {
            "sheet": self.sheet or None,
            "header_row": self.header_row,
            "encoding": self.encoding or None,
            "delimiter": DELIMITERS.get(self.delimiter),
        }

    def options(self) -> Options:
        """As importers get them."""
        return Options(self.source, self.numbers, self.days, self.special)


def choices_of(upload: Upload) -> Choices:
    """What was chosen so far."""
    return Choices(**upload.choices)


def save_mapping(*, by: Viewer, kind: str, name: str, choices: Choices) -> Mapping:
    """Keep which column means what under a name; one of that name is replaced."""
    require(by, PERMISSION)
    options = {
        "defaults": choices.defaults,
        "corrections": choices.corrections,
        "special": choices.special,
        "numbers": choices.numbers,
        "days": choices.days,
        "source": choices.source,
        **{name: getattr(choices, name) for name in READING},
    }
    mapping, _ = Mapping.objects.update_or_create(
        kind=kind,
        name=name,
        defaults={
            "columns": dict(choices.columns),
            "options": options,
            "changed_by_id": by.account_id,
            "changed_by_name": by.name,
        },
    )
    return mapping


def with_mapping(choices: Choices, mapping: Mapping, *, columns: tuple[str, ...]) -> Choices:
    """The choices of a saved mapping, as far as the file has its columns. How it is read stays: see `read_as`."""
    kept = asdict(choices)
    kept.update({name: value for name, value in mapping.options.items() if name not in READING})
    kept["columns"] = {name: header for name, header in mapping.columns.items() if header in columns}
    kept.update(mapping_name=mapping.name, trial=None)
    return Choices(**kept)


def read_as(choices: Choices, mapping: Mapping) -> Choices:
    """The choices with sheet, encoding and delimiter of a saved mapping, where it names them."""
    return replace(choices, **{name: mapping.options.get(name) or getattr(choices, name) for name in READING})


def fitted(chosen: Importer, read: ReadList, choices: Choices) -> Choices:
    """The choices for a file that is read in another way: columns that are gone are matched anew by their names."""
    columns = {name: header for name, header in choices.columns.items() if header in read.table.columns}
    taken = set(columns.values())
    for name, header in suggested_plan(chosen, read.table).columns.items():
        if name not in columns and header not in taken:
            columns[name] = header
    return replace(choices, columns=columns)


def first_choices(chosen: Importer, read: ReadList, source: str) -> Choices:
    """By the names of the columns, or by the latest saved mapping whose columns are all there."""
    choices = Choices(columns=dict(suggested_plan(chosen, read.table).columns), source=source)
    for mapping in Mapping.objects.filter(kind=chosen.kind).order_by("-changed_at", "-pk"):
        if mapping.columns and set(mapping.columns.values()) <= set(read.table.columns):
            return with_mapping(choices, mapping, columns=read.table.columns)
    return choices


def usual_source(chosen: Importer, file_name: str) -> str:
    """The source of the last file of that name, whatever day or version the name carries; else the name itself.

    A list never seen before is a source of its own: taken for another one, all rows of that would
    seem to have vanished.
    """
    runs = Run.objects.filter(source__kind=chosen.kind).order_by("-started_at", "-pk")
    wanted = _without_version(file_name)
    for name, source in runs.values_list("file_name", "source__name")[:LOOKED_AT]:
        if _without_version(name) == wanted:
            return source
    return Path(file_name).stem[:SOURCE_LENGTH] or str(chosen.title)


def _without_version(file_name: str) -> str:
    """The name without days, numbers and signs: "Maßnahmen_2026-11 (2).xlsx" is "maßnahmen"."""
    return re.sub(r"[\W\d_]+", "", Path(file_name).stem.casefold())
