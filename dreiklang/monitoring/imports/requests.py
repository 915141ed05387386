"""Data requests from a list: one row each.

Columns (a * is needed): Frage* · Welche Werte* · Wozu · Amt* · Frist* · Gefragt am · Wie (Datei, eingetragen, Dienst) ·
Räumliche Ebene · Rhythmus · Einheit · Indikator (short name) · Zuständig (e-mail) · Antwort · Beantwortet am

A row with "Beantwortet am" is answered; what became of it later is said on the page.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Weight
from dreiklang.core.imports.contract import Candidate, ListField, MappedRow, Options
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.monitoring.imports.kept_lists import KeptList
from dreiklang.monitoring.models import DataRequest, Indicator
from dreiklang.monitoring.rules.requests import RequestState, RequestWay
from dreiklang.people.queries import account_ids, account_names, department_ids, department_names
from dreiklang.people.rules import SYSTEM
from dreiklang.places.queries import levels

WAYS = {
    "Datei": RequestWay.UPLOAD.value,
    "Liste": RequestWay.UPLOAD.value,
    "eingetragen": RequestWay.TYPED.value,
    "Dienst": RequestWay.SERVICE.value,
}
TEXTS = {"values_words": None, "reason": None, "rhythm": 40, "unit": 40, "answer": None}


def _indicator_ids(keys: Collection[str]) -> dict[str, int]:
    return dict(Indicator.objects.filter(key__in=keys).values_list("key", "pk"))


def _level_ids(keys: Collection[str]) -> dict[str, int]:
    return {one.key: one.pk for one in levels(SYSTEM) if one.key in keys}


class DataRequests(KeptList):
    """One row a request; its key is the question."""

    kind = "data-requests"
    title = _("Datenanforderungen")
    intro = _("Welche Werte fehlen, wer sie bringt und bis wann.")
    sort = 360
    fields = (
        ListField("question", _("Frage"), True, "", "Wie viele Wohnungen stehen leer?", is_key=True),
        ListField("values_words", _("Welche Werte"), True, "", "Leer stehende Wohnungen je Stadtteil"),
        ListField("reason", _("Wozu"), False),
        ListField("department", _("Amt"), True, _("Kurzname oder Name"), "61"),
        ListField("due_on", _("Frist"), True, "", "31.01.2027"),
        ListField("asked_on", _("Gefragt am"), False, "", "01.11.2026"),
        ListField("way", _("Wie"), False, _("Datei, eingetragen oder Dienst"), "Datei"),
        ListField("level", _("Räumliche Ebene"), False, "", "Stadtteile", ("Ebene",)),
        ListField("rhythm", _("Rhythmus"), False, "", "jährlich"),
        ListField("unit", _("Einheit"), False, "", "Wohnungen"),
        ListField("indicator", _("Indikator"), False, _("Kurzname")),
        ListField("responsible", _("Zuständig"), False, _("E-Mail")),
        ListField("answer", _("Antwort"), False),
        ListField("answered_on", _("Beantwortet am"), False),
    )
    sentences: Mapping[str, str] = {
        "unknown_level": _("Eine räumliche Ebene „%(value)s“ gibt es nicht."),
        "unknown_indicator": _("Einen Indikator „%(value)s“ gibt es nicht."),
    }
    plain = ("question", "way", *TEXTS)
    days = ("due_on", "asked_on", "answered_on")
    references = {
        "department": (lambda one: one.key, department_ids),
        "level": (lambda one: one.key, _level_ids),
        "indicator": (lambda one: one.key, _indicator_ids),
        "responsible": (lambda one: one.email, account_ids),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Departments, levels and indicators must be known; a person who is not is left out with a warning."""
        known = {
            "department": (Lookup.of(department_names()), "unknown_department", Weight.ERROR),
            "level": (_levels(), "unknown_level", Weight.ERROR),
            "indicator": (_indicators(), "unknown_indicator", Weight.ERROR),
            "responsible": (Lookup.of(account_names()), "unknown_person", Weight.WARNING),
        }
        return [_candidate(Draft(row), known, options) for row in rows]

    def stored(self, keys: Sequence[str]) -> Mapping[str, DataRequest]:
        """Requests by their question."""
        rows = DataRequest.objects.filter(question__in=keys).order_by("-pk")
        related = rows.select_related("department", "level", "indicator", "responsible")
        return {one.question: one for one in related.defer("indicator__search")}

    def fresh(self, key: str, values: Mapping[str, Any]) -> DataRequest:
        return DataRequest(question=key, asked_on=timezone.localdate())

    def link(self, record: DataRequest, values: Mapping[str, Any]) -> None:
        if record.answered_on and record.state == RequestState.OPEN:
            record.state = RequestState.ANSWERED
            record.save(update_fields=["state"])


DATA_REQUESTS = DataRequests()


def _levels() -> Lookup:
    return Lookup.of((one.key, one.plural) for one in levels(SYSTEM))


def _indicators() -> Lookup:
    return Lookup.of(Indicator.objects.order_by("pk").values_list("key", "name"))


def _candidate(draft: Draft, known: Mapping[str, tuple[Lookup, str, Weight]], options: Options) -> Candidate:
    question = draft.text("question", longest=300)
    for name, longest in TEXTS.items():
        draft.text(name, longest=longest)
    draft.choice("way", WAYS, empty=RequestWay.UPLOAD.value)
    for name in DataRequests.days:
        draft.day(name, options)
    for name in ("asked_on", "answered_on"):
        # An empty cell says nothing: what was asked and answered stays so.
        if draft.values.get(name, "") is None:
            del draft.values[name]
    for name, (lookup, code, weight) in known.items():
        draft.reference(name, lookup, code=code, weight=weight)
    return draft.candidate(key=question)
