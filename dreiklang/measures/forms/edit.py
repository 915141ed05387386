"""The form of a measure and its links to goals."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext_lazy as _

from dreiklang.concepts.queries import concept_choices
from dreiklang.core.forms import KeptForm, offer
from dreiklang.core.place_form import PlaceForm
from dreiklang.goals.queries import goal_choices, task_choices
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.forms.reports import DAY, long_text
from dreiklang.measures.models import Measure
from dreiklang.measures.models.labels import DURATION_LABELS, TASK_TYPE_LABELS, VISIBILITY_LABELS
from dreiklang.measures.models.measure import SIGN_LABELS
from dreiklang.measures.queries import ids_of, links_of
from dreiklang.measures.services import GoalLink, Links
from dreiklang.people.queries import accounts_choices, departments_choices
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import area_choices

NOBODY = ("", _("niemand"))
WEIGHTS = [(1, _("gering")), (2, _("mittel")), (3, _("stark"))]
# Fields of the form that are no columns of the measure.
_LINKED = ("tasks", "concepts", "areas", "needs_first", "parent_number", *PlaceForm.base_fields)
_IDS = ("lead_department_id", "lead_id", "deputy_id")


def chosen_id(label: Any, **options: Any) -> forms.TypedChoiceField:
    """A select whose value is an id or None."""
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None, **options)


def chosen_ids(label: Any) -> forms.TypedMultipleChoiceField:
    """Check boxes whose values are ids."""
    return forms.TypedMultipleChoiceField(
        label=label, required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )


class MeasureForm(PlaceForm, KeptForm):
    """Everything a measure itself says. Goals stand in a form of their own below it."""

    number = forms.CharField(label=_("Nummer"), max_length=60)
    title = forms.CharField(label=_("Titel"), max_length=300)
    teaser = forms.CharField(label=_("In einem Satz"), max_length=400, required=False, widget=long_text())
    description = forms.CharField(label=_("Beschreibung"), required=False, widget=long_text(6))
    lead_department_id = chosen_id(_("Federführendes Amt"))
    lead_id = chosen_id(_("Federführung"))
    deputy_id = chosen_id(_("Vertretung"))
    task_type = forms.ChoiceField(label=_("Aufgabenart"), choices=list(TASK_TYPE_LABELS.items()))
    duration = forms.ChoiceField(label=_("Dauer"), choices=list(DURATION_LABELS.items()))
    starts_on = forms.DateField(label=_("Beginn"), required=False, widget=DAY)
    starts_words = forms.CharField(label=_("Beginn in Worten"), max_length=300, required=False)
    ends_on = forms.DateField(
        label=_("Geplantes Ende"),
        required=False,
        widget=DAY,
        help_text=_("Der zuerst beschlossene Termin. Verschiebt er sich, sagt das der Bericht."),
    )
    ends_words = forms.CharField(label=_("Geplantes Ende in Worten"), max_length=300, required=False)
    cost_eur = forms.DecimalField(
        label=_("Kosten in Euro"),
        required=False,
        min_value=Decimal(0),
        max_digits=14,
        decimal_places=2,
        localize=True,
    )
    cost_is_approximate = forms.BooleanField(label=_("Die Kosten sind geschätzt"), required=False)
    cost_words = forms.CharField(
        label=_("Kosten in Worten"),
        max_length=500,
        required=False,
        help_text=_("Wenn sich die Kosten nicht beziffern lassen: warum nicht?"),
    )
    cost_price_on = forms.DateField(label=_("Preisstand"), required=False, widget=DAY)
    place_words = forms.CharField(label=_("Ort"), max_length=300, required=False)
    areas = chosen_ids(_("Stadtteile"))
    tasks = chosen_ids(_("Zukunftsaufgaben"))
    concepts = chosen_ids(_("Konzepte, aus denen sie stammt"))
    topics = forms.CharField(
        label=_("Themen"), required=False, widget=long_text(3), help_text=_("Ein Thema je Zeile")
    )
    resolution_reference = forms.CharField(label=_("Beschluss"), max_length=300, required=False)
    resolution_on = forms.DateField(label=_("Beschlossen am"), required=False, widget=DAY)
    parent_number = forms.CharField(
        label=_("Teil von"), max_length=60, required=False, help_text=_("Nummer der übergeordneten Maßnahme")
    )
    needs_first = forms.CharField(
        label=_("Braucht zuerst"),
        required=False,
        help_text=_("Nummern anderer Maßnahmen, durch Semikolon getrennt"),
    )
    visibility = forms.ChoiceField(label=_("Sichtbarkeit"), choices=list(VISIBILITY_LABELS.items()))
    note = forms.CharField(label=_("Interne Bemerkung"), required=False, widget=long_text(3))

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer
        people = [NOBODY, *accounts_choices()]
        offered: dict[str, list[Any]] = {
            "lead_department_id": [("", _("noch keines")), *departments_choices()],
            "lead_id": people,
            "deputy_id": people,
            "tasks": task_choices(viewer),
            "concepts": concept_choices(viewer),
            "areas": [area for _level, areas in area_choices(viewer) for area in areas],
        }
        for name, choices in offered.items():
            offer(self, name, self._with_current(name, choices))

    def _with_current(self, name: str, choices: list[Any]) -> list[Any]:
        """What is set stays on offer, even an office that has ended or a person who has left."""
        current = self.initial.get(name)
        if isinstance(current, int) and current not in {key for key, _label in choices}:
            return [*choices, (current, _("bisher eingetragen, nicht mehr wählbar"))]
        return choices

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        start, end = said.get("starts_on"), said.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("Das Ende liegt vor dem Beginn."))
        if said.get("lead_id") and said.get("lead_id") == said.get("deputy_id"):
            self.add_error("deputy_id", _("Niemand vertritt sich selbst."))
        self._resolve(said)
        return said

    def _resolve(self, said: dict[str, Any]) -> None:
        """Numbers of other measures become ids."""
        needed = [one.strip() for one in said.get("needs_first", "").split(";") if one.strip()]
        parent = said.get("parent_number", "").strip()
        known = ids_of(self.viewer, numbers=[*needed, parent])
        if parent and parent not in known:
            self.add_error("parent_number", _("Eine Maßnahme mit dieser Nummer gibt es nicht."))
        unknown = [one for one in needed if one not in known]
        if unknown:
            listed = ", ".join(unknown)
            self.add_error("needs_first", _("Diese Nummern gibt es nicht: %(numbers)s") % {"numbers": listed})
        self.parent_id = known.get(parent)
        self.needs_ids = tuple(known[one] for one in needed if one in known)

    def in_words(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Both sides of a clash; the place is one line, whatever way it came."""
        return self.with_place_in_words(super().in_words(values), values)

    def columns(self) -> dict[str, Any]:
        """The values of the measure's own columns."""
        values = {name: value for name, value in self.values().items() if name not in _LINKED}
        # Each topic once, in the order it was typed.
        topics = dict.fromkeys(line.strip() for line in values["topics"].splitlines() if line.strip())
        own = {"parent_id": self.parent_id, "number": values["number"].strip(), "topics": list(topics)}
        return values | own | self.place_columns()

    def links(self, goals: tuple[GoalLink, ...]) -> Links:
        """All links, with those to goals from the form beside it."""
        said = self.cleaned_data
        return Links(
            goals=goals,
            tasks=tuple(said["tasks"]),
            concepts=tuple(said["concepts"]),
            areas=tuple(said["areas"]),
            needs=self.needs_ids,
        )


