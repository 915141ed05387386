"""Criteria of goals and their ratings from lists.

Columns of the criteria (CRITERIA, kind "criteria"; the key is goal and number):
    Ziel · Nummer · Kriterium · Woran man es erkennt · Art (in Zahlen, in Worten) · Indikator (Kurzname oder Name) ·
    Zuständiges Amt · Wer bewertet (E-Mail) · Sichtbarkeit (intern, öffentlich) · Gilt nicht mehr seit · Warum nicht mehr
Columns of the ratings: see `ratings`. The order within a goal is that of the list.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.enums import Visibility, Weight
from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.imports.draft import Draft, Lookup
from dreiklang.core.text import german
from dreiklang.goals.queries.written_links import goal_ids, goal_lookup
from dreiklang.monitoring.models import Criterion
from dreiklang.monitoring.models.labels import INDICATOR_KIND_LABELS, VISIBILITY_LABELS
from dreiklang.monitoring.queries.labels import indicator_ids, indicator_names
from dreiklang.monitoring.rules.values import IndicatorKind
from dreiklang.people.queries import account_ids, account_names, department_ids, department_names

KINDS = {german(label): kind.value for kind, label in INDICATOR_KIND_LABELS.items()} | {
    "Zahlen": IndicatorKind.QUANTITATIVE.value,
    "quantitativ": IndicatorKind.QUANTITATIVE.value,
    "Worte": IndicatorKind.QUALITATIVE.value,
    "qualitativ": IndicatorKind.QUALITATIVE.value,
}
VISIBLE = {german(label): value.value for value, label in VISIBILITY_LABELS.items()}
# Field of the list → field of the record, where they differ: what the list names by a key.
RELATED = {"indicator": "indicator_id", "department": "department_id", "responsible": "responsible_id"}
PLAIN = ("kind", "text", "explanation", "visibility", "retired_reason", "position")


class Criteria(Importer):
    """One row a criterion of a goal of the valid framework."""

    kind = "criteria"
    title = _("Kriterien der Ziele")
    intro = _("Woran man erkennt, dass ein Ziel erreicht ist, in Zahlen und in Worten.")
    sort = 172
    fields = (
        ListField("goal", _("Ziel"), True, _("Nummer oder Titel"), "5.2", ("Ziel-Nr.",), is_key=True),
        ListField("number", _("Nummer"), True, _("Je Ziel einmal"), "K1", ("Nr.", "Nr"), is_key=True),
        ListField("text", _("Kriterium"), True, "", "Schulwege sind sicher mit dem Rad", ("Titel",)),
        ListField("explanation", _("Woran man es erkennt"), False, "", "", ("Erläuterung",)),
        ListField("kind", _("Art"), False, _("in Zahlen oder in Worten"), "in Worten"),
        ListField("indicator", _("Indikator"), False, _("Kurzname oder Name"), "unfaelle-rad"),
        ListField("department", _("Zuständiges Amt"), False, _("Kürzel oder Name"), "66", ("Amt",)),
        ListField("responsible", _("Wer bewertet"), False, _("E-Mail")),
        ListField("visibility", _("Sichtbarkeit"), False, _("intern oder öffentlich"), "öffentlich"),
        ListField("retired_on", _("Gilt nicht mehr seit"), False, "", ""),
        ListField("retired_reason", _("Warum nicht mehr"), False),
    )
    sentences: Mapping[str, str] = {
        "unknown_goal": _("Das Ziel „%(value)s“ gibt es nicht."),
        "unknown_indicator": _("Den Indikator „%(value)s“ gibt es nicht."),
        "needs_indicator": _("Ein Kriterium in Zahlen braucht seinen Indikator."),
        "needs_department": _("Öffentlich wird ein Kriterium erst, wenn ein Amt dafür zuständig ist."),
        "retired_incomplete": _("Zum Ende eines Kriteriums gehören Tag und Grund."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Lookups once, then row by row; what the list leaves out is taken from the record that is there."""
        lookups = {
            "goal": goal_lookup(),
            "indicator": Lookup.of(indicator_names()),
            "department": Lookup.of(department_names()),
            "responsible": Lookup.of(account_names()),
        }
        drafts = [Draft(row) for row in rows]
        found = [_candidate(draft, lookups, options, at) for at, draft in enumerate(drafts, start=1)]
        stored = self.existing([one.key for one in found if one.key])
        return [_whole(one, draft, stored.get(one.key, {})) for one, draft in zip(found, drafts, strict=True)]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Criteria of the valid framework by "goal number"."""
        return {key: _values(one) for key, one in stored_criteria(keys).items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """Goals, indicators, offices and people by their ids once."""
        named = [*(one.values for one in new), *(row.after for row in changed)]
        ids = {
            "indicator": indicator_ids(),
            "department": department_ids({one["department"] for one in named if one.get("department")}),
            "responsible": account_ids({one["responsible"] for one in named if one.get("responsible")}),
        }
        goals = goal_ids([one.values["goal"] for one in new])
        made = [Criterion(goal_id=goals[one.values["goal"]], number=one.values["number"]) for one in new]
        for criterion, one in zip(made, new, strict=True):
            _apply(criterion, one.values, ids)
        Criterion.objects.bulk_create(made)
        stored = stored_criteria([row.candidate.key for row in changed])
        for row in changed:
            criterion = stored[row.candidate.key]
            _apply(criterion, row.after, ids)
            criterion.version += 1
            criterion.changed_at = timezone.now()
        Criterion.objects.bulk_update(
            stored.values(), [*PLAIN, *RELATED.values(), "retired_on", "version", "changed_at"]
        )


CRITERIA = Criteria()


def stored_criteria(keys: Iterable[str]) -> dict[str, Criterion]:
    """Criteria of the valid framework by "goal number"; unknown keys are left out."""
    rows = Criterion.objects.filter(goal__framework__status="valid")
    rows = rows.select_related("goal", "indicator", "department", "responsible").defer(
        "search", "goal__search", "indicator__search"
    )
    by_key = {key_of(one.goal.number, one.number): one for one in rows}
    return {key: by_key[key] for key in keys if key in by_key}


def key_of(goal: str, number: str) -> str:
    """ "5.2 K1"."""
    return f"{goal} {number}"


def _candidate(draft: Draft, lookups: Mapping[str, Lookup], options: Options, position: int) -> Candidate:
    goal = draft.reference("goal", lookups["goal"], code="unknown_goal")
    number = draft.text("number", longest=20)
    text = draft.text("text", longest=300)
    draft.text("explanation")
    draft.choice("kind", KINDS, empty=IndicatorKind.QUALITATIVE.value)
    draft.choice("visibility", VISIBLE, empty=Visibility.INTERNAL.value)
    draft.reference("indicator", lookups["indicator"], code="unknown_indicator")
    draft.reference("department", lookups["department"], code="unknown_department")
    draft.reference("responsible", lookups["responsible"], code="unknown_person", weight=Weight.WARNING)
    draft.day("retired_on", options)
    draft.text("retired_reason")
    draft.keep_rest("explanation")
    draft.set("position", position)
    key = key_of(goal, number) if goal and number else ""
    return draft.candidate(key=key, label=f"{key} {text}".strip())


def _whole(candidate: Candidate, draft: Draft, stored: Mapping[str, Any]) -> Candidate:
    """Refused where the criterion would contradict itself, together with what is there already."""
    if stored:
        # The order that people gave on the page stays; only new ones follow the list.
        del draft.values["position"]
    after = {**stored, **draft.values}
    if after.get("kind") == IndicatorKind.QUANTITATIVE and not after.get("indicator"):
        draft.note("needs_indicator", "indicator")
    if after.get("visibility") == Visibility.PUBLIC and not after.get("department"):
        draft.note("needs_department", "department")
    if bool(after.get("retired_on")) is not bool(after.get("retired_reason")):
        draft.note("retired_incomplete", "retired_on")
    return draft.candidate(key=candidate.key, label=candidate.label)


def _values(one: Criterion) -> dict[str, Any]:
    return {
        "goal": one.goal.number,
        "number": one.number,
        "indicator": one.indicator.key if one.indicator else None,
        "department": one.department.key if one.department else None,
        "responsible": one.responsible.email if one.responsible else None,
        "retired_on": one.retired_on.isoformat() if one.retired_on else None,
        **{name: getattr(one, name) for name in PLAIN},
    }


def _apply(criterion: Criterion, values: Mapping[str, Any], ids: Mapping[str, Mapping[str, int]]) -> None:
    for name in PLAIN:
        if name in values:
            setattr(criterion, name, values[name])
    for name, field in RELATED.items():
        if name in values:
            key = values[name]
            setattr(criterion, field, ids[name][key] if key else None)
    if "retired_on" in values:
        day = values["retired_on"]
        criterion.retired_on = date.fromisoformat(day) if day else None
