"""From raw data (YAML, JSON) to a checklist, read strictly, with everything that is wrong in one go."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dreiklang.papers.rules.checklist.values import (
    FORMAT,
    LAST_STAGE,
    NO,
    YES,
    ChecklistContent,
    Condition,
    Flaw,
    Option,
    Question,
    QuestionKind,
    Relevance,
    Stage,
)

_ID = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_TEXT_AT_MOST = 2000


@dataclass
class _Reader:
    """Walks through the raw data and collects what is wrong, instead of stopping at the first."""

    flaws: list[Flaw] = field(default_factory=list)

    def add(self, path: str, code: str, value: Any = "") -> None:
        self.flaws.append(Flaw(path, code, str(value)[:120]))

    def text(self, raw: Any, path: str, *, needed: bool = False) -> str:
        if raw is None or raw == "":
            if needed:
                self.add(path, "missing")
            return ""
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            self.add(path, "not_text", raw)
            return ""
        said = str(raw).strip()
        if len(said) > _TEXT_AT_MOST:
            self.add(path, "too_long", len(said))
        return said

    def table(self, raw: Any, path: str, known: Collection[str]) -> Mapping[str, Any]:
        if not isinstance(raw, Mapping):
            self.add(path, "not_a_table", raw)
            return {}
        for name in raw:
            if name not in known:
                self.add(f"{path}.{name}".strip("."), "unknown_field", name)
        return raw

    def rows(self, raw: Any, path: str) -> list[Any]:
        if raw is None:
            return []
        if not isinstance(raw, list):
            self.add(path, "not_a_list", raw)
            return []
        return raw

    def day(self, raw: Any, path: str) -> date | None:
        if raw is None or raw == "":
            return None
        if isinstance(raw, date):
            return raw
        try:
            return date.fromisoformat(str(raw))
        except ValueError:
            self.add(path, "not_a_day", raw)
            return None


def parse_checklist(raw: Any) -> tuple[ChecklistContent | None, list[Flaw]]:
    """The checklist behind the raw data (as YAML or JSON give it), or None, and everything wrong with it.

    Nothing is guessed: an unknown field is a flaw, since a misspelt one would silently drop a question.
    """
    reader = _Reader()
    known = {"format", "name", "label", "valid_from", "example", "note", "relevance", "stages"}
    top = reader.table(raw, "", known)
    if not top:
        return None, reader.flaws or [Flaw("", "empty")]
    if top.get("format", FORMAT) != FORMAT:
        reader.add("format", "unknown_format", top.get("format"))
    about = reader.table(top.get("relevance"), "relevance", {"text", "help", "reason_label"})
    stages = [
        _stage(reader, one, f"stages[{position}]", position + 2)
        for position, one in enumerate(reader.rows(top.get("stages"), "stages"))
    ]
    _check_whole(reader, stages)
    is_example = top.get("example", False)
    if not isinstance(is_example, bool):
        reader.add("example", "not_yes_or_no", is_example)
    content = ChecklistContent(
        name=reader.text(top.get("name"), "name", needed=True)[:200],
        label=reader.text(top.get("label"), "label", needed=True)[:60],
        relevance=Relevance(
            text=reader.text(about.get("text"), "relevance.text", needed=True),
            help=reader.text(about.get("help"), "relevance.help"),
            reason_label=reader.text(about.get("reason_label"), "relevance.reason_label"),
        ),
        stages=tuple(stages),
        valid_from=reader.day(top.get("valid_from"), "valid_from"),
        is_example=is_example is True,
        note=reader.text(top.get("note"), "note"),
    )
    return (None if reader.flaws else content), reader.flaws


def _stage(reader: _Reader, raw: Any, path: str, number: int) -> Stage:
    said = reader.table(raw, path, {"title", "intro", "questions"})
    questions = [
        _question(reader, one, f"{path}.questions[{position}]", number)
        for position, one in enumerate(reader.rows(said.get("questions"), f"{path}.questions"))
    ]
    return Stage(
        number=number,
        title=reader.text(said.get("title"), f"{path}.title", needed=True),
        intro=reader.text(said.get("intro"), f"{path}.intro"),
        questions=tuple(questions),
    )


def _question(reader: _Reader, raw: Any, path: str, stage: int) -> Question:
    known = {"id", "kind", "text", "help", "reason_label", "options", "asked_if"}
    said = reader.table(raw, path, known)
    name = reader.text(said.get("id"), f"{path}.id", needed=True)
    if name and not _ID.fullmatch(name):
        reader.add(f"{path}.id", "not_an_id", name)
    kind = str(said.get("kind", ""))
    if kind not in set(QuestionKind):
        reader.add(f"{path}.kind", "unknown_kind", kind)
        kind = QuestionKind.TEXT
    options = [
        _option(reader, one, f"{path}.options[{position}]")
        for position, one in enumerate(reader.rows(said.get("options"), f"{path}.options"))
    ]
    if kind == QuestionKind.CHOICE and len(options) < 2:
        reader.add(f"{path}.options", "too_few_options", len(options))
    if kind != QuestionKind.CHOICE and options:
        reader.add(f"{path}.options", "options_without_choice")
    conditions = [
        _condition(reader, one, f"{path}.asked_if[{position}]")
        for position, one in enumerate(reader.rows(said.get("asked_if"), f"{path}.asked_if"))
    ]
    return Question(
        id=name,
        kind=QuestionKind(kind),
        text=reader.text(said.get("text"), f"{path}.text", needed=True),
        stage=stage,
        help=reader.text(said.get("help"), f"{path}.help"),
        reason_label=reader.text(said.get("reason_label"), f"{path}.reason_label"),
        options=tuple(options),
        conditions=tuple(conditions),
    )


def _option(reader: _Reader, raw: Any, path: str) -> Option:
    said = reader.table(raw, path, {"value", "label"})
    value = reader.text(said.get("value"), f"{path}.value", needed=True)
    if value and not _ID.fullmatch(value):
        reader.add(f"{path}.value", "not_an_id", value)
    return Option(value=value, label=reader.text(said.get("label"), f"{path}.label", needed=True))


def _condition(reader: _Reader, raw: Any, path: str) -> Condition:
    said = reader.table(raw, path, {"question", "is"})
    values = tuple(
        # YAML reads a bare yes as true; whoever writes it means the answer.
        {True: YES, False: NO}.get(one, str(one)) if isinstance(one, bool) else str(one)
        for one in reader.rows(said.get("is"), f"{path}.is")
    )
    if not values:
        reader.add(f"{path}.is", "missing")
    return Condition(
        question=reader.text(said.get("question"), f"{path}.question", needed=True), values=values
    )


def _check_whole(reader: _Reader, stages: Sequence[Stage]) -> None:
    """What no question can know of itself: ids twice, conditions on later questions, too many stages."""
    if not stages or not any(stage.questions for stage in stages):
        reader.add("stages", "no_questions")
    if len(stages) > LAST_STAGE - 1:
        reader.add("stages", "too_many_stages", len(stages))
    earlier: dict[str, Question] = {}
    for stage in stages:
        for question in stage.questions:
            where = f"stages[{stage.number - 2}].{question.id}"
            if question.id in earlier:
                reader.add(where, "id_twice", question.id)
            if len({one.value for one in question.options}) < len(question.options):
                reader.add(where, "option_twice")
            _check_conditions(reader, where, question, earlier)
            earlier[question.id] = question


def _check_conditions(
    reader: _Reader, where: str, question: Question, earlier: Mapping[str, Question]
) -> None:
    for condition in question.conditions:
        asked = earlier.get(condition.question)
        if asked is None:
            reader.add(where, "asked_if_unknown_question", condition.question)
            continue
        strange = [one for one in condition.values if asked.values and one not in asked.values]
        if strange:
            reader.add(where, "asked_if_unknown_value", strange[0])
