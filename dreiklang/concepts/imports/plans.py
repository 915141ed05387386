"""Formal plans with outline and procedure: from XPlanGML, GeoJSON, GeoPackage, services, or a list with WKT.

A plan that is not there yet is made. What the source does not say stays Unknown; nothing is published.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.concepts.imports.concepts import STATUS_WORDS as OWN_WORDS
from dreiklang.concepts.imports.plan_records import create, stored_values, update
from dreiklang.concepts.imports.plan_words import STATUS_WORDS, plan_type, status_by_code
from dreiklang.concepts.imports.steps import read_steps, step_fields
from dreiklang.concepts.models import Concept
from dreiklang.concepts.rules import ConceptKind, ConceptStatus, ProcedureStep, Step, status_by_steps
from dreiklang.core import text
from dreiklang.core.enums import Weight
from dreiklang.core.geodata.layer import GEOMETRY
from dreiklang.core.geodata.read import PLACE_ENDINGS, read_places
from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    Importer,
    ListField,
    MappedRow,
    OptionField,
    Options,
)
from dreiklang.core.imports.draft import Draft
from dreiklang.core.imports.lookup import plain
from dreiklang.core.imports.place_options import SRID_OPTION, SWAP_OPTION
from dreiklang.core.imports.placing import PLACE_ALIASES, read_place, shown_place, without_place
from dreiklang.core.shapes import AREAS
from dreiklang.core.tables import Limits, Table
from dreiklang.core.values import Unknown
from dreiklang.people.rules import SYSTEM
from dreiklang.places.queries.features import area_extent

_WORDS = {plain(word): status for word, status in {**OWN_WORDS, **STATUS_WORDS}.items()}
_STEPS = frozenset(one.value for one in ProcedureStep)
# Which of the concept's own days follows from which step, where the list has no column for it.
_DAYS = {
    "valid_from": ProcedureStep.IN_FORCE,
    "valid_to": ProcedureStep.EXPIRED,
    "resolution_on": ProcedureStep.RESOLVED,
}


class Plans(Importer):
    """One feature or row a plan."""

    kind = "plans"
    title = _("Förmliche Pläne")
    intro = _(
        "Bebauungspläne, Flächennutzungsplan, Satzungen: Umriss, Nummer und Verfahren, zum Beispiel aus XPlanGML."
    )
    sort = 95
    row_word = _("Plan")
    endings = PLACE_ENDINGS
    reads_services = True
    fields = (
        ListField(
            "number", _("Nummer"), True, "", "156", ("nummer", "Plannummer", "Nr", "Kennung"), is_key=True
        ),
        ListField(
            "title", _("Titel"), True, "", "Am Anger", ("name", "Bezeichnung", "Planname"), is_key=True
        ),
        ListField("feature_type", _("Objektart"), False, _("BP_Plan, FP_Plan …"), "", ("featuretype",)),
        ListField(
            "plan_type",
            _("Planart"),
            False,
            _("Wort oder Schlüssel aus XPlanung"),
            "Bebauungsplan",
            ("planArt",),
        ),
        ListField(
            "status",
            _("Stand"),
            False,
            _("Wort oder Rechtsstand aus XPlanung"),
            "in Kraft",
            ("rechtsstand", "Status", "Verfahrensstand"),
        ),
        *step_fields(),
        ListField("valid_from", _("Gültig ab"), False, _("Ohne Spalte: der Tag des Inkrafttretens")),
        ListField("valid_to", _("Gültig bis"), False, _("Ohne Spalte: der Tag vor „Außer Kraft“")),
        ListField(
            "resolution_on", _("Beschlossen am"), False, _("Ohne Spalte: der Satzungs- oder Planbeschluss")
        ),
        ListField("note", _("Interne Bemerkung"), False, "", "", ("beschreibung", "kommentar", "Bemerkung")),
        ListField(GEOMETRY, _("Geltungsbereich"), False, _("GeoJSON oder WKT"), "", PLACE_ALIASES),
    )
    option_fields = (
        OptionField(
            "prefix",
            _("Vor die Nummer setzen"),
            _("Mit BP wird aus 156 die Nummer BP 156, mit B- die Nummer B-156."),
        ),
        SRID_OPTION,
        SWAP_OPTION,
    )
    sentences: Mapping[str, str] = {
        "number_missing": _(
            "Der Plan nennt keine Nummer. Ordnen Sie bei „Nummer“ eine andere Spalte zu, zum Beispiel „name“, oder ergänzen Sie sie in der Quelle."
        ),
        "is_no_plan": _(
            "Unter dieser Nummer steht ein Fachkonzept („%(value)s“). Setzen Sie unter „Anders lesen“ etwas vor die Nummer (--prefix)."
        ),
        "status_unknown": _(
            "Die Quelle sagt nicht, wie weit der Plan ist. Der Stand bleibt „nicht angegeben“."
        ),
        "status_by_steps": _("Die Quelle nennt keinen Stand. Aus den Daten des Verfahrens folgt: %(value)s."),
        "status_code": _("„%(value)s“ ist kein bekannter Stand und zählt nicht."),
        "not_an_area": _(
            "Der Geltungsbereich ist keine Fläche (%(value)s). Erwartet wird Polygon oder MultiPolygon."
        ),
    }

    def read(
        self, source: bytes | Path, *, file_name: str, options: Options, limits: Limits, **place: Any
    ) -> tuple[Table, Mapping[str, Any]]:
        """One row a plan. Raises: CannotRead."""
        return read_places(source, file_name=file_name, options=options, limits=limits, **place)

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Matched by number, or by title where the source has none."""
        drafts = [Draft(row) for row in rows]
        known = _Known(drafts, str(options.special.get("prefix") or ""))
        today = timezone.localdate()
        return [_candidate(draft, known, options, today) for draft in drafts]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Plans by number with their steps and outline."""
        return stored_values(keys)

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New plans, internal until somebody publishes them, then what changed."""
        create({one.key: one.values for one in new})
        update({row.candidate.key: row.after for row in changed})

    def shown(self, name: str, value: Any) -> Any:
        """An outline as its area; days as people write them."""
        if name == GEOMETRY:
            return shown_place(value)
        if name in _STEPS and isinstance(value, list):
            return [
                " – ".join(text.day(date.fromisoformat(part)) for part in days.split("/")) for days in value
            ]
        return value


