"""Questions of surveys from a list: one row each.

Columns (a * is needed): Umfrage* (its Kurzname or title) · Nummer* · Wortlaut* · Antworten (parted by |, in their
order) · Fragenreihe (short name: the same in every survey that asks it) · Titel der Reihe · Anders gefragt (ja, nein) ·
Was anders ist
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.imports.contract import Candidate, ListField, MappedRow, Options
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.core.imports.mapping import parts
from dreiklang.monitoring.imports.kept_lists import KeptList
from dreiklang.monitoring.models import Question, QuestionSeries, Survey
from dreiklang.monitoring.services.checking import is_plain_key

UNKNOWN_SURVEY = _("Eine Umfrage „%(value)s“ gibt es nicht. Bitte zuerst die Umfragen einlesen.")


class SurveyQuestions(KeptList):
    """One row a question; its key is the survey with the number."""

    kind = "survey-questions"
    title = _("Fragen der Umfragen")
    intro = _("Der Wortlaut jeder Frage mit den möglichen Antworten, und zu welcher Reihe sie gehört.")
    sort = 310
    fields = (
        ListField("survey", _("Umfrage"), True, _("Kurzname oder Titel"), "umfrage-2024", is_key=True),
        ListField("number", _("Nummer"), True, "", "7", ("Frage",), is_key=True),
        ListField("wording", _("Wortlaut"), True, "", "Wie gern leben Sie in Ihrem Stadtteil?"),
        ListField("scale", _("Antworten"), False, _("getrennt durch |"), "sehr gern|gern|ungern"),
        ListField("series", _("Fragenreihe"), False, _("in jeder Umfrage gleich"), "gern-im-stadtteil"),
        ListField("series_title", _("Titel der Reihe"), False, "", "Gern im Stadtteil"),
        ListField("is_changed", _("Anders gefragt"), False, _("ja oder nein"), "nein"),
        ListField("changed_words", _("Was anders ist"), False),
    )
    sentences: Mapping[str, str] = {
        "unknown_survey": UNKNOWN_SURVEY,
        "not_plain": _("Der Kurzname hat nur kleine Buchstaben ohne Umlaut, Ziffern und Striche."),
        "series_twice": _("Diese Reihe fragt die Umfrage schon mit der Frage %(value)s."),
    }
    plain = ("wording", "scale", "is_changed", "changed_words")

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """A survey asks a series once: the second row that says so is refused."""
        surveys = survey_lookup()
        taken = {
            (survey, series): number
            for survey, series, number in Question.objects.filter(series__isnull=False).values_list(
                "survey__key", "series__key", "number"
            )
        }
        return [_candidate(Draft(row), surveys, taken) for row in rows]

    def stored(self, keys: Sequence[str]) -> Mapping[str, Question]:
        """Questions by "survey · number"."""
        surveys = {key.partition(" · ")[0] for key in keys}
        rows = Question.objects.filter(survey__key__in=surveys)
        found = {
            question_key(one.survey.key, one.number): one
            for one in rows.select_related("survey", "series").defer("survey__search")
        }
        return {key: found[key] for key in keys if key in found}

    def fresh(self, key: str, values: Mapping[str, Any]) -> Question:
        survey = Survey.objects.defer("search").get(key=values["survey"])
        # In the order of the list.
        return Question(survey=survey, number=values["number"], position=survey.questions.count() + 1)

    def values_of(self, record: Question) -> dict[str, Any]:
        series = record.series
        return {
            **super().values_of(record),
            "survey": record.survey.key,
            "number": record.number,
            "series": series.key if series else None,
            "series_title": series.title if series else "",
        }

    def link(self, record: Question, values: Mapping[str, Any]) -> None:
        if "series" not in values and "series_title" not in values:
            return
        key = values.get("series", record.series.key if record.series else None)
        title = values.get("series_title") or record.wording[:200]
        series = QuestionSeries.objects.get_or_create(key=key, defaults={"title": title})[0] if key else None
        if series and values.get("series_title") and series.title != values["series_title"]:
            series.title = values["series_title"]
            series.save(update_fields=["title"])
        if record.series_id != (series.pk if series else None):
            record.series = series
            record.save(update_fields=["series"])


SURVEY_QUESTIONS = SurveyQuestions()


def question_key(survey: str, number: str) -> str:
    """How lists of results name a question."""
    return f"{survey} · {number}"


def survey_lookup() -> Lookup:
    """Surveys by short name and title."""
    return Lookup.of(Survey.objects.order_by("pk").values_list("key", "title"))


def _candidate(draft: Draft, surveys: Lookup, taken: dict[tuple[str, str], str]) -> Candidate:
    survey = draft.reference("survey", surveys, code="unknown_survey")
    number = draft.text("number", longest=20)
    draft.text("wording")
    if draft.has("scale"):
        draft.set("scale", list(parts(draft.row.cells["scale"])))
    series = draft.text("series", longest=80)
    if series and not is_plain_key(series):
        draft.note("not_plain", "series")
    if draft.has("series"):
        draft.set("series", series or None)
    draft.text("series_title", longest=200)
    draft.flag("is_changed")
    draft.text("changed_words", longest=300)
    if survey and series and taken.setdefault((survey, series), number) != number:
        draft.note("series_twice", "series", taken[survey, series])
    key = question_key(survey, number) if survey and number else ""
    return draft.candidate(key=key, label=key)
