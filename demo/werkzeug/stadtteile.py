"""Erzeugt stadtteile.geojson und raeume.geojson der erfundenen Stadt Klarenbrück.

Einmal benutzt, gleiches Ergebnis bei jedem Lauf: `python demo/werkzeug/stadtteile.py`.
Verfahren: viele kleine Zellen, jede gehört zum nächsten Stadtteil auf ihrer Seite der Klare;
vereinigt und als Flächennetz vereinfacht, damit Grenzen lückenlos geteilt bleiben.
"""

import json
import math
import random
from pathlib import Path

import shapely
from shapely import geometry, ops

HERE = Path(__file__).resolve().parent.parent
CENTRE_LON, CENTRE_LAT = 13.37, 51.30
CELL_M = 220
SEED = 2035

# Schlüssel: Name, Lage in Metern vom Markt (Ost, Nord), Gewicht (größer = mehr Fläche), Planungsraum
DISTRICTS = {
    "01": ("Altstadt", -450, 0, 620, "P1"),
    "02": ("Bahnhofsplatz", -550, 1150, 640, "P1"),
    "03": ("Kupferhammer", 750, 350, 680, "P1"),
    "04": ("Auenviertel", -350, 2450, 820, "P2"),
    "05": ("Gerberviertel", 550, -650, 560, "P1"),
    "06": ("Weberviertel", -1500, -450, 660, "P1"),
    "07": ("Lindenhof", -1850, 750, 740, "P3"),
    "08": ("Windmühlenberg", -2900, -750, 860, "P3"),
    "09": ("Nordvorstadt", 1150, 1700, 820, "P2"),
    "10": ("Südtor", -700, -1700, 760, "P4"),
    "11": ("Eisenwerk", 2200, 850, 840, "P2"),
    "12": ("Sonnenleite", -3400, 1100, 940, "P3"),
    "13": ("Am Ziegelteich", 1500, -1650, 840, "P4"),
    "14": ("Gartenstadt", -2250, -2200, 900, "P4"),
    "15": ("Klarenau", 1250, 3600, 1100, "P2"),
    "16": ("Mühlwerder", 350, -3000, 900, "P4"),
    "17": ("Hochfeld", 2300, -450, 800, "P4"),
    "18": ("Gleisbogen", -2100, 2200, 860, "P2"),
    "19": ("Oberklare", -600, -4900, 1350, "P4"),
    "20": ("Niederklare", -900, 4900, 1350, "P2"),
    "21": ("Buchleite", -5000, -2700, 1550, "P3"),
    "22": ("Steinrode", 4900, 1700, 1600, "P2"),
    "23": ("Erlengrund", 4100, -2900, 1500, "P4"),
    "24": ("Heidehöfe", -5300, 2300, 1550, "P3"),
}
AREAS = {"P1": "Mitte", "P2": "Nord und Ost", "P3": "West", "P4": "Süd"}
OUTLINE = [
    (-1500, 6900), (-300, 6300), (900, 6800), (2600, 5900), (2500, 5000), (3600, 4500),
    (4300, 4900), (5400, 4100), (7200, 3900), (7900, 2500), (7300, 1500), (8000, 300),
    (6900, -700), (6900, -1800), (5900, -2500), (6500, -4000), (5200, -5000), (3900, -4600),
    (3100, -5700), (1700, -5500), (1200, -6600), (-700, -7000), (-1700, -6300), (-3000, -6500),
    (-3300, -5300), (-5200, -5500), (-5900, -4500), (-7300, -4100), (-6900, -2700), (-7400, -1500),
    (-6500, -600), (-7900, 600), (-7700, 1900), (-7000, 2600), (-7100, 3800), (-5700, 4600),
    (-4700, 3900), (-3700, 4700), (-3600, 5900), (-2700, 5800),
]  # fmt: skip


def river_east(north: float) -> float:
    """Ostwert der Klare auf der Höhe `north`: drei überlagerte Bögen."""
    return (
        430 * math.sin(north / 800 + 2.6)
        + 380 * math.sin(north / 1900 - 0.9)
        + 110 * math.sin(north / 330)
        + 210
    )


def outline(rng: random.Random) -> geometry.Polygon:
    """Die Stadtgrenze, mit eingestreuten Knicken zwischen den Eckpunkten."""
    points = []
    for index, (x, y) in enumerate(OUTLINE):
        next_x, next_y = OUTLINE[(index + 1) % len(OUTLINE)]
        length = math.hypot(next_x - x, next_y - y)
        steps = max(2, round(length / 190))
        for step in range(steps):
            share = step / steps
            wobble = 0 if step == 0 else rng.uniform(-120, 120)
            points.append(
                (
                    x + (next_x - x) * share - (next_y - y) / length * wobble,
                    y + (next_y - y) * share + (next_x - x) / length * wobble,
                )
            )
    return geometry.Polygon(points).buffer(0)


