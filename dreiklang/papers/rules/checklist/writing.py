"""From a checklist to plain data, as it is stored and written out."""

from typing import Any

from dreiklang.papers.rules.checklist.values import FORMAT, ChecklistContent, Question


def as_data(content: ChecklistContent) -> dict[str, Any]:
    """The checklist as plain data: what is stored, and written out as YAML or JSON. Reads back unchanged."""
    return _without_empty(
        {
            "format": FORMAT,
            "name": content.name,
            "label": content.label,
            "valid_from": content.valid_from.isoformat() if content.valid_from else "",
            "example": content.is_example,
            "note": content.note,
            "relevance": _without_empty(
                {
                    "text": content.relevance.text,
                    "help": content.relevance.help,
                    "reason_label": content.relevance.reason_label,
                }
            ),
            "stages": [
                _without_empty(
                    {
                        "title": stage.title,
                        "intro": stage.intro,
                        "questions": [_question_data(one) for one in stage.questions],
                    }
                )
                for stage in content.stages
            ],
        }
    )


def _question_data(question: Question) -> dict[str, Any]:
    return _without_empty(
        {
            "id": question.id,
            "kind": str(question.kind),
            "text": question.text,
            "help": question.help,
            "reason_label": question.reason_label,
            "options": [{"value": one.value, "label": one.label} for one in question.options],
            "asked_if": [{"question": one.question, "is": list(one.values)} for one in question.conditions],
        }
    )


def _without_empty(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in ("", [], None)}
