"""The language people read just now, and its wordings that are not prose."""

from dataclasses import dataclass

from django.utils.translation import get_language, override

# Between an amount and its unit only: a line must not break there.
NBSP = "\u00a0"
MINUS = "\u2212"


@dataclass(frozen=True)
class Wording:
    """What differs between two languages when a value is written down."""

    decimal: str
    group: str
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    day: str
    day_short: str
    # In files that programs read.
    day_in_files: str
    day_in_workbooks: str
    yes_no: tuple[str, str]
    time: str
    instant: str
    quarter: str
    half_years: tuple[str, str]
    since: str
    until: str
    always: str
    to: str
    today: str
    relative_days: dict[int, str]
    past: str
    future: str
    units: dict[str, tuple[str, str]]
    money: str
    large: tuple[tuple[int, str], ...]
    percent: str
    points: tuple[str, str]
    last: str
    quantities: tuple[str, ...]
    unknown: str
    reasons: dict[str, str]


_GERMAN_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_GERMAN = Wording(
    decimal=",",
    group=".",
    months=_GERMAN_MONTHS,
    months_short=(
        *("Jan.", "Febr.", "März", "Apr.", "Mai", "Juni"),
        *("Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
    ),
    # The day holds on to its month: "4. / Dezember" over two lines reads badly.
    day="{day}.\u00a0{month} {year:04}",
    day_short="{day:02}.{number:02}.{year:04}",
    day_in_files="{0:%d.%m.%Y}",
    day_in_workbooks="dd.mm.yyyy",
    yes_no=("ja", "nein"),
    time="{0:%H:%M} Uhr",
    instant="{day}, {time}",
    quarter="{0}. Quartal {1:04}",
    half_years=("1. Halbjahr {0:04}", "2. Halbjahr {0:04}"),
    since="ab {0}",
    until="bis {0}",
    always="fortlaufend",
    to="{0} bis {1}",
    today="heute",
    relative_days={-1: "gestern", 1: "morgen"},
    past="vor {0}",
    future="in {0}",
    units={"day": ("Tag", "Tagen"), "month": ("Monat", "Monaten"), "year": ("Jahr", "Jahren")},
    money=f"{{0}}{NBSP}€",
    large=((10**9, f"{{0}}{NBSP}Mrd.{NBSP}€"), (10**6, f"{{0}}{NBSP}Mio.{NBSP}€")),
    percent=f"{{0}}{NBSP}%",
    points=("Prozentpunkt", "Prozentpunkte"),
    last="und",
    quantities=(
        "null",
        "eins",
        "zwei",
        "drei",
        "vier",
        "fünf",
        "sechs",
        "sieben",
        "acht",
        "neun",
        "zehn",
        "elf",
        "zwölf",
    ),
    unknown="unbekannt",
    reasons={
        "not_stated": "nicht angegeben",
        "not_quantifiable": "noch nicht bezifferbar",
        "none_known": "noch kein Wert bekannt",
        "nothing_to_add": "keine Werte vorhanden",
        "nothing_to_share": "ohne Gesamtwert nicht bestimmbar",
        "not_a_share": "nicht als Anteil bestimmbar",
        "open_period": "Ende offen",
        "several_amounts": "mehrere Beträge genannt",
        "no_amount": "kein Betrag genannt",
        "per_year": "nur ein Betrag je Jahr genannt",
        "per_part": "nur ein Betrag je Teil genannt",
        "range": "nur eine Spanne genannt",
        "bound": "nur eine Grenze genannt",
        "no_date": "kein Datum genannt",
        "no_holidays": "Feiertage für dieses Land nicht bekannt",
    },
)

_ENGLISH = Wording(
    decimal=".",
    group=",",
    months=_ENGLISH_MONTHS,
    months_short=tuple(name[:3] for name in _ENGLISH_MONTHS),
    day="{day}\u00a0{month} {year:04}",
    # The month as a word, so that nobody reads 03/04 the wrong way round.
    day_short="{day} {short} {year:04}",
    day_in_files="{0:%Y-%m-%d}",
    day_in_workbooks="yyyy-mm-dd",
    yes_no=("yes", "no"),
    time="{0:%H:%M}",
    instant="{day}, {time}",
    quarter="Q{0} {1:04}",
    half_years=("first half of {0:04}", "second half of {0:04}"),
    since="from {0}",
    until="until {0}",
    always="ongoing",
    to="{0} to {1}",
    today="today",
    relative_days={-1: "yesterday", 1: "tomorrow"},
    past="{0} ago",
    future="in {0}",
    units={"day": ("day", "days"), "month": ("month", "months"), "year": ("year", "years")},
    money="€{0}",
    large=((10**9, f"€{{0}}{NBSP}billion"), (10**6, f"€{{0}}{NBSP}million")),
    percent="{0}%",
    points=("percentage point", "percentage points"),
    last="and",
    quantities=(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    unknown="unknown",
    reasons={
        "not_stated": "not stated",
        "not_quantifiable": "cannot be quantified yet",
        "none_known": "no value known yet",
        "nothing_to_add": "no values",
        "nothing_to_share": "cannot be determined without a total",
        "not_a_share": "cannot be given as a share",
        "open_period": "open end",
        "several_amounts": "several amounts given",
        "no_amount": "no amount given",
        "per_year": "only an amount per year given",
        "per_part": "only an amount per part given",
        "range": "only a range given",
        "bound": "only a limit given",
        "no_date": "no date given",
        "no_holidays": "holidays of this state not known",
    },
)


def wording() -> Wording:
    """The wording of the language active just now; German unless that is English."""
    return _ENGLISH if (get_language() or "de").startswith("en") else _GERMAN


def german(label: object) -> str:
    """A label as it stands in the source, German whatever language is active: for reading a city's lists."""
    with override(None):
        return str(label)
