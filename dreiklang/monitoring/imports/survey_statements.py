"""Key statements of surveys and studies from a list: one row each.

Columns (a * is needed): Umfrage* · Nummer* (1, 2, 3 …) · Kernaussage* · Seite · Ziele (numbers, parted by |) ·
Zukunftsaufgaben (numbers, parted by |)
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from dreiklang.core.imports.contract import Candidate, ListField, MappedRow, Options
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.core.imports.linking import link_exactly
from dreiklang.goals.queries.written_links import goal_ids, goal_lookup, task_ids, task_lookup
from dreiklang.monitoring.imports.kept_lists import MOST_IN_ORDER, KeptList, read_count
from dreiklang.monitoring.imports.survey_questions import UNKNOWN_SURVEY, question_key, survey_lookup
from dreiklang.monitoring.models import KeyStatement, KeyStatementGoal, KeyStatementTask, Survey


class SurveyStatements(KeptList):
    """One row a statement; its key is the survey with the number."""

    kind = "survey-statements"
    title = _("Kernaussagen der Umfragen und Studien")
    intro = _("Was daraus für Ziele und Zukunftsaufgaben folgt, mit der Seite zum Nachlesen.")
    sort = 330
    fields = (
        ListField("survey", _("Umfrage"), True, _("Kurzname oder Titel"), "umfrage-2024", is_key=True),
        ListField("position", _("Nummer"), True, "", "1", is_key=True),
        ListField("text", _("Kernaussage"), True, "", "Drei von vier leben gern hier.", ("Aussage",)),
        ListField("page", _("Seite"), False, "", "14"),
        ListField("goals", _("Ziele"), False, _("Nummern, getrennt durch |"), "2.1|2.2", is_multiple=True),
        ListField(
            "tasks", _("Zukunftsaufgaben"), False, _("Nummern, getrennt durch |"), "3", is_multiple=True
        ),
    )
    sentences: Mapping[str, str] = {
        "unknown_survey": UNKNOWN_SURVEY,
        "unknown_task": _("Diese Zukunftsaufgabe gibt es nicht."),
    }
    plain = ("text", "page")

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Goals and future tasks must be known."""
        surveys, goals, tasks = survey_lookup(), goal_lookup(), task_lookup()
        return [_candidate(Draft(row), surveys, goals, tasks, options) for row in rows]

    def stored(self, keys: Sequence[str]) -> Mapping[str, KeyStatement]:
        """Statements by "survey · number"."""
        surveys = {key.partition(" · ")[0] for key in keys}
        rows = KeyStatement.objects.filter(survey__key__in=surveys).select_related("survey")
        found = {
            question_key(one.survey.key, str(one.position)): one
            for one in rows.defer("survey__search").prefetch_related("goal_links__goal", "task_links__task")
        }
        return {key: found[key] for key in keys if key in found}

    def fresh(self, key: str, values: Mapping[str, Any]) -> KeyStatement:
        survey = Survey.objects.defer("search").get(key=values["survey"])
        return KeyStatement(survey=survey, position=values["position"])

    def values_of(self, record: KeyStatement) -> dict[str, Any]:
        return {
            **super().values_of(record),
            "survey": record.survey.key,
            "position": record.position,
            "goals": sorted(link.goal.number for link in record.goal_links.all()),
            "tasks": sorted(link.task.number for link in record.task_links.all()),
        }

    def link(self, record: KeyStatement, values: Mapping[str, Any]) -> None:
        wanted: dict[tuple[int, int], dict[str, Any]]
        if "goals" in values:
            wanted = {(record.pk, pk): {} for pk in goal_ids(values["goals"]).values()}
            link_exactly(KeyStatementGoal, owner="statement", other="goal", owners=[record.pk], wanted=wanted)
        if "tasks" in values:
            wanted = {(record.pk, pk): {} for pk in task_ids(values["tasks"]).values()}
            link_exactly(KeyStatementTask, owner="statement", other="task", owners=[record.pk], wanted=wanted)


SURVEY_STATEMENTS = SurveyStatements()


def _candidate(draft: Draft, surveys: Lookup, goals: Lookup, tasks: Lookup, options: Options) -> Candidate:
    survey = draft.reference("survey", surveys, code="unknown_survey")
    position = read_count(draft, "position", options, least=1, most=MOST_IN_ORDER)
    draft.text("text")
    draft.text("page", longest=20)
    draft.references("goals", goals, code="unknown_goal")
    draft.references("tasks", tasks, code="unknown_task")
    key = question_key(survey, str(position)) if survey and position else ""
    return draft.candidate(key=key, label=key)
