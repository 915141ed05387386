"""Committees, their meetings and what stands on the agenda."""

from collections.abc import Mapping
from typing import Any

from dreiklang.papers.imports.oparl.meaning.files import all_files
from dreiklang.papers.imports.oparl.meaning.walk import (
    ADDRESS,
    UNTITLED,
    Walk,
    each,
    name_of,
    one_organization,
    own_id,
)
from dreiklang.papers.imports.oparl.reading import Fields
from dreiklang.papers.imports.oparl.records import Kind, Record
from dreiklang.papers.rules.route import committee_kind, is_committee, meeting_state, result_of


def organization(walk: Walk, content: Mapping[str, Any], parent: Mapping[str, str]) -> None:
    """A committee; whatever else organisations are gives no record."""
    fields = Fields(content, walk.noticed)
    name = fields.text("name", longest=300)
    classed = fields.text("classification")
    if not is_committee(
        kind=fields.text("organizationType"), classification=classed, meets="meeting" in content
    ):
        return
    walk.records.append(
        Record(
            Kind.ORGANIZATION,
            own_id(content),
            {
                "key": fields.text("shortName"),
                "name": name or fields.text("shortName") or UNTITLED,
                "kind": committee_kind(name, classification=classed),
                "ended_on": fields.day("endDate"),
            },
        )
    )


def meeting(walk: Walk, content: Mapping[str, Any], parent: Mapping[str, str]) -> None:
    """A meeting with its agenda and its files."""
    fields = Fields(content, walk.noticed)
    own = own_id(content)
    items = each(walk, fields, "agendaItem", Kind.ITEM, item, {"meeting": own})
    all_files(walk, fields, {"meeting": own}, is_public=True)
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
    walk.records.insert(
        0,
        Record(
            Kind.MEETING,
            own,
            {
                "name": name_of(fields, "name", 400),
                "starts_at": starts,
                "ends_at": ends,
                "place": _place(fields),
                "state": state,
                "web": fields.address("web", longest=ADDRESS),
            },
            {"committee": one_organization(fields)},
        ),
    )


def item(walk: Walk, content: Mapping[str, Any], parent: Mapping[str, str]) -> None:
    """An agenda item with its files."""
    fields = Fields(content, walk.noticed, at=parent.get("at", ""))
    meeting = parent.get("meeting") or fields.id("meeting")
    is_public = _is_public(fields)
    words = fields.text("result", longest=600)
    position = fields.number("order", most=2**31 - 1)
    all_files(walk, fields, {"meeting": meeting}, is_public=is_public)
    walk.records.append(
        Record(
            Kind.ITEM,
            parent.get("id") or own_id(content),
            {
                "number": fields.text("number", longest=40),
                "position": int(parent.get("position", 0)) if position is None else position,
                "title": name_of(fields, "name", 1000),
                "is_public": is_public,
                "result": result_of(words),
                "result_words": words,
                "resolution_text": fields.text("resolutionText"),
            },
            {"meeting": meeting},
        )
    )


def _is_public(fields: Fields) -> bool:
    """What a council system publishes is public; a field that says no, or nothing one understands, is not."""
    said = fields.flag("public")
    return bool(said) if fields.has("public") else True


def _place(fields: Fields) -> str:
    """Where a meeting is, in the words there are."""
    location = fields.content.get("location")
    if not isinstance(location, dict):
        return ""
    inside = Fields(location, fields.noticed, at="location.")
    words = [inside.text(name) for name in ("description", "room", "streetAddress", "locality")]
    return ", ".join(dict.fromkeys(word for word in words if word))[:300]
