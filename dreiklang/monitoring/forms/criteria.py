"""What people enter about criteria: the criterion itself, a rating, the filters of the overview."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm, day_input, offer
from dreiklang.goals.queries import goal_choices
from dreiklang.monitoring.models import Criterion
from dreiklang.monitoring.models.labels import INDICATOR_KIND_LABELS, RATING_LABELS, VISIBILITY_LABELS
from dreiklang.monitoring.queries.labels import indicator_choices
from dreiklang.monitoring.services.criteria import FIELDS, MOST_MONTHS
from dreiklang.people.queries import accounts_choices, departments_choices
from dreiklang.people.rules import Viewer

_EMPTY = ("", "–")


class CriterionForm(KeptForm):
    """By what it is told whether a goal is reached. A new one also says of which goal."""

    goal_id = forms.TypedChoiceField(label=_("Ziel"), coerce=int)
    number = forms.CharField(
        label=_("Nummer"), max_length=20, required=False, help_text=_("Leer: die nächste, zum Beispiel K3.")
    )
    text = forms.CharField(
        label=_("Kriterium"),
        max_length=300,
        help_text=_("Ein Satz, dem man zustimmen oder widersprechen kann."),
    )
    explanation = forms.CharField(
        label=_("Woran man es erkennt"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    kind = forms.ChoiceField(
        label=_("Art"),
        choices=list(INDICATOR_KIND_LABELS.items()),
        help_text=_("In Zahlen heißt: Ein Indikator gehört dazu."),
    )
    indicator_id = forms.TypedChoiceField(label=_("Indikator"), required=False, coerce=int, empty_value=None)
    department_id = forms.TypedChoiceField(
        label=_("Zuständiges Amt"), required=False, coerce=int, empty_value=None
    )
    responsible_id = forms.TypedChoiceField(
        label=_("Wer bewertet"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Diese Person wird erinnert. Ohne sie wird das Amt erinnert."),
    )
    visibility = forms.ChoiceField(label=_("Sichtbar"), choices=list(VISIBILITY_LABELS.items()))

    def __init__(self, *args: Any, viewer: Viewer, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "indicator_id", [_EMPTY, *indicator_choices(viewer)])
        offer(self, "department_id", [_EMPTY, *departments_choices()])
        offer(self, "responsible_id", [_EMPTY, *accounts_choices()])
        if is_new:
            offer(self, "goal_id", [("", "–"), *goal_choices(viewer)])
        else:
            del self.fields["goal_id"]


def criterion_values(record: Criterion) -> dict[str, Any]:
    """What the form shows of a criterion."""
    return {name: getattr(record, name) for name in FIELDS} | {"version": record.version}


class RatingForm(forms.Form):
    """A rating with its reason; the figures stand beside it."""

    state = forms.ChoiceField(
        label=_("Bewertung"), choices=list(RATING_LABELS.items()), widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Begründung"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Warum so und nicht anders? Öffentlich, sobald die Bewertung freigegeben ist."),
        error_messages={"required": _("Bitte sagen Sie, warum. Ohne Begründung gilt keine Bewertung.")},
    )
    words_for = forms.CharField(
        label=_("Was sonst dafür spricht"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    words_against = forms.CharField(
        label=_("Was sonst dagegen spricht"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    rated_on = forms.DateField(label=_("Bewertet am"), widget=day_input())
    corrects = forms.TypedChoiceField(
        label=_("Berichtigt eine frühere Bewertung"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Die frühere bleibt lesbar."),
    )
    release = forms.BooleanField(label=_("Gleich freigeben"), required=False)

    def __init__(
        self, *args: Any, earlier: Iterable[tuple[int, str]], may_release: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = list(earlier)
        offer(self, "corrects", [_EMPTY, *known])
        if not known:
            del self.fields["corrects"]
        if not may_release:
            del self.fields["release"]

    def said(self) -> Mapping[str, Any]:
        """What was entered; fields that were not offered are left out."""
        return self.cleaned_data


class ReasonForm(forms.Form):
    """Why a criterion is given up, or a rating withdrawn."""

    reason = forms.CharField(
        label=_("Begründung"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Bitte sagen Sie, warum.")},
    )


class RhythmForm(forms.Form):
    """After how many months a criterion is rated again."""

    months = forms.IntegerField(label=_("Neu bewerten nach … Monaten"), min_value=1, max_value=MOST_MONTHS)


class CriteriaFilterForm(forms.Form):
    """The filters of the overview; every one stands in the address bar."""

    q = forms.CharField(label=_("Suchwort"), required=False)
    ziel = forms.ChoiceField(label=_("Ziel"), required=False)
    stand = forms.ChoiceField(label=_("Bewertung"), required=False)
    art = forms.ChoiceField(label=_("Art"), required=False)
    amt = forms.ChoiceField(label=_("Amt"), required=False)
    jahr = forms.ChoiceField(label=_("Bewertet im Jahr"), required=False)

    def __init__(self, *args: Any, offers: Mapping[str, Iterable[tuple[str, Any]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in offers.items():
            offer(self, name, [("", _("alle")), *choices])
        offer(self, "stand", [("", _("alle")), *RATING_LABELS.items(), ("not_rated", _("nicht bewertet"))])
        offer(self, "art", [("", _("alle")), *INDICATOR_KIND_LABELS.items()])

    def asked(self) -> dict[str, str]:
        """What is asked for; a value that fits nothing is passed over."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
