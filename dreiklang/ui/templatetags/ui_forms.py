"""Form fields in KERN markup."""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField, widgets

register = template.Library()

_CHECKS = (widgets.RadioSelect, widgets.CheckboxSelectMultiple)


def _kind(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, _CHECKS):
        return "checks"
    if isinstance(widget, widgets.CheckboxInput):
        return "checkbox"
    if isinstance(widget, widgets.Select):
        return "select"
    return "textarea" if isinstance(widget, widgets.Textarea) else "input"


def _described_by(field: BoundField) -> str:
    found = [f"{field.id_for_label or field.auto_id}-hinweis"] if field.help_text else []
    return " ".join(found + ([f"{field.auto_id}-fehler"] if field.errors else []))


def _widget(field: BoundField, kind: str) -> str:
    classes = {
        "input": "kern-form-input__input",
        "textarea": "kern-form-input__input u-textarea",
        "select": "kern-form-input__select",
        "checkbox": "kern-form-check__checkbox",
    }
    given = field.field.widget.attrs.get("class", "")
    css = f"{classes.get(kind, '')} {given}".strip()
    if field.errors and kind in {"input", "textarea"}:
        css += " kern-form-input__input--error"
    attrs: dict[str, Any] = {"class": css}
    if described := _described_by(field):
        attrs["aria-describedby"] = described
    # allauth repeats the label in the field; that only looks like something already entered.
    if field.field.widget.attrs.get("placeholder") == field.label:
        attrs["placeholder"] = False
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, label: str = "", width: str = "", marks_optional: bool = True) -> dict[str, Any]:
    """One form field: label, hint, widget, error. `width`: short, medium or empty for full.

    `marks_optional` says "(freiwillig)" beside the label; off where all fields may stay empty.
    """
    kind = _kind(bound)
    return {
        "field": bound,
        "kind": kind,
        "label": label or bound.label,
        "widget": "" if kind == "checks" else _widget(bound, kind),
        "options": list(bound) if kind == "checks" else (),
        "option_kind": "checkbox"
        if isinstance(bound.field.widget, widgets.CheckboxSelectMultiple)
        else "radio",
        "described_by": _described_by(bound),
        "width": width,
        "is_marked": marks_optional and not bound.field.required,
    }


@register.inclusion_tag("ui/components/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """The error summary and all fields of a form, hidden ones included."""
    return {"form": form}


@register.inclusion_tag("ui/components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is wrong, with a link to each field; nothing when all is well."""
    faulty = [(f, error) for f in form.visible_fields() for error in f.errors]
    return {"form": form, "faulty": faulty, "is_shown": bool(form.is_bound and form.errors)}


@register.inclusion_tag("ui/components/reason_field.html")
def reason_field(answer: BoundField, reason: BoundField, legend: str = "") -> dict[str, Any]:
    """An answer and its why, inseparable: both fields in one group."""
    return {"answer": answer, "reason": reason, "legend": legend}
