"""Forms of surveys: the survey, its document, its questions, its key statements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm, day_input, offer
from dreiklang.goals.queries import goal_choices, task_choices, valid_framework
from dreiklang.monitoring.models import KeyStatement, Question, Survey
from dreiklang.monitoring.models.surveys import SURVEY_KIND_LABELS, SURVEY_MODE_LABELS
from dreiklang.monitoring.queries.question_series import series_choices
from dreiklang.monitoring.queries.surveys import SurveyFilter, survey_years
from dreiklang.monitoring.rules.surveys import SurveyKind
from dreiklang.monitoring.services.survey_parts import QUESTION_FIELDS
from dreiklang.monitoring.services.surveys import ENDINGS, FIELDS
from dreiklang.people.queries import departments_choices
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import area_choices

_NONE = ("", "–")
_ANY = ("", _("alle"))


class SurveyFilterForm(forms.Form):
    """What the list is narrowed to."""

    q = forms.CharField(label=_("Text"), required=False)
    art = forms.ChoiceField(label=_("Art"), required=False, choices=[_ANY, *SURVEY_KIND_LABELS.items()])
    jahr = forms.TypedChoiceField(label=_("Jahr"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "jahr", [_ANY, *((year, str(year)) for year in survey_years(viewer))])

    def wanted(self) -> SurveyFilter:
        """The filter; a value that fits nothing is passed over."""
        self.full_clean()
        said = self.cleaned_data
        return SurveyFilter(text=said.get("q", ""), kind=said.get("art", ""), year=said.get("jahr"))


class SurveyForm(KeptForm):
    """Everything about a survey but its questions and who may see it."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Art"),
        choices=list(SURVEY_KIND_LABELS.items()),
        initial=SurveyKind.SURVEY,
        widget=forms.RadioSelect,
    )
    summary = forms.CharField(
        label=_("In kurzen Worten"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    starts_on = forms.DateField(label=_("Von"), required=False, widget=day_input())
    ends_on = forms.DateField(label=_("Bis"), widget=day_input())
    commissioner = forms.CharField(label=_("Im Auftrag von"), required=False, max_length=200)
    contractor = forms.CharField(label=_("Durchgeführt von"), required=False, max_length=200)
    population = forms.CharField(
        label=_("Grundgesamtheit"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Wer hätte antworten können? Zum Beispiel: Einwohner ab 18 Jahren."),
    )
    sample_size = forms.IntegerField(label=_("Angeschrieben oder angefragt"), required=False, min_value=1)
    response_count = forms.IntegerField(label=_("Geantwortet haben"), required=False, min_value=0)
    mode = forms.ChoiceField(
        label=_("Wie gefragt wurde"), required=False, choices=[_NONE, *SURVEY_MODE_LABELS.items()]
    )
    area_id = forms.TypedChoiceField(
        label=_("Gebiet"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Leer: die ganze Stadt."),
    )
    hide_below = forms.IntegerField(
        label=_("Ergebnisse verbergen unter … Antworten"),
        min_value=2,
        max_value=1000,
        initial=10,
        help_text=_("Was darunter liegt, wird nicht gespeichert. Es kommt nur mit einer neuen Liste zurück."),
    )
    url = forms.URLField(label=_("Adresse im Netz"), required=False, max_length=500, assume_scheme="https")
    is_file_public = forms.BooleanField(label=_("Das Dokument darf jeder lesen"), required=False)
    licence = forms.CharField(label=_("Lizenz"), required=False, max_length=300)
    attribution = forms.CharField(label=_("Quellenangabe"), required=False, max_length=300)
    department_id = forms.TypedChoiceField(
        label=_("Zuständiges Amt"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "area_id", [_NONE, *area_choices(viewer)])
        offer(self, "department_id", [_NONE, *departments_choices()])


class DocumentForm(forms.Form):
    """The document of a survey."""

    file = forms.FileField(label=_("Dokument"), help_text=" · ".join(ENDINGS))


class QuestionForm(forms.Form):
    """One question, word for word."""

    number = forms.CharField(label=_("Nummer"), max_length=20)
    wording = forms.CharField(label=_("Wortlaut der Frage"), widget=forms.Textarea(attrs={"rows": 3}))
    scale = forms.CharField(
        label=_("Antworten"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Eine je Zeile, in ihrer Reihenfolge."),
    )
    series_id = forms.TypedChoiceField(
        label=_("Fragenreihe"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Wurde das schon einmal gefragt? Dann wird über die Jahre verglichen."),
    )
    series_title = forms.CharField(
        label=_("Neue Fragenreihe"),
        required=False,
        max_length=200,
        help_text=_("Nur ausfüllen, wenn mit dieser Frage eine Reihe beginnt."),
    )
    is_changed = forms.BooleanField(
        label=_("Anders gefragt als zuvor"),
        required=False,
        help_text=_("Dann wird mit früheren Antworten nicht verglichen."),
    )
    changed_words = forms.CharField(label=_("Was anders ist"), required=False, max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "series_id", [_NONE, *series_choices()])

    def clean_scale(self) -> list[str]:
        """The lines that say something."""
        return [line.strip()[:200] for line in self.cleaned_data["scale"].splitlines() if line.strip()]


class StatementForm(forms.Form):
    """A key statement with what it concerns."""

    text = forms.CharField(label=_("Kernaussage"), widget=forms.Textarea(attrs={"rows": 4}))
    page = forms.CharField(label=_("Seite"), required=False, max_length=20)
    goal_ids = forms.TypedMultipleChoiceField(
        label=_("Ziele"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    task_ids = forms.TypedMultipleChoiceField(
        label=_("Zukunftsaufgaben"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        valid = valid_framework()
        offer(self, "goal_ids", goal_choices(viewer))
        offer(self, "task_ids", task_choices(viewer, framework_id=valid.pk) if valid else [])


def survey_values(one: Survey) -> dict[str, Any]:
    """What stands in a survey, as the form shows it."""
    return {**{name: getattr(one, name) for name in FIELDS}, "version": one.version}


def question_values(one: Question) -> dict[str, Any]:
    """What stands in a question, as the form shows it."""
    values = {name: getattr(one, name) for name in QUESTION_FIELDS}
    return values | {"scale": "\n".join(one.scale), "series_id": one.series_id}


def statement_values(one: KeyStatement) -> dict[str, Any]:
    """What stands in a statement, as the form shows it."""
    return {
        "text": one.text,
        "page": one.page,
        "goal_ids": list(one.goal_links.values_list("goal_id", flat=True)),
        "task_ids": list(one.task_links.values_list("task_id", flat=True)),
    }
