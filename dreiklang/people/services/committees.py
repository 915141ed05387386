"""Committees of the council and who sits in them: by hand, by list, or as a council system knows them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext_noop as _

from dreiklang.core.errors import ChangedMeanwhile, Refused
from dreiklang.core.history import acting
from dreiklang.people.models import Account, Committee, Seat
from dreiklang.people.rules import CommitteeKind, Viewer, has_ended
from dreiklang.people.services.checks import require

EDIT = "people.edit_committee"
KEY_LENGTH = Committee._meta.get_field("key").max_length or 40
NAME_LENGTH = Committee._meta.get_field("name").max_length or 300


class CannotSaveCommittee(Refused):
    """The committee cannot be like that: committee_key_taken, name_missing, not_ended."""


class CannotSeat(Refused):
    """The account cannot sit there: seat_left, ended, twice."""


@dataclass(frozen=True)
class CommitteeDraft:
    """What a committee is called and what for."""

    key: str
    name: str
    kind: CommitteeKind
    ended_on: date | None = None


@dataclass(frozen=True)
class OutsideCommittee:
    """A committee as a council system names it, with that system's id."""

    oparl_id: str
    draft: CommitteeDraft


def create_committee(*, by: Viewer, draft: CommitteeDraft) -> Committee:
    """A new committee.

    Raises: NotAllowed; CannotSaveCommittee.
    """
    require(by, EDIT)
    committee = Committee()
    _check(committee, draft)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Gremium angelegt")):
        _fill(committee, draft)
        committee.save()
    return committee


def change_committee(*, by: Viewer, committee: Committee, draft: CommitteeDraft, version: int) -> Committee:
    """The committee as in the draft.

    Raises: NotAllowed; CannotSaveCommittee; ChangedMeanwhile if somebody saved it since that version.
    """
    require(by, EDIT, committee)
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Gremium geändert")):
        current = _current(committee, version)
        _check(current, draft)
        _fill(current, draft)
        current.version += 1
        current.save()
    return current


def end_committee(*, by: Viewer, on: date, committee: Committee) -> Committee:
    """The committee, ended on that day. Its seats stay, so that a mistake can be taken back whole.

    Raises: NotAllowed; CannotSaveCommittee if it ended before.
    """
    return _set_end(by, committee, on, reason=_("Gremium beendet"))


def reopen_committee(*, by: Viewer, committee: Committee) -> Committee:
    """The committee as it was before it ended.

    Raises: NotAllowed; CannotSaveCommittee if it has not ended.
    """
    return _set_end(by, committee, None, reason=_("Ende des Gremiums zurückgenommen"))


def seat_members(
    *,
    by: Viewer,
    on: date,
    committee: Committee,
    account_ids: Collection[int],
    deputy_ids: Collection[int] = (),
    version: int | None = None,
) -> int:
    """Exactly these accounts sit in the committee, as members or as deputies; the number of seats that changed.

    Raises: NotAllowed; CannotSeat if one of them has left or is named as both, or the committee has ended;
    ChangedMeanwhile if somebody saved it since that version.
    """
    require(by, EDIT, committee)
    wanted = dict.fromkeys(account_ids, False) | dict.fromkeys(deputy_ids, True)
    _check_seats(committee, wanted, on, is_doubled=len(wanted) < len(set(account_ids)) + len(set(deputy_ids)))
    with acting(by_id=by.account_id, by_name=by.name, reason=_("Sitze geändert")):
        current = _current(committee, version)
        seats = {seat.account_id: seat for seat in Seat.objects.filter(committee=current)}
        gone = [seat.pk for account, seat in seats.items() if account not in wanted]
        moved = [
            seat for account, seat in seats.items() if wanted.get(account, seat.is_deputy) != seat.is_deputy
        ]
        fresh = [
            Seat(committee=current, account_id=account, is_deputy=is_deputy)
            for account, is_deputy in sorted(wanted.items())
            if account not in seats
        ]
        Seat.objects.filter(pk__in=gone).delete()
        Seat.objects.filter(pk__in=[seat.pk for seat in moved]).update(is_deputy=~F("is_deputy"))
        Seat.objects.bulk_create(fresh)
        changed = len(gone) + len(moved) + len(fresh)
        if changed:
            current.version += 1
            current.save(update_fields=["version", "changed_at"])
    return changed


