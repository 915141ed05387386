"""What is done with indicators and their values; each in one transaction with its reason."""

from dreiklang.monitoring.services.bulk import Incoming, Written, write_values
from dreiklang.monitoring.services.definitions import (
    CannotSave,
    change_indicator,
    create_indicator,
    set_visibility,
)
from dreiklang.monitoring.services.delivering import Table, deliver_table
from dreiklang.monitoring.services.starting import take_over

__all__ = [
    "CannotSave",
    "Incoming",
    "Table",
    "Written",
    "change_indicator",
    "create_indicator",
    "deliver_table",
    "set_visibility",
    "take_over",
    "write_values",
]
