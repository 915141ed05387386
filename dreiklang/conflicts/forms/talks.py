"""Asking somebody to talk, what came of it, and why something is no conflict."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dreiklang.conflicts.forms.weighing import long_text
from dreiklang.core.forms import day_input

MOST_LETTERS = 4000


class InviteForm(forms.Form):
    """The message to whoever leads the other side; it may be left as it is."""

    message = forms.CharField(
        label=_("Nachricht"), required=False, widget=long_text(7), max_length=MOST_LETTERS
    )


class ReasonForm(forms.Form):
    """Why it is no conflict."""

    reason = forms.CharField(
        label=_("Warum ist das kein Konflikt?"),
        widget=long_text(3),
        max_length=MOST_LETTERS,
        error_messages={"required": _("Bitte sagen Sie, warum. Ein Satz genügt.")},
    )


class TalkResultForm(forms.Form):
    """What came of a talk."""

    held_on = forms.DateField(label=_("Gesprochen am"), widget=day_input())
    note = forms.CharField(label=_("Ergebnis"), widget=long_text(3), max_length=MOST_LETTERS)
