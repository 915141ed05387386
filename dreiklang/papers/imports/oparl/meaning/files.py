"""Files, alone or inside papers, meetings and agenda items."""

from collections.abc import Mapping
from typing import Any

from dreiklang.papers.imports.oparl.meaning.walk import FILE_ADDRESS, UNTITLED, Walk, own_id
from dreiklang.papers.imports.oparl.reading import Fields
from dreiklang.papers.imports.oparl.records import Kind, Record
from dreiklang.papers.rules.kinds import FileRole

LARGEST = 2**53
# Fields that hold files of a paper, a meeting or an agenda item, and what the files are there.
_FILES: Mapping[str, FileRole] = {
    "mainFile": FileRole.MAIN,
    "auxiliaryFile": FileRole.ATTACHMENT,
    "invitation": FileRole.INVITATION,
    "resultsProtocol": FileRole.MINUTES,
    "verbatimProtocol": FileRole.MINUTES,
    "resolutionFile": FileRole.ATTACHMENT,
}


def file(walk: Walk, content: Mapping[str, Any], parent: Mapping[str, str]) -> None:
    """A file of a list of its own: it says itself what it belongs to.

    Nothing here says whether it is public: what it belongs to does, and may have said so already.
    """
    fields = Fields(content, walk.noticed)
    paper = fields.id("paper")
    refs = {"paper": paper} if paper else {"meeting": fields.id("meeting")}
    _one_file(walk, fields, own_id(content), refs, {}, items=fields.ids("agendaItem"))


def all_files(walk: Walk, fields: Fields, refs: dict[str, str], *, is_public: bool) -> None:
    """The files of a paper, meeting or item, in the order of the fields."""
    position = 0
    for name, role in _FILES.items():
        value = fields.content.get(name)
        # One file may stand alone where one is expected; only the plural field holds a list.
        found = [value] if isinstance(value, dict) and name != "auxiliaryFile" else fields.objects(name)
        if found is None:
            continue
        for one in found:
            position += 1
            own = own_id(one) or f"{own_id(fields.content)}#{name}-{position}"
            inside = Fields(one, walk.noticed, at=f"{name}.")
            if not own_id(one):
                inside.note("id_missing", "id", one.get("name"))
            if one.get("deleted") in (True, "true"):
                walk.records.append(Record(Kind.FILE, own, is_deleted=True))
                continue
            place = {"role": role, "position": position, "is_public": is_public}
            _one_file(walk, inside, own, refs, place)


def _one_file(
    walk: Walk,
    fields: Fields,
    own: str,
    refs: dict[str, str],
    place: dict[str, Any],
    items: tuple[str, ...] = (),
) -> None:
    url = fields.address("downloadUrl", longest=FILE_ADDRESS) or fields.address(
        "accessUrl", longest=FILE_ADDRESS
    )
    if not url:
        fields.note("address_missing", "accessUrl", own)
    values = {
        "name": fields.text("name", longest=600) or fields.text("fileName", longest=600) or UNTITLED,
        "file_name": fields.text("fileName", longest=255),
        "mime_type": fields.text("mimeType", longest=120),
        "size": fields.number("size", most=LARGEST),
        "url": url,
        "modified_at": fields.instant("modified"),
        **place,
    }
    if text := fields.text("text"):
        values["text"] = text
    walk.records.append(Record(Kind.FILE, own, values, refs, items=items))
