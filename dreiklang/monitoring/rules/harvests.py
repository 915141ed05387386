"""How a catalogue stands that is read again and again."""

from enum import StrEnum


class HarvestState(StrEnum):
    """How far the last harvest came."""

    NEVER = "never"
    RUNNING = "running"
    DONE = "done"
    BROKEN_OFF = "broken_off"
