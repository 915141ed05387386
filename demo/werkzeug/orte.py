"""Erzeugt massnahmen_orte.geojson und konzepte_orte.geojson: wo Maßnahmen, Konzepte und Pläne von Klarenbrück liegen.

Lagen in Metern um den Markt (Ost, Nord). Häuser sind Punkte, Straßen und Ufer schmale Flächen.
Aufruf: `python demo/werkzeug/orte.py`, gleiches Ergebnis bei jedem Lauf.
"""

import json

import shapely
from shapely import affinity, geometry
from stadtteile import HERE, river_east, to_degrees

# Gebäude und einzelne Orte
POINTS = {
    "I-03": (-700, 240), "I-07": (-420, 60), "I-13": (-470, -40), "I-17": (-640, 560), "I-18": (-440, -70),
    "I-11": (-900, -250), "H-07": (-2010, 1180), "H-09": (-3600, 1125), "H-14": (-610, 905),
    "W-09": (1350, -1750), "W-17": (-760, -1560), "L-01": (-1420, 690), "L-06": (-1900, 2650),
    "L-09": (560, 420), "L-12": (2080, 700), "G-01": (-3600, 1125), "G-11": (-3560, 1165),
    "G-13": (2450, -900), "E-06": (-1950, 60), "E-07": (-470, -40), "E-12": (1250, -1500), "R-12": (-470, -40),
    "V-14": (-640, 985), "L-10": (2250, -650), "W-21": (2050, -1050),
}  # fmt: skip
# Straßen, Leitungen, Brücken: Linie und Breite
STRIPS = {
    "W-08": ([(-560, 1000), (-470, 1290), (-380, 1614)], 14),
    "V-17": ([(-560, 1000), (-470, 1290), (-380, 1614), (-330, 1950), (-290, 2500), (-230, 3000)], 16),
    "V-25": ([(-440, 1600), (-320, 1630)], 90),
    "V-04": ([(0, 90), (230, 110)], 34),
    "V-05": ([(-120, -560), (40, -545), (430, -600)], 24),
    "I-04": ([(20, 330), (190, 345)], 8),
    "V-10": ([(230, -520), (480, -700), (760, -860)], 12),
    "I-06": ([(470, -660), (560, -730)], 70),
    "I-02": ([(-700, -120), (-380, -160), (-120, -420), (330, -560)], 18),
    "I-14": ([(-900, 250), (-980, -40), (-820, -300), (-450, -420)], 40),
    "K-08": ([(-1400, 700), (-1720, 900), (-2050, 1130)], 22),
    "V-11": ([(-1400, 700), (-1720, 900), (-2050, 1130)], 20),
    "V-01": ([(-2350, 1350), (-2800, 1380), (-3250, 1300), (-4050, 1180)], 16),
    "V-18": ([(-2150, 950), (-2700, 760), (-3300, 640), (-4100, 420)], 12),
    "V-19": ([(2500, 900), (3300, 1250), (4700, 1650)], 12),
    "V-15": ([(-1110, 1930), (-1120, 2090)], 14),
    "V-08": ([(-700, -1560), (-300, -2300), (-350, -2900), (-200, -3900), (-600, -4800)], 12),
    "V-23": ([(740, 5080), (900, 5070)], 14),
    "W-06": ([(-2330, -330), (-2080, -150), (-1800, 20), (-1600, 110)], 26),
    "W-11": ([(2450, 560), (2250, 900), (1750, 1180)], 14),
    "K-09": ([(4050, -3200), (4250, -3020), (4480, -2950)], 36),
    "G-08": ([(-4500, 640), (-4050, 830), (-3480, 1010)], 14),
    "H-13": ([(-2050, -2150), (-1880, -2080)], 40),
    "H-16": ([(700, 1250), (980, 1430)], 36),
}
# Ufer der Klare: von Nord, bis Nord, Abstand der Achse vom Fluss (negativ: Westufer), Breite
BANKS = {
    "K-02": (-3300, -1950, 55, 24),
    "K-10": (-3300, -1950, 55, 10),
    "K-03": (2900, 4250, 70, 20),
    "K-04": (-540, -130, -40, 12),
    "K-19": (-960, -860, 25, 22),
    "K-11": (-1850, -1690, -32, 20),
    "K-12": (4300, 4750, 170, 120),
    "K-16": (-6000, 6000, 0, 300),
}
# Plätze und Gebiete: Mitte, Breite, Höhe, Drehung
BLOCKS = {
    "I-01": (-620, -170, 110, 80, 15), "I-05": (-580, 940, 190, 120, -10), "I-15": (430, -930, 90, 60, 20),
    "I-16": (-450, 0, 110, 90, 5), "H-04": (-3300, 930, 420, 110, 8), "H-05": (-205, 2440, 300, 207, 28),
    "H-06": (-1900, -80, 420, 300, 12), "H-08": (-3720, 1020, 300, 150, 8), "G-09": (-3700, 1025, 120, 70, 8),
    "K-05": (-60, 2450, 480, 690, 22), "K-18": (-1500, -5600, 320, 180, 40), "L-02": (-3880, 1330, 150, 110, 5),
    "L-03": (-2080, 160, 110, 80, 0), "L-04": (1560, -1820, 140, 110, 20), "L-05": (-820, -1690, 130, 90, 10),
    "W-07": (-3650, 1020, 1150, 620, 8), "W-10": (1150, -2250, 260, 170, 0), "W-12": (-1900, -2250, 170, 120, 0),
    "W-14": (-5600, 1300, 360, 250, 10), "W-20": (2500, 1150, 90, 90, 0), "E-01": (1980, 900, 140, 60, 30),
    "E-02": (2050, 1250, 420, 270, 30), "E-04": (-1650, 2500, 260, 130, -35), "E-05": (640, 560, 90, 60, 10),
    "E-08": (-1560, 2420, 120, 90, -35), "E-13": (4900, 300, 420, 260, 0), "W-05": (-520, -40, 1000, 720, 10),
    "I-09": (-520, -40, 1000, 720, 10), "I-12": (-480, 120, 900, 620, 10), "G-06": (-470, 130, 880, 640, 10),
    "V-09": (-420, 60, 1350, 1100, 10), "I-08": (-520, -40, 900, 650, 10), "H-17": (-700, -4800, 420, 300, 0),
    "I-10": (-460, 100, 1000, 800, 10),
}  # fmt: skip

