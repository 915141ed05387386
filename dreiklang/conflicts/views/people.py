"""Who is behind a party: office, person and how to reach them."""

from collections.abc import Sequence

from django.urls import reverse

from dreiklang.conflicts.queries import Party
from dreiklang.people.queries import accounts_by_id, departments_by_id
from dreiklang.ui.rules import PersonLine


def person_lines(parties: Sequence[Party]) -> dict[str, PersonLine]:
    """Key of a party → who is responsible. Two statements; parties without an office and a lead are left out."""
    people = accounts_by_id([one.lead_id for one in parties if one.lead_id])
    offices = departments_by_id({pk for one in parties for pk in one.office_ids[:1]})
    lines = {}
    for one in parties:
        lead = people.get(one.lead_id) if one.lead_id else None
        office = offices.get(one.office_ids[0]) if one.office_ids else None
        if lead is None and office is None:
            continue
        lines[one.key] = PersonLine(
            office=office.name if office else one.office,
            name=lead.name if lead else "",
            phone=lead.phone if lead else "",
            mail=lead.email if lead else "",
            href=reverse("people:department", args=[office.key]) if office else "",
        )
    return lines
