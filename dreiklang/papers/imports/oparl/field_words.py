"""What fields of council systems are called: German words for the technical names of a run's report."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# By the last part of the name; OParl's own names and ours beside each other.
FIELDS: Mapping[str, str] = {
    "accessUrl": gettext_noop("Adresse der Datei"),
    "agendaItem": gettext_noop("Tagesordnungspunkt"),
    "authoritative": gettext_noop("Entscheidend"),
    "auxiliaryFile": gettext_noop("Anlagen"),
    "cancelled": gettext_noop("Abgesagt"),
    "committee": gettext_noop("Gremium"),
    "committee_id": gettext_noop("Gremium"),
    "consultation": gettext_noop("Beratungsfolge"),
    "date": gettext_noop("Datum"),
    "dated_on": gettext_noop("Datum"),
    "downloadUrl": gettext_noop("Adresse der Datei"),
    "end": gettext_noop("Ende"),
    "endDate": gettext_noop("Ende"),
    "ended_on": gettext_noop("Ende"),
    "ends_at": gettext_noop("Ende"),
    "file": gettext_noop("Datei"),
    "fileName": gettext_noop("Dateiname"),
    "file_name": gettext_noop("Dateiname"),
    "id": gettext_noop("Kennung"),
    "invitation": gettext_noop("Einladung"),
    "is_deciding": gettext_noop("Entscheidend"),
    "is_public": gettext_noop("Öffentlich"),
    "item": gettext_noop("Tagesordnungspunkt"),
    "item_id": gettext_noop("Tagesordnungspunkt"),
    "key": gettext_noop("Kürzel"),
    "kind": gettext_noop("Art"),
    "kind_words": gettext_noop("Art, wie dort genannt"),
    "lead_words": gettext_noop("Federführung, wie dort genannt"),
    "links.next": gettext_noop("Nächste Seite der Liste"),
    "mainFile": gettext_noop("Hauptdatei"),
    "meeting": gettext_noop("Sitzung"),
    "meetingState": gettext_noop("Stand der Sitzung"),
    "meeting_id": gettext_noop("Sitzung"),
    "mime_type": gettext_noop("Dateiformat"),
    "modified": gettext_noop("Geändert"),
    "modified_at": gettext_noop("Geändert"),
    "name": gettext_noop("Bezeichnung"),
    "number": gettext_noop("Nummer"),
    "order": gettext_noop("Reihenfolge"),
    "organization": gettext_noop("Gremium"),
    "originator": gettext_noop("Einbringer, wie dort genannt"),
    "paper": gettext_noop("Vorlage"),
    "paperType": gettext_noop("Art"),
    "paper_id": gettext_noop("Vorlage"),
    "place": gettext_noop("Ort"),
    "position": gettext_noop("Reihenfolge"),
    "public": gettext_noop("Öffentlich"),
    "reference": gettext_noop("Nummer"),
    "resolutionText": gettext_noop("Beschlusstext"),
    "resolution_text": gettext_noop("Beschlusstext"),
    "result": gettext_noop("Ergebnis"),
    "result_words": gettext_noop("Ergebnis, wie dort genannt"),
    "role": gettext_noop("Rolle"),
    "role_words": gettext_noop("Rolle, wie dort genannt"),
    "shortName": gettext_noop("Kürzel"),
    "size": gettext_noop("Größe"),
    "start": gettext_noop("Beginn"),
    "starts_at": gettext_noop("Beginn"),
    "state": gettext_noop("Stand"),
    "text": gettext_noop("Text"),
    "text_state": gettext_noop("Text der Datei"),
    "title": gettext_noop("Titel"),
    "underDirectionOf": gettext_noop("Federführung"),
    "url": gettext_noop("Adresse der Datei"),
    "web": gettext_noop("Seite im Ratsinformationssystem"),
    "withdrawn": gettext_noop("Zurückgezogen"),
    "withdrawn_at": gettext_noop("Zurückgezogen"),
}
KINDS: Mapping[str, str] = {
    "AgendaItem": gettext_noop("Tagesordnungspunkt"),
    "Consultation": gettext_noop("Beratung"),
    "File": gettext_noop("Datei"),
    "Meeting": gettext_noop("Sitzung"),
    "Organization": gettext_noop("Gremium"),
    "Paper": gettext_noop("Vorlage"),
}


def field_words(name: str) -> str:
    """The field in words: "Vorlage: Titel" for "Paper.title". A name nobody knows stands as it is."""
    if name in KINDS or name in FIELDS:
        return _(KINDS.get(name) or FIELDS[name])
    before, _dot, last = name.rpartition(".")
    if last not in FIELDS:
        return name
    of = KINDS.get(before) or FIELDS.get(before)
    return ": ".join(map(_, filter(None, (of, FIELDS[last]))))
