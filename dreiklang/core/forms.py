"""Forms of records that people edit: the version they opened travels along, so that nobody overwrites unseen."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIteratorValue


class KeptForm(forms.Form):
    """A form with the version of the record it was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @property
    def seen_version(self) -> int:
        """The version the person had in front of her; 0 for a new record."""
        return self.cleaned_data.get("version") or 0

    def values(self) -> dict[str, Any]:
        """What was entered, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def take_version(self, version: int) -> None:
        """Offer the same entries again on top of a newer version."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(version)

    def in_words(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Field label → value as people read it, for both sides of a clash."""
        return {
            str(field.label or name): _words(field, values.get(name))
            for name, field in self.fields.items()
            if name != "version"
        }


def both_sides(form: KeptForm, theirs: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What stands there now and what was entered here, in words, for `{% diff %}`."""
    return {"theirs": form.in_words(theirs), "mine": form.in_words(form.values())}


def _words(field: forms.Field, value: Any) -> str:
    if value in (None, "", [], ()):
        return ""
    chosen = {str(v) for v in value} if isinstance(value, list | tuple | set | frozenset) else {str(value)}
    labels = [label for key, label in _flat(getattr(field, "choices", ())) if key in chosen]
    return ", ".join(labels) if labels else str(value)


def _flat(choices: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, label in choices:
        if isinstance(label, list | tuple):
            found.extend(_flat(label))
        else:
            found.append((str(key.value if isinstance(key, ModelChoiceIteratorValue) else key), str(label)))
    return found