class _Known:
    """The concepts there are: by number, and by title where only one has it."""

    def __init__(self, drafts: Sequence[Draft], prefix: str) -> None:
        # A form takes blanks at the end away: a word and a number are parted by one, a sign needs none.
        self.prefix = f"{prefix.strip()} " if prefix.strip()[-1:].isalnum() else prefix.strip()
        self.around = area_extent(SYSTEM).bounds
        rows = Concept.objects.order_by("pk").values_list("number", "title", "kind")
        self.kinds = {number: (kind, title) for number, title, kind in rows}
        titles = [(plain(title), number) for number, title, kind in rows if kind == ConceptKind.FORMAL_PLAN]
        count = Counter(name for name, _ in titles)
        self.titles = {name: number for name, number in titles if count[name] == 1}

    def number(self, draft: Draft, title: str) -> str:
        """The number under which the plan is kept; empty if it has none."""
        said = draft.cell("number")
        return f"{self.prefix}{said}" if said else self.titles.get(plain(title), "")


PLANS = Plans()


def _candidate(draft: Draft, known: _Known, options: Options, today: date) -> Candidate:
    title = draft.text("title", longest=300)
    number = known.number(draft, title)
    _note_number(draft, number, known)
    feature_type = draft.cell("feature_type")
    if draft.has("plan_type") or feature_type:
        draft.set("plan_type", plan_type(feature_type, draft.cell("plan_type"))[:80])
    steps = read_steps(draft, options)
    _set_status(draft, feature_type, steps, today, is_new=number not in known.kinds)
    _set_days(draft, steps, options)
    draft.text("note")
    read_place(draft, GEOMETRY, options, kinds=AREAS, around=known.around)
    return without_place(draft.candidate(key=number, label=f"{number} {title}".strip()), GEOMETRY)


def _note_number(draft: Draft, number: str, known: _Known) -> None:
    kind, title = known.kinds.get(number, ("", ""))
    if not number:
        draft.note("number_missing", "number")
    elif len(number) > 60:
        draft.note("too_long", "number")
    elif kind and kind != ConceptKind.FORMAL_PLAN:
        draft.note("is_no_plan", "number", title)
    draft.set("number", number)


def _set_status(draft: Draft, feature_type: str, steps: list[Step], today: date, *, is_new: bool) -> None:
    """As the source says, else as the steps say, else Unknown; a stored status is not lost to Unknown."""
    said = draft.cell("status")
    status = status_by_code(feature_type, said) or _WORDS.get(plain(said))
    if status is not None:
        draft.set("status", str(status))
        return
    if said:
        draft.note("status_code", "status", weight=Weight.WARNING)
    found = status_by_steps(steps, today=today)
    if not isinstance(found, Unknown):
        draft.set("status", found.value)
        draft.note("status_by_steps", "status", _label(found), weight=Weight.WARNING)
    elif is_new:
        draft.set("status", ConceptStatus.UNKNOWN.value)
        draft.note("status_unknown", "status", "", weight=Weight.WARNING)


def _label(status: ConceptStatus) -> str:
    return next((word for word, value in OWN_WORDS.items() if value == status), status.value)


def _set_days(draft: Draft, steps: list[Step], options: Options) -> None:
    """Validity and resolution, by their columns or as the steps say."""
    latest = {one.step: one.on for one in sorted(steps, key=lambda one: one.on)}
    days: dict[str, date | None] = {}
    for name, step in _DAYS.items():
        if draft.has(name):
            days[name] = draft.day(name, options)
        elif draft.has(step.value):
            day = latest.get(step)
            if day and step is ProcedureStep.EXPIRED:
                day -= timedelta(days=1)
            days[name] = day
            draft.set(name, day.isoformat() if day else None)
    begin, end = days.get("valid_from"), days.get("valid_to")
    if begin and end and end < begin:
        draft.note("ends_before_start", "valid_to", end.isoformat())
