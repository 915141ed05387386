"""Results of surveys from a list: one row for each answer of each group in each place.

Columns (a * is needed): Umfrage* · Frage* (its number) · Gebiet (empty: everybody) · Gruppe ("Alter: 18 bis 29"; empty:
everybody) · Antwort (empty for a mean) · Befragte (how many of this group and place answered the question; needed for groups
and places) · Anteil in Prozent · Mittelwert

Groups below the threshold of their survey are hidden while they are read: neither the number nor the share is kept. All
results of a question come in one list, so that nothing can be reckoned from what is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop as _

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
from dreiklang.core.values import Unknown
from dreiklang.monitoring.imports import cells
from dreiklang.monitoring.imports.kept_lists import read_count
from dreiklang.monitoring.imports.survey_questions import UNKNOWN_SURVEY, question_key, survey_lookup
from dreiklang.monitoring.models import Question, Survey, SurveyResult
from dreiklang.monitoring.rules.surveys import Asked, hidden_groups
from dreiklang.places.queries import area_ids, area_label, area_lookup

FIGURES = ("asked_count", "share", "mean")
WRITTEN = (*FIGURES, "is_hidden")
_SHARE, _MEAN = Decimal("0.000001"), Decimal("0.0001")
_BATCH = 1_000


class SurveyResults(Importer):
    """One row a result; its key is question, place, group and answer."""

    kind = "survey-results"
    title = _("Ergebnisse der Umfragen")
    intro = _(
        "Anteile je Antwort, nach Gruppe und Gebiet. Was unter der Schwelle liegt, wird nicht gespeichert."
    )
    sort = 320
    fields = (
        ListField("survey", _("Umfrage"), True, _("Kurzname oder Titel"), "umfrage-2024", is_key=True),
        ListField("question", _("Frage"), True, _("Nummer"), "7", ("Nummer",), is_key=True),
        ListField("area", _("Gebiet"), False, _("leer: alle"), "Nordend", ("Stadtteil",), is_key=True),
        ListField("group", _("Gruppe"), False, _("leer: alle"), "Alter: 18 bis 29", is_key=True),
        ListField("answer", _("Antwort"), False, _("leer beim Mittelwert"), "sehr gern", is_key=True),
        ListField("asked_count", _("Befragte"), False, _("die geantwortet haben"), "212", ("n", "Anzahl")),
        ListField("share", _("Anteil in Prozent"), False, "", "41,5", ("Anteil", "Prozent")),
        ListField("mean", _("Mittelwert"), False, "", "2,3"),
    )
    sentences: Mapping[str, str] = {
        "unknown_survey": UNKNOWN_SURVEY,
        "unknown_question": _(
            "Eine Frage %(value)s hat diese Umfrage nicht. Bitte zuerst die Fragen einlesen."
        ),
        "count_missing": _("Bei Gruppen und Gebieten muss die Zahl der Befragten stehen."),
        "count_differs": _("In einer Zeile davor hat dieselbe Gruppe %(value)s Befragte. Bitte berichtigen."),
        "nothing_said": _("Weder Anteil noch Mittelwert. Bitte eines von beiden angeben."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Understood row by row, then hidden question by question."""
        surveys, areas = survey_lookup(), area_lookup()
        questions = set(Question.objects.values_list("survey__key", "number"))
        counts: dict[tuple[str, str, str], int] = {}
        read = [_candidate(Draft(row), surveys, areas, questions, counts, options) for row in rows]
        hidden = _hidden(read)
        return [_checked(_emptied(one) if _group_of(one) in hidden else one) for one in read]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Results by "survey · question · place · group · answer"."""
        return {key: _values(one) for key, one in _stored(keys).items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """Many at once: the new ones, then what changed."""
        questions = _questions({one.values["survey"] for one in new})
        areas = area_ids({one.values["area"] for one in new if one.values.get("area")})
        fresh = []
        for one in new:
            given = one.values
            result = SurveyResult(
                question=questions[given["survey"], given["question"]],
                area_id=areas[given["area"]] if given.get("area") else None,
                group=given.get("group", ""),
                answer=given.get("answer", ""),
            )
            _apply(result, given)
            fresh.append(result)
        SurveyResult.objects.bulk_create(fresh, batch_size=_BATCH)
        stored = _stored([row.candidate.key for row in changed])
        for row in changed:
            _apply(stored[row.candidate.key], row.after)
        SurveyResult.objects.bulk_update(stored.values(), list(WRITTEN), batch_size=_BATCH)


SURVEY_RESULTS = SurveyResults()


def _candidate(
    draft: Draft,
    surveys: Lookup,
    areas: Lookup,
    questions: set[tuple[str, str]],
    counts: dict[tuple[str, str, str], int],
    options: Options,
) -> Candidate:
    survey = draft.reference("survey", surveys, code="unknown_survey")
    number = draft.text("question", longest=20)
    if survey and number and (survey, number) not in questions:
        draft.note("unknown_question", "question")
    area = draft.reference("area", areas, code="unknown_area")
    group = draft.text("group", longest=120)
    answer = draft.text("answer", longest=200)
    count = read_count(draft, "asked_count", options)
    _read_share(draft, options)
    mean = cells.number(draft, "mean", options, before_comma=8)
    draft.set("mean", None if mean is None else str(mean.quantize(_MEAN)))
    where = question_key(survey or "", number), area or "", group
    if count is None and (area or group):
        draft.note("count_missing", "asked_count")
    elif count is not None and counts.setdefault(where, count) != count:
        draft.note("count_differs", "asked_count", str(counts[where]))
    draft.set("is_hidden", False)
    key = " · ".join([*where, answer]) if survey and number else ""
    return draft.candidate(key=key, label=key)


def _read_share(draft: Draft, options: Options) -> None:
    percent = cells.number(draft, "share", options)
    if percent is not None and not 0 <= percent <= 100:
        draft.note("not_a_share", "share")
        percent = None
    draft.set("share", None if percent is None else str((percent / 100).quantize(_SHARE)))


def _group_of(one: Candidate) -> tuple[str, str, str, str]:
    given = one.values
    return (
        given.get("survey") or "",
        given.get("question", ""),
        given.get("area") or "",
        given.get("group", ""),
    )


def _hidden(read: Sequence[Candidate]) -> set[tuple[str, str, str, str]]:
    """The groups of the list that may not be shown, question by question."""
    below = dict(Survey.objects.values_list("key", "hide_below"))
    asked: dict[tuple[str, str], dict[tuple[str, str], Asked]] = {}
    for one in read:
        survey, question, area, group = _group_of(one)
        count = one.values.get("asked_count")
        known = Unknown("not_delivered") if count is None else count
        if survey in below:
            asked.setdefault((survey, question), {})[area, group] = Asked(area, group, known)
    return {
        (survey, question, place, group)
        for (survey, question), groups in asked.items()
        for place, group in hidden_groups(groups.values(), below=below[survey])
    }


def _emptied(one: Candidate) -> Candidate:
    """The row without its figures: they are not kept, not even as the cells of the list."""
    values = {**one.values, **dict.fromkeys(FIGURES), "is_hidden": True}
    return replace(one, values=values, cells={**one.cells, **dict.fromkeys(FIGURES)})


def _checked(one: Candidate) -> Candidate:
    values = one.values
    if one.is_refused or values["is_hidden"] or values["share"] or values["mean"]:
        return one
    return refused(one, FoundProblem("nothing_said", one.row, "share"))


def _questions(surveys: set[str]) -> dict[tuple[str, str], Question]:
    rows = Question.objects.filter(survey__key__in=surveys).select_related("survey").defer("survey__search")
    return {(one.survey.key, one.number): one for one in rows}


def _stored(keys: Sequence[str]) -> dict[str, SurveyResult]:
    surveys = {key.partition(" · ")[0] for key in keys}
    rows = SurveyResult.objects.filter(question__survey__key__in=surveys)
    found = {
        _key(one): one
        for one in rows.select_related("question__survey", "area").defer("question__survey__search")
    }
    return {key: found[key] for key in keys if key in found}


def _key(one: SurveyResult) -> str:
    place = area_label(one.area.key, one.area.name) if one.area else ""
    question = question_key(one.question.survey.key, one.question.number)
    return " · ".join([question, place, one.group, one.answer])


def _values(one: SurveyResult) -> dict[str, Any]:
    return {
        "survey": one.question.survey.key,
        "question": one.question.number,
        "area": area_label(one.area.key, one.area.name) if one.area else None,
        "group": one.group,
        "answer": one.answer,
        "asked_count": one.asked_count,
        "share": None if one.share is None else str(one.share),
        "mean": None if one.mean is None else str(one.mean),
        "is_hidden": one.is_hidden,
    }


def _apply(result: SurveyResult, given: Mapping[str, Any]) -> None:
    for name in WRITTEN:
        if name in given:
            setattr(result, name, given[name])
