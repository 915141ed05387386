"""What each type of object means: from OParl's fields to ours. Nothing is written here."""

from collections.abc import Callable, Mapping
from typing import Any

from dreiklang.papers.imports.oparl.meaning import files, meetings, papers
from dreiklang.papers.imports.oparl.meaning.walk import Walk, own_id
from dreiklang.papers.imports.oparl.records import Kind, Record, Understood

_READERS: dict[Kind, Callable[[Walk, Mapping[str, Any], Mapping[str, str]], None]] = {
    Kind.ORGANIZATION: meetings.organization,
    Kind.MEETING: meetings.meeting,
    Kind.PAPER: papers.paper,
    Kind.ITEM: meetings.item,
    Kind.CONSULTATION: papers.consultation,
    Kind.FILE: files.file,
}


def understood(kind: Kind, content: Mapping[str, Any]) -> Understood:
    """The object's record and those of all objects inside. Types without a record of ours give none."""
    walk = Walk()
    if content.get("deleted") in (True, "true"):
        if kind in _READERS:
            walk.records.append(Record(kind, own_id(content), is_deleted=True))
    elif kind in _READERS:
        _READERS[kind](walk, content, {})
    return walk.done()
