"""Forms of the register."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dreiklang.concepts.models import KIND_LABELS, SIGN_LABELS, STATUS_LABELS, STEP_LABELS, Concept
from dreiklang.concepts.queries import ConceptFilter, GoalLink, StepLine, concept_choices
from dreiklang.concepts.rules import ProcedureStep, Step
from dreiklang.concepts.services import FIELDS, WantedLink
from dreiklang.core.forms import KeptForm, offer
from dreiklang.core.place_form import PlaceForm
from dreiklang.goals.queries import goal_choices, goal_names, task_choices, tasks
from dreiklang.goals.rules import LinkSign
from dreiklang.people.queries import DepartmentLine, accounts_choices, departments_choices, tree
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import area_choices, areas

WEIGHTS = [(1, _("gering")), (2, _("mittel")), (3, _("stark"))]
_EMPTY = ("", "–")
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class FilterForm(forms.Form):
    """The filters of the register; every one stands in the address bar, by number or key as people say it."""

    q = forms.CharField(label=_("Suchwort"), required=False)
    art = forms.ChoiceField(label=_("Art"), required=False)
    stand = forms.ChoiceField(label=_("Stand"), required=False)
    amt = forms.ChoiceField(label=_("Amt"), required=False)
    aufgabe = forms.ChoiceField(label=_("Zukunftsaufgabe"), required=False)
    ziel = forms.ChoiceField(label=_("Ziel"), required=False)
    stadtteil = forms.ChoiceField(label=_("Stadtteil"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("alle"))]
        offer(self, "art", [*everything, *KIND_LABELS.items()])
        offer(self, "stand", [*everything, *STATUS_LABELS.items()])
        self.ids: dict[str, dict[str, int]] = {}
        for name, rows in _narrowing(viewer).items():
            self.ids[name] = {key: pk for key, _label, pk in rows}
            offer(self, name, [*everything, *((key, label) for key, label, _pk in rows)])

    def asked(self, *, sort: str, is_descending: bool) -> ConceptFilter:
        """The filter. A record that does not exist finds nothing; any other value that fits nothing is passed over."""
        self.is_valid()
        given = self.cleaned_data
        return ConceptFilter(
            text=given.get("q") or "",
            kinds=tuple(filter(None, [given.get("art")])),
            statuses=tuple(filter(None, [given.get("stand")])),
            department_id=self._id("amt"),
            goal_id=self._id("ziel"),
            task_id=self._id("aufgabe"),
            area_id=self._id("stadtteil"),
            sort=sort,
            is_descending=is_descending,
        )

    def _id(self, name: str) -> int | None:
        given = self.data.get(name)
        return self.ids[name].get(given, 0) if given else None


def _narrowing(viewer: Viewer) -> dict[str, list[tuple[str, str, int]]]:
    """What the register can be narrowed to: filter → (key in the address, words, id)."""
    return {
        "amt": [(d.key, f"{d.key} {d.name}", d.id) for top in tree(viewer) for d in _flat(top)],
        "aufgabe": [(t.number, f"{t.number} {t.title}", t.pk) for t in tasks(viewer)],
        "ziel": [(g.number, f"{g.number} {g.title}", g.pk) for g in goal_names(viewer)],
        "stadtteil": [(a.key or a.name, a.name, a.pk) for a in areas(viewer)],
    }


def _flat(line: DepartmentLine) -> list[DepartmentLine]:
    return [line, *(one for child in line.children for one in _flat(child))]


class ConceptForm(PlaceForm, KeptForm):
    """Everything about a concept but its goal links, its procedure and who may see it."""

    place_names = tuple(PlaceForm.base_fields)
    number = forms.CharField(label=_("Nummer"), max_length=60, help_text=_("Zum Beispiel FK-12. Sie bleibt."))
    title = forms.CharField(label=_("Titel"), max_length=300)
    kind = forms.ChoiceField(label=_("Art"), choices=list(KIND_LABELS.items()))
    plan_type = forms.CharField(
        label=_("Planart"),
        max_length=80,
        required=False,
        help_text=_("Nur für förmliche Pläne, zum Beispiel Bebauungsplan."),
    )
    status = forms.ChoiceField(label=_("Stand"), choices=list(STATUS_LABELS.items()))
    lead_department_id = forms.TypedChoiceField(
        label=_("Federführendes Amt"), required=False, coerce=int, empty_value=None
    )
    lead_id = forms.TypedChoiceField(label=_("Verantwortlich"), required=False, coerce=int, empty_value=None)
    deputy_id = forms.TypedChoiceField(label=_("Vertretung"), required=False, coerce=int, empty_value=None)
    valid_from = forms.DateField(label=_("Gültig ab"), required=False)
    valid_to = forms.DateField(label=_("Gültig bis"), required=False)
    resolution_reference = forms.CharField(label=_("Beschluss"), max_length=160, required=False)
    resolution_on = forms.DateField(label=_("Beschlossen am"), required=False)
    task_ids = forms.TypedMultipleChoiceField(
        label=_("Zukunftsaufgaben"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    area_ids = forms.TypedMultipleChoiceField(
        label=_("Stadtteile"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    cost_eur = forms.DecimalField(
        label=_("Gesamtkosten in Euro"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=True,
        help_text=_("Leer, wenn noch kein Betrag feststeht. Dann bitte in Worten."),
    )
    cost_words = forms.CharField(label=_("Gesamtkosten in Worten"), max_length=300, required=False)
    gap_eur = forms.DecimalField(
        label=_("Finanzierungslücke in Euro"), required=False, max_digits=14, decimal_places=2, localize=True
    )
    gap_words = forms.CharField(label=_("Finanzierungslücke in Worten"), max_length=300, required=False)
    summary = forms.CharField(
        label=_("Kurzfassung für Bürger:innen"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "Anlass und Ziel, Inhalt, wichtigste Maßnahmen. Drei bis vier Seiten, in einfachen Worten."
        ),
    )
    summary_waived_reason = forms.CharField(
        label=_("Warum ohne Kurzfassung?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nur nötig, wenn das Konzept ohne Kurzfassung in den Rat geht."),
    )
    framework_reference = forms.CharField(
        label=_("Bezug zum INSEK"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    successor_id = forms.TypedChoiceField(
        label=_("Abgelöst durch"), required=False, coerce=int, empty_value=None
    )
    note = forms.CharField(
        label=_("Interne Bemerkung"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, viewer: Viewer, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [_EMPTY, *accounts_choices()]
        offer(self, "lead_department_id", [_EMPTY, *departments_choices()])
        offer(self, "lead_id", people)
        offer(self, "deputy_id", people)
        offer(self, "task_ids", task_choices(viewer))
        offer(self, "area_ids", area_choices(viewer))
        self.fields["area_ids"].widget.attrs["size"] = 8
        self.fields["summary"].widget.attrs |= {
            "hx-post": reverse("concepts:readability"),
            "hx-trigger": "input changed delay:600ms",
            "hx-target": "#lesbarkeit",
            "hx-swap": "innerHTML",
        }
        offer(self, "successor_id", [_EMPTY, *concept_choices(viewer)])
        for name in ("valid_from", "valid_to", "resolution_on"):
            self.fields[name].widget = DAY
        if not is_new:
            del self.fields["number"]
        names = [name for name in self.fields if name not in self.place_names]
        after = names.index("area_ids") + 1
        self.order_fields([*names[:after], *self.place_names, *names[after:]])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        begin, end = given.get("valid_from"), given.get("valid_to")
        if begin and end and end < begin:
            self.add_error("valid_to", _("Das Ende liegt vor dem Beginn. Bitte prüfen Sie beide Tage."))
        return given

    def values(self) -> dict[str, Any]:
        """What was entered; the geometry only where it changes."""
        entered = {name: value for name, value in super().values().items() if name not in self.place_names}
        return entered | self.place_columns()

    def in_words(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Both sides of a clash; the place is one line, whatever way it came."""
        return self.with_place_in_words(super().in_words(values), values)


