"""Maps of indicators: the list of them, one map with its table, and its numbers to take away."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dreiklang.core.tables.write import Column as Written
from dreiklang.core.values import Unknown
from dreiklang.monitoring.forms.choropleth import MapForm
from dreiklang.monitoring.queries.maps import IndicatorMap, indicator_map, mapped_indicators
from dreiklang.monitoring.rules.map_picture import outlines
from dreiklang.monitoring.views.map_drawing import MapDrawing, MapLine, drawing
from dreiklang.monitoring.views.map_file import map_svg
from dreiklang.monitoring.views.map_words import (
    address,
    chips,
    columns,
    left_out_words,
    legend_lines,
    legend_unit,
    line_words,
    profile_address,
    sentence,
    table_of,
    years_shown,
)
from dreiklang.monitoring.views.value_words import reason_words
from dreiklang.people.requests import ViewerRequest
from dreiklang.places import queries as places
from dreiklang.places.rules import MapShape, SmallMap
from dreiklang.places.rules.svg_map import DrawnShape
from dreiklang.ui.downloads import as_file, csv_file
from dreiklang.ui.rules import table_query


@dataclass(frozen=True)
class Outline:
    """An area as the page draws it: its outline, what it says, and where it leads."""

    line: MapLine
    drawn: DrawnShape
    words: str
    url: str


@require_safe
def maps(request: ViewerRequest) -> HttpResponse:
    """Which indicators there are maps of."""
    return render(request, "monitoring/maps.html", {"indicators": mapped_indicators(request.viewer)})


@require_safe
def show_map(request: ViewerRequest, key: str) -> HttpResponse:
    """One indicator in all areas of a level."""
    city = places.municipality()
    level = request.GET.get("ebene", "")
    shown = indicator_map(request.viewer, key=key, level_key=level, ags=city.ags)
    if shown is None:
        raise Http404
    form = MapForm(request.GET, shown=shown)
    drawn = drawing(shown, form.wish())
    if request.GET.get("format") in _FORMATS:
        return _FORMATS[request.GET["format"]](drawn)
    if request.GET.get("format") == "svg":
        return _as_svg(request, drawn)
    # The head of the page asks for the city, too: once is enough.
    return render(request, "monitoring/map.html", {"city": city} | _context(request, form, drawn))


def _context(request: ViewerRequest, form: MapForm, drawn: MapDrawing) -> dict[str, Any]:
    picture = _picture(drawn)
    params = request.GET.copy()
    params.pop("sortierung", None)
    query = table_query(dict(request.GET.lists()), columns=columns(drawn), default_sort="name")
    return {
        "shown": drawn.shown,
        "indicator": drawn.shown.indicator,
        "form": form,
        "drawn": drawn,
        "wish": drawn.wish,
        "picture": picture,
        "outlines": _outlines(drawn, picture),
        "sentence": sentence(drawn) if drawn.lines else "",
        "left_out": left_out_words(drawn),
        "unit": legend_unit(drawn),
        "legend": legend_lines(drawn, params),
        "chips": chips(drawn, params),
        "is_broken": _is_broken(drawn),
        "table": table_of(drawn, query, csv_href=address(params, format="csv")),
        "json_address": address(params, format="json"),
        "svg_address": address(params, format="svg") if picture and drawn.scale else "",
        "side_by_side": _side_by_side(drawn),
        "shades": _shades(drawn),
        "levels_elsewhere": [one for one in drawn.shown.levels if one != drawn.shown.level],
    }


def _picture(drawn: MapDrawing) -> SmallMap | None:
    shapes = [
        MapShape(str(one.area.pk), one.area.name, one.area.geometry)
        for one in drawn.lines
        if one.area.geometry is not None
    ]
    return outlines(shapes)


def _outlines(drawn: MapDrawing, picture: SmallMap | None) -> list[Outline]:
    shapes = {one.shape.key: one for one in picture.shapes} if picture else {}
    return [
        Outline(one, shapes[str(one.area.pk)], line_words(drawn, one), profile_address(one))
        for one in drawn.lines
        if str(one.area.pk) in shapes
    ]


def _is_broken(drawn: MapDrawing) -> bool:
    """Whether a break in the series lies among the years shown, so that colours before and after mean other things."""
    years = drawn.shown.years
    return any(years[0] < one.year <= years[-1] for one in drawn.shown.breaks) if years else False


def _side_by_side(drawn: MapDrawing) -> list[dict[str, Any]]:
    found = []
    for year in years_shown(drawn):
        shades = drawn.shades_of(year)
        found.append(
            {
                "year": year,
                "areas": [(one.area.pk, shades[one.area.pk]) for one in drawn.lines],
                "known": sum(1 for shade in shades.values() if shade.isdecimal()),
            }
        )
    return found


def _shades(drawn: MapDrawing) -> dict[str, Any]:
    """For the slider: the years, of each area the shade in every one of them, and the number of each shade's class."""
    years = drawn.shown.years
    by_year = [drawn.shades_of(year) for year in years]
    numbers = {shade: at + 1 for at, shade in enumerate(drawn.scale.shades)} if drawn.scale else {}
    return {
        "years": years,
        "numbers": numbers,
        "shades": {str(one.pk): [shades[one.pk] for shades in by_year] for one in drawn.areas},
    }


