"""What the list of datasets is narrowed to, and where datasets come from."""

from dataclasses import dataclass
from enum import StrEnum


class DatasetOrigin(StrEnum):
    """Where a dataset comes from: the city itself, a catalogue of others, a statistical office's table."""

    OWN = "own"
    HARVESTED = "harvested"
    STATISTICS = "statistics"


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """What a list of datasets is narrowed to; theme, licence and format by their codes."""

    text: str = ""
    theme: str = ""
    licence: str = ""
    format: str = ""
    publisher: str = ""
    origin: DatasetOrigin | None = None
    only_overdue: bool = False
