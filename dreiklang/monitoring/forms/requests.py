"""Forms of data requests."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core import text
from dreiklang.core.forms import KeptForm, day_input, offer
from dreiklang.monitoring.models import DataRequest, Delivery
from dreiklang.monitoring.models.requests import REQUEST_STATE_LABELS, REQUEST_WAY_LABELS
from dreiklang.monitoring.queries.deliveries import title_of
from dreiklang.monitoring.queries.requests import RequestFilter, indicator_choices
from dreiklang.monitoring.rules.requests import RequestWay
from dreiklang.monitoring.services.requests import FIELDS
from dreiklang.people.queries import accounts_choices, departments_choices
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import levels

_NONE = ("", "–")
_ANY = ("", _("alle"))
# Ids of indicators begin at 1.
NEW_SERIES = 0


class RequestFilterForm(forms.Form):
    """What the list is narrowed to."""

    q = forms.CharField(label=_("Text"), required=False)
    stand = forms.ChoiceField(label=_("Stand"), required=False, choices=[_ANY, *REQUEST_STATE_LABELS.items()])
    amt = forms.TypedChoiceField(label=_("Amt"), required=False, coerce=int, empty_value=None)
    meine = forms.BooleanField(label=_("nur meine"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "amt", [_ANY, *departments_choices()])

    def wanted(self) -> RequestFilter:
        """The filter; a value that fits nothing is passed over."""
        self.full_clean()
        said = self.cleaned_data
        return RequestFilter(
            text=said.get("q", ""),
            state=said.get("stand", ""),
            department_id=said.get("amt"),
            only_mine=said.get("meine", False),
        )


class RequestForm(KeptForm):
    """What is needed, from whom, until when."""

    question = forms.CharField(
        label=_("Frage"), max_length=300, help_text=_("Was möchten Sie mit den Werten beantworten?")
    )
    values_words = forms.CharField(
        label=_("Welche Werte"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Zum Beispiel: leer stehende Wohnungen je Stadtteil, 2015 bis 2025."),
    )
    reason = forms.CharField(label=_("Wozu"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    indicator_id = forms.TypedChoiceField(
        label=_("Indikator"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Leer: Es gibt noch keinen. Aus der Antwort kann einer werden."),
    )
    level_id = forms.TypedChoiceField(
        label=_("Räumliche Ebene"), required=False, coerce=int, empty_value=None
    )
    rhythm = forms.CharField(
        label=_("Rhythmus"), required=False, max_length=40, help_text=_("Zum Beispiel jährlich.")
    )
    unit = forms.CharField(label=_("Einheit"), required=False, max_length=40)
    way = forms.ChoiceField(
        label=_("Wie die Werte kommen"),
        choices=list(REQUEST_WAY_LABELS.items()),
        initial=RequestWay.UPLOAD,
        widget=forms.RadioSelect,
    )
    department_id = forms.TypedChoiceField(label=_("Zuständiges Amt"), coerce=int)
    responsible_id = forms.TypedChoiceField(
        label=_("Zuständig"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Leer: die Redaktion des Amtes."),
    )
    due_on = forms.DateField(label=_("Frist"), widget=day_input())

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "indicator_id", [_NONE, *indicator_choices()])
        offer(self, "level_id", [_NONE, *((one.pk, one.plural) for one in levels(viewer))])
        offer(self, "department_id", [_NONE, *departments_choices()])
        offer(self, "responsible_id", [_NONE, *accounts_choices()])


class AnswerForm(KeptForm):
    """The answer in words, and when."""

    answer = forms.CharField(
        label=_("Antwort"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Wo die Werte sind, was bei ihnen zu beachten ist, oder warum es keine gibt."),
    )
    delivery_id = forms.TypedChoiceField(
        label=_("Lieferung mit den Werten"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Was das Amt zuletzt gebracht hat. Leer, wenn keine Werte kamen."),
    )
    on = forms.DateField(label=_("Beantwortet am"), widget=day_input())

    def __init__(self, *args: Any, deliveries: Sequence[Delivery], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "delivery_id", [_NONE, *((one.pk, _delivery_words(one)) for one in deliveries)])


class SeriesForm(KeptForm):
    """Which indicator goes on with the answer: one there is, or one made of the request."""

    indicator_id = forms.TypedChoiceField(label=_("Indikator"), coerce=int)
    name = forms.CharField(
        label=_("Name des neuen Indikators"),
        required=False,
        max_length=200,
        help_text=_("Nur für einen neuen Indikator."),
    )

    def __init__(self, *args: Any, may_start: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        new = [(NEW_SERIES, _("Neuen Indikator daraus anlegen"))] if may_start else []
        offer(self, "indicator_id", [_NONE, *new, *indicator_choices()])
        if not may_start:
            del self.fields["name"]

    @property
    def is_new(self) -> bool:
        """Whether an indicator is to be made of the request."""
        return bool(self.cleaned_data["indicator_id"] == NEW_SERIES)


class DropForm(KeptForm):
    """Why the values are not needed any more."""

    reason = forms.CharField(label=_("Grund"), widget=forms.Textarea(attrs={"rows": 3}))


def _delivery_words(one: Delivery) -> str:
    """A delivery to choose: what came, when, who brought it."""
    said = (title_of(one), text.instant(one.made_at), one.by_name)
    return " · ".join(part for part in said if part)


def request_values(one: DataRequest) -> dict[str, Any]:
    """What stands in a request, as the form shows it."""
    return {**{name: getattr(one, name) for name in FIELDS}, "version": one.version}