def concept_values(concept: Concept) -> dict[str, Any]:
    """A concept as the form's initial values."""
    return {name: getattr(concept, name) for name in FIELDS} | {
        "version": concept.version,
        "task_ids": list(concept.task_links.values_list("task_id", flat=True)),
        "area_ids": list(concept.area_links.values_list("area_id", flat=True)),
    }


class GoalLinkForm(forms.Form):
    """One line of the goal editor."""

    goal_id = forms.TypedChoiceField(label=_("Ziel"), required=False, coerce=int, empty_value=None)
    sign = forms.ChoiceField(label=_("Wirkung"), choices=list(SIGN_LABELS.items()), initial=LinkSign.SUPPORTS)
    weight = forms.TypedChoiceField(label=_("Gewicht"), choices=WEIGHTS, coerce=int, initial=1)
    reason = forms.CharField(label=_("Begründung"), required=False)
    is_main = forms.BooleanField(label=_("Hauptziel"), required=False)

    def __init__(self, *args: Any, goals: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "goal_id", [("", _("– kein Ziel –")), *goals])

    def has_changed(self) -> bool:
        """A line without a goal says nothing, whatever else it holds."""
        return bool(self.data.get(self.add_prefix("goal_id")))


class _GoalLinks(BaseFormSet):  # type: ignore[type-arg]  # generic for the checker only
    """All lines together."""

    def clean(self) -> None:
        links = wanted_links(self)
        if len({link.goal_id for link in links}) < len(links):
            raise forms.ValidationError(
                _("Ein Ziel steht zweimal in der Liste. Bitte entfernen Sie eine Zeile.")
            )
        if sum(link.is_main for link in links) > 1:
            raise forms.ValidationError(_("Ein Konzept hat nur ein Hauptziel. Bitte wählen Sie eines aus."))


