"""What each type of object means: from OParl's fields to ours. Nothing is written here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dreiklang.papers.imports.oparl.reading import Fields
from dreiklang.papers.imports.oparl.records import Kind, Noticed, Record, Understood
from dreiklang.papers.rules.kinds import FileRole
from dreiklang.papers.rules.route import (
    committee_kind,
    consultation_role,
    decides,
    is_committee,
    meeting_state,
    paper_kind,
    result_of,
)

ADDRESS, FILE_ADDRESS = 500, 600
LARGEST = 2**53
UNTITLED = "Ohne Titel"
# Fields that hold files of a paper, a meeting or an agenda item, and what the files are there.
_FILES: Mapping[str, FileRole] = {
    "mainFile": FileRole.MAIN,
    "auxiliaryFile": FileRole.ATTACHMENT,
    "invitation": FileRole.INVITATION,
    "resultsProtocol": FileRole.MINUTES,
    "verbatimProtocol": FileRole.MINUTES,
    "resolutionFile": FileRole.ATTACHMENT,
}


class _Reading:
    """The records of one object, collected while it is walked through."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.noticed: list[Noticed] = []

    def done(self) -> Understood:
        return Understood(tuple(self._once()), tuple(self.noticed))

    def _once(self) -> Iterator[Record]:
        """Each record once; two different ones under one id are kept apart, and that is noted."""
        seen: dict[tuple[Kind, str], list[Record]] = {}
        for record in self.records:
            others = seen.setdefault((record.kind, record.id), [])
            if any(_is_same(record, one) for one in others):
                continue
            others.append(record)
            if len(others) > 1:
                self.noticed.append(Noticed("id_twice", f"{record.kind.value}.id", record.id))
            is_first = len(others) == 1
            yield record if is_first else replace(record, id=f"{record.id}#{len(others)}")


def understood(kind: Kind, content: Mapping[str, Any]) -> Understood:
    """The object's record and those of all objects inside. Types without a record of ours give none."""
    reading = _Reading()
    if content.get("deleted") in (True, "true"):
        if kind in _READERS:
            reading.records.append(Record(kind, _id(content), is_deleted=True))
    elif kind in _READERS:
        _READERS[kind](reading, content, {})
    return reading.done()


def _organization(reading: _Reading, content: Mapping[str, Any], parent: Mapping[str, str]) -> None:
    fields = Fields(content, reading.noticed)
    name = fields.text("name", longest=300)
    classed = fields.text("classification")
    if not is_committee(
        kind=fields.text("organizationType"), classification=classed, meets="meeting" in content
    ):
        return
    reading.records.append(
        Record(
            Kind.ORGANIZATION,
            _id(content),
            {
                "key": fields.text("shortName"),
                "name": name or fields.text("shortName") or UNTITLED,
                "kind": committee_kind(name, classification=classed),
                "ended_on": fields.day("endDate"),
            },
        )
    )


def _meeting(reading: _Reading, content: Mapping[str, Any], parent: Mapping[str, str]) -> None:
    fields = Fields(content, reading.noticed)
    own = _id(content)
    items = _each(reading, fields, "agendaItem", Kind.ITEM, _item, {"meeting": own})
    _all_files(reading, fields, {"meeting": own}, is_public=True)
    starts, ends = fields.instant("start"), fields.instant("end")
    if starts and ends and ends < starts:
        fields.note("ends_before_start", "end", content.get("end"))
        ends = None
    state = meeting_state(
        fields.text("meetingState"),
        is_cancelled=bool(fields.flag("cancelled")),
        is_invited=fields.has("invitation"),
        has_results=fields.has("resultsProtocol") or any(Fields(one, []).has("result") for one in items),
    )
    reading.records.insert(
        0,
        Record(
            Kind.MEETING,
            own,
            {
                "name": _name(fields, "name", 400),
                "starts_at": starts,
                "ends_at": ends,
                "place": _place(fields),
                "state": state,
                "web": fields.address("web", longest=ADDRESS),
            },
            {"committee": _one_organization(fields)},
        ),
    )


def _item(reading: _Reading, content: Mapping[str, Any], parent: Mapping[str, str]) -> None:
    fields = Fields(content, reading.noticed, at=parent.get("at", ""))
    meeting = parent.get("meeting") or fields.id("meeting")
    is_public = _is_public(fields)
    words = fields.text("result", longest=600)
    position = fields.number("order", most=2**31 - 1)
    _all_files(reading, fields, {"meeting": meeting}, is_public=is_public)
    reading.records.append(
        Record(
            Kind.ITEM,
            parent.get("id") or _id(content),
            {
                "number": fields.text("number", longest=40),
                "position": int(parent.get("position", 0)) if position is None else position,
                "title": _name(fields, "name", 1000),
                "is_public": is_public,
                "result": result_of(words),
                "result_words": words,
                "resolution_text": fields.text("resolutionText"),
            },
            {"meeting": meeting},
        )
    )


