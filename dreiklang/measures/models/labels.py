"""German names of the closed lists of measures."""

from dreiklang.core.enums import Visibility
from dreiklang.measures.rules import Duration, InvolvedRole, Phase, TaskType, Timeliness

PHASE_LABELS = {
    Phase.IDEA: "Idee",
    Phase.PREPARATION: "Vorbereitung",
    Phase.DECIDED: "Beschlossen",
    Phase.IMPLEMENTATION: "Umsetzung",
    Phase.IN_USE: "In Nutzung",
    Phase.MERGED: "zusammengelegt",
    Phase.REPLACED: "ersetzt",
    Phase.DROPPED: "aufgegeben",
}
TIMELINESS_LABELS = {
    Timeliness.ON_TRACK: "im Plan",
    Timeliness.DELAYED: "verzögert",
    Timeliness.STOPPED: "steht still",
}
TASK_TYPE_LABELS = {
    TaskType.MANDATORY: "Pflichtaufgabe",
    TaskType.VOLUNTARY: "freiwillige Aufgabe",
    TaskType.UNKNOWN: "nicht angegeben",
}
DURATION_LABELS = {Duration.DATED: "befristet", Duration.CONTINUOUS: "Daueraufgabe"}
INVOLVED_LABELS = {
    InvolvedRole.INVOLVED: "wirkt mit",
    InvolvedRole.CONSULTED: "wird angehört",
    InvolvedRole.CO_SIGNS: "zeichnet mit",
    InvolvedRole.INFORMED: "wird informiert",
}
VISIBILITY_LABELS = {Visibility.INTERNAL: "intern", Visibility.PUBLIC: "öffentlich"}
