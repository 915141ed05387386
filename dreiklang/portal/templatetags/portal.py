"""What a piece of news says, in words."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dreiklang.core.records import News

register = template.Library()

# (kind, code in the text) → what happened
HAPPENED = {
    ("measure_phase", "idea"): gettext_lazy("Die Idee ist aufgenommen."),
    ("measure_phase", "preparation"): gettext_lazy("Die Vorbereitung hat begonnen."),
    ("measure_phase", "decided"): gettext_lazy("Die Maßnahme ist beschlossen."),
    ("measure_phase", "implementation"): gettext_lazy("Die Umsetzung hat begonnen."),
    ("measure_phase", "in_use"): gettext_lazy("Fertig und in Nutzung."),
    ("measure_phase", "merged"): gettext_lazy("Mit einer anderen Maßnahme zusammengelegt."),
    ("measure_phase", "replaced"): gettext_lazy("Durch eine andere Maßnahme ersetzt."),
    ("measure_phase", "dropped"): gettext_lazy("Die Maßnahme ist aufgegeben."),
    ("concept", "adopted"): gettext_lazy("Das Konzept ist beschlossen."),
    ("concept", "participation"): gettext_lazy("Die Beteiligung läuft."),
}


@register.filter
def news_text(item: News) -> str:
    """What happened: our words for a code, or the words of the office."""
    happened = HAPPENED.get((item.kind, item.text))
    if happened is not None:
        return str(happened)
    if item.kind == "priority":
        return _("Rangfolge geändert: %(reason)s") % {"reason": item.text}
    return item.text
