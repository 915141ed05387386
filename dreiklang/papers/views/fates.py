"""What became of resolutions in a sentence, for pages and documents alike."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dreiklang.core import text
from dreiklang.core.values import Unknown
from dreiklang.papers.rules.resolutions import Fate, FateCounts, Funding, ResolutionLine


def fate_sentence(counts: FateCounts) -> str:
    """How many there are and what became of them; empty without any."""
    if not counts.total:
        return ""
    said = [
        (_("%(n)s erledigt"), counts.of(Fate.DONE)),
        (_("%(n)s in Arbeit"), counts.of(Fate.IN_WORK)),
        (_("%(n)s offen"), counts.of(Fate.OPEN)),
        (_("%(n)s überfällig"), counts.of(Fate.OVERDUE)),
        (_("%(n)s aufgegeben"), counts.of(Fate.DROPPED)),
    ]
    listed = text.listing([words % {"n": text.number(number)} for words, number in said if number])
    whole = ngettext("Ein Beschluss", "%(n)s Beschlüsse", counts.total) % {"n": text.number(counts.total)}
    return f"{whole}: {listed}."


def unfunded_sentence(counts: FateCounts) -> str:
    """How many need money that nobody named; empty if none."""
    if not counts.unfunded:
        return ""
    return ngettext(
        "Einer davon braucht Mittel, genannt sind keine.",
        "%(n)s davon brauchen Mittel, genannt sind keine.",
        counts.unfunded,
    ) % {"n": text.number(counts.unfunded)}


def money_words(line: ResolutionLine) -> str:
    """The money of a resolution in few words."""
    if not isinstance(line.money, Unknown):
        return text.money_short(line.money)
    if line.funding is Funding.MISSING:
        return _("ohne Mittel")
    if line.funding is Funding.NOT_NEEDED and not line.money.words:
        return _("keine nötig")
    return line.money.words or _("nicht angegeben")
