"""Forms of the framework."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm, offer
from dreiklang.goals.models import CAUSE_LABELS, CONTINUATION_LABELS
from dreiklang.goals.queries import goal_choices, task_choices
from dreiklang.goals.rules import Continuation, Pair
from dreiklang.people.queries import accounts_choices, departments_choices
from dreiklang.people.rules import Viewer

_NONE = ("", "–")


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **options)


class FrameworkForm(KeptForm):
    """Title, label and resolution of a version."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    label = forms.CharField(label=_("Fassung"), max_length=60, help_text=_("Zum Beispiel 2028."))
    resolution_reference = forms.CharField(label=_("Beschluss"), max_length=120, required=False)
    resolution_on = _day(_("Beschlossen am"), required=False)


class DatesForm(KeptForm):
    """Validity and resolution of the valid version, with the reason of the correction."""

    valid_from = _day(_("Gültig ab"))
    valid_to = _day(_("Gültig bis"), required=False, help_text=_("Leer: bis eine neue Fassung gilt."))
    resolution_reference = forms.CharField(label=_("Beschluss"), max_length=120, required=False)
    resolution_on = _day(_("Beschlossen am"), required=False)
    reason = forms.CharField(
        label=_("Grund der Berichtigung"), max_length=300, help_text=_("Steht im Verlauf der Fassung.")
    )


class StartForm(forms.Form):
    """The beginning of a new version."""

    title = forms.CharField(label=_("Titel"), max_length=200)
    label = forms.CharField(label=_("Fassung"), max_length=60, help_text=_("Zum Beispiel 2028."))


class GoalForm(KeptForm):
    """A goal with its place in the tree and the future tasks it serves."""

    number = forms.CharField(label=_("Nummer"), max_length=20)
    title = forms.CharField(label=_("Titel"), max_length=300)
    parent_id = forms.TypedChoiceField(
        label=_("Gehört zu"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Leer: oberste Ebene."),
    )
    description = forms.CharField(
        label=_("Wortlaut"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    plain = forms.CharField(
        label=_("In einfachen Worten"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    task_ids = forms.TypedMultipleChoiceField(
        label=_("Dient den Zukunftsaufgaben"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, viewer: Viewer, framework_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent_id", [_NONE, *goal_choices(viewer, framework_id=framework_id)])
        offer(self, "task_ids", task_choices(viewer, framework_id=framework_id))


class TaskForm(KeptForm):
    """A future task with the goals that serve it; its rank only in a draft."""

    number = forms.CharField(label=_("Nummer"), max_length=20)
    title = forms.CharField(label=_("Titel"), max_length=200)
    rank = forms.IntegerField(label=_("Rang"), required=False, min_value=1, max_value=99)
    description = forms.CharField(
        label=_("Wortlaut"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    plain = forms.CharField(
        label=_("In einfachen Worten"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    goal_ids = forms.TypedMultipleChoiceField(
        label=_("Ziele, die hierauf einzahlen"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, viewer: Viewer, framework_id: int, is_draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "goal_ids", goal_choices(viewer, framework_id=framework_id))
        if not is_draft:
            del self.fields["rank"]


class GroupForm(KeptForm):
    """A thematic group with its standing team."""

    name = forms.CharField(label=_("Name"), max_length=160)
    description = forms.CharField(
        label=_("Beschreibung"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    speaker_id = forms.TypedChoiceField(label=_("Sprecher:in"), required=False, coerce=int, empty_value=None)
    member_ids = forms.TypedMultipleChoiceField(
        label=_("Mitglieder"), required=False, coerce=int, help_text=_("Mehrere mit gedrückter Strg-Taste.")
    )
    task_ids = forms.TypedMultipleChoiceField(
        label=_("Zukunftsaufgaben"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    goal_ids = forms.TypedMultipleChoiceField(
        label=_("Ziele"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, viewer: Viewer, framework_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = accounts_choices()
        offer(self, "speaker_id", [_NONE, *people])
        offer(self, "member_ids", people)
        self.fields["member_ids"].widget.attrs["size"] = 10
        offer(self, "task_ids", task_choices(viewer, framework_id=framework_id))
        offer(self, "goal_ids", goal_choices(viewer, framework_id=framework_id))


class PriorityForm(forms.Form):
    """A change of priority: what, from when, and above all why."""

    task_id = forms.TypedChoiceField(label=_("Zukunftsaufgabe"), coerce=int)
    new_rank = forms.IntegerField(
        label=_("Neuer Rang"), required=False, min_value=1, help_text=_("1 = zuerst. Leer: ohne Rang.")
    )
    effective_on = _day(_("Gilt ab"))
    cause = forms.ChoiceField(label=_("Anlass"), choices=list(CAUSE_LABELS.items()), widget=forms.RadioSelect)
    trigger = forms.CharField(
        label=_("Auslöser"),
        max_length=300,
        help_text=_("Was ist geschehen? Zum Beispiel: Hochwasser im Mai."),
    )
    reason = forms.CharField(label=_("Begründung"), widget=forms.Textarea(attrs={"rows": 5}))
    decision_reference = forms.CharField(label=_("Beschluss"), max_length=120, required=False)
    decision_on = _day(_("Beschlossen am"), required=False)
    publish = forms.BooleanField(
        label=_("Sofort veröffentlichen"),
        required=False,
        initial=True,
        help_text=_("Sonst sieht die Änderung zunächst nur die Verwaltung."),
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "task_id", task_choices(viewer))


class DayForm(forms.Form):
    """A day to look at."""

    stichtag = _day(_("Tag"), required=False)


class StepForm(KeptForm):
    """A step of the evaluation cycle."""

    name = forms.CharField(label=_("Schritt"), max_length=200)
    due_on = _day(_("Fällig am"))
    department_id = forms.TypedChoiceField(label=_("Amt"), required=False, coerce=int, empty_value=None)
    repeats_after_months = forms.IntegerField(
        label=_("Wiederholt sich nach Monaten"), required=False, min_value=1, max_value=240
    )
    done_on = _day(_("Erledigt am"), required=False)
    note = forms.CharField(
        label=_("Interne Bemerkung"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "department_id", [_NONE, *departments_choices()])


class MappingForm(forms.Form):
    """What becomes of one old goal or task. Several successors mean: split."""

    continuation = forms.ChoiceField(
        label=_("Was wird daraus"),
        required=False,
        choices=[("", _("noch offen")), *CONTINUATION_LABELS.items()],
    )
    new_ids = forms.TypedMultipleChoiceField(label=_("Geht auf in"), required=False, coerce=int)

    def __init__(self, *args: Any, old_id: int, successors: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.old_id = old_id
        offer(self, "new_ids", successors)
        self.fields["new_ids"].widget.attrs["size"] = 3

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        kind, chosen = given.get("continuation"), given.get("new_ids") or []
        if kind == Continuation.DROPPED and chosen:
            self.add_error(
                "new_ids", _("Was entfällt, geht in nichts auf. Bitte wählen Sie eines von beiden.")
            )
        if kind and kind != Continuation.DROPPED and not chosen:
            self.add_error("new_ids", _("Bitte wählen Sie, worin es aufgeht."))
        return given

    def pairs(self) -> list[Pair]:
        """The pairs this line tells; none while it is open."""
        kind = self.cleaned_data.get("continuation")
        if not kind:
            return []
        if kind == Continuation.DROPPED:
            return [Pair(self.old_id, None, Continuation.DROPPED)]
        return [Pair(self.old_id, new, Continuation(kind)) for new in self.cleaned_data["new_ids"]]