def _as_csv(drawn: MapDrawing) -> HttpResponse:
    years = drawn.shown.years
    heads = [_("Schlüssel"), _("Gebiet"), *map(str, years)]
    rows = [(one.key, one.name, *_cells(one.years, years)) for one in drawn.areas]
    city = [("", _("ganze Stadt"), *_cells(drawn.shown.city, years))] if drawn.shown.city else []
    return csv_file([Written(head) for head in heads], [*rows, *city], name=_file_name(drawn.shown))


def _as_svg(request: ViewerRequest, drawn: MapDrawing) -> HttpResponse:
    picture = _picture(drawn)
    if picture is None or drawn.scale is None:
        raise Http404
    content = map_svg(drawn, picture, request.GET, today=timezone.localdate())
    return as_file(content, f"{_file_name(drawn.shown)}.svg", "image/svg+xml")


def _cells(found: Any, years: Iterable[int]) -> list[Any]:
    """Numbers as they are; a sign in words, so that nobody takes an empty cell for a zero."""
    values = [found[year].value if year in found else None for year in years]
    return [reason_words(one) or _("unbekannt") if isinstance(one, Unknown) else one for one in values]


def _as_json(drawn: MapDrawing) -> HttpResponse:
    shown = drawn.shown
    content = {
        "indicator": shown.indicator.key,
        "name": shown.indicator.name,
        "unit": shown.indicator.unit,
        "level": shown.level.key if shown.level else None,
        "licence": shown.indicator.licence,
        "attribution": shown.indicator.attribution,
        "values": [
            {"key": one.key, "name": one.name, "years": _years_as_json(one.years)} for one in drawn.areas
        ],
        "city": _years_as_json(shown.city),
    }
    return as_file(orjson.dumps(content), f"{_file_name(shown)}.json", "application/json")


def _years_as_json(years: Any) -> dict[str, Any]:
    """Decimals as text, so that none is bent on the way; without a number the code of the reason."""
    return {
        str(year): {"value": None, "reason": point.value.reason}
        if isinstance(point.value, Unknown)
        else {"value": f"{point.value:f}", "on": point.ends_on.isoformat()}
        for year, point in years.items()
    }


def _file_name(shown: IndicatorMap) -> str:
    return f"karte-{shown.indicator.key}" + (f"-{shown.level.key}" if shown.level else "")


_FORMATS = {"csv": _as_csv, "json": _as_json}


def map_address(key: str) -> str:
    """The map of an indicator."""
    return reverse("monitoring:map", args=[key])
