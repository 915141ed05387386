"""Committees of a council system: created and changed through the door of `people`."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from dreiklang.papers.imports.oparl.records import Record
from dreiklang.papers.rules.route import committee_kind
from dreiklang.people.queries import committee_ids_of_oparl
from dreiklang.people.rules import Viewer
from dreiklang.people.services import (
    CommitteeDraft,
    OutsideCommittee,
    change_outside_committee,
    take_over_committees,
)

Organisations = Mapping[str, Mapping[str, str]]


def found_or_made(oparl_ids: Collection[str], organisations: Organisations, *, by: Viewer) -> dict[str, int]:
    """OParl id → id here. Whoever a meeting or a route names is a committee, whatever it is called."""
    found = committee_ids_of_oparl(oparl_ids)
    missing = [one for one in oparl_ids if one not in found and organisations.get(one, {}).get("name")]
    if missing:
        found |= take_over_committees(
            by=by, outside=[OutsideCommittee(one, _draft(organisations[one])) for one in sorted(missing)]
        )
    return found


def write(
    records: Mapping[str, Record], known: Mapping[str, Record], *, by: Viewer, on: date
) -> dict[str, list[dict[str, Any]]]:
    """Create the new ones, change what changed in the source, end what was deleted there."""
    here = committee_ids_of_oparl(list(records))
    new = {key: record for key, record in records.items() if key not in here and not record.is_deleted}
    take_over_committees(
        by=by,
        outside=[OutsideCommittee(key, CommitteeDraft(**record.values)) for key, record in new.items()],
    )
    told: dict[str, list[dict[str, Any]]] = {}
    for key in here:
        changes = _changes(records[key], known.get(key), on)
        if change_outside_committee(by=by, oparl_id=key, changes=changes):
            told[key] = [
                {"field": f"Organization.{name}", "before": None, "after": str(value)[:200]}
                for name, value in changes.items()
            ]
    return told


def _changes(record: Record, before: Record | None, on: date) -> dict[str, object]:
    if record.is_deleted:
        return {"ended_on": on}
    old = before.values if before else {}
    return {name: value for name, value in record.values.items() if before is None or old.get(name) != value}


def _draft(organisation: Mapping[str, str]) -> CommitteeDraft:
    name = organisation["name"]
    return CommitteeDraft(
        key=organisation["shortName"],
        name=name,
        kind=committee_kind(name, classification=organisation["classification"]),
    )
