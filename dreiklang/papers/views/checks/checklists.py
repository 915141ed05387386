"""The checklist: its versions, the editor, YAML and JSON in and out, putting in force."""

import json
from datetime import date
from typing import Any

import yaml
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core import text
from dreiklang.core.errors import ChangedMeanwhile, NotFound
from dreiklang.papers.forms.checklists import (
    ChecklistForm,
    FileForm,
    checklist_initial,
    question_initial,
    question_rows,
    raw_checklist,
)
from dreiklang.papers.imports.checklists import LARGEST, example_text, read_checklist
from dreiklang.papers.models import Checklist
from dreiklang.papers.models.labels import STANDING_LABELS
from dreiklang.papers.permissions.checks import CHECKLIST, SEE
from dreiklang.papers.queries.checklists import checklist_lines, checklist_of, standing_of
from dreiklang.papers.rules.checklist import ChecklistContent, Flaw, as_data, parse_checklist
from dreiklang.papers.services import checklists as services
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

FLAWS = {
    "missing": gettext_lazy("fehlt"),
    "not_text": gettext_lazy("ist kein Text"),
    "too_long": gettext_lazy("ist zu lang"),
    "not_a_table": gettext_lazy("muss aus Feldern mit Namen bestehen"),
    "not_a_list": gettext_lazy("muss eine Liste sein"),
    "not_a_day": gettext_lazy("ist kein Datum wie 2027-01-31"),
    "not_yes_or_no": gettext_lazy("muss true oder false sein"),
    "not_an_id": gettext_lazy(
        "muss mit einem Kleinbuchstaben beginnen und darf nur a–z, 0–9, - und _ enthalten"
    ),
    "unknown_field": gettext_lazy("ist kein bekanntes Feld"),
    "unknown_format": gettext_lazy("ist kein bekanntes Format"),
    "unknown_kind": gettext_lazy("ist keine bekannte Art von Frage"),
    "too_few_options": gettext_lazy("braucht mindestens zwei Antworten zur Auswahl"),
    "options_without_choice": gettext_lazy("hat eine Auswahl, ist aber keine Auswahlfrage"),
    "option_twice": gettext_lazy("nennt eine Antwort zweimal"),
    "id_twice": gettext_lazy("kommt zweimal vor"),
    "asked_if_unknown_question": gettext_lazy("hängt von einer Frage ab, die davor nicht steht"),
    "asked_if_unknown_value": gettext_lazy("hängt von einer Antwort ab, die es nicht gibt"),
    "no_questions": gettext_lazy("enthält keine Frage"),
    "too_many_stages": gettext_lazy("hat mehr als zwei Stufen nach der ersten"),
    "empty": gettext_lazy("ist leer"),
    "too_large": gettext_lazy("ist zu groß"),
    "too_deep": gettext_lazy("ist zu tief verschachtelt"),
    "broken_yaml": gettext_lazy("ist kein lesbares YAML"),
    "broken_json": gettext_lazy("ist kein lesbares JSON"),
}
_REFUSALS = {
    "label_taken": gettext_lazy("Diese Fassung gibt es schon. Geben Sie ihr einen neuen Namen."),
    "not_a_draft": gettext_lazy("Was in Kraft war, ändert sich nicht mehr. Schreiben Sie eine neue Fassung."),
    "has_flaws": gettext_lazy("Das Prüfschema ist so nicht lesbar."),
    "day_taken": gettext_lazy(
        "An diesem Tag kommt schon eine andere Fassung in Kraft. Bitte ändern Sie den Tag."
    ),
    "has_begun": gettext_lazy("Diese Fassung war schon in Kraft und bleibt es, bis eine andere sie ablöst."),
}


@login_required
def versions(request: ViewerRequest) -> HttpResponse:
    """All versions, and the ways to a new one."""
    require(request.viewer, SEE)
    form = FileForm(request.POST or None, request.FILES or None)
    flaws: list[Flaw] = []
    if request.method == "POST":
        require(request.viewer, CHECKLIST)
        text = _uploaded(form) if "beispiel" not in request.POST else example_text()
        content, flaws = (None, []) if text is None else read_checklist(text)
        if content is not None:
            made = _written(request, content)
            if made is not None:
                return redirect("papers:checklist", pk=made.pk)
    context = {
        "lines": [
            (line, STANDING_LABELS[line.standing])
            for line in checklist_lines(request.viewer, today=timezone.localdate())
        ],
        "form": form if request.FILES else FileForm(),
        "flaws": [_flaw_words(one) for one in flaws],
        "may_edit": may(request.viewer, CHECKLIST),
    }
    return render(request, "papers/checklists/list.html", context)


def _uploaded(form: FileForm) -> str | None:
    if not form.is_valid():
        return None
    raw: bytes = form.cleaned_data["file"].read(LARGEST * 4)
    return raw.decode("utf-8-sig", errors="replace")


def _written(request: ViewerRequest, content: ChecklistContent) -> Checklist | None:
    try:
        made = services.write_checklist(by=request.viewer, content=content)
    except services.CannotSaveChecklist as refusal:
        tell(request, text=str(_REFUSALS[refusal.code]), tone=Tone.WARN)
        return None
    tell(request, text=_("Als Entwurf gespeichert. Er gilt, sobald Sie ihn in Kraft setzen."))
    return made


@login_required
def version(request: ViewerRequest, pk: int) -> HttpResponse:
    """One version as people will be asked."""
    record, content = _found(request, pk)
    today = timezone.localdate()
    standing = standing_of(record, today=today)
    context = {
        "record": record,
        "content": content,
        "may_edit": may(request.viewer, CHECKLIST),
        "standing": standing,
        "standing_label": STANDING_LABELS[standing],
        "is_for_later": record.valid_from is not None and record.valid_from > today,
    }
    return render(request, "papers/checklists/version.html", context)


