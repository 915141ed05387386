"""Districts in profile: which there are, one of them, on paper, and its numbers to take away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dreiklang.concepts import queries as concepts
from dreiklang.concepts.queries import ConceptLine
from dreiklang.core.documents import as_pdf
from dreiklang.core.tables.write import Column as Written
from dreiklang.goals.queries import TaskName
from dreiklang.measures import queries as measures
from dreiklang.measures.rules import MeasureLine
from dreiklang.monitoring import permissions
from dreiklang.monitoring.queries.profiles import DistrictProfile, district_profile
from dreiklang.monitoring.rules.regions import known_ars
from dreiklang.monitoring.rules.values import RegionLevel
from dreiklang.monitoring.views import profile_words as words
from dreiklang.monitoring.views.profile_document import Around, profile_document
from dreiklang.people.queries import may
from dreiklang.people.requests import ViewerRequest
from dreiklang.places import queries as places
from dreiklang.places.queries import AreaRow, AreaShape
from dreiklang.ui.downloads import as_file, csv_file, xlsx_file
from dreiklang.ui.rules import RailItem

# On the page; the list behind it has them all.
SHOWN = 20


@dataclass(frozen=True)
class Found:
    """Everything a profile shows, read once for page and paper."""

    city: Any
    profile: DistrictProfile
    measures: Sequence[MeasureLine]
    concepts: Sequence[ConceptLine]
    tasks: Sequence[TaskName]
    shapes: Sequence[AreaShape]


@require_safe
def profiles(request: ViewerRequest) -> HttpResponse:
    """All districts by level, with a map to choose from. `gebiet` goes to one."""
    rows = places.areas(request.viewer)
    asked = request.GET.get("gebiet", "")
    for row in rows:
        if asked == f"{row.level_key}:{row.slug}":
            return redirect(words.profile_address(row))
    by_level: dict[str, list[AreaRow]] = {}
    for row in rows:
        by_level.setdefault(row.level_plural, []).append(row)
    shapes = _linked(places.area_shapes(request.viewer), rows)
    context = {
        "levels": [
            (name, [(words.profile_address(one), one) for one in found]) for name, found in by_level.items()
        ],
        "shapes": shapes,
        "may_choose": may(request.viewer, permissions.CHOOSE_TRAITS),
    }
    return render(request, "monitoring/profiles.html", context)


@require_safe
def profile(request: ViewerRequest, level: str, key: str) -> HttpResponse:
    """One district: its indicators, what runs there, where it lies."""
    found = _found(request, level, key)
    asked = request.GET.get("format", "")
    if asked in _FORMATS:
        return _FORMATS[asked](found.profile)
    return render(request, "monitoring/profile.html", _context(request, found))


@require_safe
def profile_pdf(request: ViewerRequest, level: str, key: str) -> HttpResponse:
    """The profile on two pages."""
    found = _found(request, level, key)
    address = request.build_absolute_uri(words.profile_address(found.profile.area))
    around = Around(
        city=found.city.name,
        measures=found.measures,
        concepts=found.concepts,
        tasks=found.tasks,
        shapes=found.shapes,
        attribution=_attribution(found),
        address=address,
        today=timezone.localdate(),
        language="en" if get_language() == "en" else "de",
        is_internal=request.viewer.is_internal,
    )
    content = as_pdf(profile_document(found.profile, around))
    return as_file(content, f"profil-{_file_name(found.profile)}.pdf", "application/pdf")


def _found(request: ViewerRequest, level: str, key: str) -> Found:
    city = places.municipality()
    since = request.GET.get("seit", "")
    asked = district_profile(
        request.viewer,
        level_key=level,
        slug=key,
        ags=city.ags,
        since=int(since) if since.isascii() and since.isdecimal() and len(since) == 4 else None,
        beside=request.GET.getlist("mit"),
    )
    if asked is None:
        raise Http404
    today, area = timezone.localdate(), asked.area
    terms = measures.terms_of(today=today)
    shapes = places.area_shapes(request.viewer, level_id=area.level_id)
    return Found(
        city=city,
        profile=asked,
        measures=measures.measures_of(request.viewer, today=today, area=area.pk, terms=terms),
        concepts=concepts.concepts_of(request.viewer, area=area.pk),
        tasks=measures.tasks_served(request.viewer, area=area.pk),
        shapes=_linked(shapes, asked.peers),
    )


def _context(request: ViewerRequest, found: Found) -> dict[str, Any]:
    profile = found.profile
    params = request.GET.copy()
    params.pop("format", None)
    query = f"&{params.urlencode()}" if params else ""
    lines = words.worded(profile)
    return {
        # The head of the page asks for the city, too: once is enough.
        "city": found.city,
        "profile": profile,
        "area": profile.area,
        "stand": timezone.localdate(),
        "sentence": words.sentence(profile),
        "lines": profile.lines,
        "rates": [line for line in lines if not line.is_total],
        "totals": [line for line in lines if line.is_total],
        "similar_sentence": words.similar_sentence(profile),
        "is_chosen": bool(request.GET.getlist("mit")),
        "beside_slugs": [one.slug for one in profile.beside],
        "beside": [(one, words.profile_address(one)) for one in profile.beside],
        "peers": [(words.profile_address(one), one) for one in profile.peers],
        "since": request.GET.get("seit", ""),
        "running": words.running_sentence(found.measures),
        "measures": found.measures[:SHOWN],
        "more_measures": len(found.measures) > SHOWN,
        "measure_total": len(found.measures),
        "concepts": found.concepts,
        "tasks": found.tasks,
        "shapes": found.shapes,
        "marked": [profile.area.pk],
        "sources": words.sources(profile.lines),
        "attribution": _attribution(found),
        "query": query,
        "may_choose": may(request.viewer, permissions.CHOOSE_TRAITS),
        "rail_items": [
            RailItem(profile.area.level, profile.area.name, profile.area.url),
            RailItem(_("Profil"), "", is_current=True),
        ],
    }


def _linked(shapes: Sequence[AreaShape], rows: Sequence[AreaRow]) -> list[AreaShape]:
    """The shapes of ours lead to the profiles, neighbours nowhere."""
    addresses = {row.pk: words.profile_address(row) for row in rows}
    return [replace(one, url=addresses.get(one.pk, "")) for one in shapes]


def _attribution(found: Found) -> str:
    own = found.profile.area.pk
    return next((one.attribution for one in found.shapes if one.pk == own), "")


def _file_name(profile: DistrictProfile) -> str:
    """Only what every file system takes."""
    slug = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in profile.area.slug)
    return f"{profile.area.level_key}-{slug}"


def _as_csv(profile: DistrictProfile) -> HttpResponse:
    rows = map(words.exported, profile.lines)
    return csv_file([Written(head) for head in words.heads()], rows, name=f"profil-{_file_name(profile)}")


def _as_xlsx(profile: DistrictProfile) -> HttpResponse:
    rows = map(words.exported, profile.lines)
    name = f"profil-{_file_name(profile)}"
    return xlsx_file([Written(head) for head in words.heads()], rows, name=name, title=profile.area.name)


def _as_json(profile: DistrictProfile) -> HttpResponse:
    area, city = profile.area, places.municipality()
    content = {
        "city": {
            "name": city.name,
            "ags": city.ags,
            "ars": known_ars(RegionLevel.MUNICIPALITY, city.ags) or None,
        },
        "area": {"level": area.level_key, "key": area.key, "name": area.name},
        "indicators": [words.as_data(line) for line in profile.lines],
        "sources": words.sources(profile.lines),
    }
    return as_file(orjson.dumps(content), f"profil-{_file_name(profile)}.json", "application/json")


_FORMATS = {"csv": _as_csv, "xlsx": _as_xlsx, "json": _as_json}
