"""On which goals a concept acts: one line each."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from dreiklang.concepts.models import SIGN_LABELS
from dreiklang.concepts.queries import GoalLink
from dreiklang.concepts.services import WantedLink
from dreiklang.core.forms import offer
from dreiklang.goals.queries import goal_choices
from dreiklang.goals.rules import LinkSign
from dreiklang.people.rules import Viewer

WEIGHTS = [(1, _("gering")), (2, _("mittel")), (3, _("stark"))]


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
