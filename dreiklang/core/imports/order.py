"""What one import is asked to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dreiklang.core.imports.contract import Actor, Importer, Options
from dreiklang.core.imports.mapping import Plan
from dreiklang.core.tables import Table


@dataclass(frozen=True)
class ReadList:
    """A file that could be read, with what was recognised in it."""

    table: Table
    facts: Mapping[str, Any]
    file_name: str
    sha256: str


@dataclass(frozen=True)
class Order:
    """Everything that one import needs. `decisions`: row key → field → "list" or "ours"."""

    importer: Importer
    read: ReadList
    plan: Plan
    options: Options
    by: Actor
    reason: str = ""
    mapping_name: str = ""
    decisions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_dry_run: bool = False
