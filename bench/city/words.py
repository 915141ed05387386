"""Words to build plausible German titles and sentences from; long enough to weigh what real ones weigh."""

from random import Random

THINGS = [
    "Radschnellweg",
    "Grundschule",
    "Klimaanpassung",
    "Quartierszentrum",
    "Wärmenetz",
    "Stadtpark",
    "Kita",
    "Sporthalle",
    "Ladenstraße",
    "Uferweg",
    "Bibliothek",
    "Straßenbahn",
    "Gewerbehof",
    "Spielplatz",
    "Marktplatz",
    "Wohnungsbau",
    "Baumpflanzung",
    "Entsiegelung",
    "Bürgerhaus",
    "Mobilitätspunkt",
    "Feuerwache",
    "Museum",
    "Schwammstadt",
    "Nahversorgung",
    "Gehwege",
    "Solardächer",
    "Jugendklub",
    "Kleingärten",
    "Stadtarchiv",
    "Wasserspeicher",
]
DEEDS = [
    "Neubau",
    "Sanierung",
    "Ausbau",
    "Umbau",
    "Planung",
    "Förderung",
    "Vernetzung",
    "Öffnung",
    "Erweiterung",
    "Stärkung",
]
PLACES = [
    "Nord",
    "Süd",
    "Ost",
    "West",
    "Mitte",
    "Altstadt",
    "Hafen",
    "Aue",
    "Bergheim",
    "Talblick",
    "Lindenhof",
    "Ziegelei",
]
SENTENCES = (
    "Die Abstimmung mit den Nachbarn ist abgeschlossen, offen ist die Übergabe der Leitungen.",
    "Das Planungsbüro legt bis zum Herbst den Entwurf vor und stellt ihn im Ausschuss zur Diskussion.",
    "Drei Varianten wurden geprüft, die zweite ist bei gleichen Kosten am schnellsten umzusetzen.",
    "Der Bescheid des Landes steht aus; ohne ihn kann die Ausschreibung nicht beginnen.",
    "Vor Ort fanden zwei Rundgänge mit Anwohnerinnen, Schulen und Vereinen statt.",
    "Die Bäume bleiben erhalten, zusätzliche Flächen werden entsiegelt und bepflanzt.",
    "Der Beirat hat zugestimmt und bittet um einen barrierefreien Zugang von beiden Seiten.",
    "Für den Winter ist ein Zwischenstand mit allen beteiligten Ämtern vereinbart.",
)


def title(random: Random) -> str:
    """A title such as measures carry."""
    return f"{random.choice(DEEDS)} {random.choice(THINGS)} {random.choice(PLACES)}"


def text(random: Random, sentences: int) -> str:
    """So many sentences, separated by blanks."""
    return " ".join(random.choice(SENTENCES) for _ in range(sentences))
