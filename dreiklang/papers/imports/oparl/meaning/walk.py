"""Walking through one object and all inside it; what every type of object has in common."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from dreiklang.papers.imports.oparl.reading import Fields
from dreiklang.papers.imports.oparl.records import Kind, Noticed, Record, Understood

ADDRESS, FILE_ADDRESS = 500, 600
UNTITLED = "Ohne Titel"


class Walk:
    """The records of one object, collected while it is walked through."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.noticed: list[Noticed] = []

    def done(self) -> Understood:
        """What was collected."""
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


def each(
    walk: Walk,
    fields: Fields,
    name: str,
    kind: Kind,
    read: Callable[[Walk, Mapping[str, Any], Mapping[str, str]], None],
    refs: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The objects inside, each with its place; one without an id is known by that place."""
    found = fields.objects(name)
    if found is None:
        return []
    for position, one in enumerate(found, start=1):
        own = own_id(one)
        if not own:
            own = f"{own_id(fields.content)}#{name}-{one.get('order') or position}"
            fields.note("id_missing", f"{name}.id", one.get("name"))
        if one.get("deleted") in (True, "true"):
            walk.records.append(Record(kind, own, is_deleted=True))
            continue
        read(walk, one, {**refs, "id": own, "position": str(position), "at": f"{name}."})
    return found


def own_id(content: Mapping[str, Any]) -> str:
    """The object's own id, "" for none."""
    own = content.get("id")
    return own.strip()[:ADDRESS] if isinstance(own, str) else ""


def name_of(fields: Fields, name: str, longest: int) -> str:
    """The name; a missing one is noted and stands as "Ohne Titel"."""
    found = fields.text(name, longest=longest)
    if not found:
        fields.note("name_missing", name)
    return found or UNTITLED


def one_organization(fields: Fields) -> str:
    """The first organisation named, "" for none; further ones are noted."""
    ids = fields.ids("organization")
    if len(ids) > 1:
        fields.note("several_organizations", "organization", ", ".join(ids))
    return next(iter(ids), "")


def _is_same(one: Record, other: Record) -> bool:
    """Whether both say the same; where they stand in their lists does not count."""
    place = {"position"}
    return one.refs == other.refs and all(
        one.values.get(name) == other.values.get(name) for name in {*one.values, *other.values} - place
    )
