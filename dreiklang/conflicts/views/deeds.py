"""What can be done about a candidate, as its page offers it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dreiklang.conflicts.forms.talks import InviteForm, ReasonForm
from dreiklang.conflicts.permissions import LOOK, TALK
from dreiklang.conflicts.queries import CandidatePage, Party, WeighingLine
from dreiklang.conflicts.rules import State
from dreiklang.conflicts.rules.standing import SETTLED
from dreiklang.conflicts.views.lines import row_of
from dreiklang.core.values import Period
from dreiklang.people.queries import may
from dreiklang.people.rules import Viewer

KINDS = {
    "measure": gettext_lazy("Maßnahme"),
    "concept": gettext_lazy("Konzept"),
    "check": gettext_lazy("Entwurf in Prüfung"),
}


@dataclass(frozen=True)
class Deed:
    """A button: a link, a form with a field or a note to open first, or a form at once.

    `is_folded`: the field may be left as it is. `version`: of what the deed is about, so that nobody's newer one goes.
    """

    label: str
    url: str = ""
    href: str = ""
    field: Any = None
    is_folded: bool = False
    button: str = ""
    note: str = ""
    is_main: bool = False
    draft_key: str = ""
    version: int = 0


def deeds_of(page: CandidatePage, viewer: Viewer) -> list[Deed]:
    """The deeds that are possible now, the one that helps most first."""
    discard = _discard(page, page.draft) if page.may_weigh and page.draft else None
    if page.line.state is State.OUTDATED:
        return [discard] if discard else []
    is_settled = page.line.state in SETTLED
    found = [
        _seen(page) if page.line.state is State.NEW and may(viewer, LOOK) else None,
        _invite(page) if not is_settled and may(viewer, TALK) else None,
        _weigh(page) if page.may_weigh and not is_settled else None,
        _none(page) if page.may_weigh and not is_settled else None,
        _reopen(page) if page.may_weigh and is_settled else None,
        discard,
    ]
    return [one for one in found if one is not None]


def _step(page: CandidatePage, deed: str) -> str:
    return reverse("conflicts:step", args=[page.line.pk, deed])


def _seen(page: CandidatePage) -> Deed:
    return Deed(_("Angesehen"), url=_step(page, "angesehen"))


def _invite(page: CandidatePage) -> Deed:
    form = InviteForm(initial={"message": invitation(page)})
    is_first = not page.talks
    return Deed(
        _("Zum Gespräch einladen") if is_first else _("Noch einmal einladen"),
        url=_step(page, "einladen"),
        field=form["message"],
        is_folded=True,
        is_main=is_first,
        draft_key=f"hinweis-{page.line.pk}",
    )


def invitation(page: CandidatePage) -> str:
    """What the letter says if nobody changes it."""
    said = {"why": " ".join(row_of(page.line)["sentences"])}
    return _("%(why)s\n\nLassen Sie uns darüber sprechen. Wann passt es Ihnen?") % said


def _weigh(page: CandidatePage) -> Deed:
    label = _("Klärung fortsetzen") if page.draft else _("Klären")
    return Deed(label, href=reverse("conflicts:weighing", args=[page.line.pk]), is_main=bool(page.talks))


def _none(page: CandidatePage) -> Deed:
    return Deed(
        _("Kein Konflikt"),
        url=_step(page, "kein-konflikt"),
        field=ReasonForm()["reason"],
        button=_("Kein Konflikt, Grund festhalten"),
        draft_key=f"kein-konflikt-{page.line.pk}",
    )


def _reopen(page: CandidatePage) -> Deed:
    return Deed(_("Wieder öffnen"), url=_step(page, "oeffnen"))


def _discard(page: CandidatePage, draft: WeighingLine) -> Deed:
    return Deed(
        _("Entwurf der Klärung verwerfen"),
        url=_step(page, "entwurf-verwerfen"),
        note=_("Der Entwurf verschwindet hier. Was darin stand, bewahrt der Verlauf der Änderungen."),
        button=_("Entwurf verwerfen"),
        version=draft.version,
    )


def kind_label(party: Party) -> str:
    """What a party is, in a word."""
    return str(KINDS.get(party.subject, party.subject))


def party_state(party: Party) -> str:
    """Whether it can still be moved, in words."""
    if party.is_gone:
        return _("beendet oder zusammengelegt")
    if party.is_lasting:
        return _("auf Dauer")
    if party.is_fixed:
        return _("läuft schon")
    return _("geplant") if isinstance(party.period, Period) else ""
