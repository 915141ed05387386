"""The short form of a report."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import offer
from dreiklang.measures.models import Measure
from dreiklang.measures.models.labels import PHASE_LABELS, TIMELINESS_LABELS
from dreiklang.measures.rules import WAY, Phase, Timeliness, lacks_obstacle
from dreiklang.measures.services import NewMilestone, ReportDraft

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def long_text(rows: int = 2) -> forms.Textarea:
    """A text area of so many rows."""
    return forms.Textarea(attrs={"rows": rows})


class ReportForm(forms.Form):
    """What has changed: phase and time first, the rest only where there is something to say."""

    phase = forms.ChoiceField(
        label=_("Wie weit ist die Maßnahme?"),
        widget=forms.RadioSelect,
        choices=[(one.value, PHASE_LABELS[one]) for one in (*WAY, Phase.DROPPED, Phase.REPLACED)],
    )
    successor = forms.CharField(
        label=_("Nummer der Maßnahme, die an ihre Stelle tritt"),
        required=False,
        help_text=_("Nur bei „ersetzt“. Eine doppelt geführte Maßnahme legen Sie auf ihrer Seite zusammen."),
    )
    timeliness = forms.ChoiceField(
        label=_("Wie liegt sie in der Zeit?"),
        widget=forms.RadioSelect,
        choices=[(one.value, TIMELINESS_LABELS[one]) for one in Timeliness],
    )
    expected_end_on = forms.DateField(label=_("Voraussichtliches Ende"), required=False, widget=DAY)
    next_step = forms.CharField(label=_("Nächster Schritt"), required=False, widget=long_text())
    obstacle = forms.CharField(
        label=_("Was hindert?"),
        required=False,
        widget=long_text(),
        help_text=_("Nötig, wenn die Maßnahme stillsteht. Ein Wort genügt."),
    )
    decision_needed = forms.CharField(
        label=_("Welche Entscheidung fehlt?"),
        required=False,
        widget=long_text(),
        help_text=_("Die Leitung Ihres Amts erfährt davon."),
    )
    milestones_done = forms.MultipleChoiceField(
        label=_("Diese Meilensteine sind erreicht"), required=False, widget=forms.CheckboxSelectMultiple
    )
    new_milestone = forms.CharField(label=_("Neuer Meilenstein"), required=False, max_length=300)
    new_milestone_on = forms.DateField(label=_("Fällig am"), required=False, widget=DAY)
    new_milestone_public = forms.BooleanField(label=_("Meilenstein öffentlich zeigen"), required=False)
    public_note = forms.CharField(
        label=_("Notiz für die Öffentlichkeit"),
        required=False,
        widget=long_text(3),
        help_text=_("Erscheint erst, wenn Ihr Amt sie freigibt. Ein, zwei einfache Sätze genügen."),
    )
    note = forms.CharField(label=_("Interne Notiz"), required=False, widget=long_text())
    reported_on = forms.DateField(
        label=_("Stand vom"), widget=DAY, help_text=_("Ein früherer Tag ist möglich, ein künftiger nicht.")
    )

    def __init__(self, data: Any = None, *, measure: Measure, today: date) -> None:
        super().__init__(data, initial=_start(measure, today))
        steps = measure.milestones.filter(done_on=None).order_by("due_on", "pk")
        choices = [(one.pk, one.title) for one in steps]
        offer(self, "milestones_done", choices)
        if not choices:
            del self.fields["milestones_done"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("phase") == Phase.REPLACED and not said.get("successor"):
            self.add_error("successor", _("Bitte nennen Sie die Nummer der neuen Maßnahme."))
        if said.get("new_milestone_on") and not said.get("new_milestone"):
            self.add_error("new_milestone", _("Wie heißt der Meilenstein?"))
        if _stands_still_without_reason(said):
            self.add_error("obstacle", _("Die Maßnahme steht still. Was hindert sie? Ein Wort genügt."))
        return said

    def draft(self) -> ReportDraft:
        """What was said, for the service."""
        said = self.cleaned_data
        title = said["new_milestone"].strip()
        return ReportDraft(
            phase=Phase(said["phase"]),
            timeliness=Timeliness(said["timeliness"]),
            next_step=said["next_step"],
            obstacle=said["obstacle"],
            decision_needed=said["decision_needed"],
            expected_end_on=said["expected_end_on"],
            public_note=said["public_note"],
            note=said["note"],
            milestones_done=[int(pk) for pk in said.get("milestones_done", ())],
            new_milestone=NewMilestone(title, said["new_milestone_on"], said["new_milestone_public"])
            if title
            else None,
        )


def _stands_still_without_reason(said: dict[str, Any]) -> bool:
    if not said.get("phase") or not said.get("timeliness"):
        return False
    return lacks_obstacle(
        phase=Phase(said["phase"]),
        timeliness=Timeliness(said["timeliness"]),
        obstacle=said.get("obstacle", ""),
    )


def _start(measure: Measure, today: date) -> dict[str, Any]:
    """What the last report said stands in the form; notes start empty."""
    last = measure.current_report
    start: dict[str, Any] = {"reported_on": today}
    if last is not None:
        names = ("phase", "timeliness", "next_step", "obstacle", "decision_needed", "expected_end_on")
        start |= {name: getattr(last, name) for name in names}
    return start
