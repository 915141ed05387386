"""Answers of checks from a list: check, question, goal, answer, amount, reason. One row an answer."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop as _

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
from dreiklang.papers.imports.targets import target_ids, target_keys, target_lookups
from dreiklang.papers.models import Answer, Check
from dreiklang.papers.models.answer_labels import EFFECT_LABELS, EFFECT_SIGNS, PLAIN_LABELS
from dreiklang.papers.queries.checks.facts import content_of
from dreiklang.papers.rules.checklist import STATED, ChecklistContent, Question, QuestionKind
from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.papers.services.checks.links import settle_links

COLUMNS = ("value", "amount_eur", "reason", "text")
_EFFECTS = {german(label): effect.value for effect, label in EFFECT_LABELS.items()} | {
    sign: effect.value for effect, sign in EFFECT_SIGNS.items()
}
_PLAIN = {german(label): value for value, label in PLAIN_LABELS.items()}


class CheckAnswers(Importer):
    """Its key is the check with the question, and the goal where it asks about goals."""

    kind = "check-answers"
    title = _("Antworten der Prüfungen")
    intro = _("Antworten auf die Fragen des Prüfschemas, jede mit ihrem Grund.")
    sort = 181
    fields = (
        ListField("check", _("Prüfung"), True, _("Nummer"), "PR-2026-012", is_key=True),
        ListField("question", _("Frage"), True, _("Kennung im Prüfschema"), "klima", is_key=True),
        ListField("goal", _("Ziel"), False, _("Nur bei der Frage nach den Zielen"), "5.2", is_key=True),
        ListField("value", _("Antwort"), False, _("fördert stark, nein, nicht bekannt …"), "fördert"),
        ListField("amount_eur", _("Betrag"), False, _("in Euro"), "285.000"),
        ListField("reason", _("Begründung"), False),
        ListField("text", _("Freitext"), False),
    )
    sentences: Mapping[str, str] = {
        "unknown_check": _("Die Prüfung „%(value)s“ gibt es nicht."),
        "unknown_question": _("Die Frage „%(value)s“ steht nicht im Prüfschema dieser Prüfung."),
        "unknown_value": _("Die Antwort „%(value)s“ ist bei dieser Frage nicht möglich."),
        "goal_needed": _("Die Frage „%(value)s“ braucht ein Ziel."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """Checks with their questions, and goals, are looked up once."""
        drafts = [Draft(row) for row in rows]
        numbers = {draft.cell("check") for draft in drafts}
        found = Check.objects.filter(number__in=numbers).select_related("checklist")
        read: dict[int, ChecklistContent] = {}
        contents = {}
        for check in found.order_by("pk"):
            contents[check.number] = read.setdefault(check.checklist_id, content_of(check.checklist))
        goals = target_lookups()[TargetKind.GOAL.value]
        return [_candidate(draft, contents, goals) for draft in drafts]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """Answers by "check · question · goal"."""
        return {key: _values(key, one) for key, one in _stored(keys).items()}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """New answers, in the name of whoever edits the check, then what changed."""
        numbers = {one.values["check"] for one in new}
        checks = {
            one.number: one
            for one in Check.objects.filter(number__in=numbers).select_related("editor").order_by("pk")
        }
        ids = target_ids((TargetKind.GOAL.value, one.values["goal"]) for one in new if one.values.get("goal"))
        fresh = []
        for one in new:
            check, goal = checks[one.values["check"]], one.values.get("goal")
            target = ids[TargetKind.GOAL.value, goal] if goal else 0
            answer = Answer(of=check, question=one.values["question"], target=target)
            answer.by_id, answer.by_name = check.editor_id, check.editor.name if check.editor else by.name
            fresh.append(_filled(answer, one.values))
        Answer.objects.bulk_create(fresh)
        stored = _stored([row.candidate.key for row in changed])
        for row in changed:
            _filled(stored[row.candidate.key], row.after).version += 1
        Answer.objects.bulk_update(stored.values(), [*COLUMNS, "version"])
        of = {one.of_id for one in (*fresh, *stored.values())}
        papers = Check.objects.filter(pk__in=of).exclude(paper=None).values_list("paper_id", flat=True)
        settle_links(paper_ids=set(papers))


CHECK_ANSWERS = CheckAnswers()


def _candidate(draft: Draft, contents: Mapping[str, ChecklistContent], goals: Lookup) -> Candidate:
    check = draft.text("check")
    content = contents.get(check)
    if check and content is None:
        draft.note("unknown_check", "check")
    asked = draft.text("question")
    question = content.question(asked) if content is not None else None
    if content is not None and asked and question is None:
        draft.note("unknown_question", "question")
    goal = draft.reference("goal", goals, code="unknown_goal") or ""
    if question is not None:
        if question.kind is QuestionKind.GOALS and not draft.cell("goal"):
            draft.note("goal_needed", "goal", asked)
        _read_value(draft, question)
    draft.text("reason")
    draft.text("text")
    key = f"{check} · {asked} · {goal}" if check and asked else ""
    return draft.candidate(key=key, label=f"{check} {asked} {goal}".strip())


def _read_value(draft: Draft, question: Question) -> None:
    draft.cost("amount_eur", words="amount_words")
    draft.values.pop("amount_words", None)
    text = draft.cell("value")
    if not text:
        draft.set("value", STATED if draft.values.get("amount_eur") is not None else "")
        return
    words = _PLAIN | {one.label: one.value for one in question.options}
    if question.kind in {QuestionKind.GOALS, QuestionKind.EFFECT}:
        words = _EFFECTS
    known = {word.casefold(): value for word, value in words.items()}
    value = known.get(text.casefold(), text)
    if value not in question.values:
        draft.note("unknown_value", "value")
        return
    draft.set("value", value)


def _stored(keys: Sequence[str]) -> dict[str, Answer]:
    if not keys:
        return {}
    names, wanted = target_keys(), set(keys)
    found = {}
    answers = Answer.objects.filter(of__number__in={key.partition(" · ")[0] for key in keys})
    for one in answers.select_related("of").defer("of__text").order_by("pk"):
        goal = names.get((TargetKind.GOAL.value, one.target), "") if one.target else ""
        key = f"{one.of.number} · {one.question} · {goal}"
        if key in wanted:
            found[key] = one
    return found


def _values(key: str, one: Answer) -> dict[str, Any]:
    check, question, goal = key.split(" · ", 2)
    return {
        "check": check,
        "question": question,
        "goal": goal or None,
        "value": one.value,
        "amount_eur": str(one.amount_eur) if one.amount_eur is not None else None,
        "reason": one.reason,
        "text": one.text,
    }


def _filled(answer: Answer, given: Mapping[str, Any]) -> Answer:
    for name in given.keys() & set(COLUMNS):
        setattr(answer, name, given[name])
    if given.get("amount_eur") is not None:
        answer.amount_eur = Decimal(given["amount_eur"])
    return answer
