"""Forms of meetings: filters, the record, its items."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm, offer
from dreiklang.papers.models import AgendaItem, Meeting
from dreiklang.papers.models.labels import CONSULTATION_ROLE_LABELS, MEETING_STATE_LABELS, RESULT_LABELS
from dreiklang.papers.models.papers import VISIBILITY_LABELS
from dreiklang.papers.queries.papers import paper_choices
from dreiklang.papers.queries.papers.choices import committee_choices
from dreiklang.papers.rules.kinds import ConsultationRole
from dreiklang.papers.rules.meetings import MeetingFilter
from dreiklang.papers.services.papers import ITEM_FIELDS, MEETING_FIELDS
from dreiklang.people.rules import Viewer

ANY = [("", _("alle"))]
INSTANT: dict[str, Any] = {"format": "%Y-%m-%dT%H:%M", "attrs": {"type": "datetime-local"}}


class MeetingFilterForm(forms.Form):
    """The filters of the list of meetings, as they stand in the address bar."""

    q = forms.CharField(label=_("Text"), required=False)
    gremium = forms.ChoiceField(label=_("Gremium"), required=False)
    jahr = forms.IntegerField(label=_("Jahr"), required=False, min_value=1950, max_value=2150)

    def __init__(self, *args: Any, committees: list[tuple[str, str, int]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.ids = {key: pk for key, _name, pk in committees}
        offer(self, "gremium", [*ANY, *[(key, name) for key, name, _pk in committees]])

    def wanted(self) -> MeetingFilter:
        """The filter; a committee that does not exist finds nothing."""
        self.full_clean()
        asked = self.data.get("gremium")
        return MeetingFilter(
            committee=self.ids.get(asked, 0) if asked else None,
            year=self.cleaned_data.get("jahr"),
            text=self.cleaned_data.get("q", ""),
        )


class MeetingForm(KeptForm):
    """A meeting without its agenda."""

    name = forms.CharField(label=_("Name"), max_length=400)
    committee_id = forms.TypedChoiceField(label=_("Gremium"), required=False, coerce=int, empty_value=None)
    starts_at = forms.DateTimeField(
        label=_("Beginn"),
        required=False,
        widget=forms.DateTimeInput(**INSTANT),
        help_text=_("Tag und Uhrzeit"),
    )
    ends_at = forms.DateTimeField(label=_("Ende"), required=False, widget=forms.DateTimeInput(**INSTANT))
    place = forms.CharField(label=_("Ort"), max_length=300, required=False)
    state = forms.ChoiceField(label=_("Stand"), choices=list(MEETING_STATE_LABELS.items()))
    visibility = forms.ChoiceField(
        label=_("Sichtbarkeit"),
        choices=list(VISIBILITY_LABELS.items()),
        help_text=_("Nichtöffentliche Punkte bleiben auch in einer öffentlichen Sitzung intern."),
    )
    web = forms.URLField(
        label=_("Im Ratsinformationssystem"), required=False, max_length=500, assume_scheme="https"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "committee_id", [("", "–"), *committee_choices()])


def meeting_values(meeting: Meeting) -> dict[str, Any]:
    """A meeting as the form's initial values."""
    return {name: getattr(meeting, name) for name in MEETING_FIELDS} | {"version": meeting.version}


class ItemForm(forms.Form):
    """One item of an agenda, its paper and what came of it."""

    number = forms.CharField(label=_("TOP"), max_length=40, required=False)
    title = forms.CharField(label=_("Titel"), max_length=1000)
    is_public = forms.BooleanField(label=_("Öffentlich"), required=False)
    paper = forms.CharField(
        label=_("Nummer der Vorlage"), required=False, help_text=_("Leer, wenn keine Vorlage dazu gehört")
    )
    role = forms.ChoiceField(label=_("Zuständigkeit"), choices=list(CONSULTATION_ROLE_LABELS.items()))
    result = forms.ChoiceField(label=_("Ergebnis"), choices=list(RESULT_LABELS.items()))
    result_words = forms.CharField(label=_("Ergebnis in Worten"), max_length=600, required=False)
    resolution_text = forms.CharField(
        label=_("Beschlusstext"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer

    def clean_paper(self) -> int | None:
        given = self.cleaned_data["paper"].strip()
        if not given:
            return None
        found = paper_choices(self.viewer, numbers=[given]).get(given)
        if found is None:
            raise forms.ValidationError(
                _(
                    "Diese Nummer gibt es nicht, oder es gibt sie zweimal. Nehmen Sie dann das Kürzel aus der Adresse."
                )
            )
        return found

    def values(self) -> dict[str, Any]:
        """What was entered about the item itself."""
        return {name: self.cleaned_data[name] for name in ITEM_FIELDS}


def item_values(item: AgendaItem) -> dict[str, Any]:
    """An item as the form's initial values."""
    step = item.consultations.select_related("paper").order_by("pk").first()
    return {name: getattr(item, name) for name in ITEM_FIELDS} | {
        "paper": step.paper.key if step else "",
        "role": step.role if step else ConsultationRole.UNKNOWN,
    }
