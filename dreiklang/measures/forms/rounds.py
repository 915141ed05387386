"""Forms of rounds, of the rules of reporting, and of putting two measures together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import KeptForm
from dreiklang.measures.forms.reports import DAY, long_text


class RoundForm(forms.Form):
    """A new reporting round."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("Zum Beispiel Herbst 2026"))
    opens_on = forms.DateField(label=_("Beginn"), widget=DAY)
    due_on = forms.DateField(
        label=_("Frist"),
        widget=DAY,
        help_text=_("Für Maßnahmen ohne Teilmaßnahmen. Übergeordnete folgen einige Arbeitstage später."),
    )
    note = forms.CharField(label=_("Hinweis an alle"), required=False, widget=long_text(3))


class SettingsForm(KeptForm):
    """The city's rules of reporting."""

    stale_after_days = forms.IntegerField(
        label=_("Ein Bericht gilt so viele Tage"), min_value=30, max_value=1000
    )
    level_workdays = forms.IntegerField(
        label=_("Arbeitstage mehr je Ebene mit Teilmaßnahmen"), min_value=0, max_value=60
    )
    first_reminder_workdays = forms.IntegerField(
        label=_("Erinnerung so viele Arbeitstage vor der Frist"), min_value=1, max_value=60
    )
    escalation_workdays = forms.IntegerField(
        label=_("An die Amtsleitung so viele Arbeitstage nach der Frist"), min_value=2, max_value=60
    )


class RestraintForm(forms.Form):
    """A period before elections in which nothing is released."""

    reason = forms.CharField(label=_("Grund"), max_length=200)
    starts_on = forms.DateField(label=_("Von"), widget=DAY)
    ends_on = forms.DateField(label=_("Bis"), widget=DAY)


class MergeForm(forms.Form):
    """Which measure stays."""

    keep = forms.CharField(
        label=_("Nummer der Maßnahme, die bleibt"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "nummern", "autocomplete": "off"}),
    )
