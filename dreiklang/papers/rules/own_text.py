"""Which of a paper's files is the paper itself; the others are attachments, minutes and answers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .kinds import FileRole, PaperKind

_ASKING = {PaperKind.MOTION, PaperKind.BUDGET_MOTION, PaperKind.INQUIRY}
_NAMED_AS_ASKED = re.compile(r"\bantrag|anfrage|antrag\b", re.IGNORECASE)
_NAMED_AS_PAPER = re.compile(r"vorlage|beschluss|bericht|stellungnahme|offenlage", re.IGNORECASE)
_ANSWER = re.compile(r"stellungnahme|antwort", re.IGNORECASE)
_BESIDE = re.compile(
    r"\banlagen?\b|protokoll|niederschrift|abstimmung|präsentation|synopse|einladung|übersicht", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a file: its number, role and name, and whether a printed check header stands in it."""

    id: int
    role: FileRole
    name: str
    has_form: bool = False


def own_file(files: Sequence[FileFacts], *, kind: PaperKind) -> int | None:
    """The file that is the paper, by number; None if none of them looks like it. `files` in their order.

    A motion is what was moved, not the answer to it; a paper of the administration is what carries the check header.
    """
    ranked = [(rank, place) for place, file in enumerate(files) if (rank := _rank(file, kind)) is not None]
    return files[min(ranked)[1]].id if ranked else None


def form_file(files: Sequence[FileFacts], *, own: int | None) -> int | None:
    """The file whose printed header counts: the paper's own, else the first that has one; None without any."""
    with_form = [file.id for file in files if file.has_form]
    return own if own in with_form else next(iter(with_form), None)


def _rank(file: FileFacts, kind: PaperKind) -> int | None:
    if file.role in {FileRole.INVITATION, FileRole.MINUTES}:
        return None
    if file.role == FileRole.MAIN:
        return 0
    if kind in _ASKING:
        return _rank_of_asked(file)
    if file.has_form:
        return 1
    if _BESIDE.search(file.name):
        return None
    return 2 if _NAMED_AS_PAPER.search(file.name) else 3


def _rank_of_asked(file: FileFacts) -> int | None:
    if _BESIDE.search(file.name):
        return None
    if _ANSWER.search(file.name):
        return 4
    return 1 if _NAMED_AS_ASKED.search(file.name) else 2
