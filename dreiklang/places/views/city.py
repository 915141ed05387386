"""Pages of places: the city's areas, one area with what runs there, settings and levels."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from dreiklang.concepts import queries as concepts
from dreiklang.core import text
from dreiklang.core.errors import ChangedMeanwhile
from dreiklang.core.forms import both_sides
from dreiklang.measures import queries as measures
from dreiklang.papers import queries as papers
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.places import forms, permissions, queries, services
from dreiklang.ui.messages import tell
from dreiklang.ui.rules import RailItem, Tone

SHOWN = 20
_YEAR = 365 * 24 * 3600


def area_list(request: ViewerRequest) -> HttpResponse:
    """All areas by level, with a map of the finest one."""
    levels = [level for level in queries.levels(request.viewer) if level.area_count]
    return render(
        request,
        "places/list.html",
        {
            "levels": [
                (level, queries.areas_of_level(request.viewer, level_id=level.pk)) for level in levels
            ],
            "finest": levels[-1] if levels else None,
            "shapes": queries.area_shapes(request.viewer),
            "attributions": queries.attributions(request.viewer),
            "may_edit": may(request.viewer, permissions.EDIT),
        },
    )


def area(request: ViewerRequest, key: str) -> HttpResponse:
    """What runs in an area."""
    page = queries.area_page(request.viewer, key=key)
    if page is None:
        raise Http404
    today = timezone.localdate()
    terms = measures.terms_of(today=today)
    spread = measures.distribution(request.viewer, today=today, area=page.area.pk, terms=terms)
    found = concepts.concepts_of(request.viewer, area=page.area.pk)
    return render(
        request,
        "places/area.html",
        {
            "page": page,
            "today": today,
            "stand": today,
            "distribution": spread,
            "measures": measures.measures_of(
                request.viewer, today=today, area=page.area.pk, limit=SHOWN, terms=terms
            ),
            "concepts": found,
            "council": papers.council_of_area(request.viewer, area=page.area.pk, today=today),
            "shapes": queries.area_shapes(request.viewer, ids=[page.area.pk]),
            "marked": [page.area.pk],
            "may_edit": may(request.viewer, permissions.EDIT),
            "rail_items": [
                *([RailItem(page.parent.level, page.parent.name, page.parent.url)] if page.parent else []),
                RailItem(page.area.level, page.area.name, is_current=True),
                RailItem(_("Maßnahmen"), "", "#massnahmen", text.number(spread.total)),
                RailItem(_("Konzepte"), "", "#konzepte", str(len(found))),
            ],
        },
    )


def settings(request: ViewerRequest) -> HttpResponse:
    """Name, keys, texts and colour of the municipality."""
    require(request.viewer, permissions.EDIT)
    city = queries.municipality()
    form = forms.MunicipalityForm(
        request.POST or None, request.FILES or None, initial=forms.municipality_values(city)
    )
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            services.save_municipality(by=request.viewer, version=form.seen_version, values=form.values())
        except ChangedMeanwhile as refusal:
            theirs = forms.municipality_values(refusal.theirs)
            form.take_version(refusal.version)
        else:
            tell(request, text=_("Angaben zur Stadt gespeichert."))
            return redirect("places:settings")
    return render(
        request,
        "places/settings.html",
        {
            "form": form,
            "clash": both_sides(form, theirs) if theirs else None,
            "back_url": reverse("places:list"),
        },
    )


@require_safe
@cache_control(public=True, max_age=_YEAR)
def arms(request: ViewerRequest) -> HttpResponse:
    """The picture of the arms, under the type that its first bytes showed."""
    found = queries.arms()
    if found is None:
        raise Http404
    return HttpResponse(found.content, content_type=found.media_type)


def levels(request: ViewerRequest) -> HttpResponse:
    """The spatial levels, and which areas of a list are not ours."""
    require(request.viewer, permissions.EDIT)
    form = forms.LevelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.save_level(by=request.viewer, values=form.cleaned_data)
        tell(request, text=_("Ebene „%(name)s“ gespeichert.") % {"name": form.cleaned_data["plural"]})
        return redirect("places:levels")
    rows = queries.levels(request.viewer)
    found = [
        (level, queries.areas_of_level(request.viewer, level_id=level.pk, with_neighbours=True))
        for level in rows
    ]
    return render(request, "places/levels.html", {"levels": found, "form": form})


@require_POST
def mark_neighbours(request: ViewerRequest, pk: int) -> HttpResponse:
    """Which areas of a level belong to the city."""
    ours = {int(one) for one in request.POST.getlist("ours") if one.isdecimal()}
    changed = services.mark_ours(by=request.viewer, level_id=pk, ours=ours)
    words = _("%(n)s Gebiete neu zugeordnet.") % {"n": changed} if changed else _("Nichts hat sich geändert.")
    tell(request, text=words, tone=Tone.GOOD if changed else Tone.NEUTRAL)
    return redirect("places:levels")
