"""The editor of a checklist: its head, and its questions as rows."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.papers.models.answer_labels import QUESTION_KIND_LABELS
from dreiklang.papers.rules.checklist import ChecklistContent, Question

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ChecklistForm(forms.Form):
    """The head of a version."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=200)
    label = forms.CharField(label=_("Fassung"), max_length=60, help_text=_("Zum Beispiel: 2027/1"))
    valid_from = forms.DateField(label=_("Gilt ab"), required=False, widget=_DAY)
    is_example = forms.BooleanField(
        label=_("Beispiel"),
        required=False,
        help_text=_("Steht dann auf jedem Block: nicht die Fragen der Stadt."),
    )
    note = forms.CharField(label=_("Hinweis"), required=False, widget=_lines(2))
    relevance_text = forms.CharField(
        label=_("Stufe 1: Frage nach dem Belang"), max_length=2000, widget=_lines(2)
    )
    relevance_help = forms.CharField(
        label=_("Erläuterung"), required=False, max_length=2000, widget=_lines(3)
    )
    relevance_reason = forms.CharField(label=_("Frage nach dem Grund"), required=False, max_length=300)
    title_2 = forms.CharField(label=_("Stufe 2: Überschrift"), max_length=200)
    intro_2 = forms.CharField(
        label=_("Stufe 2: Einleitung"), required=False, max_length=2000, widget=_lines(2)
    )
    title_3 = forms.CharField(label=_("Stufe 3: Überschrift"), required=False, max_length=200)
    intro_3 = forms.CharField(
        label=_("Stufe 3: Einleitung"), required=False, max_length=2000, widget=_lines(2)
    )


class QuestionForm(forms.Form):
    """One question as a row."""

    id = forms.RegexField(
        label=_("Kürzel"),
        regex=r"^[a-z][a-z0-9_-]{0,59}$",
        required=False,
        help_text=_("Kleinbuchstaben, bleibt für immer"),
    )
    stage = forms.TypedChoiceField(label=_("Stufe"), choices=[(2, "2"), (3, "3")], coerce=int, initial=2)
    kind = forms.ChoiceField(
        label=_("Antwort"), choices=[(str(k), v) for k, v in QUESTION_KIND_LABELS.items()]
    )
    text = forms.CharField(label=_("Frage"), required=False, max_length=2000, widget=_lines(2))
    help = forms.CharField(label=_("Erläuterung"), required=False, max_length=2000, widget=_lines(2))
    reason_label = forms.CharField(label=_("Frage nach dem Grund"), required=False, max_length=300)
    options = forms.CharField(
        label=_("Auswahl"),
        required=False,
        widget=_lines(3),
        help_text=_("Eine Zeile je Antwort: kürzel = Text"),
    )
    asked_if = forms.CharField(
        label=_("Nur fragen, wenn"),
        required=False,
        widget=_lines(2),
        help_text=_("Eine Zeile je Bedingung: frage = antwort, antwort"),
    )
    is_removed = forms.BooleanField(label=_("entfernen"), required=False)


def question_rows(data: Any, initial: list[dict[str, Any]]) -> Any:
    """The questions as rows, with one empty one."""
    return forms.formset_factory(QuestionForm, extra=1)(data, prefix="frage", initial=initial)


def checklist_initial(content: ChecklistContent) -> dict[str, Any]:
    """What the head of the editor starts with."""
    stages = {stage.number: stage for stage in content.stages}
    found: dict[str, Any] = {
        "name": content.name,
        "label": content.label,
        "valid_from": content.valid_from,
        "is_example": content.is_example,
        "note": content.note,
        "relevance_text": content.relevance.text,
        "relevance_help": content.relevance.help,
        "relevance_reason": content.relevance.reason_label,
    }
    for number in (2, 3):
        stage = stages.get(number)
        found |= {
            f"title_{number}": stage.title if stage else "",
            f"intro_{number}": stage.intro if stage else "",
        }
    return found


def question_initial(content: ChecklistContent) -> list[dict[str, Any]]:
    """What the rows of the editor start with."""
    return [_row(one) for one in content.questions]


def _row(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "stage": question.stage,
        "kind": str(question.kind),
        "text": question.text,
        "help": question.help,
        "reason_label": question.reason_label,
        "options": "\n".join(f"{one.value} = {one.label}" for one in question.options),
        "asked_if": "\n".join(f"{one.question} = {', '.join(one.values)}" for one in question.conditions),
    }


def raw_checklist(form: ChecklistForm, rows: Any) -> dict[str, Any]:
    """What was entered, in the shape of a checklist file, so that one reader judges both."""
    said = form.cleaned_data
    questions = [
        one.cleaned_data
        for one in rows
        if one.cleaned_data.get("text") and not one.cleaned_data["is_removed"]
    ]
    stages = [_stage(said, 2, questions)]
    if said["title_3"] or any(one["stage"] == 3 for one in questions):
        stages.append(_stage(said, 3, questions))
    return {
        "name": said["name"],
        "label": said["label"],
        "valid_from": said["valid_from"] or "",
        "example": said["is_example"],
        "note": said["note"],
        "relevance": {
            "text": said["relevance_text"],
            "help": said["relevance_help"],
            "reason_label": said["relevance_reason"],
        },
        "stages": stages,
    }


def _stage(said: Mapping[str, Any], number: int, questions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "title": said[f"title_{number}"],
        "intro": said[f"intro_{number}"],
        "questions": [_question(one) for one in questions if one["stage"] == number],
    }


def _question(said: Mapping[str, Any]) -> dict[str, Any]:
    options = [{"value": value, "label": label} for value, label in _pairs(said["options"])]
    conditions = [
        {"question": name, "is": [one.strip() for one in values.split(",") if one.strip()]}
        for name, values in _pairs(said["asked_if"])
    ]
    found = {name: said[name] for name in ("id", "kind", "text", "help", "reason_label")}
    return {
        **found,
        **({"options": options} if options else {}),
        **({"asked_if": conditions} if conditions else {}),
    }


def _pairs(lines: str) -> list[tuple[str, str]]:
    """Lines of "name = rest" as pairs; a line without the sign keeps its whole as the name."""
    found = [line.partition("=") for line in lines.splitlines() if line.strip()]
    return [(name.strip(), rest.strip()) for name, _sign, rest in found]


class FileForm(forms.Form):
    """A checklist as a file."""

    file = forms.FileField(label=_("Datei"), help_text=_("YAML oder JSON"))