GoalLinks = formset_factory(GoalLinkForm, formset=_GoalLinks, extra=3, can_delete=True, max_num=60)


def goal_links_form(viewer: Viewer, links: tuple[GoalLink, ...], data: Any = None) -> Any:
    """The goal editor with the links there are and three empty lines. Old goals stay choosable."""
    goals = goal_choices(viewer)
    known = {pk for pk, _words in goals}
    goals += [(link.goal_id, f"{link.number} {link.title}") for link in links if link.goal_id not in known]
    initial = [
        {
            "goal_id": link.goal_id,
            "sign": link.sign,
            "weight": link.weight,
            "reason": link.reason,
            "is_main": link.is_main,
        }
        for link in links
    ]
    return GoalLinks(data, initial=initial, form_kwargs={"goals": goals}, prefix="ziele")


def wanted_links(lines: Any) -> list[WantedLink]:
    """The links the editor asks for: lines with a goal that are not marked for removal."""
    return [
        WantedLink(
            goal_id=line.cleaned_data["goal_id"],
            sign=LinkSign(line.cleaned_data["sign"]),
            weight=line.cleaned_data["weight"],
            reason=line.cleaned_data["reason"],
            is_main=line.cleaned_data["is_main"],
        )
        for line in lines.forms
        if getattr(line, "cleaned_data", None)
        and line.cleaned_data.get("goal_id")
        and not line.cleaned_data.get("DELETE")
    ]


class StepForm(forms.Form):
    """One line of a plan's procedure."""

    step = forms.ChoiceField(label=_("Schritt"), required=False, choices=[_EMPTY, *STEP_LABELS.items()])
    on = forms.DateField(label=_("Am oder von"), required=False, widget=DAY)
    until = forms.DateField(label=_("Bis"), required=False, widget=DAY)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        begin, end = given.get("on"), given.get("until")
        if given.get("step") and not begin and "on" not in self.errors:
            self.add_error("on", _("An welchem Tag? Ohne Tag bitte die Zeile leeren."))
        if begin and not given.get("step"):
            self.add_error("step", _("Welcher Schritt war an diesem Tag?"))
        if begin and end and end < begin:
            self.add_error("until", _("Das Ende liegt vor dem Beginn."))
        return given

    def wanted(self) -> Step | None:
        """The step of the line; None for an empty one or one that is to go."""
        given = self.cleaned_data
        if not given.get("step") or not given.get("on") or given.get("DELETE"):
            return None
        return Step(ProcedureStep(given["step"]), given["on"], given.get("until"))


Steps = formset_factory(StepForm, extra=2, can_delete=True, max_num=60)


def steps_form(steps: tuple[StepLine, ...], data: Any = None) -> Any:
    """The procedure with the steps there are and two empty lines."""
    initial = [{"step": one.step, "on": one.on, "until": one.until} for one in steps]
    return Steps(data, initial=initial, prefix="schritte")


def wanted_steps(lines: Any) -> list[Step]:
    """The steps that the lines ask for."""
    return [step for line in lines.forms if (step := line.wanted()) is not None]
