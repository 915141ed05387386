"""The way through an import, as the stepper shows it."""

from django.utils.translation import gettext as _

from dreiklang.ui.rules import Step, StepState


def steps(current: int, *hrefs: str) -> list[Step]:
    """Four steps; those before `current` are done and lead back to their pages."""
    labels = (_("Datei wählen"), _("Spalten zuordnen"), _("Probelauf ansehen"), _("Übernehmen"))
    return [
        Step(
            label,
            StepState.DONE if at < current else StepState.CURRENT if at == current else StepState.OPEN,
            href=hrefs[at - 1] if at < current and at <= len(hrefs) else "",
        )
        for at, label in enumerate(labels, start=1)
    ]
