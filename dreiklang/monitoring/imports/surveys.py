"""Surveys and studies from a list: one row each.

Columns (a * is needed): Kurzname* · Titel* · Art (Umfrage, Studie) · Im Auftrag von · Durchgeführt von ·
Grundgesamtheit · Angefragt · Geantwortet · Wie gefragt · Von · Bis* · Gebiet · In kurzen Worten · Adresse · Lizenz ·
Quellenangabe · Amt · Verbergen unter · Öffentlich (ja, nein)
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.imports.contract import Candidate, ListField, MappedRow, Options
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.monitoring.imports.kept_lists import MOST_IN_ORDER, KeptList, read_count, read_visibility
from dreiklang.monitoring.models import Survey
from dreiklang.monitoring.rules.surveys import SurveyKind, SurveyMode
from dreiklang.monitoring.services.checking import is_plain_key
from dreiklang.people.queries import department_ids, department_names
from dreiklang.places.queries import area_ids, area_label, area_lookup

KINDS = {"Umfrage": SurveyKind.SURVEY.value, "Studie": SurveyKind.STUDY.value}
MODES = {
    "schriftlich": SurveyMode.PAPER.value,
    "Papier": SurveyMode.PAPER.value,
    "online": SurveyMode.ONLINE.value,
    "schriftlich und online": SurveyMode.MIXED.value,
    "gemischt": SurveyMode.MIXED.value,
    "am Telefon": SurveyMode.PHONE.value,
    "telefonisch": SurveyMode.PHONE.value,
    "im Gespräch": SurveyMode.FACE.value,
    "persönlich": SurveyMode.FACE.value,
    "Auswertung vorhandener Daten": SurveyMode.DESK.value,
}
TEXTS = {
    "commissioner": 200,
    "contractor": 200,
    "population": None,
    "summary": None,
    "url": 500,
    "licence": 300,
    "attribution": 300,
}


class Surveys(KeptList):
    """One row a survey or study; its key is the short name."""

    kind = "surveys"
    title = _("Umfragen und Studien")
    intro = _("Wer wurde wie wozu gefragt? Fragen, Ergebnisse und Kernaussagen kommen aus eigenen Listen.")
    sort = 300
    fields = (
        ListField("key", _("Kurzname"), True, _("klein, ohne Leerzeichen"), "umfrage-2024", is_key=True),
        ListField("title", _("Titel"), True, "", "Bürgerumfrage 2024"),
        ListField("kind", _("Art"), False, _("Umfrage oder Studie"), "Umfrage"),
        ListField("commissioner", _("Im Auftrag von"), False, "", "", ("Auftraggeber", "Auftraggeberin")),
        ListField("contractor", _("Durchgeführt von"), False),
        ListField("population", _("Grundgesamtheit"), False, "", "Einwohner ab 18 Jahren"),
        ListField("sample_size", _("Angefragt"), False, "", "6000", ("Stichprobe", "Angeschrieben")),
        ListField("response_count", _("Geantwortet"), False, "", "2134", ("Rücklauf",)),
        ListField("mode", _("Wie gefragt"), False, "", "schriftlich und online", ("Erhebungsform",)),
        ListField("starts_on", _("Von"), False, "", "01.04.2024", ("Beginn",)),
        ListField("ends_on", _("Bis"), True, "", "31.05.2024", ("Ende",)),
        ListField("area", _("Gebiet"), False, _("leer: die ganze Stadt")),
        ListField("summary", _("In kurzen Worten"), False, "", "", ("Zusammenfassung",)),
        ListField("url", _("Adresse"), False),
        ListField("licence", _("Lizenz"), False),
        ListField("attribution", _("Quellenangabe"), False),
        ListField("department", _("Amt"), False, _("Kurzname oder Name"), "61"),
        ListField("hide_below", _("Verbergen unter"), False, _("Zahl der Befragten"), "10", ("Schwelle",)),
        ListField("visibility", _("Öffentlich"), False, _("ja oder nein"), "ja"),
    )
    sentences: Mapping[str, str] = {
        "not_plain": _("Der Kurzname hat nur kleine Buchstaben ohne Umlaut, Ziffern und Striche."),
        "more_than_asked": _("Es haben mehr geantwortet als gefragt wurden. Bitte beide Zahlen prüfen."),
        "public_needs_department": _(
            "Öffentlich wird nur, wofür ein Amt zuständig ist. Bitte das Amt angeben."
        ),
    }
    plain = (
        "key",
        "title",
        "kind",
        "sample_size",
        "response_count",
        "mode",
        "hide_below",
        "visibility",
        *TEXTS,
    )
    days = ("starts_on", "ends_on")
    references = {
        "department": (lambda one: one.key, department_ids),
        "area": (lambda one: area_label(one.key, one.name), area_ids),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Departments and areas are looked up once."""
        offices, areas = Lookup.of(department_names()), area_lookup()
        there = {one.key: one for one in Survey.objects.select_related("department").defer("search")}
        return [_candidate(Draft(row), offices, areas, there, options) for row in rows]

    def stored(self, keys: Sequence[str]) -> Mapping[str, Survey]:
        """Surveys by short name."""
        rows = Survey.objects.filter(key__in=keys).select_related("department", "area").defer("search")
        return {one.key: one for one in rows}

    def fresh(self, key: str, values: Mapping[str, Any]) -> Survey:
        return Survey(key=key)


SURVEYS = Surveys()


def _candidate(
    draft: Draft, offices: Lookup, areas: Lookup, there: Mapping[str, Survey], options: Options
) -> Candidate:
    key = draft.text("key", longest=80)
    if key and not is_plain_key(key):
        draft.note("not_plain", "key")
    title = draft.text("title", longest=200)
    draft.choice("kind", KINDS, empty=SurveyKind.SURVEY.value)
    draft.choice("mode", MODES)
    for name, longest in TEXTS.items():
        draft.text(name, longest=longest)
    before = there.get(key)
    _read_numbers(draft, options, before)
    _read_period(draft, options, before)
    draft.reference("area", areas, code="unknown_area")
    draft.reference("department", offices, code="unknown_department")
    read_visibility(draft, "visibility")
    _check_owner(draft, before)
    return draft.candidate(key=key, label=f"{key} {title}".strip())


def _read_numbers(draft: Draft, options: Options, there: Survey | None) -> None:
    for name in ("sample_size", "response_count"):
        read_count(draft, name, options)
    read_count(draft, "hide_below", options, least=2, most=MOST_IN_ORDER)
    if draft.values.get("hide_below", 1) is None:
        del draft.values["hide_below"]
    asked, answered = _now(draft, there, "sample_size"), _now(draft, there, "response_count")
    if asked is not None and answered is not None and answered > asked:
        draft.note("more_than_asked", "response_count")


def _read_period(draft: Draft, options: Options, there: Survey | None) -> None:
    for name in ("starts_on", "ends_on"):
        draft.day(name, options)
    start, end = _now(draft, there, "starts_on"), _now(draft, there, "ends_on")
    if start and end and end < start:
        draft.note("ends_before_start", "ends_on")


def _check_owner(draft: Draft, there: Survey | None) -> None:
    before = there.department.key if there and there.department else None
    if _now(draft, there, "visibility") == "public" and draft.values.get("department", before) is None:
        draft.note("public_needs_department", "department")


def _now(draft: Draft, there: Survey | None, name: str) -> Any:
    """What the list says of a field; where it says nothing, what stands there."""
    if name in draft.values:
        return draft.values[name]
    value = getattr(there, name) if there else None
    return value.isoformat() if isinstance(value, date) else value
