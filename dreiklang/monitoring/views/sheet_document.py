"""A data sheet as a document to print."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from dreiklang.core import text
from dreiklang.core.documents import Block, Bullets, Document, Heading, Paragraph, Picture, Span, Table
from dreiklang.monitoring.queries.data_sheets import DataSheet
from dreiklang.monitoring.views import sheet_words as words
from dreiklang.monitoring.views.map_svg import area_svg
from dreiklang.monitoring.views.profile_words import sources
from dreiklang.places.rules.placed import Placed


def sheet_document(
    sheet: DataSheet, *, title: str, city: str, running: Sequence[Placed], today: date, language: str
) -> Document:
    """The sheet in the reader's language, with how every value came to be."""
    stand = _("Stand %(day)s") % {"day": text.day(today)}
    size = words.size_words(sheet)
    return Document(
        title=_("Datenblatt: %(title)s") % {"title": title},
        language=language,
        subtitle=(" · ".join(filter(None, [city, size, stand])),),
        blocks=(
            Paragraph((Span(words.sentence(sheet), strong=True),)),
            *_place(sheet),
            *_values(sheet),
            *_running(running),
            Heading(_("Wie gerechnet ist")),
            Bullets((*how(), *_sources(sheet))),
        ),
        foot=f"{city} · {stand}",
        author=city,
        dated_on=today,
        is_compact=True,
    )


def how() -> tuple[str, ...]:
    """How the values of an area come to be, in sentences."""
    return (
        _(
            "Anzahlen sind nach dem Flächenanteil der berührten Gebiete zusammengezählt, als wären sie dort gleichmäßig verteilt. Das ist eine Schätzung und so gekennzeichnet."
        ),
        _(
            "Anteile und Raten sind aus den geschätzten Anzahlen neu gerechnet, nie gemittelt. Wo das nicht geht, steht unbekannt mit dem Grund."
        ),
        _("Besteht die Fläche aus ganzen Gebieten, ist der Wert genau."),
    )


def _place(sheet: DataSheet) -> list[Block]:
    picture = area_svg(sheet.shapes, sheet.geometry)
    rows = tuple((name, covers, share) for name, _url, covers, share in words.parts_words(sheet))
    if not picture or not rows:
        return []
    head = (_("Gebiet"), _("Teil der Fläche"), _("Teil des Gebiets"))
    return [
        Heading(_("Lage")),
        Picture(picture, _("Karte: die Fläche in der Stadt. Norden ist oben."), share=0.4),
        Table(head, rows, widths=(4, 1.5, 1.5), numbers=(1, 2)),
    ]


def _values(sheet: DataSheet) -> list[Block]:
    lines = words.worded(sheet)
    if not lines:
        return []
    head = (_("Indikator"), _("Stand"), _("Wert"), _("Wie sicher"), _("Ganze Stadt"), _("Unterschied"))
    rows = tuple(
        (
            f"{line.name} ({line.unit})" if line.unit else line.name,
            line.on,
            line.value,
            line.value_note or line.sure,
            line.city,
            line.difference,
        )
        for line in lines
    )
    return [Heading(_("Indikatoren")), Table(head, rows, widths=(4, 1.3, 1.8, 2.9, 1.3, 2.2), numbers=(2, 4))]


def _running(running: Sequence[Placed]) -> list[Block]:
    if not running:
        return []
    return [
        Heading(_("Was dort geplant ist und läuft")),
        Bullets(tuple(f"{one.key} {one.title}" for one in running)),
    ]


def _sources(sheet: DataSheet) -> list[str]:
    found = sources(sheet.lines)
    return [_("Quellen: %(sources)s.") % {"sources": "; ".join(found)}] if found else []
