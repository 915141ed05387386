"""The declared descriptions of printed forms that come with the software."""

import hashlib
from functools import cache
from importlib import resources

import yaml

from dreiklang.papers.rules.forms import FormDescription, form_description


@cache
def declared_forms() -> tuple[FormDescription, ...]:
    """All of them, by the name of their file. Read once."""
    return tuple(form_description(yaml.safe_load(content)) for content in _contents())


@cache
def fingerprint_of_forms() -> str:
    """Names what the descriptions say: texts cut by other ones are cut anew."""
    return hashlib.sha256("\n".join(_contents()).encode()).hexdigest()


def _contents() -> list[str]:
    folder = resources.files("dreiklang.papers") / "data" / "forms"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return [(folder / name).read_text(encoding="utf-8") for name in names]