def take_over_committees(*, by: Viewer, outside: Sequence[OutsideCommittee]) -> dict[str, int]:
    """Oparl id → id of our committee, in the caller's transaction (an import, with its own history).

    Known ones are left as they are; one of the same name that came from nowhere yet is taken for it;
    the rest is created, its key made unique.
    Raises: NotAllowed.
    """
    require(by, EDIT)
    wanted = {one.oparl_id: one.draft for one in outside}
    rows = Committee.objects.filter(oparl_id__in=wanted).values_list("oparl_id", "pk")
    found = {str(oparl_id): pk for oparl_id, pk in rows}
    missing = {oparl_id: draft for oparl_id, draft in wanted.items() if oparl_id not in found}
    if not missing:
        return found
    own = {one.name.casefold(): one for one in Committee.objects.filter(oparl_id=None).order_by("-pk")}
    keys = {key.casefold() for key in Committee.objects.values_list("key", flat=True)}
    for oparl_id, draft in missing.items():
        committee = own.pop(draft.name.casefold(), None)
        if committee is None:
            committee = Committee()
            _fill(committee, draft)
            committee.key = _free_key(draft, keys)
        committee.oparl_id = oparl_id
        committee.save()
        found[oparl_id] = committee.pk
    return found


def change_outside_committee(*, by: Viewer, oparl_id: str, changes: dict[str, object]) -> bool:
    """Whether the committee of that id took over changes of `name`, `kind` or `ended_on`, without a new key.

    In the caller's transaction. Raises: NotAllowed.
    """
    require(by, EDIT)
    kept = {name: value for name, value in changes.items() if name in {"name", "kind", "ended_on"}}
    if not kept:
        return False
    rows = Committee.objects.filter(oparl_id=oparl_id)
    return bool(rows.update(**kept, version=F("version") + 1, changed_at=now()))


def _current(committee: Committee, version: int | None) -> Committee:
    """The committee as it stands now, held until the end of the transaction."""
    current = Committee.objects.select_for_update().get(pk=committee.pk)
    if version is not None and current.version != version:
        raise ChangedMeanwhile(current, version=current.version)
    return current


def _set_end(by: Viewer, committee: Committee, on: date | None, *, reason: str) -> Committee:
    require(by, EDIT, committee)
    with acting(by_id=by.account_id, by_name=by.name, reason=reason):
        current = _current(committee, None)
        if on is None and current.ended_on is None:
            raise CannotSaveCommittee("not_ended", name=current.name)
        if on is not None and has_ended(current.ended_on, on=on):
            raise CannotSaveCommittee("ended", name=current.name)
        current.ended_on = on
        current.version += 1
        current.save(update_fields=["ended_on", "version", "changed_at"])
    return current


def _check_seats(committee: Committee, wanted: Mapping[int, bool], on: date, *, is_doubled: bool) -> None:
    if wanted and has_ended(committee.ended_on, on=on):
        raise CannotSeat("ended", name=committee.name)
    if is_doubled:
        raise CannotSeat("twice")
    gone = Account.objects.filter(pk__in=wanted, is_active=False).order_by("pk").first()
    if gone is not None:
        raise CannotSeat("seat_left", name=gone.name)


def _check(committee: Committee, draft: CommitteeDraft) -> None:
    if not draft.name.strip() or not draft.key.strip():
        raise CannotSaveCommittee("name_missing")
    if Committee.objects.filter(key__iexact=draft.key).exclude(Q(pk=committee.pk)).exists():
        raise CannotSaveCommittee("committee_key_taken", key=draft.key)


def _fill(committee: Committee, draft: CommitteeDraft) -> None:
    committee.key = draft.key
    committee.name = draft.name[:NAME_LENGTH]
    committee.kind = draft.kind
    committee.ended_on = draft.ended_on


def _free_key(draft: CommitteeDraft, taken: set[str]) -> str:
    """The draft's key, or its name as a key, with a number if somebody has it already."""
    wanted = (slugify(draft.key) or slugify(draft.name) or "gremium")[: KEY_LENGTH - 5].strip("-")
    key, number = wanted, 1
    while key.casefold() in taken:
        number += 1
        key = f"{wanted}-{number}"
    taken.add(key.casefold())
    return key
