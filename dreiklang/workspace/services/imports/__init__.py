"""Importing lists: step by step in the web, or a file at once."""

from dreiklang.workspace.services.imports.choices import (
    DELIMITERS,
    PERMISSION,
    Choices,
    choices_of,
    fitted,
    save_mapping,
)
from dreiklang.workspace.services.imports.files import FileOrder, import_file
from dreiklang.workspace.services.imports.steps import (
    JOB,
    LONG,
    CannotTakeOver,
    carry_out,
    choose,
    discard_left,
    give_up,
    kept_days,
    limit_bytes,
    read_upload,
    receive,
    take_over,
    tidy_up,
    try_out,
    use_mapping,
)

__all__ = [
    "DELIMITERS",
    "JOB",
    "LONG",
    "PERMISSION",
    "CannotTakeOver",
    "Choices",
    "FileOrder",
    "carry_out",
    "choices_of",
    "choose",
    "discard_left",
    "fitted",
    "give_up",
    "import_file",
    "kept_days",
    "limit_bytes",
    "read_upload",
    "receive",
    "save_mapping",
    "take_over",
    "tidy_up",
    "try_out",
    "use_mapping",
]
