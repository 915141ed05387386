"""A paper as a council system's PDF gives it: printed header, route table, page numbers. The text is ours."""

from typing import Any

BOX = {True: "☒", False: "☐"}


def boxes(*options: str, ticked: str | None) -> list[str]:
    """Each option with its box behind it."""
    return [f"{option} {BOX[option == ticked]} " for option in options]


def before(*options: str, ticked: str | None) -> list[str]:
    """Each option with its box before it."""
    return [f"{BOX[option == ticked]} {option} " for option in options]


def printed_header(
    *,
    money: str | None = "Nein",
    cost: str = "",
    spending: str | None = None,
    budgeted: str | None = None,
    climate: str | None = "Nein",
    direction: str | None = None,
    size: str | None = None,
    iq: str | None = "Nein",
    theme: str = "",
    companies: str | None = "Nein",
    named: str = "",
) -> str:
    """The check header of the form `karlsruhe`, each field as asked."""
    lines = [
        "Finanzielle Auswirkungen ",
        "      ".join(boxes("Ja", "Nein", ticked=money)),
        *before("Investition", "Konsumtive Maßnahme", ticked=spending),
        f"Gesamtkosten: {cost} ",
        "Jährliche/r Budgetbedarf/Folgekosten:  ",
        "Gesamteinzahlung:  ",
        "Jährlicher Ertrag:  ",
        "Finanzierung  ",
        *before(
            "bereits vollständig budgetiert", "teilweise budgetiert", "nicht budgetiert", ticked=budgeted
        ),
        "Gegenfinanzierung durch ",
        *before("Mehrerträge/-einzahlung", "Wegfall bestehender Aufgaben", ticked=None),
        "☐ Umschichtung innerhalb des Dezernates ",
        "Die Gegenfinanzierung ist im ",
        "Erläuterungsteil dargestellt.  ",
        " ",
        "CO",
        "2",
        "-Relevanz: Auswirkung auf den Klimaschutz ",
        "Bei Ja: Begründung | Optimierung (im Text ergänzende Erläuterungen) ",
        *boxes("Nein", ticked=climate),
        " ",
        "".join(boxes("Ja", ticked=climate)) + "".join(boxes("positiv", ticked=direction)),
        *boxes("negativ", ticked=direction),
        *boxes("geringfügig", "erheblich", ticked=size),
        "IQ-relevant ",
        *boxes("Nein", "Ja", ticked=iq),
        f"Korridorthema: {theme} ",
        "Abstimmung mit städtischen Gesellschaften ",
        *boxes("Nein", "Ja", ticked=companies),
        f"abgestimmt mit {named} ",
    ]
    return "\n".join(lines)


def printed_paper(
    *, body: str = "Der Weg wird drei Meter breit.", header: str | None = None, **fields: Any
) -> str:
    """A whole paper of two pages; `fields` as `printed_header` takes them."""
    return "\n".join(
        [
            "Beschlussvorlage ",
            " ",
            "Gedruckt auf 100 Prozent Recyclingpapier",
            " ",
            "Vorlage Nr.: 2026/0815 ",
            "Verantwortlich: Dez. 6 ",
            "Dienststelle:  Tiefbau und ",
            "Verkehr ",
            " ",
            "Radweg am Bahndamm ",
            " ",
            "Gremien Termin TOP Ö / N Zuständigkeit ",
            "Ortschaftsrat Auental 17.04.2026 3 Ö Anhörung ",
            "Betriebsausschuss Eigenbetrieb ",
            "Straßen und Grün ",
            "28.04.2026 2 N Vorberatung ",
            "Gemeinderat 07.05.2026  Ö Entscheidung ",
            "Kurzfassung ",
            "Der Gemeinderat stimmt dem Bau des Radwegs zu. ",
            " ",
            printed_header(**fields) if header is None else header,
            " ",
            "",
            "– 2 – ",
            "Erläuterungen ",
            " ",
            body,
        ]
    )
