"""The network: who meets whom, as a picture of arcs and as a table."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from dreiklang.conflicts import queries
from dreiklang.conflicts.models import KIND_LABELS, SENSE_LABELS
from dreiklang.conflicts.permissions import SEE
from dreiklang.conflicts.queries import Network, Party
from dreiklang.conflicts.rules import Sense
from dreiklang.conflicts.views.lines import address, state_sign
from dreiklang.conflicts.views.network_picture import WIDTH, Arc, Link, network_picture
from dreiklang.core import text
from dreiklang.people.requests import ViewerRequest
from dreiklang.people.services import require
from dreiklang.ui.rules import Cell, Column, Row, Table

# More names than these nobody reads one below the other.
MOST = 40


@login_required
@require_safe
def network(request: ViewerRequest) -> HttpResponse:
    """The strongest open candidates between those that meet."""
    require(request.viewer, SEE)
    found = queries.network(request.viewer, most=MOST)
    parties = {one.key: one for one in found.parties}
    picture = network_picture(
        [Link(one.pk, one.one, one.other, one.sense is Sense.CONFLICT, one.strength) for one in found.links]
    )
    context = {
        "picture": picture,
        "width": WIDTH,
        "names": [parties[key] for key in picture.keys],
        "conflicts": [_arc(one, parties) for one in picture.conflicts],
        "synergies": [_arc(one, parties) for one in picture.synergies],
        "conflicts_words": _picture_words(Sense.CONFLICT, len(picture.conflicts)),
        "synergies_words": _picture_words(Sense.SYNERGY, len(picture.synergies)),
        "sentence": _sentence(found),
        "most": len({one.pk for one in found.links}),
        "table": _table(found, parties),
    }
    return render(request, "conflicts/network.html", context)


def _arc(arc: Arc, parties: Mapping[str, Party]) -> dict[str, Any]:
    one, other = parties[arc.link.one], parties[arc.link.other]
    return {
        "url": address(arc.link.pk),
        "path": arc.path,
        "thickness": arc.thickness,
        "words": f"{one.number} {one.title} – {other.number} {other.title}",
    }


def _picture_words(sense: Sense, count: int) -> str:
    if sense is Sense.CONFLICT:
        said = ngettext("Ein Konflikt", "%(n)s Konflikte", count)
    else:
        said = ngettext("Eine Synergie", "%(n)s Synergien", count)
    counted = said % {"n": text.number(count)}
    return _("%(counted)s als Bögen. Dasselbe steht darunter als Tabelle.") % {"counted": counted}


def _sentence(found: Network) -> str:
    if not found.links:
        return _("Noch begegnet sich nichts.")
    counts: dict[str, int] = {}
    for link in found.links:
        for key in (link.one, link.other):
            counts[key] = counts.get(key, 0) + 1
    most = max(found.parties, key=lambda one: counts.get(one.key, 0))
    said = {"name": f"{most.number} {most.title}", "n": text.quantity_word(counts[most.key])}
    if counts[most.key] == 1:
        return _("Jedes Vorhaben trifft hier nur auf ein anderes.")
    return _("„%(name)s“ trifft auf die meisten anderen: %(n)s.") % said


def _table(found: Network, parties: Mapping[str, Party]) -> Table:
    columns = (
        Column("one", _("Vorhaben"), is_optional=False),
        Column("other", _("trifft auf"), is_optional=False),
        Column("sense", _("Konflikt oder Synergie"), is_optional=False),
        Column("kinds", _("Art"), is_optional=False),
        Column("state", _("Stand"), is_optional=False),
    )
    rows = [
        Row(
            href=address(link.pk),
            cells={
                "one": Cell(_name(parties[link.one]), href=address(link.pk)),
                "other": _name(parties[link.other]),
                "sense": str(SENSE_LABELS[link.sense]),
                "kinds": ", ".join(str(KIND_LABELS[kind]) for kind in link.kinds),
                "state": state_sign(link.state),
            },
        )
        for link in found.links
    ]
    return Table(id="netz-tabelle", caption=_("Wer sich begegnet"), columns=columns, rows=rows)


def _name(party: Party) -> str:
    return f"{party.number} {party.title}".strip()