def measure_values(measure: Measure) -> dict[str, Any]:
    """The record as the form shows it, with its version."""
    own = [name for name in MeasureForm.base_fields if name not in {*_LINKED, "version"}]
    numbers = measure.needs_first.order_by("number").values_list("number", flat=True)
    return (
        {name: getattr(measure, name) for name in own}
        | links_of(measure)
        | {
            "needs_first": "; ".join(numbers),
            "parent_number": measure.parent.number if measure.parent else "",
            "geometry": measure.geometry,
            "topics": "\n".join(str(one) for one in measure.topics),
            "version": measure.version,
        }
    )


class GoalLinkForm(forms.Form):
    """One goal the measure acts on."""

    goal = chosen_id(_("Ziel"))
    sign = forms.ChoiceField(
        label=_("Wirkung"), choices=list(SIGN_LABELS.items()), initial=LinkSign.SUPPORTS.value
    )
    weight = forms.TypedChoiceField(label=_("Gewicht"), choices=WEIGHTS, coerce=int, initial=1)
    reason = forms.CharField(label=_("Warum"), required=False)
    is_main = forms.BooleanField(label=_("Hauptziel"), required=False)

    def __init__(self, *args: Any, goals: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "goal", [("", _("kein Ziel")), *goals])


class GoalLinks:
    """The lines of goals: those there are, and two empty ones."""

    def __init__(self, viewer: Viewer, *, measure: Measure | None, data: Mapping[str, Any] | None) -> None:
        goals = goal_choices(viewer)
        rows = measure.goal_links.order_by("-is_main", "pk") if measure else []
        self.names = offered = dict(goals)
        # Links to goals of older versions stay as they are and are not edited here.
        self.kept = tuple(_link(row) for row in rows if row.goal_id not in offered)
        start = [_line(row) for row in rows if row.goal_id in offered]
        made = formset_factory(GoalLinkForm, extra=2)
        self.lines = made(data, prefix="ziel", initial=start, form_kwargs={"goals": goals})

    def is_valid(self) -> bool:
        return bool(self.lines.is_valid())

    def sides(self, theirs: Measure) -> tuple[str, str]:
        """The goals as they stand now and as they were chosen here, in words."""
        now = tuple(_link(row) for row in theirs.goal_links.order_by("-is_main", "pk"))
        return self._in_words(now), self._in_words(self.links())

    def _in_words(self, links: tuple[GoalLink, ...]) -> str:
        known = [link for link in links if link.goal_id in self.names]
        weights, main = dict(WEIGHTS), _("Hauptziel")
        return "; ".join(
            f"{self.names[one.goal_id]} ({SIGN_LABELS[one.sign]}, {weights[one.weight]}"
            + (f", {main}" if one.is_main else "")
            + (f": {one.reason}" if one.reason else "")
            + ")"
            for one in known
        )

    def links(self) -> tuple[GoalLink, ...]:
        """The links as they shall be; lines without a goal are gone."""
        said = [line.cleaned_data for line in self.lines if line.cleaned_data.get("goal")]
        return self.kept + tuple(
            GoalLink(one["goal"], LinkSign(one["sign"]), one["weight"], one["reason"].strip(), one["is_main"])
            for one in said
        )


def _link(row: Any) -> GoalLink:
    return GoalLink(row.goal_id, LinkSign(row.sign), row.weight, row.reason, row.is_main)


def _line(row: Any) -> dict[str, Any]:
    return {
        "goal": row.goal_id,
        "sign": row.sign,
        "weight": row.weight,
        "reason": row.reason,
        "is_main": row.is_main,
    }