def owner(point: geometry.Point, warp: tuple[float, float]) -> str:
    """Schlüssel des Stadtteils, zu dem die kleine Zelle um `point` gehört."""
    x, y = point.x, point.y
    side = x < river_east(y)
    x, y = x + warp[0], y + warp[1]
    best, best_distance = "", math.inf
    for key, (_, east, north, weight, _) in DISTRICTS.items():
        if (east < river_east(north)) != side and key not in ("19", "20"):
            continue
        distance = math.hypot(x - east, y - north) / weight
        if distance < best_distance:
            best, best_distance = key, distance
    return best


def main() -> None:
    """Schreibt beide Dateien."""
    rng = random.Random(SEED)  # noqa: S311 nur zum Zeichnen
    city = outline(rng)
    seeds = [
        geometry.Point(x + rng.uniform(-110, 110), y + rng.uniform(-110, 110))
        for x in range(-8600, 8601, CELL_M)
        for y in range(-7600, 7601, CELL_M)
    ]
    cells = shapely.voronoi_polygons(geometry.MultiPoint(seeds))
    river = geometry.LineString([(river_east(y), y) for y in range(-8000, 8001, 70)])
    lines = [city.exterior, river.intersection(city)]
    lines += [part.exterior.intersection(city) for part in cells.geoms]
    faces = [f for f in ops.polygonize(shapely.unary_union(lines)) if f.representative_point().within(city)]

    parts: dict[str, list[geometry.Polygon]] = {key: [] for key in DISTRICTS}
    for face in faces:
        point = face.representative_point()
        warp = (
            330 * math.sin(point.y / 900 + 1.3) + 160 * math.sin(point.x / 410),
            330 * math.sin(point.x / 1050 + 0.2) + 160 * math.sin(point.y / 380),
        )
        parts[owner(point, warp)].append(face)
    districts = {key: shapely.unary_union(value) for key, value in parts.items()}
    districts = absorb_islands(districts)

    keys = list(districts)
    simple = shapely.coverage_simplify([districts[key] for key in keys], 50)
    snapped = [shapely.transform(shape, to_degrees) for shape in simple]
    if not shapely.coverage_is_valid(snapped):
        raise ValueError("Die Stadtteile überlappen oder lassen Lücken.")
    write("stadtteile.geojson", [(k, DISTRICTS[k][0], s) for k, s in zip(keys, snapped, strict=True)])

    areas = [
        (
            area,
            name,
            shapely.coverage_union_all(
                [s for k, s in zip(keys, snapped, strict=True) if DISTRICTS[k][4] == area]
            ),
        )
        for area, name in AREAS.items()
    ]
    write("raeume.geojson", areas)


def absorb_islands(districts: dict[str, geometry.Polygon]) -> dict[str, geometry.Polygon]:
    """Gibt abgetrennte Splitter dem Nachbarn mit der längsten gemeinsamen Grenze."""
    while True:
        loose = [
            (key, part)
            for key, shape in districts.items()
            if shape.geom_type == "MultiPolygon"
            for part in sorted(shape.geoms, key=lambda p: p.area)[:-1]
        ]
        if not loose:
            return districts
        key, part = loose[0]
        districts[key] = shapely.unary_union([p for p in districts[key].geoms if not p.equals(part)])
        others = [k for k in districts if k != key]
        best = max(others, key=lambda k: districts[k].boundary.intersection(part.boundary).length)
        districts[best] = shapely.unary_union([districts[best], part])


def to_degrees(points):
    """Meter um den Markt nach EPSG:4326, sechs Nachkommastellen."""
    result = points.copy()
    result[:, 0] = (CENTRE_LON + points[:, 0] / (111320 * math.cos(math.radians(CENTRE_LAT)))).round(6)
    result[:, 1] = (CENTRE_LAT + points[:, 1] / 111195).round(6)
    return result


def write(name: str, rows) -> None:
    """Schreibt eine FeatureCollection, ein Objekt je Zeile, Außenringe gegen den Uhrzeigersinn."""
    features = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {"schluessel": key, "name": title},
                "geometry": geometry.mapping(geometry.polygon.orient(shape)),
            },
            ensure_ascii=False,
        )
        for key, title, shape in rows
    ]
    text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"
    (HERE / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
