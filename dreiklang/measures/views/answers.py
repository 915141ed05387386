"""What several pages of measures need: the record or 404, words of refusals, the way back."""

from typing import Any

from django.http import Http404
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from dreiklang.core.errors import NotFound, Refused
from dreiklang.measures.models import Measure
from dreiklang.measures.queries import measure_of
from dreiklang.people.requests import ViewerRequest

WORDS = {
    "in_the_future": _("Dieser Tag liegt in der Zukunft. Bitte wählen Sie heute oder einen früheren Tag."),
    "nothing_to_confirm": _(
        "Es gibt noch keinen Bericht, der bestätigt werden könnte. Bitte berichten Sie einmal."
    ),
    "has_ended": _("Diese Maßnahme geht in einer anderen weiter. Bitte berichten Sie dort."),
    "needs_successor": _("Bitte nennen Sie die Maßnahme, die an ihre Stelle tritt."),
    "needs_obstacle": _("Die Maßnahme steht still. Bitte sagen Sie, was hindert; ein Wort genügt."),
    "too_late": _("Die Minute ist um. Der Bericht bleibt stehen; berichten Sie einfach noch einmal."),
    "not_yours": _("Zurücknehmen kann nur, wer berichtet hat."),
    "already": _("Das ist schon geschehen."),
    "no_note": _("Zu diesem Bericht gibt es keine Notiz, die wartet."),
    "replaced": _("Eine neuere Notiz hat diese ersetzt. Bitte geben Sie die neuere frei."),
    "withdrawn": _("Der Bericht wurde zurückgenommen."),
    "number_taken": _("Diese Nummer gibt es schon. Bitte wählen Sie eine andere."),
    "number_reserved": _("Diese Nummer kann nicht in einer Adresse stehen. Bitte wählen Sie eine andere."),
    "part_of_itself": _("So würde die Maßnahme ein Teil ihrer selbst."),
    "needs_itself": _("So würde die Maßnahme am Ende sich selbst zuerst brauchen."),
    "two_main_goals": _("Es kann nur ein Hauptziel geben."),
    "goal_twice": _("Ein Ziel ist zweimal genannt."),
    "title_twice": _("Zwei Meilensteine heißen gleich."),
    "same": _("Das ist dieselbe Maßnahme."),
    "already_merged": _("Diese Maßnahme ist schon zusammengelegt."),
    "successor_merged": _("Die Maßnahme, die bleiben soll, ist selbst zusammengelegt."),
    "due_before_opening": _("Das Ende liegt vor dem Beginn."),
    "name_taken": _("So heißt schon eine Runde."),
    "another_runs": _("Es läuft noch eine Runde. Bitte schließen Sie diese zuerst ab."),
}


def worded(refusal: Refused) -> Any:
    """The refusal as people read it."""
    return WORDS[refusal.code]


def found_measure(request: ViewerRequest, number: str) -> Measure:
    """The measure, or 404 also where the viewer may not know of it."""
    try:
        return measure_of(request.viewer, number=number)
    except NotFound as missing:
        raise Http404 from missing


def way_back(request: ViewerRequest, fallback: str) -> str:
    """Where the page that asked wants to go back to, if it is one of ours."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else fallback


def version_of(request: ViewerRequest) -> int:
    """The version that the form was opened with; 0 if it does not say."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0
