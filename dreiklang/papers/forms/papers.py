"""Forms of papers: filters, the record, its route, what it touches."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dreiklang.concepts.queries import concept_choices
from dreiklang.core.forms import KeptForm, offer
from dreiklang.goals.queries import goal_choices, task_choices
from dreiklang.goals.rules import LinkSign
from dreiklang.measures.queries import visible as visible_measures
from dreiklang.monitoring.queries import indicator_choices
from dreiklang.papers.models import Paper
from dreiklang.papers.models.labels import CONSULTATION_ROLE_LABELS, PAPER_KIND_LABELS, TARGET_KIND_LABELS
from dreiklang.papers.models.papers import SIGN_LABELS
from dreiklang.papers.queries.meetings import meeting_choices
from dreiklang.papers.queries.papers import FilterLists, Touched, paper_choices
from dreiklang.papers.queries.papers.choices import committee_choices
from dreiklang.papers.queries.papers.searches import ASKABLE, filter_of
from dreiklang.papers.queries.papers.signs import WHEREABOUTS_LABELS
from dreiklang.papers.rules.kinds import TargetKind
from dreiklang.papers.rules.papers import PaperFilter
from dreiklang.papers.services.papers import FIELDS, WantedLink
from dreiklang.people.queries import departments_choices
from dreiklang.people.rules import Viewer
from dreiklang.places.queries import area_choices

ANY = [("", _("alle"))]
NONE = ("", "–")
LISTS = ("gremium", "amt", "ziel", "stadtteil")
DAY: dict[str, Any] = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}
# What a person may link by hand; goals and tasks come first, as the chain does.
LINKABLE = (
    TargetKind.GOAL,
    TargetKind.TASK,
    TargetKind.CONCEPT,
    TargetKind.MEASURE,
    TargetKind.INDICATOR,
    TargetKind.AREA,
)


class PaperFilterForm(forms.Form):
    """Keys of the address bar are words and numbers people know, never ids of the database."""

    q = forms.CharField(label=_("Text"), required=False)
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[*ANY, *[(k.value, label) for k, label in WHEREABOUTS_LABELS.items()]],
    )
    art = forms.ChoiceField(
        label=_("Art"),
        required=False,
        choices=[*ANY, *[(k.value, label) for k, label in PAPER_KIND_LABELS.items()]],
    )
    gremium = forms.ChoiceField(label=_("Gremium"), required=False)
    amt = forms.ChoiceField(label=_("Federführung"), required=False)
    ziel = forms.ChoiceField(label=_("Ziel"), required=False)
    stadtteil = forms.ChoiceField(label=_("Stadtteil"), required=False)
    jahr = forms.IntegerField(label=_("Jahr"), required=False, min_value=1950, max_value=2150)
    strategisch = forms.ChoiceField(
        label=_("Strategisch"), required=False, choices=[*ANY, ("ja", _("nur strategische"))]
    )
    intern = forms.ChoiceField(
        label=_("Sichtbarkeit"), required=False, choices=[*ANY, ("ja", _("nur interne"))]
    )

    def __init__(self, *args: Any, viewer: Viewer, lists: FilterLists, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer, self.lists = viewer, lists
        for name in LISTS:
            offer(self, name, [*ANY, *[(key, label) for key, label, _pk in getattr(lists, name)]])
        if not viewer.is_internal:
            del self.fields["intern"], self.fields["strategisch"]

    def wanted(self) -> PaperFilter:
        """The filter as the address bar gives it."""
        return filter_of(self.viewer, query=self.asked(), lists=self.lists)

    def asked(self) -> dict[str, str]:
        """What the address bar asks for, without what is empty."""
        return {name: value for name in ASKABLE if (value := self.data.get(name, ""))}


class PaperForm(KeptForm):
    """Everything about a paper but its route, what it touches and who may see it."""

    number = forms.CharField(
        label=_("Nummer"), max_length=60, help_text=_("Wie im Ratsinformationssystem, zum Beispiel 2026/0412")
    )
    title = forms.CharField(label=_("Titel"), max_length=600)
    kind = forms.ChoiceField(label=_("Art"), choices=list(PAPER_KIND_LABELS.items()))
    dated_on = forms.DateField(label=_("Datum"), required=False, widget=forms.DateInput(**DAY))
    lead_department_id = forms.TypedChoiceField(
        label=_("Federführung"), required=False, coerce=int, empty_value=None
    )
    originator = forms.CharField(
        label=_("Eingebracht von"),
        max_length=300,
        required=False,
        help_text=_("Fraktion oder Amt; keine Personen"),
    )
    is_strategic = forms.TypedChoiceField(
        label=_("Strategisch"),
        required=False,
        coerce=lambda value: value == "ja",
        empty_value=None,
        choices=[("", _("wie für diese Art geregelt")), ("ja", _("ja")), ("nein", _("nein"))],
    )
    concept_id = forms.TypedChoiceField(
        label=_("Legt dieses Konzept vor"), required=False, coerce=int, empty_value=None
    )
    follows = forms.CharField(
        label=_("Knüpft an"), required=False, help_text=_("Nummer der früheren Vorlage")
    )
    summary = forms.CharField(
        label=_("Kurzfassung"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    text = forms.CharField(
        label=_("Text der Vorlage"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Ein geänderter Text wird als neue Fassung aufgehoben."),
    )
    web = forms.URLField(
        label=_("Im Ratsinformationssystem"), required=False, max_length=500, assume_scheme="https"
    )
    note = forms.CharField(
        label=_("Interne Bemerkung"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer
        offer(self, "lead_department_id", [NONE, *departments_choices()])
        offer(self, "concept_id", [NONE, *concept_choices(viewer)])

    def clean_follows(self) -> int | None:
        given = self.cleaned_data["follows"].strip()
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
        """What was entered, under the names of the record."""
        given = super().values()
        return {**given, "follows_id": given.pop("follows")}


def paper_values(paper: Paper) -> dict[str, Any]:
    """A paper as the form's initial values."""
    yes_no = {True: "ja", False: "nein", None: ""}
    return {name: getattr(paper, name) for name in FIELDS if name != "follows_id"} | {
        "version": paper.version,
        "text": paper.text,
        "follows": paper.follows.key if paper.follows else "",
        "is_strategic": yes_no[paper.is_strategic],
    }


