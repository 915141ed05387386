"""Reports from a list, for the years before Dreiklang. Reports are added and never changed by a list."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    FoundProblem,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.imports.draft import Draft, Lookup, refused
from dreiklang.core.text import german
from dreiklang.measures.models import Measure, Report, Round
from dreiklang.measures.models.labels import PHASE_LABELS, TIMELINESS_LABELS
from dreiklang.measures.rules import Phase, Timeliness, lacks_obstacle
from dreiklang.measures.services.reports import refresh_current_reports
from dreiklang.people.queries import account_names, accounts_behind

PHASES = {german(label): phase.value for phase, label in PHASE_LABELS.items()}
TIMELINESS = {german(label): timeliness.value for timeliness, label in TIMELINESS_LABELS.items()}
TEXTS = ("next_step", "obstacle", "decision_needed", "public_note", "note")


class Reports(Importer):
    """One row a report; its key is the measure with the day."""

    kind = "reports"
    title = _("Berichte")
    intro = _("Der Verlauf aus früheren Jahren. Vorhandene Berichte ändert die Liste nicht.")
    sort = 140
    fields = (
        ListField("measure", _("Maßnahme"), True, _("Nummer oder Titel"), "V-17", ("Nummer",), is_key=True),
        ListField("reported_on", _("Datum"), True, "", "14.11.2025", ("Stand vom", "Berichtsdatum")),
        ListField("phase", _("Phase"), False, _("Idee … In Nutzung; leer: unbekannt"), "Umsetzung"),
        ListField(
            "timeliness",
            _("Stand"),
            False,
            _("im Plan, verzögert, steht still; leer: unbekannt"),
            "im Plan",
        ),
        ListField("next_step", _("Nächster Schritt"), False),
        ListField("obstacle", _("Hindernis"), False),
        ListField("decision_needed", _("Entscheidung nötig"), False),
        ListField("expected_end_on", _("Neues Ende"), False, "", "30.06.2027", ("Voraussichtliches Ende",)),
        ListField("public_note", _("Notiz für die Öffentlichkeit"), False),
        ListField("note", _("Interne Notiz"), False, "", "", ("Bemerkung",)),
        ListField("released_at", _("Freigegeben am"), False, _("Erst damit wird die Notiz öffentlich")),
        ListField("by", _("Berichtet von"), False, _("E-Mail")),
        ListField("is_withdrawn", _("Zurückgezogen"), False, _("ja oder nein")),
    )
    sentences: Mapping[str, str] = {
        "unknown_measure": _("Die Maßnahme „%(value)s“ gibt es nicht."),
        "report_stays": _(
            "Diesen Bericht gibt es schon, mit anderem Inhalt. Berichte werden nicht überschrieben."
        ),
        "released_without_note": _("Freigegeben ist etwas, aber es steht keine Notiz da."),
        "stopped_without_obstacle": _(
            "Die Maßnahme steht still, aber kein Hindernis ist genannt. Der Bericht kommt trotzdem herein; bitte ergänzen Sie beim nächsten Bericht, was hindert."
        ),
        "in_the_future": _("Der Bericht ist auf einen Tag datiert, der noch nicht war."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Measures and people are looked up once."""
        known = Lookup.of(Measure.objects.order_by("pk").values_list("number", "title"))
        people = Lookup.of(account_names())
        found = [_candidate(Draft(row), known, people, options) for row in rows]
        stored = self.existing([one.key for one in found if one.key])
        return [_staying(one, stored.get(one.key)) for one in found]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Reports by "number day"."""
        numbers = {key.rpartition(" ")[0].removesuffix(" zurückgezogen") for key in keys}
        found = (
            Report.objects.filter(measure__number__in=numbers)
            .order_by("pk")
            .values(
                "measure__number",
                "reported_on",
                "phase",
                "timeliness",
                "expected_end_on",
                *TEXTS,
                "released_at",
                "by_id",
                "withdrawn_at",
            )
        )
        emails = accounts_behind({row["by_id"] for row in found if row["by_id"]})
        by_key = {
            _key(r["measure__number"], r["reported_on"].isoformat(), r["withdrawn_at"] is not None): r
            for r in found
        }
        return {key: _values(by_key[key], emails) for key in keys if key in by_key}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New reports in the order of their days; then which one is current. None is ever changed."""
        if not new:
            return
        numbers = {one.values["measure"] for one in new}
        ids = dict(Measure.objects.filter(number__in=numbers).values_list("number", "pk"))
        rounds = list(Round.objects.order_by("opens_on"))
        names = dict(account_names())
        account_of = {email: pk for pk, email in accounts_behind(None).items()}
        ordered = sorted(new, key=lambda one: (one.values["reported_on"], one.row))
        Report.objects.bulk_create(
            (_made(one.values, ids, rounds, names, account_of) for one in ordered), batch_size=1000
        )
        refresh_current_reports(measure_ids=sorted(ids.values()))


