"""The texts a draft is compared with, and which of them the worker has still to read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import starmap
from typing import Any, NamedTuple

from dreiklang.core import nearness
from dreiklang.core.models import TextVector
from dreiklang.papers.models import Check, Paper
from dreiklang.papers.queries.declared_forms import declared_forms
from dreiklang.papers.queries.targets import Touchable
from dreiklang.papers.rules.drafts import draft_text, target_text

CHECK, PAPER = "check", "paper"
# So many papers tell what this city's texts are like in general.
BACKGROUND = 100
TAUGHT = 200


@dataclass(frozen=True)
class Wanted:
    """A text whose vectors should be there. `parts` as they stand in the database, not yet cut."""

    subject: str
    key: int
    parts: tuple[str, ...]

    @property
    def is_document(self) -> bool:
        return self.subject in {CHECK, PAPER}

    @property
    def fingerprint(self) -> str:
        return nearness.fingerprint(self.parts)

    def text(self) -> nearness.Text:
        if self.is_document:
            return draft_text(title=self.parts[0], text=self.parts[1], forms=declared_forms())
        return target_text(self.parts)


def wanted_targets(touchables: Iterable[Touchable]) -> Iterator[Wanted]:
    """The texts of what can be touched, in their order."""
    for one in touchables:
        yield Wanted(one.target[0].value, one.target[1], one.parts)


def wanted_documents() -> Iterator[Wanted]:
    """Drafts and papers of which people said what they touch, then the latest papers."""
    for pk in _documents(CHECK):
        yield from _of(CHECK, [pk])
    for pk in _documents(PAPER):
        yield from _of(PAPER, [pk])


def document_keys() -> dict[str, list[int]]:
    """Which checks and papers teach or tell what texts are like here, newest first."""
    return {subject: _documents(subject) for subject in (CHECK, PAPER)}


class Kept(NamedTuple):
    """A kept profile, without its content."""

    pk: int
    subject: str
    key: int
    fingerprint: str

    @property
    def name(self) -> str:
        """Names the content: the profile of another text has another name."""
        return f"{self.subject}/{self.key}/{self.fingerprint}"


def kept(**which: Any) -> list[Kept]:
    """The profiles made by today's method, without their content. One statement."""
    rows = TextVector.objects.filter(method=nearness.METHOD, **which).order_by("subject", "key")
    return list(starmap(Kept, rows.values_list(*Kept._fields)))


def is_missing(wanted: Iterable[Wanted], *, there: Iterable[Kept] | None = None) -> Iterator[Wanted]:
    """Those whose vectors are missing or were made of another text or by another method."""
    asked = list(wanted)
    if there is None:
        there = kept(subject__in={one.subject for one in asked}, key__in=[one.key for one in asked])
    prints = {(subject, key): fingerprint for _pk, subject, key, fingerprint in there}
    return (one for one in asked if prints.get((one.subject, one.key)) != one.fingerprint)


def _documents(subject: str) -> list[int]:
    if subject == CHECK:
        decided = Check.objects.filter(proposals__decided_at__isnull=False).exclude(text="")
        return list(decided.order_by("-pk").distinct().values_list("pk", flat=True)[:TAUGHT])
    papers = Paper.objects.filter(withdrawn_at=None).exclude(text="").order_by("-dated_on", "-pk")
    linked = papers.filter(links__isnull=False).distinct().values_list("pk", flat=True)[:TAUGHT]
    return list(dict.fromkeys([*linked, *papers.values_list("pk", flat=True)[:BACKGROUND]]))


def _of(subject: str, ids: list[int]) -> Iterator[Wanted]:
    model = Check if subject == CHECK else Paper
    for pk, title, text in model.objects.filter(pk__in=ids).values_list("pk", "title", "text"):
        yield Wanted(subject, pk, (title, text))
