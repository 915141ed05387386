"""Forms of resolutions: filters, the record, a report on what became of it."""

import re
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from dreiklang.core.forms import AmountField, KeptForm, offer
from dreiklang.measures.queries import ids_of
from dreiklang.papers.models import Meeting, Resolution
from dreiklang.papers.models.labels import RESOLUTION_STATE_LABELS, RESULT_LABELS, TRACKED_KIND_LABELS
from dreiklang.papers.queries.meetings import item_choices, meeting_choices
from dreiklang.papers.queries.papers import paper_choices
from dreiklang.papers.queries.papers.choices import committee_choices
from dreiklang.papers.queries.resolutions import FATE_SIGNS, ResolutionLists
from dreiklang.papers.queries.resolutions.searches import ASKABLE_OF_RESOLUTIONS, UNFUNDED
from dreiklang.papers.queries.resolutions.signs import FATE_ORDER
from dreiklang.papers.rules.kinds import ResolutionState, Result, TrackedKind
from dreiklang.papers.rules.resolutions import Fate, ResolutionFilter
from dreiklang.papers.services.resolutions import FIELDS, WhatBecame
from dreiklang.people.queries import accounts_choices, departments_choices
from dreiklang.people.rules import Viewer

ANY = [("", _("alle"))]
_NONE = ("", "–")
_NEEDS_MONEY = [("", _("nicht bekannt")), ("ja", _("ja")), ("nein", _("nein"))]
_DAY: dict[str, Any] = {"format": "%Y-%m-%d", "attrs": {"type": "date"}}