REPORTS = Reports()


def _candidate(draft: Draft, known: Lookup, people: Lookup, options: Options) -> Candidate:
    measure = draft.reference("measure", known, code="unknown_measure")
    day = draft.day("reported_on", options)
    if day and day > timezone.localdate():
        draft.note("in_the_future", "reported_on")
    draft.choice("phase", PHASES)
    draft.choice("timeliness", TIMELINESS)
    for name in TEXTS:
        draft.text(name)
    _note_missing_obstacle(draft)
    draft.day("expected_end_on", options)
    released = draft.day("released_at", options)
    if released and not draft.cell("public_note"):
        draft.note("released_without_note", "released_at")
    draft.reference("by", people, code="unknown_person", weight=Weight.WARNING)
    is_withdrawn = bool(draft.flag("is_withdrawn"))
    draft.keep_rest("note")
    key = _key(measure, day.isoformat(), is_withdrawn) if measure and day else ""
    return draft.candidate(key=key, label=key)


def _note_missing_obstacle(draft: Draft) -> None:
    """Old reports are taken as they are; that the reason is missing is said, not refused."""
    phase, timeliness = draft.values.get("phase"), draft.values.get("timeliness")
    if lacks_obstacle(
        phase=Phase(phase) if phase else None,
        timeliness=Timeliness(timeliness) if timeliness else None,
        obstacle=draft.cell("obstacle"),
    ):
        draft.note("stopped_without_obstacle", "obstacle", weight=Weight.WARNING)


def _staying(candidate: Candidate, stored: Mapping[str, Any] | None) -> Candidate:
    """Refused where the list says of a report something else than the report itself."""
    differing = [
        name for name, value in candidate.values.items() if stored is not None and stored[name] != value
    ]
    if not differing:
        return candidate
    return refused(candidate, FoundProblem("report_stays", candidate.row, differing[0]))


def _key(number: str, day: str, is_withdrawn: bool) -> str:
    return f"{number} zurückgezogen {day}" if is_withdrawn else f"{number} {day}"


def _values(row: Mapping[str, Any], emails: Mapping[int, str]) -> dict[str, Any]:
    released, expected = row["released_at"], row["expected_end_on"]
    return {
        "measure": row["measure__number"],
        "reported_on": row["reported_on"].isoformat(),
        "phase": row["phase"],
        "timeliness": row["timeliness"],
        **{name: row[name] for name in TEXTS},
        "expected_end_on": expected.isoformat() if expected else None,
        "released_at": timezone.localdate(released).isoformat() if released else None,
        "by": emails.get(row["by_id"]),
        "is_withdrawn": row["withdrawn_at"] is not None,
    }


def _made(
    values: Mapping[str, Any],
    ids: Mapping[str, int],
    rounds: Sequence[Round],
    names: Mapping[str, str],
    account_of: Mapping[str, int],
) -> Report:
    day = date.fromisoformat(values["reported_on"])
    released, expected, who = values.get("released_at"), values.get("expected_end_on"), values.get("by")
    return Report(
        measure_id=ids[values["measure"]],
        round=_round_of(day, rounds),
        reported_on=day,
        phase=values.get("phase") or "",
        timeliness=values.get("timeliness") or "",
        expected_end_on=date.fromisoformat(expected) if expected else None,
        released_at=_instant(released) if released else None,
        released_by_name="",
        by_id=account_of.get(who or ""),
        by_name=names.get(who or "", ""),
        withdrawn_at=_instant(values["reported_on"]) if values.get("is_withdrawn") else None,
        **{name: values.get(name) or "" for name in TEXTS},
    )


def _round_of(day: date, rounds: Sequence[Round]) -> Round | None:
    """The round that ran on that day, if one did."""
    return next((one for one in rounds if one.opens_on <= day <= (one.closed_on or one.due_on)), None)


def _instant(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time(12)))
