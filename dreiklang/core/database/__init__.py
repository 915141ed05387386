"""The database: PostgreSQL everywhere, started by us where nobody gives us one (docs/adr/0001)."""

from dreiklang.core.database.address import DatabaseAddress
from dreiklang.core.database.errors import DatabaseProblem, DataIsNewer
from dreiklang.core.database.folders import MARKER, data_folder, read_marker
from dreiklang.core.database.provider import (
    Running,
    database_address,
    database_settings,
    ensure_running,
    remove_data,
)

__all__ = [
    "MARKER",
    "DataIsNewer",
    "DatabaseAddress",
    "DatabaseProblem",
    "Running",
    "data_folder",
    "database_address",
    "database_settings",
    "ensure_running",
    "read_marker",
    "remove_data",
]
