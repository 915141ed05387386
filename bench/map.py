"""The map's first picture: all that a browser loads for it, and how long its data take."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client
from shapely import Point

from bench.city.frame import COORDINATOR
from bench.databases import Databases
from bench.harness import Line, in_turn
from bench.pages import LARGE, MOST_STATEMENTS, PUBLIC, SMALL, WHO, Visit, client_of, forgetting
from dreiklang.places.rules.placed import Placed, Placing
from dreiklang.portal.rules import compact, frame_around

PAGE, DATA = "/karte/", "/karte/daten/massnahmen.json?aufloesung=16"
GROUND = "/karte/daten/stadtteile.json?aufloesung=16"
MOST_KILOBYTES = 1000
STATIC = re.compile(r'(?:href|src)="/static/([^"?]+\.(?:css|js|svg))"')
IMPORT = re.compile(r'from "\./([\w-]+\.js)"')
FONT = re.compile(r"url\(([^)]+\.woff2)\)")
CORNERS = 60


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of each case."""
    yield "map", lambda: [*_sizes(databases), *_times(databases), _areas()]


def _sizes(databases: Databases) -> Iterator[Line]:
    client = client_of(databases, databases.city(LARGE), email=PUBLIC)
    data = {path: client.get(path).content for path in (DATA, GROUND)}
    plain = sum(map(len, data.values())) / 1000
    squeezed = sum(_squeezed(content) for content in data.values()) / 1000
    yield Line(
        f"map, public: data of {LARGE} measures, as written",
        f"{plain:.0f} kB",
        "",
        plain,
        MOST_KILOBYTES,
        "kB",
    )
    page = client.get(PAGE).content.decode()
    # Pages are sent as they are; static files and the layers' data compressed, fonts are so by themselves.
    shipped = len(page.encode()) / 1000 + squeezed + sum(map(_file_size, _files(page))) / 1000
    yield Line(
        f"map, public: everything for the first picture of {LARGE} measures, over the wire",
        f"{shipped:.0f} kB",
        f"{squeezed:.0f} kB of it data",
        shipped,
        MOST_KILOBYTES,
        "kB",
    )


def _times(databases: Databases) -> Iterator[Line]:
    large, small = databases.city(LARGE), databases.city(SMALL)
    for email in (PUBLIC, COORDINATOR):
        for name, path in (("map page", PAGE), ("map table", "/karte/tabelle/"), ("map data", DATA)):
            many, few = (Visit(databases, city, path=path, email=email) for city in (large, small))
            many()
            asked = len(many.count())
            yield Line(f"{name}, {WHO[email]}: statements", str(asked), "", asked, MOST_STATEMENTS, "SQL")
            pair = in_turn(forgetting(many), forgetting(few))
            yield pair.line(f"{name}, {WHO[email]}: {LARGE} to {SMALL} measures", reference=f"at {SMALL}")
    yield _unchanged(databases, large)


def _unchanged(databases: Databases, city: str) -> Line:
    """The second visit: the browser asks whether its copy still holds."""
    client = client_of(databases, city, email=PUBLIC)
    etag = client.get(DATA)["ETag"]
    anew = partial(_answered, databases, city, client, {})
    again = partial(_answered, databases, city, client, {"If-None-Match": etag})
    assert again() == 304, "the copy should still hold"
    return in_turn(again, anew).line("map data, public: unchanged since", reference="written anew", bound=0.5)


def _answered(databases: Databases, city: str, client: Client, headers: dict[str, str]) -> int:
    databases.turn_to(city)
    return client.get(DATA, headers=headers).status_code


def _areas() -> Line:
    """As many areas with as many corners as real ones have; the generated city has points only."""
    places = [Point(12 + n % 71 / 350, 51 + n // 71 / 350) for n in range(LARGE)]
    records = [
        Placed(
            key=f"M-{n:04}",
            title=f"Vorhaben Nummer {n} in der Musterstraße",
            url="",
            placing=Placing.ON_MAP,
            state="on_track",
            stage="implementation",
            first_year=2024,
            last_year=2028,
            geometry=place.buffer(0.0015, quad_segs=CORNERS // 4),
        )
        for n, place in enumerate(places)
    ]
    frame = frame_around([one.geometry for one in records if one.geometry is not None])
    found = compact(records, frame=frame, resolution=16.0)
    size = len(str((found.rows, found.shapes)).replace(" ", "")) / 1000
    name = f"map: {LARGE} areas of {CORNERS} corners and 300 m, the whole city in the window, as written"
    return Line(name, f"{size:.0f} kB", "", size, MOST_KILOBYTES, "kB")


def _files(page: str) -> set[str]:
    """The static files that a page names, with what these name in turn."""
    found = set(STATIC.findall(page))
    waiting = [name for name in found if name.endswith((".js", ".css"))]
    while waiting:
        name = waiting.pop()
        if name.startswith(("vendor/ol", "vendor/proj4")):
            continue
        folder, text = name.rpartition("/")[0], _path(name).read_text(encoding="utf-8")
        named = {f"{folder}/{one}" for one in IMPORT.findall(text)}
        if name.endswith("fonts.css"):
            named |= {_beside(folder, one.strip("'\"")) for one in FONT.findall(text)}
        waiting += [one for one in named - found if one.endswith(".js")]
        found |= named
    return found


def _beside(folder: str, address: str) -> str:
    parts = folder.split("/")
    for step in address.split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)


def _path(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found)


def _file_size(name: str) -> int:
    content = _path(name).read_bytes()
    return len(content) if name.endswith(".woff2") else _squeezed(content)


def _squeezed(content: bytes) -> int:
    return len(gzip.compress(content, 6))