def _paper(reading: _Reading, content: Mapping[str, Any], parent: Mapping[str, str]) -> None:
    fields = Fields(content, reading.noticed)
    own = _id(content)
    words = fields.text("paperType", longest=120)
    number = fields.text("reference", longest=60)
    if not number:
        fields.note("reference_missing", "reference")
    reading.records.append(
        Record(
            Kind.PAPER,
            own,
            {
                "number": number or own.rstrip("/").rsplit("/", 1)[-1][:60],
                "title": _name(fields, "name", 600),
                "kind": paper_kind(words),
                "kind_words": words,
                "dated_on": fields.day("date"),
                "web": fields.address("web", longest=ADDRESS),
            },
            orgs={
                "lead_words": fields.ids("underDirectionOf"),
                "originator": fields.ids("originatorOrganization"),
            },
        )
    )
    _each(reading, fields, "consultation", Kind.CONSULTATION, _consultation, {"paper": own})
    _all_files(reading, fields, {"paper": own}, is_public=True)


def _consultation(reading: _Reading, content: Mapping[str, Any], parent: Mapping[str, str]) -> None:
    fields = Fields(content, reading.noticed, at=parent.get("at", ""))
    words = fields.text("role", longest=120)
    role = consultation_role(words)
    reading.records.append(
        Record(
            Kind.CONSULTATION,
            parent.get("id") or _id(content),
            {
                "role": role,
                "role_words": words,
                "is_deciding": decides(role, authoritative=fields.flag("authoritative")),
                "position": int(parent.get("position", 0)),
            },
            {
                "paper": parent.get("paper") or fields.id("paper"),
                "meeting": fields.id("meeting"),
                "item": fields.id("agendaItem"),
                "committee": _one_organization(fields),
            },
        )
    )


def _file(reading: _Reading, content: Mapping[str, Any], parent: Mapping[str, str]) -> None:
    """A file of a list of its own: it says itself what it belongs to."""
    fields = Fields(content, reading.noticed)
    paper = fields.id("paper")
    refs = {"paper": paper} if paper else {"meeting": fields.id("meeting")}
    _one_file(reading, fields, _id(content), refs, {"is_public": True})


def _all_files(reading: _Reading, fields: Fields, refs: dict[str, str], *, is_public: bool) -> None:
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
            own = _id(one) or f"{_id(fields.content)}#{name}-{position}"
            inside = Fields(one, reading.noticed, at=f"{name}.")
            if not _id(one):
                inside.note("id_missing", "id", one.get("name"))
            if one.get("deleted") in (True, "true"):
                reading.records.append(Record(Kind.FILE, own, is_deleted=True))
                continue
            place = {"role": role, "position": position, "is_public": is_public}
            _one_file(reading, inside, own, refs, place)


def _one_file(
    reading: _Reading, fields: Fields, own: str, refs: dict[str, str], place: dict[str, Any]
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
    reading.records.append(Record(Kind.FILE, own, values, refs))


def _each(
    reading: _Reading,
    fields: Fields,
    name: str,
    kind: Kind,
    read: Callable[[_Reading, Mapping[str, Any], Mapping[str, str]], None],
    refs: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The objects inside, each with its place; one without an id is known by that place."""
    found = fields.objects(name)
    if found is None:
        return []
    for position, one in enumerate(found, start=1):
        own = _id(one)
        if not own:
            own = f"{_id(fields.content)}#{name}-{one.get('order') or position}"
            fields.note("id_missing", f"{name}.id", one.get("name"))
        if one.get("deleted") in (True, "true"):
            reading.records.append(Record(kind, own, is_deleted=True))
            continue
        read(reading, one, {**refs, "id": own, "position": str(position), "at": f"{name}."})
    return found


def _is_same(one: Record, other: Record) -> bool:
    """Whether both say the same; where they stand in their lists does not count."""
    place = {"position"}
    return one.refs == other.refs and all(
        one.values.get(name) == other.values.get(name) for name in {*one.values, *other.values} - place
    )


def _id(content: Mapping[str, Any]) -> str:
    own = content.get("id")
    return own.strip()[:ADDRESS] if isinstance(own, str) else ""


def _name(fields: Fields, name: str, longest: int) -> str:
    found = fields.text(name, longest=longest)
    if not found:
        fields.note("name_missing", name)
    return found or UNTITLED


def _is_public(fields: Fields) -> bool:
    """What a council system publishes is public; a field that says no, or nothing one understands, is not."""
    said = fields.flag("public")
    return bool(said) if fields.has("public") else True


def _one_organization(fields: Fields) -> str:
    ids = fields.ids("organization")
    if len(ids) > 1:
        fields.note("several_organizations", "organization", ", ".join(ids))
    return next(iter(ids), "")


def _place(fields: Fields) -> str:
    """Where a meeting is, in the words there are."""
    location = fields.content.get("location")
    if not isinstance(location, dict):
        return ""
    inside = Fields(location, fields.noticed, at="location.")
    words = [inside.text(name) for name in ("description", "room", "streetAddress", "locality")]
    return ", ".join(dict.fromkeys(word for word in words if word))[:300]


_READERS: dict[Kind, Callable[[_Reading, Mapping[str, Any], Mapping[str, str]], None]] = {
    Kind.ORGANIZATION: _organization,
    Kind.MEETING: _meeting,
    Kind.PAPER: _paper,
    Kind.ITEM: _item,
    Kind.CONSULTATION: _consultation,
    Kind.FILE: _file,
}