class StepForm(forms.Form):
    """One step of the route: a committee with a day, or one of its meetings."""

    committee_id = forms.TypedChoiceField(label=_("Gremium"), coerce=int, empty_value=None)
    meeting_id = forms.TypedChoiceField(
        label=_("Sitzung"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Leer, wenn die Sitzung noch nicht eingetragen ist"),
    )
    planned_on = forms.DateField(label=_("Geplant für"), required=False, widget=forms.DateInput(**DAY))
    role = forms.ChoiceField(label=_("Zuständigkeit"), choices=list(CONSULTATION_ROLE_LABELS.items()))

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "committee_id", [NONE, *committee_choices()])
        offer(self, "meeting_id", [NONE, *meeting_choices(viewer, today=timezone.localdate())])


class LinkForm(forms.Form):
    """One thing the paper touches; the choice holds kind and id, as `goal-12`."""

    target = forms.ChoiceField(label=_("Bezug"), required=False)
    sign = forms.ChoiceField(
        label=_("Wirkung"),
        choices=[*SIGN_LABELS.items(), ("", _("nicht bekannt"))],
        initial=LinkSign.SUPPORTS,
        required=False,
    )
    reason = forms.CharField(label=_("Begründung"), required=False)

    def __init__(self, *args: Any, targets: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "target", [("", _("– kein Bezug –")), *targets])

    def has_changed(self) -> bool:
        """A line without a target says nothing, but for a reason that was typed into an empty line."""
        said = [self.data.get(self.add_prefix(name), "").strip() for name in ("target", "reason")]
        return bool(said[0]) or self._is_lost(*said)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "target" in said and self._is_lost(said["target"], said.get("reason", "")):
            self.add_error("target", _("Bitte wählen Sie, worauf sich die Begründung bezieht."))
        return said

    def _is_lost(self, target: str, reason: str) -> bool:
        """Whether somebody gave a reason for nothing; who takes a target away takes its reason along."""
        return bool(reason and not target and not self.initial.get("target"))


class _Links(BaseFormSet):  # type: ignore[type-arg]  # generic for the checker only
    """All lines together."""

    def clean(self) -> None:
        links = wanted_links(self)
        if len({(link.kind, link.target) for link in links}) < len(links):
            raise forms.ValidationError(
                _("Ein Bezug steht zweimal in der Liste. Bitte entfernen Sie eine Zeile.")
            )


Links = formset_factory(LinkForm, formset=_Links, extra=3, can_delete=True, max_num=80)


def links_form(viewer: Viewer, touched: tuple[Touched, ...], data: Any = None) -> Any:
    """The editor of what a paper touches, with three empty lines. Targets of old versions stay choosable."""
    groups = _targets(viewer)
    offered = {value for _label, rows in groups for value, _words in rows}
    initial = [
        {"target": f"{one.kind}-{one.target}", "sign": one.sign or "", "reason": one.reason}
        for one in touched
    ]
    left = [
        (f"{one.kind}-{one.target}", f"{one.ref.key} {one.ref.title}".strip())
        for one in touched
        if f"{one.kind}-{one.target}" not in offered
    ]
    groups += [(_("Bisher verknüpft"), left)] if left else []
    return Links(data, initial=initial, form_kwargs={"targets": groups}, prefix="bezug")


def wanted_links(lines: Any) -> list[WantedLink]:
    """The links the editor asks for: lines with a target that are not marked for removal."""
    found = []
    for line in lines.forms:
        given = getattr(line, "cleaned_data", None)
        if given and given.get("target") and not given.get("DELETE"):
            kind, _sign, pk = given["target"].rpartition("-")
            sign = LinkSign(given["sign"]) if given["sign"] else None
            found.append(WantedLink(TargetKind(kind), int(pk), sign, given["reason"]))
    return found


def _targets(viewer: Viewer) -> list[Any]:
    measures = visible_measures(viewer).order_by("number", "pk").values_list("pk", "number", "title")
    rows: dict[TargetKind, list[tuple[int, str]]] = {
        TargetKind.GOAL: goal_choices(viewer),
        TargetKind.TASK: task_choices(viewer),
        TargetKind.CONCEPT: concept_choices(viewer),
        TargetKind.MEASURE: [(pk, f"{number} {title}") for pk, number, title in measures],
        TargetKind.INDICATOR: indicator_choices(viewer),
        TargetKind.AREA: [one for _level, areas in area_choices(viewer) for one in areas],
    }
    return [
        (TARGET_KIND_LABELS[kind], [(f"{kind}-{pk}", words) for pk, words in rows[kind]])
        for kind in LINKABLE
        if rows[kind]
    ]
