"""Where the set is kept: goals with none or too many indicators, the starter set, the rules, lists to take away."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from dreiklang.core import text
from dreiklang.monitoring import permissions
from dreiklang.monitoring.forms.indicator_links import SetRulesForm
from dreiklang.monitoring.imports.effects import EFFECTS, Effects
from dreiklang.monitoring.imports.indicators import INDICATORS, Indicators
from dreiklang.monitoring.imports.links import INDICATOR_LINKS, IndicatorLinks
from dreiklang.monitoring.imports.targets import TARGETS, Targets
from dreiklang.monitoring.queries.uniform_set import goal_sizes, kept_indicators, proposals, set_rules
from dreiklang.monitoring.rules.quality import SetSize
from dreiklang.monitoring.services.definitions import CannotSave
from dreiklang.monitoring.services.starting import take_over
from dreiklang.monitoring.services.uniform_set import save_rules
from dreiklang.monitoring.views.indicator_editing import refusal_words
from dreiklang.monitoring.views.kept_forms import try_to_save
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.downloads import csv_file, xlsx_file
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import Tone

LISTS: Mapping[str, Indicators | Targets | IndicatorLinks | Effects] = {
    "festlegungen": INDICATORS,
    "zielwerte": TARGETS,
    "bezuege": INDICATOR_LINKS,
    "wirkungen": EFFECTS,
}
WORDS = {
    "too_many": ("cities", gettext_lazy("Höchstens sechs Städte lassen sich auf einen Blick vergleichen.")),
    "twice": ("cities", gettext_lazy("Eine Stadt steht zweimal da.")),
    "unknown_city": (
        "cities",
        gettext_lazy("Von einer dieser Städte liegen keine Werte vor. Bitte prüfen Sie die Schlüssel."),
    ),
}


@require_safe
def uniform_set(request: ViewerRequest) -> HttpResponse:
    """The set as a whole."""
    require(request.viewer, permissions.SEE_INSIDE)
    today = timezone.localdate()
    rules = set_rules()
    goals = goal_sizes(request.viewer, most=rules.most_per_goal)
    kept = kept_indicators(request.viewer)
    context = {
        "rules": rules,
        "without": [one for one in goals if one.size is SetSize.NONE],
        "too_many": [one for one in goals if one.size is SetSize.MANY],
        "goal_count": len(goals),
        "kept": [one for one in kept if one.retired_on is None],
        "retired": [one for one in kept if one.retired_on is not None],
        "may_create": may(request.viewer, permissions.CREATE),
        "may_rule": may(request.viewer, permissions.LINK),
        "stand": today,
        "today": today,
    }
    return render(request, "monitoring/indicators/set.html", context)


def starter_set(request: ViewerRequest) -> HttpResponse:
    """The proposals with a tick each; what is there already stays as it is."""
    require(request.viewer, permissions.CREATE)
    fields = proposals()
    if request.method == "POST":
        offered = {one.key for _field, many in fields for one in many if not one.is_there}
        wanted = [key for key in request.POST.getlist("key") if key in offered]
        if wanted:
            return _taken_over(request, wanted)
        tell(request, text=_("Es war kein Vorschlag angekreuzt."), tone=Tone.NEUTRAL)
    context = {"fields": fields, "back_url": reverse("monitoring:set")}
    return render(request, "monitoring/indicators/starter_set.html", context)


def _taken_over(request: ViewerRequest, wanted: list[str]) -> HttpResponse:
    try:
        made = take_over(by=request.viewer, keys=wanted, on=timezone.localdate())
    except CannotSave as refusal:
        said = _("Ein Vorschlag passt nicht zu dem, was die Stadt schon hat: %(why)s")
        tell(request, text=said % {"why": refusal_words(refusal)[1]}, tone=Tone.WARN)
        return redirect("monitoring:starter-set")
    said = ngettext(
        "%(n)s Indikator übernommen. Er ist intern, bis ein Amt für ihn steht und jemand ihn veröffentlicht.",
        "%(n)s Indikatoren übernommen. Sie sind intern, bis ein Amt für sie steht und jemand sie veröffentlicht.",
        len(made),
    )
    tell(request, text=said % {"n": text.number(len(made))})
    return redirect("monitoring:set")


def rules_edit(request: ViewerRequest) -> HttpResponse:
    """How many a goal should have, and with which cities ours is compared."""
    require(request.viewer, permissions.LINK)
    rules = set_rules()
    start = {
        "version": rules.version,
        "most_per_goal": rules.most_per_goal,
        "cities": "\n".join(key for key, _name in rules.cities),
    }
    form = SetRulesForm(request.POST or None, initial=start)
    clash = None
    if request.method == "POST" and form.is_valid():
        saved = try_to_save(
            form,
            lambda: save_rules(
                by=request.viewer,
                version=form.seen_version,
                most_per_goal=form.cleaned_data["most_per_goal"],
                city_keys=form.keys(),
            ),
            words=WORDS,
            values_of=lambda record: {"most_per_goal": record.most_per_goal},
        )
        if saved.record:
            tell(request, text=_("Regeln gespeichert."))
            return redirect("monitoring:set")
        clash = saved.clash
    context = {"form": form, "clash": clash, "rules": rules, "back_url": reverse("monitoring:set")}
    return render(request, "monitoring/indicators/rules.html", context)


@require_safe
def taken_away(request: ViewerRequest, name: str, form: str) -> HttpResponse:
    """One of the lists as its own import reads it again."""
    require(request.viewer, permissions.SEE_INSIDE)
    if name not in LISTS or form not in ("csv", "xlsx"):
        raise Http404
    columns, rows = LISTS[name].all_rows()
    if form == "csv":
        return csv_file(columns, rows, name=name)
    return xlsx_file(columns, rows, name=name, title=str(_(LISTS[name].title))[:31])
