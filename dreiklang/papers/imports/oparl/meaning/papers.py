"""Papers and the steps of their route."""

from collections.abc import Mapping
from typing import Any

from dreiklang.papers.imports.oparl.meaning.files import all_files
from dreiklang.papers.imports.oparl.meaning.walk import (
    ADDRESS,
    Walk,
    each,
    name_of,
    one_organization,
    own_id,
)
from dreiklang.papers.imports.oparl.reading import Fields
from dreiklang.papers.imports.oparl.records import Kind, Record
from dreiklang.papers.rules.route import consultation_role, decides, paper_kind


def paper(walk: Walk, content: Mapping[str, Any], parent: Mapping[str, str]) -> None:
    """A paper with its route and its files."""
    fields = Fields(content, walk.noticed)
    own = own_id(content)
    words = fields.text("paperType", longest=120)
    number = fields.text("reference", longest=60)
    if not number:
        fields.note("reference_missing", "reference")
    walk.records.append(
        Record(
            Kind.PAPER,
            own,
            {
                "number": number or own.rstrip("/").rsplit("/", 1)[-1][:60],
                "title": name_of(fields, "name", 600),
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
    each(walk, fields, "consultation", Kind.CONSULTATION, consultation, {"paper": own})
    all_files(walk, fields, {"paper": own}, is_public=True)


def consultation(walk: Walk, content: Mapping[str, Any], parent: Mapping[str, str]) -> None:
    """A step of a route."""
    fields = Fields(content, walk.noticed, at=parent.get("at", ""))
    words = fields.text("role", longest=120)
    role = consultation_role(words)
    walk.records.append(
        Record(
            Kind.CONSULTATION,
            parent.get("id") or own_id(content),
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
                "committee": one_organization(fields),
            },
        )
    )
