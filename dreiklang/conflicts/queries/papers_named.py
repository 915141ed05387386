"""Papers by what people call them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from dreiklang.papers.queries import visible_papers
from dreiklang.people.rules import Viewer


@dataclass(frozen=True)
class NamedPapers:
    """The ids in the order of the names, and the names that fit no paper the viewer may know of."""

    ids: tuple[int, ...]
    unknown: tuple[str, ...]


def papers_named(viewer: Viewer, names: Sequence[str]) -> NamedPapers:
    """The papers of those numbers or keys, whatever their case. One statement."""
    if not names:
        return NamedPapers((), ())
    asked = {name.casefold(): name for name in names}
    wanted = Q()
    for name in names:
        wanted |= Q(number__iexact=name) | Q(key__iexact=name)
    found: dict[str, int] = {}
    rows = visible_papers(viewer).filter(wanted).order_by("-pk")
    for pk, number, key in rows.values_list("pk", "number", "key"):
        found |= {number.casefold(): pk, key.casefold(): pk}
    return NamedPapers(
        tuple(dict.fromkeys(found[name] for name in asked if name in found)),
        tuple(said for name, said in asked.items() if name not in found),
    )
