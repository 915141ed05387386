"""Forms of records that people edit: the version they opened travels along, so that nobody overwrites unseen."""

from collections.abc import Iterable, Mapping
from copy import copy
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language

from dreiklang.core.reading import Notation, read_number


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
        entries: Any = copy(self.data)  # of a QueryDict this is one that can be changed
        entries[self.add_prefix("version")] = str(version)
        self.data = entries

    def in_words(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Field label → value as people read it, for both sides of a clash."""
        return {
            str(field.label or name): _words(field, values.get(name))
            for name, field in self.fields.items()
            if name != "version"
        }


def day_input() -> forms.DateInput:
    """A day as browsers ask for it; one for each field, as fields change theirs."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AmountField(forms.DecimalField):
    """An amount as people write it: 1.200,50 or 1200,50 in German, 1,200.50 in English."""

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        notation = Notation.GERMAN if (get_language() or "de").startswith("de") else Notation.ENGLISH
        found = read_number(value.replace("€", "").replace("EUR", ""), notation=notation)
        if isinstance(found, Decimal):
            return found
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Give a field with a fixed choice what can be chosen, (value, label) in this order."""
    field: Any = form.fields[name]
    field.choices = list(choices)


def offered(form: forms.BaseForm, name: str) -> dict[Any, str]:
    """Value → label of what can be chosen in a field."""
    return dict(getattr(form.fields[name], "choices", ()))


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
            found.append((str(key), str(label)))  # a key made from a record reads as its value
    return found
