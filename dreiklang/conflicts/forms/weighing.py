"""The form of a weighing: parties and what each needs, options with their effects, the decision."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dreiklang.conflicts.services import LEAST_PARTIES, MOST_ROWS
from dreiklang.core.forms import KeptForm, day_input


def long_text(rows: int = 3) -> forms.Textarea:
    """A text field of that many lines."""
    return forms.Textarea(attrs={"rows": rows})


class LineField(forms.CharField):
    """A name that may need two lines on the screen and is one line of text."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class WeighingForm(KeptForm):
    """What is asked, decided and why. A draft may lack anything but the question."""

    question = forms.CharField(label=_("Worum geht es?"), widget=long_text(), max_length=5000)
    decision = forms.CharField(
        label=_("Entscheidung"),
        required=False,
        max_length=5000,
        widget=long_text(),
        help_text=_("Ein Satz, den auch jemand versteht, der nicht dabei war."),
    )
    reason = forms.CharField(label=_("Begründung"), required=False, widget=long_text(4), max_length=10000)
    decided_by = forms.CharField(
        label=_("Entschieden von"),
        required=False,
        max_length=300,
        help_text=_("Zum Beispiel: Dienstberatung, Dezernat 6, beide Amtsleitungen"),
    )
    decided_on = forms.DateField(label=_("Entschieden am"), required=False, widget=day_input())
    review_on = forms.DateField(
        label=_("Wieder ansehen am"),
        required=False,
        widget=day_input(),
        help_text=_("An diesem Tag steht sie wieder im Fokus der Koordination."),
    )
    papers = forms.CharField(
        label=_("Vorlagen dazu"),
        required=False,
        max_length=1000,
        help_text=_("Nummern, durch Semikolon getrennt"),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        decided, review = said.get("decided_on"), said.get("review_on")
        if decided and review and review < decided:
            self.add_error("review_on", _("Dieser Tag liegt vor der Entscheidung."))
        return said


class ReviewForm(forms.Form):
    """When to look again at what was weighed; empty for never."""

    review_on = forms.DateField(label=_("Wieder ansehen am"), required=False, widget=day_input())

    def clean_review_on(self) -> date | None:
        day: date | None = self.cleaned_data["review_on"]
        if day is not None and day <= timezone.localdate():
            raise forms.ValidationError(_("Bitte wählen Sie einen Tag, der noch kommt."))
        return day


class PositionForm(forms.Form):
    """One party and what it needs."""

    claim_key = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    party = LineField(label=_("Beteiligt"), required=False, max_length=300)
    need = forms.CharField(
        label=_("Was gebraucht wird"), required=False, widget=long_text(2), max_length=5000
    )


class OptionForm(forms.Form):
    """One way to settle it, and what would follow."""

    title = LineField(label=_("Möglichkeit"), required=False, max_length=300)
    effects = forms.CharField(label=_("Folgen"), required=False, widget=long_text(2), max_length=5000)
    is_chosen = forms.BooleanField(label=_("gewählt"), required=False)


class _Options(BaseFormSet):  # type: ignore[type-arg]  # generic for the checker only
    """All options together."""

    def clean(self) -> None:
        chosen = [said for said in rows_of(self, "title") if said["is_chosen"]]
        if len(chosen) > 1:
            raise forms.ValidationError(
                _("Gewählt wird nur eine Möglichkeit. Bitte lassen Sie ein Häkchen stehen.")
            )
        for form in self.forms:
            said = getattr(form, "cleaned_data", {})
            if (said.get("effects") or said.get("is_chosen")) and not said.get("title"):
                form.add_error("title", _("Wie heißt diese Möglichkeit?"))


Positions = formset_factory(PositionForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
Options = formset_factory(OptionForm, formset=_Options, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def positions_form(data: Any, initial: Sequence[Mapping[str, Any]]) -> Any:
    """The parties there are, and an empty line."""
    return Positions(data, prefix="beteiligt", initial=list(initial))


def options_form(data: Any, initial: Sequence[Mapping[str, Any]]) -> Any:
    """The options there are, and empty lines: at first two, as one alone is no choice."""
    made = Options(data, prefix="moeglichkeit", initial=list(initial))
    made.extra = max(1, 2 - len(initial))
    return made


def ask_for_rows(positions: Any, options: Any) -> None:
    """Ask at its field for each need and option that a closed weighing must name.

    Both sides with what they need, and one way at least to settle it. Read what was said before: a field asked
    for again is no longer among the cleaned data.
    """
    asked = [
        (form, "need", _("Was braucht diese Seite?"))
        for form in positions.forms
        if form.cleaned_data.get("party") and not form.cleaned_data.get("need")
    ]
    if len(rows_of(positions, "party")) < LEAST_PARTIES:
        free = [form for form in positions.forms if not form.cleaned_data.get("party")]
        asked += [(form, "party", _("Wer ist noch beteiligt?")) for form in free[:1]]
    if not rows_of(options, "title"):
        asked += [(options.forms[0], "title", _("Welche Möglichkeit gibt es? Eine brauchen wir mindestens."))]
    for form, name, question in asked:
        form.add_error(name, question)


def rows_of(lines: Any, name: str) -> list[dict[str, Any]]:
    """The lines that were filled in, in order: those with something in the field of that name."""
    said = [getattr(one, "cleaned_data", {}) for one in lines.forms]
    return [one for one in said if one.get(name)]
