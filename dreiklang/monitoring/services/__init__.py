"""What is done with indicators and their values; each in one transaction with its reason."""

from dreiklang.monitoring.services.bulk import Incoming, Written, write_values
from dreiklang.monitoring.services.definitions import (
    CannotSave,
    change_indicator,
    create_indicator,
    set_visibility,
)
from dreiklang.monitoring.services.delivering import Table, deliver_table
from dreiklang.monitoring.services.linking import (
    CannotLink,
    change_measure_link,
    link_goal,
    link_measure,
    link_task,
    unlink_goal,
    unlink_measure,
    unlink_task,
)
from dreiklang.monitoring.services.starting import take_over

__all__ = [
    "CannotLink",
    "CannotSave",
    "Incoming",
    "Table",
    "Written",
    "change_indicator",
    "change_measure_link",
    "create_indicator",
    "deliver_table",
    "link_goal",
    "link_measure",
    "link_task",
    "set_visibility",
    "take_over",
    "unlink_goal",
    "unlink_measure",
    "unlink_task",
    "write_values",
]
