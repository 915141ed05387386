"""Committees: which there are, who sits in them. Everybody sees the committees; accounts, the administration."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localdate

from dreiklang.core.errors import NotFound
from dreiklang.core.search import SortKey
from dreiklang.people.models import COMMITTEE_KIND_LABELS, Committee, Seat
from dreiklang.people.queries.accounts import accounts_holding
from dreiklang.people.rules import CommitteeKind, Role, Viewer, has_ended


@dataclass(frozen=True)
class CommitteeLine:
    """A committee in a list. `seats` and `deputies` are None for outsiders."""

    id: int
    key: str
    name: str
    url: str
    kind: CommitteeKind
    kind_label: str
    ended_on: date | None
    has_ended: bool
    seats: int | None
    deputies: int | None


@dataclass(frozen=True)
class SeatLine:
    """Somebody who sits in a committee, or who could. `is_deputy` is None for those without a seat."""

    account_id: int
    name: str
    email: str
    is_active: bool
    is_deputy: bool | None


@dataclass(frozen=True)
class CommitteeInside:
    """What only the administration sees of a committee."""

    members: tuple[SeatLine, ...]
    deputies: tuple[SeatLine, ...]
    version: int
    is_from_council_system: bool


@dataclass(frozen=True)
class CommitteePage:
    """A committee; `inside` is None for outsiders, `own_seat` the viewer's own one."""

    line: CommitteeLine
    own_seat: SeatLine | None
    inside: CommitteeInside | None


def committees(viewer: Viewer, *, with_ended: bool = False, today: date | None = None) -> list[CommitteeLine]:
    """All committees once each: the council first, then kind by kind, by name."""
    today = today or localdate()
    found = Committee.objects.annotate(
        seat_count=Count("seats", filter=Q(seats__is_deputy=False)),
        deputy_count=Count("seats", filter=Q(seats__is_deputy=True)),
    )
    if not with_ended:
        found = found.filter(_living(today))
    lines = [
        _line(viewer, one, today, seats=one.seat_count, deputies=one.deputy_count)
        for one in found.order_by(SortKey("name"), "pk")
    ]
    order = list(CommitteeKind)
    return sorted(lines, key=lambda line: order.index(line.kind))


def committee_page(viewer: Viewer, *, key: str, today: date) -> CommitteePage:
    """The committee of that address, with its seats for the administration.

    Raises: NotFound.
    """
    record = committee_by_key(viewer, key=key)
    seats = seats_of(record.pk)
    deputies = sum(bool(one.is_deputy) for one in seats)
    return CommitteePage(
        line=_line(viewer, record, today, seats=len(seats) - deputies, deputies=deputies),
        own_seat=next((one for one in seats if one.account_id == viewer.account_id), None),
        inside=_inside(record, seats) if viewer.is_internal else None,
    )


def seats_of(committee_id: int) -> list[SeatLine]:
    """Everybody who sits there, by name; also those who can no longer sign in. Asks no viewer."""
    rows = Seat.objects.filter(committee_id=committee_id).select_related("account")
    return [
        SeatLine(one.account_id, one.account.name, one.account.email, one.account.is_active, one.is_deputy)
        for one in rows.order_by(SortKey("account__name"), "account_id")
    ]


def seated_mails() -> dict[tuple[int, bool], list[str]]:
    """(committee, only as a deputy) → addresses of those who sit there, as the list of committees is read."""
    found: dict[tuple[int, bool], list[str]] = {}
    rows = Seat.objects.filter(account__is_active=True).order_by("account__email")
    for committee, is_deputy, mail in rows.values_list("committee_id", "is_deputy", "account__email"):
        found.setdefault((committee, is_deputy), []).append(mail)
    return found


def seat_choices(committee_id: int) -> list[SeatLine]:
    """Who can sit there: council members who can sign in, and whoever sits there now; by name."""
    seated = {one.account_id: one for one in seats_of(committee_id) if one.is_active}
    others = [
        SeatLine(one.pk, one.name, one.email, True, None)
        for one in accounts_holding(Role.COUNCIL_MEMBER)
        if one.pk not in seated
    ]
    return sorted([*seated.values(), *others], key=lambda one: (one.name.casefold(), one.account_id))


def kept_committee(viewer: Viewer, key: str) -> tuple[Committee, str]:
    """The committee and the address of its page, for its history. Raises: NotFound."""
    found = committee_by_key(viewer, key=key)
    return found, committee_address(found.key)


def committee_address(key: str) -> str:
    """The address of a committee's page."""
    return reverse("people:committee", args=[key])


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
    found = Committee.objects.filter(_living(localdate()))
    return list(found.order_by("name", "pk").values_list("pk", "name"))


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
    """(account id, name) of those who sit there, deputies too, by name. Nobody for outsiders."""
    if not viewer.is_internal:
        return []
    seats = Seat.objects.filter(committee_id=committee_id, account__is_active=True)
    return list(seats.order_by("account__name", "account_id").values_list("account_id", "account__name"))


def _living(today: date) -> Q:
    """Like `rules.has_ended`, for the database."""
    return Q(ended_on=None) | Q(ended_on__gt=today)


def _line(viewer: Viewer, one: Committee, today: date, *, seats: int, deputies: int) -> CommitteeLine:
    return CommitteeLine(
        id=one.pk,
        key=one.key,
        name=one.name,
        url=committee_address(one.key),
        kind=CommitteeKind(one.kind),
        kind_label=str(COMMITTEE_KIND_LABELS[CommitteeKind(one.kind)]),
        ended_on=one.ended_on,
        has_ended=has_ended(one.ended_on, on=today),
        seats=seats if viewer.is_internal else None,
        deputies=deputies if viewer.is_internal else None,
    )


def _inside(record: Committee, seats: Sequence[SeatLine]) -> CommitteeInside:
    return CommitteeInside(
        members=tuple(one for one in seats if not one.is_deputy),
        deputies=tuple(one for one in seats if one.is_deputy),
        version=record.version,
        is_from_council_system=record.oparl_id is not None,
    )
