"""The declared descriptions of printed forms that come with the software."""

from functools import lru_cache
from pathlib import Path

import yaml

from dreiklang.papers.rules.forms import FormDescription, form_description

_FOLDER = Path(__file__).parent.parent / "data" / "forms"


@lru_cache(maxsize=1)
def declared_forms() -> tuple[FormDescription, ...]:
    """All of them, by the name of their file. Read once."""
    return tuple(
        form_description(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(_FOLDER.glob("*.yaml"))
    )
