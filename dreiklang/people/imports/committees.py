"""Committees of the council from a list: key, name, kind, and who sits there."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.imports.draft import Draft
from dreiklang.core.text import german
from dreiklang.people.models import COMMITTEE_KIND_LABELS, Account, Committee, Seat
from dreiklang.people.rules import CommitteeKind

KIND_WORDS: dict[str, str] = {
    **{german(label): kind.value for kind, label in COMMITTEE_KIND_LABELS.items()},
    **{kind.value: kind.value for kind in CommitteeKind},
    "Gemeinderat": CommitteeKind.COUNCIL.value,
    "Stadtrat": CommitteeKind.COUNCIL.value,
    "Stadtverordnetenversammlung": CommitteeKind.COUNCIL.value,
    "Rat": CommitteeKind.COUNCIL.value,
    "Beschließender Ausschuss": CommitteeKind.DECIDING.value,
    "Beratender Ausschuss": CommitteeKind.ADVISORY.value,
    "Ausschuss": CommitteeKind.ADVISORY.value,
    "Ortschaftsrat": CommitteeKind.LOCAL_COUNCIL.value,
    "Ortsbeirat": CommitteeKind.LOCAL_COUNCIL.value,
    "Bezirksbeirat": CommitteeKind.LOCAL_COUNCIL.value,
}
PLAIN = ("name", "kind")
SEATS = {"members": False, "deputies": True}  # column → whether only as a deputy


class Committees(Importer):
    """Kürzel and name; who sits there by the addresses of accounts that exist."""

    kind = "committees"
    title = _("Gremien")
    intro = _("Rat, Ausschüsse und Ortschaftsräte.")
    sort = 30
    fields = (
        ListField("key", _("Kürzel"), True, _("Bleibt und steht in Listen"), "GR", ("Nummer",), is_key=True),
        ListField("name", _("Name"), True, "", "Gemeinderat", ("Gremium", "Bezeichnung")),
        ListField(
            "kind",
            _("Art"),
            False,
            _("Rat, beschließend, beratend, Ortschaftsrat oder Sonstige"),
            "Gemeinderat",
            ("Typ",),
        ),
        ListField("ended_on", _("Besteht bis"), False, _("Leer, solange es tagt"), "", ("Aufgelöst am",)),
        ListField(
            "members",
            _("Mitglieder"),
            False,
            _("E-Mails von Konten, durch Komma getrennt; nur so öffnet jemand „Meine nächste Sitzung“"),
            "",
            ("Sitze",),
            is_multiple=True,
        ),
        ListField(
            "deputies",
            _("Stellvertretungen"),
            False,
            _("Wer nur vertritt: E-Mails von Konten, durch Komma getrennt"),
            "",
            ("Stellvertretende Mitglieder",),
            is_multiple=True,
        ),
    )
    sentences: Mapping[str, str] = {
        "unknown_account": _("Ein Konto mit der E-Mail „%(value)s“ gibt es nicht; der Sitz fehlt."),
        "both": _("„%(value)s“ steht als Mitglied und als Stellvertretung da; es gilt: Mitglied."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Addresses of accounts are looked up once; an unknown one keeps no committee out."""
        known = {mail.casefold(): mail for mail in Account.objects.values_list("email", flat=True)}
        return [_candidate(Draft(row), known, options) for row in rows]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Committees by key."""
        seats: dict[tuple[int, bool], list[str]] = {}
        found = list(Committee.objects.filter(key__in=keys))
        for committee, is_deputy, mail in Seat.objects.filter(committee__in=found).values_list(
            "committee_id", "is_deputy", "account__email"
        ):
            seats.setdefault((committee, is_deputy), []).append(mail)
        return {
            one.key: {
                "key": one.key,
                "name": one.name,
                "kind": one.kind,
                "ended_on": one.ended_on.isoformat() if one.ended_on else None,
                **{name: sorted(seats.get((one.pk, is_deputy), [])) for name, is_deputy in SEATS.items()},
            }
            for one in found
        }

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New committees, then what changed; seats follow the list where it names them."""
        given = {one.key: dict(one.values) for one in new} | {row.candidate.key: row.after for row in changed}
        fresh = [Committee(key=one.key) for one in new]
        for committee in fresh:
            _apply(committee, given[committee.key])
        Committee.objects.bulk_create(fresh)
        stored = {
            one.key: one for one in Committee.objects.filter(key__in=[row.candidate.key for row in changed])
        }
        for key, committee in stored.items():
            _apply(committee, given[key])
            committee.version += 1
            committee.changed_at = timezone.now()
        Committee.objects.bulk_update(stored.values(), [*PLAIN, "ended_on", "version", "changed_at"])
        for committee in [*fresh, *stored.values()]:
            _seat(committee, given[committee.key])


COMMITTEES = Committees()


def _candidate(draft: Draft, known: Mapping[str, str], options: Options) -> Candidate:
    key = draft.text("key", longest=40)
    name = draft.text("name", longest=300)
    draft.choice("kind", KIND_WORDS, empty=CommitteeKind.OTHER.value)
    draft.day("ended_on", options)
    _read_members(draft, known)
    return draft.candidate(key=key, label=f"{key} {name}".strip())


def _read_members(draft: Draft, known: Mapping[str, str]) -> None:
    """Known accounts take their seats; others are named as a warning. Nobody sits there twice."""
    taken: set[str] = set()
    for column in SEATS:
        if not draft.has(column):
            continue
        asked = [one.strip() for one in draft.cell(column).replace(";", ",").split(",") if one.strip()]
        for one in asked:
            if one.casefold() not in known:
                draft.note("unknown_account", column, one, weight=Weight.WARNING)
            elif known[one.casefold()] in taken:
                draft.note("both", column, one, weight=Weight.WARNING)
        found = {known[one.casefold()] for one in asked if one.casefold() in known} - taken
        draft.set(column, sorted(found))
        taken |= found


def _apply(committee: Committee, given: Mapping[str, Any]) -> None:
    for name in PLAIN:
        if name in given:
            setattr(committee, name, given[name])
    if "ended_on" in given:
        committee.ended_on = date.fromisoformat(given["ended_on"]) if given["ended_on"] else None


def _seat(committee: Committee, given: Mapping[str, Any]) -> None:
    """The seats of the columns that the list has; a column it lacks leaves its seats alone."""
    named = {column: is_deputy for column, is_deputy in SEATS.items() if column in given}
    # Members last: whoever a list makes a member is no longer a deputy.
    mails = {mail: is_deputy for column, is_deputy in reversed(named.items()) for mail in given[column]}
    accounts = dict(Account.objects.filter(email__in=mails).values_list("pk", "email"))
    seats = Seat.objects.filter(committee=committee)
    seats.filter(is_deputy__in=named.values()).exclude(account__in=accounts).delete()
    there = {seat.account_id: seat for seat in seats}
    for account, mail in accounts.items():
        seat = there.get(account, Seat(committee=committee, account_id=account))
        if seat.pk is None or seat.is_deputy != mails[mail]:
            seat.is_deputy = mails[mail]
            seat.save()
