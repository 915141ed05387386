"""Verdicts on proposals, and naming what they missed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.concepts.queries import concept_choices
from dreiklang.goals.queries import goal_choices, task_choices
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.queries import ids_of
from dreiklang.monitoring.queries import indicator_choices
from dreiklang.papers.models.labels import TARGET_KIND_LABELS
from dreiklang.papers.rules.kinds import TargetKind, Verdict
from dreiklang.people.queries import departments_choices
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import area_choices

# What a button says → the verdict and, for goals, how the draft acts on it.
SAID: dict[str, tuple[Verdict, LinkSign | None]] = {
    "supports": (Verdict.CONFIRMED, LinkSign.SUPPORTS),
    "hinders": (Verdict.CONFIRMED, LinkSign.HINDERS),
    "confirmed": (Verdict.CONFIRMED, None),
    "rejected": (Verdict.REJECTED, None),
    "open": (Verdict.OPEN, None),
}


class VerdictForm(forms.Form):
    """One button of a proposal, with a reason if somebody gives one."""

    say = forms.ChoiceField(choices=[(one, one) for one in SAID])
    reason = forms.CharField(required=False, max_length=2000)


class NameForm(forms.Form):
    """What the draft touches although nobody proposed it."""

    target = forms.ChoiceField(label=_("Was berührt der Entwurf noch?"), required=False)
    measure = forms.CharField(
        label=_("Oder die Nummer einer Maßnahme"),
        required=False,
        max_length=60,
        help_text=_("Zum Beispiel V-12"),
    )
    reason = forms.CharField(
        label=_("Warum?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._viewer = viewer
        self.fields["target"].choices = [("", _("Bitte wählen")), *_groups(viewer)]  # type: ignore[attr-defined]  # fields are of no kind to the stubs

    def clean(self) -> dict[str, Any]:
        """Exactly one of both, as `named`: kind and id."""
        data = super().clean() or {}
        number, chosen = (data.get("measure") or "").strip(), data.get("target") or ""
        if bool(number) == bool(chosen):
            raise forms.ValidationError(
                _("Bitte wählen Sie etwas aus, oder nennen Sie die Nummer einer Maßnahme.")
            )
        if chosen:
            kind, _sep, pk = chosen.partition("-")
            data["named"] = (TargetKind(kind), int(pk))
        elif found := ids_of(self._viewer, numbers=[number]):
            data["named"] = (TargetKind.MEASURE, found[number])
        else:
            self.add_error(
                "measure", _("Diese Nummer gibt es nicht. Bitte sehen Sie in der Liste der Maßnahmen nach.")
            )
        return data


def _groups(viewer: Viewer) -> list[tuple[Any, list[tuple[str, str]]]]:
    lists: list[tuple[TargetKind, Iterable[tuple[int, str]]]] = [
        (TargetKind.GOAL, goal_choices(viewer)),
        (TargetKind.TASK, task_choices(viewer)),
        (TargetKind.CONCEPT, concept_choices(viewer)),
        (TargetKind.INDICATOR, indicator_choices(viewer)),
        (TargetKind.AREA, [one for _level, ones in area_choices(viewer) for one in ones]),
        (TargetKind.DEPARTMENT, departments_choices()),
    ]
    return [
        (TARGET_KIND_LABELS[kind], [(f"{kind.value}-{pk}", label) for pk, label in rows])
        for kind, rows in lists
    ]
