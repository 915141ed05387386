"""All importers of all subjects, by the kind of list. The list of them is `config/importers.py`."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from dreiklang.core.imports.contract import Importer


class NoSuchKind(Exception):
    """There is no importer for this kind of list."""


@cache
def importers() -> dict[str, Importer]:
    """Kind → importer, in the order in which lists of a new city are loaded."""
    found: list[Importer] = [import_string(name) for name in settings.IMPORTERS]
    return {one.kind: one for one in sorted(found, key=lambda one: (one.sort, one.kind))}


def importer(*, kind: str) -> Importer:
    """The importer for a kind of list; earlier versions wrote some kinds with underscores. Raises: NoSuchKind."""
    try:
        return importers()[kind_word(kind)]
    except KeyError:
        raise NoSuchKind(kind) from None


def kind_word(written: str) -> str:
    """The name of a kind of list as we write it: words joined by hyphens."""
    return written.replace("_", "-")