@login_required
def write(request: ViewerRequest, pk: int | None = None) -> HttpResponse:
    """The editor: a draft, or a new version that starts from another one (`?von=`)."""
    require(request.viewer, CHECKLIST)
    came_from = request.GET.get("von", "")
    source = pk if pk is not None else int(came_from) if came_from.isdecimal() else None
    record, content = _found(request, source) if source is not None else (None, None)
    initial = checklist_initial(content) if content else {}
    seen = record.version if record is not None and pk is not None else 0
    form = ChecklistForm(request.POST or None, initial=initial | {"version": seen} | _as_new(pk))
    rows = question_rows(request.POST or None, question_initial(content) if content else [])
    flaws: list[str] = []
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        read, found = parse_checklist(raw_checklist(form, rows))
        flaws = [_flaw_words(one) for one in found]
        if read is not None:
            saved = _saved(request, form, read, pk)
            if saved is not None:
                return redirect("papers:checklist", pk=saved.pk)
    context = {"form": form, "rows": rows, "flaws": flaws, "record": record if pk is not None else None}
    return render(request, "papers/checklists/edit.html", context)


def _as_new(pk: int | None) -> dict[str, Any]:
    """A new version needs a label of its own."""
    return {} if pk is not None else {"label": "", "valid_from": None}


def _saved(
    request: ViewerRequest, form: ChecklistForm, read: ChecklistContent, pk: int | None
) -> Checklist | None:
    seen = form.cleaned_data.get("version") or 0
    try:
        made = services.write_checklist(by=request.viewer, content=read, pk=pk, version=seen)
    except ChangedMeanwhile:
        form.add_error(None, _("Inzwischen hat jemand diesen Entwurf geändert. Öffnen Sie ihn neu."))
    except services.CannotSaveChecklist as refusal:
        form.add_error("label" if refusal.code == "label_taken" else None, str(_REFUSALS[refusal.code]))
    else:
        tell(request, text=_("Entwurf gespeichert."))
        return made
    return None


@login_required
@require_POST
def publish(request: ViewerRequest, pk: int) -> HttpResponse:
    """Put a draft in force."""
    now = timezone.now()
    try:
        made = services.publish_checklist(by=request.viewer, now=now, pk=pk, version=_seen(request))
    except NotFound as missing:
        raise Http404 from missing
    except ChangedMeanwhile:
        tell(
            request,
            text=_("Inzwischen hat jemand diesen Entwurf geändert. Sehen Sie ihn noch einmal an."),
            tone=Tone.WARN,
        )
    except services.CannotSaveChecklist as refusal:
        tell(request, text=str(_REFUSALS[refusal.code]), tone=Tone.WARN)
    else:
        tell(request, text=_published_words(made, timezone.localdate(now)))
    return redirect("papers:checklist", pk=pk)


def _published_words(made: Checklist, today: date) -> str:
    if made.valid_from is None or made.valid_from <= today:
        return _("In Kraft. Neue Prüfungen fragen danach; laufende behalten ihre Fassung.")
    return _(
        "Kommt am %(day)s von selbst in Kraft. Bis dahin fragen neue Prüfungen nach der jetzigen Fassung."
    ) % {"day": text.day(made.valid_from)}


def _seen(request: ViewerRequest) -> int:
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() else 0


@login_required
@require_POST
def take_back(request: ViewerRequest, pk: int) -> HttpResponse:
    """A version that would come into force later is a draft again."""
    try:
        services.take_back_checklist(by=request.viewer, now=timezone.now(), pk=pk, version=_seen(request))
    except NotFound as missing:
        raise Http404 from missing
    except ChangedMeanwhile:
        tell(request, text=_("Diese Fassung hat sich inzwischen geändert."), tone=Tone.WARN)
    except services.CannotSaveChecklist as refusal:
        tell(request, text=str(_REFUSALS[refusal.code]), tone=Tone.WARN)
    else:
        tell(request, text=_("Wieder ein Entwurf. Die jetzige Fassung gilt weiter."))
    return redirect("papers:checklist", pk=pk)


@login_required
@require_POST
def discard(request: ViewerRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    try:
        services.discard_checklist(by=request.viewer, pk=pk, version=_seen(request))
    except NotFound as missing:
        raise Http404 from missing
    except (ChangedMeanwhile, services.CannotSaveChecklist):
        tell(request, text=_("Der Entwurf hat sich inzwischen geändert."), tone=Tone.WARN)
        return redirect("papers:checklist", pk=pk)
    tell(request, text=_("Entwurf verworfen."))
    return redirect("papers:checklists")


@login_required
def download(request: ViewerRequest, pk: int, form: str) -> HttpResponse:
    """A version as YAML or JSON."""
    _record, content = _found(request, pk)
    data = as_data(content)
    if form == "json":
        body, kind = json.dumps(data, ensure_ascii=False, indent=2), "application/json"
    elif form == "yaml":
        body, kind = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110), "application/yaml"
    else:
        raise Http404
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="pruefschema-{pk}.{form}"'
    return response


def _found(request: ViewerRequest, pk: int) -> tuple[Checklist, ChecklistContent]:
    require(request.viewer, SEE)
    try:
        return checklist_of(request.viewer, pk=pk)
    except NotFound as missing:
        raise Http404 from missing


def _flaw_words(flaw: Flaw) -> str:
    """Where, what, and the value met."""
    where = _("Zeile %(n)s") % {"n": flaw.path} if flaw.path.isdecimal() else flaw.path or _("Die Datei")
    met = f" ({flaw.value})" if flaw.value else ""
    return f"{where}: {FLAWS.get(flaw.code, flaw.code)}{met}"
