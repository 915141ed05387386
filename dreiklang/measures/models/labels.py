"""German names of the closed lists of measures."""

from django.utils.translation import gettext_lazy as _

from dreiklang.core.enums import Visibility
from dreiklang.measures.rules import Duration, InvolvedRole, Phase, TaskType, Timeliness

PHASE_LABELS = {
    Phase.IDEA: _("Idee"),
    Phase.PREPARATION: _("Vorbereitung"),
    Phase.DECIDED: _("Beschlossen"),
    Phase.IMPLEMENTATION: _("Umsetzung"),
    Phase.IN_USE: _("In Nutzung"),
    Phase.MERGED: _("zusammengelegt"),
    Phase.REPLACED: _("ersetzt"),
    Phase.DROPPED: _("aufgegeben"),
}
TIMELINESS_LABELS = {
    Timeliness.ON_TRACK: _("im Plan"),
    Timeliness.DELAYED: _("verzögert"),
    Timeliness.STOPPED: _("steht still"),
}
TASK_TYPE_LABELS = {
    TaskType.MANDATORY: _("Pflichtaufgabe"),
    TaskType.VOLUNTARY: _("freiwillige Aufgabe"),
    TaskType.UNKNOWN: _("nicht angegeben"),
}
DURATION_LABELS = {Duration.DATED: _("befristet"), Duration.CONTINUOUS: _("Daueraufgabe")}
INVOLVED_LABELS = {
    InvolvedRole.INVOLVED: _("wirkt mit"),
    InvolvedRole.CONSULTED: _("wird angehört"),
    InvolvedRole.CO_SIGNS: _("zeichnet mit"),
    InvolvedRole.INFORMED: _("wird informiert"),
}
VISIBILITY_LABELS = {Visibility.INTERNAL: _("intern"), Visibility.PUBLIC: _("öffentlich")}
