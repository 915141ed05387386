"""Forms of the frame: observations, what they mean, watched topics."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm, day_input, offer
from dreiklang.goals.queries import goal_choices
from dreiklang.monitoring.models import FrameChange, WatchItem
from dreiklang.monitoring.models.frame import FRAME_FIELD_LABELS, FRAME_SIDE_LABELS, FRAME_SIGN_LABELS
from dreiklang.monitoring.queries.frame import FrameFilter, change_years
from dreiklang.monitoring.services.frame import FIELDS
from dreiklang.monitoring.services.watching import FIELDS as WATCH_FIELDS
from dreiklang.people.queries import accounts_choices, departments_choices
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import area_choices

_NONE = ("", "–")
_ANY = ("", _("alle"))


class FrameFilterForm(forms.Form):
    """What the list is narrowed to."""

    q = forms.CharField(label=_("Text"), required=False)
    feld = forms.ChoiceField(label=_("Feld"), required=False, choices=[_ANY, *FRAME_FIELD_LABELS.items()])
    woher = forms.ChoiceField(label=_("Woher"), required=False, choices=[_ANY, *FRAME_SIDE_LABELS.items()])
    jahr = forms.TypedChoiceField(label=_("Jahr"), required=False, coerce=int, empty_value=None)
    ziel = forms.CharField(label=_("Ziel (Nummer)"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "jahr", [_ANY, *((year, str(year)) for year in change_years(viewer))])

    def wanted(self) -> FrameFilter:
        """The filter; a value that fits nothing is passed over."""
        self.full_clean()
        said = self.cleaned_data
        return FrameFilter(
            text=said.get("q", ""),
            field=said.get("feld", ""),
            side=said.get("woher", ""),
            year=said.get("jahr"),
            goal=said.get("ziel", "").strip(),
        )


class ObservationForm(KeptForm):
    """What happened."""

    title = forms.CharField(label=_("Was geschah"), max_length=200)
    noticed_on = forms.DateField(label=_("Datum"), widget=day_input())
    side = forms.ChoiceField(
        label=_("Woher"), choices=list(FRAME_SIDE_LABELS.items()), widget=forms.RadioSelect
    )
    field = forms.ChoiceField(label=_("Feld"), choices=[_NONE, *FRAME_FIELD_LABELS.items()])
    text = forms.CharField(label=_("Näheres"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    source = forms.CharField(
        label=_("Quelle"),
        required=False,
        max_length=300,
        help_text=_("Wo steht das? Ohne Quelle bleibt die Beobachtung intern."),
    )
    source_url = forms.URLField(
        label=_("Adresse der Quelle"), required=False, max_length=500, assume_scheme="https"
    )
    area_id = forms.TypedChoiceField(
        label=_("Gebiet"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Leer: die ganze Stadt."),
    )
    department_id = forms.TypedChoiceField(label=_("Amt"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "area_id", [_NONE, *area_choices(viewer)])
        offer(self, "department_id", [_NONE, *departments_choices()])


class MeaningForm(forms.Form):
    """What an observation means for one goal."""

    goal_id = forms.TypedChoiceField(label=_("Ziel"), coerce=int)
    sign = forms.ChoiceField(
        label=_("Wirkung"), choices=list(FRAME_SIGN_LABELS.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Was es bedeutet"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "goal_id", [_NONE, *goal_choices(viewer)])


class WatchForm(KeptForm):
    """A topic that is looked at again and again."""

    topic = forms.CharField(label=_("Thema"), max_length=200)
    field = forms.ChoiceField(label=_("Feld"), choices=[_NONE, *FRAME_FIELD_LABELS.items()])
    side = forms.ChoiceField(
        label=_("Woher"), choices=list(FRAME_SIDE_LABELS.items()), widget=forms.RadioSelect
    )
    look_where = forms.CharField(
        label=_("Wo man nachsieht"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    department_id = forms.TypedChoiceField(label=_("Amt"), coerce=int)
    responsible_id = forms.TypedChoiceField(
        label=_("Zuständig"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Leer: die Redaktion des Amtes."),
    )
    every_months = forms.IntegerField(label=_("Alle … Monate"), min_value=1, max_value=60)
    review_on = forms.DateField(label=_("Nächste Durchsicht"), widget=day_input())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "department_id", [_NONE, *departments_choices()])
        offer(self, "responsible_id", [_NONE, *accounts_choices()])


class ReviewForm(KeptForm):
    """Looked at, nothing new."""

    seen_on = forms.DateField(label=_("Angesehen am"), widget=day_input())
    note = forms.CharField(label=_("Bemerkung"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


def observation_values(one: FrameChange) -> dict[str, Any]:
    """What stands in an observation, as the form shows it."""
    return {**{name: getattr(one, name) for name in FIELDS}, "version": one.version}


def watch_values(one: WatchItem) -> dict[str, Any]:
    """What stands in a topic, as the form shows it."""
    return {**{name: getattr(one, name) for name in WATCH_FIELDS}, "version": one.version}
