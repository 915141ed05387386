"""The municipality itself, from a list with one row."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dreiklang.core.imports.contract import (
    Actor,
    Candidate,
    ChangedRow,
    FoundProblem,
    Importer,
    ListField,
    MappedRow,
    Options,
)
from dreiklang.core.imports.draft import Draft, refused
from dreiklang.core.text import german
from dreiklang.places.models import STATE_LABELS, Municipality

STATE_WORDS = {
    **{german(label): state.value for state, label in STATE_LABELS.items()},
    **{state.value: state.value for state in STATE_LABELS},
}
# There is one municipality, whatever it is called.
KEY = "stadt"
AGS_DIGITS = 8


class City(Importer):
    """Name, official key, state and the name of the concept."""

    kind = "city"
    title = _("Stadt")
    intro = _("Name und amtlicher Schlüssel der Stadt, eine einzige Zeile.")
    sort = 5
    fields = (
        ListField("name", _("Name"), True, "", "Klarenbrück", ("Stadt", "Gemeinde"), is_key=True),
        ListField(
            "ags",
            _("Schlüssel"),
            False,
            _("Acht Ziffern"),
            "14999000",
            ("AGS", "Amtlicher Gemeindeschlüssel"),
        ),
        ListField("state", _("Land"), False, "", "Sachsen", ("Bundesland",)),
        ListField("subtitle", _("Untertitel"), False, "", "Stadtentwicklung im Überblick", ("Unterzeile",)),
        ListField("framework_name", _("Konzept"), False, "", "INSEK 2035", ("Name des Konzepts",)),
    )
    sentences = {
        "not_an_ags": _(
            "„%(value)s“ ist kein amtlicher Gemeindeschlüssel: Er hat acht Ziffern, eine führende Null gehört dazu."
        ),
        "one_city_only": _("Hier steht eine zweite Stadt. Dreiklang kennt je Datenbank nur eine."),
    }

    def parse(self, rows: Sequence[MappedRow], options: Options) -> Iterable[Candidate]:
        """One row; a second one is refused."""
        found = [_candidate(Draft(row)) for row in rows]
        further = [refused(one, FoundProblem("one_city_only", one.row)) for one in found[1:]]
        return [*found[:1], *further]

    def existing(self, keys: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
        """The municipality as it is."""
        row = Municipality.objects.values(*(one.name for one in self.fields)).first()
        return {KEY: row} if row else {}

    def write(
        self, *, new: Sequence[Candidate], changed: Sequence[ChangedRow], by: Actor, run_id: int
    ) -> None:
        """Makes it, or changes what the list changes."""
        for one in new:
            Municipality.objects.create(**{name: value or "" for name, value in one.values.items()})
        for row in changed:
            city = Municipality.objects.get()
            for difference in row.differences:
                setattr(city, difference.field, difference.after or "")
            city.version += 1
            city.changed_at = timezone.now()
            city.save()


CITY = City()


def _candidate(draft: Draft) -> Candidate:
    name = draft.text("name", longest=120)
    draft.text("subtitle", longest=120)
    draft.text("framework_name", longest=120)
    draft.choice("state", STATE_WORDS)
    ags = draft.cell("ags").replace(" ", "")
    if draft.has("ags"):
        # Spreadsheets take the leading zero of eight states away: seven digits can only mean that.
        ags = ags.zfill(AGS_DIGITS) if ags.isdigit() and len(ags) == AGS_DIGITS - 1 else ags
        draft.set("ags", ags)
        if ags and not (ags.isdigit() and len(ags) == AGS_DIGITS):
            draft.note("not_an_ags", "ags")
    return draft.candidate(key=KEY, label=name)