# Konzepte und Pläne, die für einen Teil der Stadt gelten: je eine oder mehrere Flächen, wie oben
CONCEPT_BLOCKS = {
    # Was die Neuaufstellung an Bauland herausnimmt, zusammen 38 Hektar
    "FP-01": [(-205, 2440, 420, 290, 28), (-2650, -2500, 460, 300, 15), (-4350, 1900, 400, 300, 35)],
    "FP-02": [(2050, 1250, 420, 272, 30)],
    "FP-03": [(-205, 2440, 330, 230, 28)],
    "FK-04": [(-3620, 1040, 1250, 760, 8)],
    "FK-19": [(2080, 1050, 640, 560, 30), (-1630, 2480, 520, 240, -35), (820, 330, 300, 220, 15)],
}
# Gebiete mit rundem Rand: Mitte, Breite, Höhe, Drehung
CONCEPT_ROUNDS = {"FP-04": (-500, -20, 900, 680, 10), "FK-01": (-380, 60, 1500, 1350, 10)}
# Entlang der Klare: wie die Ufer
CONCEPT_BANKS = {
    "FK-05": [(-3300, -1950, 0, 170), (2900, 4250, 0, 190), (-540, -130, 0, 110)],
    "FK-07": [(-5600, -3900, 0, 90), (4300, 5600, 0, 90)],
}


def bank(start: float, end: float, offset: float, width: float) -> geometry.Polygon:
    """Ein Streifen entlang der Klare."""
    steps = max(2, round(abs(end - start) / 60))
    norths = [start + (end - start) * step / steps for step in range(steps + 1)]
    line = geometry.LineString([(river_east(north) + offset, north) for north in norths])
    return line.buffer(width / 2, cap_style="flat", join_style="mitre")


def block(east: float, north: float, width: float, height: float, angle: float) -> geometry.Polygon:
    """Ein gedrehtes Rechteck um seine Mitte."""
    box = geometry.box(east - width / 2, north - height / 2, east + width / 2, north + height / 2)
    return affinity.rotate(box, angle)


def oval(east: float, north: float, width: float, height: float, angle: float) -> geometry.Polygon:
    """Ein Vieleck mit 24 Ecken, wie ein alter Stadtgraben verläuft."""
    circle = geometry.Point(east, north).buffer(0.5, quad_segs=6)
    return affinity.rotate(affinity.scale(circle, width, height), angle)


def shapes() -> dict[str, geometry.base.BaseGeometry]:
    """Nummer → Lage in Metern."""
    found: dict[str, geometry.base.BaseGeometry] = {}
    found.update({number: geometry.Point(at) for number, at in POINTS.items()})
    for number, (line, width) in STRIPS.items():
        found[number] = geometry.LineString(line).buffer(width / 2, cap_style="flat", join_style="mitre")
    found.update({number: bank(*given) for number, given in BANKS.items()})
    for number, given in BLOCKS.items():
        found[number] = block(*given)
    # Zur gesperrten Sandbrücke gehört ihre Umleitung über die Gerberbrücke.
    detour = geometry.LineString([(-120, -560), (40, -545), (430, -600)]).buffer(12, cap_style="flat")
    found["V-04"] = shapely.union_all([found["V-04"], detour])
    # Das Dachprojekt liegt, wo seine Abschnitte liegen.
    found["K-01"] = shapely.union_all([found["K-02"], found["K-03"], found["K-04"]])
    return found


def concept_shapes() -> dict[str, geometry.base.BaseGeometry]:
    """Nummer des Konzepts oder Plans → Schwerpunkt in Metern."""
    found: dict[str, geometry.base.BaseGeometry] = {}
    found.update({number: oval(*given) for number, given in CONCEPT_ROUNDS.items()})
    for number, blocks in CONCEPT_BLOCKS.items():
        found[number] = shapely.union_all([block(*given) for given in blocks])
    for number, banks in CONCEPT_BANKS.items():
        found[number] = shapely.union_all([bank(*given) for given in banks])
    # Der Hochwasserschutz braucht auch den Rückhalteraum in den Auenwiesen.
    found["FK-05"] = shapely.union_all([found["FK-05"], block(*BLOCKS["K-05"])])
    return found


def write(name: str, found: dict[str, geometry.base.BaseGeometry]) -> None:
    """Schreibt die Datei, ein Objekt je Zeile."""
    lines = []
    for number, shape in sorted(found.items()):
        placed = shapely.transform(shape, to_degrees)
        feature = {
            "type": "Feature",
            "properties": {"nummer": number},
            "geometry": geometry.mapping(shapely.orient_polygons(placed)),
        }
        lines.append(json.dumps(feature))
    text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
    (HERE / name).write_text(text, encoding="utf-8")


def main() -> None:
    """Schreibt beide Dateien."""
    write("massnahmen_orte.geojson", shapes())
    write("konzepte_orte.geojson", concept_shapes())


if __name__ == "__main__":
    main()