class ResolutionFilterForm(forms.Form):
    """Keys of the address bar are words and numbers people know, never ids of the database."""

    q = forms.CharField(label=_("Text"), required=False)
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[*ANY, *[(one.value, FATE_SIGNS[one].label) for one in FATE_ORDER]],
    )
    art = forms.ChoiceField(
        label=_("Art"),
        required=False,
        choices=[*ANY, *[(one.value, label) for one, label in TRACKED_KIND_LABELS.items()]],
    )
    gremium = forms.ChoiceField(label=_("Gremium"), required=False)
    amt = forms.ChoiceField(label=_("Zuständiges Amt"), required=False)
    jahr = forms.ChoiceField(label=_("Beschlossen im Jahr"), required=False)
    mittel = forms.ChoiceField(
        label=_("Mittel"), required=False, choices=[*ANY, (UNFUNDED, _("braucht Mittel, keine genannt"))]
    )

    def __init__(self, *args: Any, lists: ResolutionLists, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lists = lists
        offer(self, "gremium", [*ANY, *[(key, label) for key, label, _pk in lists.gremium]])
        offer(self, "amt", [*ANY, *[(key, label) for key, label, _pk in lists.amt]])
        offer(self, "jahr", [*ANY, *[(str(year), str(year)) for year in lists.jahr]])

    def asked(self) -> dict[str, str]:
        """What the address bar asks for, without what is empty."""
        return {name: value for name in ASKABLE_OF_RESOLUTIONS if (value := self.data.get(name, ""))}

    def wanted(self) -> ResolutionFilter:
        """The filter. A record that does not exist finds nothing; any other value that fits nothing is passed over."""
        self.full_clean()
        said = self.cleaned_data
        return ResolutionFilter(
            text=said.get("q", ""),
            fate=Fate(said["stand"]) if said.get("stand") else None,
            kind=TrackedKind(said["art"]) if said.get("art") else None,
            committee=self._id("gremium"),
            department=self._id("amt"),
            year=int(said["jahr"]) if said.get("jahr") else None,
            only_unfunded=said.get("mittel") == UNFUNDED,
        )

    def _id(self, name: str) -> int | None:
        given = self.data.get(name)
        if not given:
            return None
        return next((pk for key, _label, pk in getattr(self.lists, name) if key == given), 0)


class ResolutionForm(KeptForm):
    """Everything about a resolution but its state, which reports tell, and who may see it."""

    number = forms.CharField(
        label=_("Nummer"), max_length=80, help_text=_("Zum Beispiel B-012/2026. Sie bleibt.")
    )
    kind = forms.ChoiceField(
        label=_("Art"),
        choices=list(TRACKED_KIND_LABELS.items()),
        help_text=_("Auch Anträge, Anfragen und Zusagen aus einer Sitzung werden verfolgt."),
    )
    title = forms.CharField(label=_("Titel"), max_length=600)
    text = forms.CharField(label=_("Wortlaut"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    paper = forms.CharField(label=_("Nummer der Vorlage"), required=False, max_length=80)
    committee_id = forms.TypedChoiceField(label=_("Gremium"), required=False, coerce=int, empty_value=None)
    meeting_id = forms.TypedChoiceField(
        label=_("Sitzung"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("In der es zugesagt, beantragt oder gefragt wurde."),
    )
    item_id = forms.TypedChoiceField(
        label=_("Tagesordnungspunkt"), required=False, coerce=int, empty_value=None
    )
    decided_on = forms.DateField(label=_("Beschlossen am"), required=False, widget=forms.DateInput(**_DAY))
    result = forms.ChoiceField(label=_("Ergebnis"), choices=list(RESULT_LABELS.items()))
    department_id = forms.TypedChoiceField(
        label=_("Zuständiges Amt"), required=False, coerce=int, empty_value=None
    )
    lead_id = forms.TypedChoiceField(label=_("Verantwortlich"), required=False, coerce=int, empty_value=None)
    due_on = forms.DateField(label=_("Zu erledigen bis"), required=False, widget=forms.DateInput(**_DAY))
    measures = forms.CharField(
        label=_("Maßnahmen, die ihn umsetzen"),
        required=False,
        help_text=_("Nummern, durch Semikolon getrennt. Zum Beispiel V-17; B-03"),
    )
    needs_money = forms.ChoiceField(label=_("Braucht er Mittel?"), required=False, choices=_NEEDS_MONEY)
    money_eur = AmountField(
        label=_("Mittel in Euro"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        localize=True,
        help_text=_("Leer, wenn kein Betrag feststeht. Dann bitte in Worten."),
    )
    money_words = forms.CharField(
        label=_("Mittel in Worten"),
        required=False,
        max_length=300,
        help_text=_("Zum Beispiel: im Haushalt 2027 eingestellt"),
    )

    def __init__(self, *args: Any, viewer: Viewer, is_new: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer
        self.found: dict[str, Any] = {}
        offer(self, "committee_id", [_NONE, *committee_choices()])
        offer(self, "department_id", [_NONE, *departments_choices()])
        offer(self, "lead_id", [_NONE, *accounts_choices()])
        if not is_new:
            del self.fields["number"]
        self._offer_meetings()

    def _offer_meetings(self) -> None:
        """The meetings to choose from, and the items of the one that is chosen already."""
        if self.initial.get("is_from_route"):
            del self.fields["meeting_id"], self.fields["item_id"]
            return
        chosen = self.initial.get("meeting_id")
        offered = meeting_choices(self.viewer, today=localdate(), chosen=chosen)
        offer(self, "meeting_id", [_NONE, *offered])
        if chosen is None:
            del self.fields["item_id"]
        else:
            offer(self, "item_id", [("", _("zu keinem Punkt")), *item_choices(self.viewer, meeting=chosen)])

    def clean(self) -> dict[str, Any]:
        """An item belongs to the meeting it was offered for; with another meeting it falls away."""
        said: dict[str, Any] = super().clean() or {}
        if "meeting_id" in said and said["meeting_id"] != self.initial.get("meeting_id"):
            self.found["item_id"] = None
        return said

    def clean_paper(self) -> str:
        number: str = self.cleaned_data["paper"].strip()
        self.found["paper_id"] = paper_choices(self.viewer, numbers=[number]).get(number) if number else None
        if number and self.found["paper_id"] is None:
            raise forms.ValidationError(
                _("Eine Vorlage mit dieser Nummer gibt es nicht, oder es gibt mehrere.")
            )
        return number

    def clean_measures(self) -> str:
        numbers = [one.strip() for one in re.split(r"[;\n]", self.cleaned_data["measures"]) if one.strip()]
        ids = ids_of(self.viewer, numbers=numbers)
        missing = [one for one in numbers if one not in ids]
        if missing:
            raise forms.ValidationError(
                _("Diese Maßnahme gibt es nicht: %(numbers)s"), params={"numbers": "; ".join(missing)}
            )
        self.found["measure_ids"] = list(ids.values())
        return "; ".join(numbers)

    def record_values(self) -> dict[str, Any]:
        """What was entered, as the service takes it."""
        said = self.values()
        plain = {name: said[name] for name in FIELDS if name in said}
        plain["needs_money"] = {"ja": True, "nein": False}.get(said["needs_money"])
        return plain | self.found


def promised_in(meeting: Meeting, *, item: str = "") -> dict[str, Any]:
    """What a promise made in that meeting begins with; `item` is the id of the item, if one was named."""
    named = meeting.items.filter(pk=int(item)).first() if item.isdecimal() else None
    day = localdate(meeting.starts_at) if meeting.starts_at else None
    begin = f"Z-{day.isoformat() if day else meeting.key}-"
    return {
        # A number nobody has to think of while the meeting goes on; it can be typed over.
        "number": f"{begin}{Resolution.objects.filter(number__startswith=begin).count() + 1}"[:80],
        "kind": TrackedKind.PROMISE,
        # Nobody voted on it.
        "result": Result.OPEN,
        "meeting_id": meeting.pk,
        "item_id": named.pk if named else None,
        "committee_id": meeting.committee_id,
        "decided_on": day,
    }


def resolution_values(record: Resolution) -> dict[str, Any]:
    """A resolution as the form's initial values."""
    needs = {True: "ja", False: "nein", None: ""}
    numbers = record.measure_links.order_by("measure__number").values_list("measure__number", flat=True)
    return {name: getattr(record, name) for name in FIELDS} | {
        "version": record.version,
        "paper": _address_of(record),
        "needs_money": needs[record.needs_money],
        "measures": "; ".join(numbers),
        "is_from_route": record.consultation_id is not None,
    }


def _address_of(record: Resolution) -> str:
    """The number people know, or the key where the number stands for several papers."""
    if record.paper is None:
        return ""
    is_alone = type(record.paper).objects.filter(number=record.paper.number).count() == 1
    return record.paper.number if is_alone else record.paper.key


class BecameForm(forms.Form):
    """What became of it: the state first, the rest only where there is something to say."""

    state = forms.ChoiceField(
        label=_("Wie weit ist es?"),
        widget=forms.RadioSelect,
        choices=[(one.value, label) for one, label in RESOLUTION_STATE_LABELS.items()],
    )
    public_note = forms.CharField(
        label=_("Was ist daraus geworden?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Für alle verständlich, ein, zwei Sätze. Erscheint erst, wenn Ihr Amt sie freigibt."),
    )
    note = forms.CharField(label=_("Interne Notiz"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    reported_on = forms.DateField(
        label=_("Stand vom"),
        widget=forms.DateInput(**_DAY),
        help_text=_("Ein früherer Tag ist möglich, ein künftiger nicht."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        is_silent = not (said.get("public_note") or "").strip() and not (said.get("note") or "").strip()
        if said.get("state") == ResolutionState.DROPPED and is_silent:
            self.add_error("public_note", _("Bitte sagen Sie, warum er aufgegeben wird. Ein Satz genügt."))
        return said

    def said(self) -> WhatBecame:
        """What was said, for the service."""
        given = self.cleaned_data
        return WhatBecame(ResolutionState(given["state"]), given["public_note"], given["note"])
