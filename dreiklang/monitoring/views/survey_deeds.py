"""Entering surveys, their documents, questions and key statements, and publishing them."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.enums import Visibility
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.surveys import (
    DocumentForm,
    QuestionForm,
    StatementForm,
    SurveyForm,
    question_values,
    statement_values,
    survey_values,
)
from dreiklang.monitoring.models import Survey
from dreiklang.monitoring.queries import surveys as queries
from dreiklang.monitoring.services import survey_parts as parts
from dreiklang.monitoring.services import surveys as services
from dreiklang.monitoring.views.kept_forms import Words, try_to_save
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

WORDS: Words = {
    "period": ("ends_on", gettext_lazy("Das Ende liegt vor dem Beginn.")),
    "more_than_asked": ("response_count", gettext_lazy("Es haben mehr geantwortet als gefragt wurden.")),
    "threshold": ("hide_below", gettext_lazy("Unter 2 verbirgt die Schwelle nichts.")),
    "needs_department": ("department_id", gettext_lazy("Öffentlich ist nur, wofür ein Amt zuständig ist.")),
    "wrong_type": ("file", gettext_lazy("Diese Art von Datei wird nicht angenommen.")),
    "too_large": ("file", gettext_lazy("Die Datei ist zu groß. Erlaubt sind 50 MB.")),
    "number_taken": ("number", gettext_lazy("Diese Nummer hat in dieser Umfrage schon eine Frage.")),
    "series_twice": (
        "series_id",
        gettext_lazy("Diese Reihe fragt die Umfrage schon mit einer anderen Frage."),
    ),
}


def survey_new(request: ViewerRequest) -> HttpResponse:
    """Enter a survey or study."""
    require(request.viewer, permissions.EDIT_SURVEY)
    start = {"department_id": request.viewer.department_id}
    form = SurveyForm(request.POST or None, viewer=request.viewer, initial=start)
    return _handled(
        request,
        form,
        lambda: services.create_survey(by=request.viewer, values=form.values()),
        title=_("Umfrage oder Studie eintragen"),
        said=_("Angelegt. Öffentlich wird sie erst, wenn Sie sie veröffentlichen."),
        draft_key="umfrage-neu",
    )


def survey_edit(request: ViewerRequest, key: str) -> HttpResponse:
    """Change what is known of a survey."""
    one = _found(request, key)
    form = SurveyForm(request.POST or None, viewer=request.viewer, initial=survey_values(one))
    return _handled(
        request,
        form,
        lambda: services.change_survey(
            by=request.viewer, pk=one.pk, version=form.seen_version, values=form.values()
        ),
        title=_("Angaben ändern"),
        said=_("Gespeichert."),
        one=one,
    )


def document_edit(request: ViewerRequest, key: str) -> HttpResponse:
    """Keep the document."""
    one = _found(request, key)
    form = DocumentForm(request.POST or None, request.FILES or None)

    def save() -> Survey:
        given = form.cleaned_data["file"]
        return services.keep_document(by=request.viewer, pk=one.pk, name=given.name, content=given.read())

    return _handled(
        request, form, save, title=_("Dokument hinterlegen"), said=_("Das Dokument ist hinterlegt."), one=one
    )


def question_edit(request: ViewerRequest, key: str, pk: int | None = None) -> HttpResponse:
    """A question, new or changed."""
    one = _found(request, key)
    question = _of(one.questions.filter(pk=pk or 0).first(), pk)
    form = QuestionForm(request.POST or None, initial=question_values(question) if question else None)

    def save() -> Survey:
        parts.save_question(by=request.viewer, survey_id=one.pk, question_id=pk, values=form.cleaned_data)
        return one

    remove = reverse("monitoring:survey-question-remove", args=[key, pk]) if pk else ""
    return _handled(request, form, save, title=_("Frage"), said=_("Gespeichert."), one=one, remove=remove)


def statement_edit(request: ViewerRequest, key: str, pk: int | None = None) -> HttpResponse:
    """A key statement, new or changed."""
    one = _found(request, key)
    statement = _of(one.statements.filter(pk=pk or 0).first(), pk)
    initial = statement_values(statement) if statement else None
    form = StatementForm(request.POST or None, viewer=request.viewer, initial=initial)

    def save() -> Survey:
        parts.save_statement(by=request.viewer, survey_id=one.pk, statement_id=pk, values=form.cleaned_data)
        return one

    remove = reverse("monitoring:survey-statement-remove", args=[key, pk]) if pk else ""
    return _handled(
        request, form, save, title=_("Kernaussage"), said=_("Gespeichert."), one=one, remove=remove
    )


@require_POST
def question_remove(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """Out of the survey, as long as there are no results."""
    one = _found(request, key)
    try:
        parts.remove_question(by=request.viewer, survey_id=one.pk, question_id=pk)
    except NotFound as missing:
        raise Http404 from missing
    except parts.CannotSavePart:
        said = _("Zu dieser Frage gibt es Ergebnisse. Sie bleibt deshalb stehen.")
        tell(request, text=said, tone=Tone.WARN)
    else:
        tell(request, text=_("Entfernt."))
    return redirect(queries.address(key))


@require_POST
def statement_remove(request: ViewerRequest, key: str, pk: int) -> HttpResponse:
    """Out of the survey."""
    one = _found(request, key)
    try:
        parts.remove_statement(by=request.viewer, survey_id=one.pk, statement_id=pk)
    except NotFound as missing:
        raise Http404 from missing
    tell(request, text=_("Entfernt."))
    return redirect(queries.address(key))


@require_POST
def survey_publish(request: ViewerRequest, key: str) -> HttpResponse:
    """Make it known, or take it back."""
    one = _found(request, key)
    wanted = Visibility.INTERNAL if one.visibility == Visibility.PUBLIC else Visibility.PUBLIC
    given = request.POST.get("version", "")
    try:
        services.publish_survey(
            by=request.viewer,
            pk=one.pk,
            version=int(given) if given.isdecimal() else 0,
            visibility=wanted,
        )
    except ChangedMeanwhile:
        said = _("Inzwischen wurde die Umfrage geändert. Bitte sehen Sie sie noch einmal an.")
        tell(request, text=said, tone=Tone.WARN)
    except services.CannotSaveSurvey:
        said = _("Öffentlich wird nur, wofür ein Amt zuständig ist. Bitte tragen Sie es ein.")
        tell(request, text=said, tone=Tone.WARN)
    else:
        is_public = wanted == Visibility.PUBLIC
        tell(request, text=_("Die Umfrage ist jetzt öffentlich.") if is_public else _("Wieder intern."))
    return redirect(queries.address(key))


def _handled(
    request: ViewerRequest,
    form: Form,
    save: Callable[[], Survey],
    *,
    title: str,
    said: str,
    one: Survey | None = None,
    **context: Any,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = try_to_save(form, save, words=WORDS, values_of=survey_values)
        if saved.record is not None:
            tell(request, text=said)
            return redirect(queries.address(saved.record.key))
        context["clash"] = saved.clash
    back = queries.address(one.key) if one else reverse("monitoring:surveys")
    return render(
        request,
        "monitoring/surveys/form.html",
        {"form": form, "title": title, "one": one, "back_url": back, **context},
    )


def _found(request: ViewerRequest, key: str) -> Survey:
    """The survey, if the viewer may change it."""
    try:
        one = queries.survey_record(request.viewer, key=key)
    except NotFound as missing:
        raise Http404 from missing
    require(request.viewer, permissions.EDIT_SURVEY, one)
    return one


def _of(found: Any, pk: int | None) -> Any:
    if pk is not None and found is None:
        raise Http404
    return found
