"""Committees: which there are, who sits in them. Everybody sees the committees; accounts, the administration."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from dreiklang.core.errors import NotFound
from dreiklang.people.models import COMMITTEE_KIND_LABELS, Committee, Seat
from dreiklang.people.rules import CommitteeKind, Viewer


@dataclass(frozen=True)
class CommitteeLine:
    """A committee in a list. `seats` is None for outsiders."""

    id: int
    key: str
    name: str
    kind: CommitteeKind
    kind_label: str
    ended_on: date | None
    seats: int | None


def committees(viewer: Viewer, *, with_ended: bool = False) -> list[CommitteeLine]:
    """All committees by name, once each."""
    found = Committee.objects.annotate(seat_count=Count("seats")).order_by("name", "pk")
    if not with_ended:
        found = found.filter(ended_on=None)
    return [
        CommitteeLine(
            id=one.pk,
            key=one.key,
            name=one.name,
            kind=CommitteeKind(one.kind),
            kind_label=str(COMMITTEE_KIND_LABELS[CommitteeKind(one.kind)]),
            ended_on=one.ended_on,
            seats=one.seat_count if viewer.is_internal else None,
        )
        for one in found
    ]


def committee_by_key(viewer: Viewer, *, key: str) -> Committee:
    """The committee of an address.

    Raises: NotFound.
    """
    try:
        return Committee.objects.get(key=key)
    except Committee.DoesNotExist as missing:
        raise NotFound("committee") from missing


def committees_by_id(ids: Collection[int]) -> dict[int, Committee]:
    """Id → committee, of those that there are."""
    return Committee.objects.in_bulk(ids)


def committees_choices() -> list[tuple[int, str]]:
    """(id, name) of the committees that exist today, for choosing one."""
    return list(Committee.objects.filter(ended_on=None).order_by("name", "pk").values_list("pk", "name"))


def committee_names() -> list[tuple[str, str]]:
    """(key, name) of all committees, ended ones too: for lists that name them. Asks no viewer."""
    return list(Committee.objects.order_by("pk").values_list("key", "name"))


def committee_ids(keys: Collection[str]) -> dict[str, int]:
    """Key → id of those committees that there are."""
    return dict(Committee.objects.filter(key__in=keys).values_list("key", "pk"))


def committee_ids_of_oparl(oparl_ids: Collection[str]) -> dict[str, int]:
    """Id in the council system → id here, of those that are known."""
    found = Committee.objects.filter(oparl_id__in=oparl_ids).values_list("oparl_id", "pk")
    return {str(oparl_id): pk for oparl_id, pk in found}


def committees_of_account(viewer: Viewer) -> frozenset[int]:
    """The ids of the committees the viewer sits in; none without an account."""
    if viewer.account_id is None:
        return frozenset()
    return frozenset(Seat.objects.filter(account_id=viewer.account_id).values_list("committee_id", flat=True))


def members_of_committee(viewer: Viewer, *, committee_id: int) -> list[tuple[int, str]]:
    """(account id, name) of those who sit there, by name. Nobody for outsiders."""
    if not viewer.is_internal:
        return []
    seats = Seat.objects.filter(committee_id=committee_id, account__is_active=True)
    return list(seats.order_by("account__name", "account_id").values_list("account_id", "account__name"))
