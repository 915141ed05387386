"""The next version: begin it, work on it, say what becomes of the old goals."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dreiklang.core.errors import ChangedMeanwhile, Refused
from dreiklang.core.forms import both_sides
from dreiklang.goals import forms, permissions, queries, services
from dreiklang.goals.rules import Pair, Want
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.messages import tell

WANTS = {
    Want.UNMAPPED: gettext_lazy("noch offen"),
    Want.DROPPED_AND_CONTINUED: gettext_lazy("entfällt und geht zugleich weiter"),
    Want.SPLIT_INTO_ONE: gettext_lazy("aufgeteilt, hat aber nur einen Nachfolger"),
    Want.SPLIT_UNNAMED: gettext_lazy("mehrere Nachfolger: bitte „aufgeteilt“ wählen"),
    Want.MERGED_FROM_ONE: gettext_lazy("zusammengeführt, aber sonst geht nichts in den Nachfolger"),
    Want.MERGED_UNNAMED: gettext_lazy("geht mit anderen in einen Nachfolger: bitte „zusammengeführt“ wählen"),
}
_REFUSALS = {
    "draft_exists": gettext_lazy("Es gibt schon einen Entwurf."),
    "label_taken": gettext_lazy("Diese Fassung gibt es schon. Bitte wählen Sie eine andere Bezeichnung."),
}


def draft(request: ViewerRequest) -> HttpResponse:
    """The draft to work on; without one, the way to begin it."""
    require(request.viewer, permissions.SEE_DRAFT)
    version = queries.draft_framework(request.viewer)
    if version is None:
        return _start(request)
    valid = queries.valid_framework()
    state = queries.mapping_state(old_framework_id=valid.pk, new_framework_id=version.pk) if valid else None
    return render(
        request,
        "goals/draft.html",
        {
            "version": version,
            "valid": valid,
            "levels": queries.levels(framework_id=version.pk),
            "trees": queries.goals_tree(request.viewer, framework=version),
            "tasks": queries.tasks(request.viewer, framework_id=version.pk),
            "open_count": len(state.goal_gaps) + len(state.task_gaps) if state else 0,
            "may_edit": may(request.viewer, permissions.EDIT),
            "today": timezone.localdate(),
        },
    )


def _start(request: ViewerRequest) -> HttpResponse:
    require(request.viewer, permissions.EDIT)
    valid = queries.valid_framework()
    form = forms.StartForm(request.POST or None, initial={"title": valid.title if valid else ""})
    if request.method == "POST" and form.is_valid():
        try:
            services.start_draft(by=request.viewer, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("label", str(_REFUSALS[refusal.code]))
        else:
            tell(request, text=_("Entwurf angelegt. Die gültige Fassung bleibt davon unberührt."))
            return redirect("goals:draft")
    context = {
        "form": form,
        "title": _("Fortschreibung beginnen") if valid else _("Leitbild anlegen"),
        "lead": _(
            "Der Entwurf beginnt als Kopie der gültigen Fassung. Niemand außerhalb der Verwaltung sieht ihn."
        )
        if valid
        else _(
            "Sie beginnen mit zwei Ebenen, Leitzielen und Entwicklungszielen. Beides können Sie umbenennen."
        ),
        "submit_label": _("Entwurf anlegen"),
        "back_url": reverse("goals:framework"),
    }
    return render(request, "goals/form.html", context)


def framework_edit(request: ViewerRequest) -> HttpResponse:
    """Title, label and resolution of the draft."""
    require(request.viewer, permissions.EDIT)
    version = queries.draft_framework(request.viewer)
    if version is None:
        return redirect("goals:draft")
    form = forms.FrameworkForm(request.POST or None, initial=services.values_of(version))
    clash = None
    if request.method == "POST" and form.is_valid():
        try:
            services.save_framework(
                by=request.viewer, pk=version.pk, version=form.seen_version, values=form.values()
            )
        except ChangedMeanwhile as refusal:
            clash = both_sides(form, services.values_of(refusal.theirs))
            form.take_version(refusal.version)
        else:
            tell(request, text=_("Angaben gespeichert."))
            return redirect("goals:draft")
    context = {
        "form": form,
        "clash": clash,
        "title": _("Angaben zur Fassung"),
        "back_url": reverse("goals:draft"),
    }
    return render(request, "goals/form.html", context)


DATES_WORDS = {
    "not_valid": gettext_lazy("Diese Fassung gilt nicht mehr. Bitte öffnen Sie die gültige."),
    "ends_before_start": gettext_lazy("Das Ende liegt vor dem Beginn."),
    "begins_too_early": gettext_lazy("Die Fassung davor begann später. Bitte wählen Sie einen späteren Tag."),
}


def framework_dates(request: ViewerRequest) -> HttpResponse:
    """Validity and resolution of the valid version."""
    require(request.viewer, permissions.EDIT)
    version = queries.valid_framework()
    if version is None:
        return redirect("goals:framework")
    form = forms.DatesForm(request.POST or None, initial=services.values_of(version))
    clash = None
    if request.method == "POST" and form.is_valid():
        values = form.values()
        try:
            services.correct_dates(
                by=request.viewer,
                pk=version.pk,
                version=form.seen_version,
                values=values,
                reason=values.pop("reason"),
            )
        except ChangedMeanwhile as refusal:
            clash = both_sides(form, services.values_of(refusal.theirs))
            form.take_version(refusal.version)
        except services.CannotCorrect as refusal:
            field = {"ends_before_start": "valid_to", "begins_too_early": "valid_from"}.get(refusal.code)
            form.add_error(field, DATES_WORDS[refusal.code])
        else:
            tell(request, text=_("Angaben gespeichert."))
            return redirect("goals:framework")
    context = {
        "form": form,
        "clash": clash,
        "title": _("Gültigkeit und Beschluss"),
        "lead": _("Ziele und Zukunftsaufgaben bleiben, wie sie sind."),
        "back_url": reverse("goals:framework"),
    }
    return render(request, "goals/form.html", context)


@require_POST
def level_save(request: ViewerRequest) -> HttpResponse:
    """Name a level of the draft, or add the next one."""
    require(request.viewer, permissions.EDIT)
    version = queries.draft_framework(request.viewer)
    rank = request.POST.get("rank", "")
    name, plural = request.POST.get("name", "").strip()[:80], request.POST.get("plural", "").strip()[:80]
    if version and rank.isdecimal() and name and plural:
        services.save_level(
            by=request.viewer, framework_id=version.pk, rank=int(rank), name=name, plural=plural
        )
        tell(request, text=_("Ebene „%(name)s“ gespeichert.") % {"name": plural})
    return redirect("goals:draft")


def mapping(request: ViewerRequest) -> HttpResponse:
    """What becomes of each old goal and future task."""
    require(request.viewer, permissions.EDIT)
    version, valid = queries.draft_framework(request.viewer), queries.valid_framework()
    if version is None or valid is None:
        return redirect("goals:draft")
    state = queries.mapping_state(old_framework_id=valid.pk, new_framework_id=version.pk)
    goals = _lines(request, "ziel", queries.goal_choices, valid.pk, version.pk, state.goal_pairs)
    tasks = _lines(request, "aufgabe", queries.task_choices, valid.pk, version.pk, state.task_pairs)
    if request.method == "POST" and _all_valid([*goals, *tasks]):
        _map(request, goals, services.map_goals)
        _map(request, tasks, services.map_tasks)
        tell(request, text=_("Zuordnung gespeichert."))
        return redirect("goals:mapping")
    return render(
        request,
        "goals/mapping.html",
        {
            "version": version,
            "valid": valid,
            "goals": _with_gaps(goals, state.goal_gaps),
            "tasks": _with_gaps(tasks, state.task_gaps),
            "open_count": len(state.goal_gaps) + len(state.task_gaps),
            "total": len(goals) + len(tasks),
        },
    )


def _all_valid(lines: list[tuple[str, forms.MappingForm]]) -> bool:
    """Whether every line is; all are checked, so that every error shows at once."""
    return sum(not form.is_valid() for _words, form in lines) == 0


def _lines(
    request: ViewerRequest, prefix: str, choices: Any, old_id: int, new_id: int, pairs: tuple[Pair, ...]
) -> list[tuple[str, forms.MappingForm]]:
    """A form for each old record, with what is told so far."""
    successors = choices(request.viewer, framework_id=new_id)
    told: dict[int, list[Pair]] = {}
    for pair in pairs:
        told.setdefault(pair.old_id, []).append(pair)
    return [
        (
            words,
            forms.MappingForm(
                request.POST or None,
                old_id=pk,
                successors=successors,
                prefix=f"{prefix}-{pk}",
                initial={
                    "continuation": told[pk][0].continuation if pk in told else "",
                    "new_ids": [pair.new_id for pair in told.get(pk, ()) if pair.new_id],
                },
            ),
        )
        for pk, words in choices(request.viewer, framework_id=old_id)
    ]


def _map(request: ViewerRequest, lines: list[tuple[str, forms.MappingForm]], save: Any) -> None:
    told = [form.pairs() for _words, form in lines]
    save(
        by=request.viewer,
        old_ids=[form.old_id for _words, form in lines],
        pairs=[p for pairs in told for p in pairs],
    )


def _with_gaps(
    lines: list[tuple[str, forms.MappingForm]], gaps: Any
) -> list[tuple[str, forms.MappingForm, str]]:
    wants = {gap.old_id: str(WANTS[gap.want]) for gap in gaps}
    return [(words, form, wants.get(form.old_id, "")) for words, form in lines]
