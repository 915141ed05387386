"""What kinds, senses and states are called."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dreiklang.conflicts.rules.kinds import Kind, Sense, State

KIND_LABELS = {
    Kind.PLACE_AND_TIME: _("gleicher Ort, gleiche Zeit"),
    Kind.EFFECT: _("gegensätzliche Wirkung"),
    # Near-identical texts, or neighbours with something alike: `views.words.kind_words` tells which by the facts.
    Kind.CONTENT: _("ähnlicher Inhalt"),
    Kind.ORDER: pgettext_lazy("Art eines Hinweises", "Reihenfolge"),
    Kind.MONEY: _("gleiches Geld"),
    Kind.PEOPLE: _("gleiche Leute"),
}

SENSE_LABELS = {Sense.CONFLICT: _("Konflikt"), Sense.SYNERGY: _("Synergie")}

STATE_LABELS = {
    State.NEW: _("neu"),
    State.SEEN: _("angesehen"),
    State.IN_TALKS: _("im Gespräch"),
    State.WEIGHED: _("geklärt"),
    State.NO_CONFLICT: _("kein Konflikt"),
    State.OUTDATED: _("überholt"),
}
