"""German words for the closed lists."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dreiklang.papers.rules.kinds import (
    ChecklistState,
    CheckState,
    ConsultationRole,
    CoSignState,
    FileRole,
    MeetingState,
    PaperKind,
    ResolutionState,
    Result,
    Searched,
    Standing,
    TargetKind,
    TextState,
    TrackedKind,
    Verdict,
)

PAPER_KIND_LABELS = {
    PaperKind.PROPOSAL: _("Beschlussvorlage"),
    PaperKind.INFORMATION: _("Informationsvorlage"),
    PaperKind.STATEMENT: _("Stellungnahme"),
    PaperKind.MOTION: _("Antrag"),
    PaperKind.BUDGET_MOTION: _("Haushaltsantrag"),
    PaperKind.INQUIRY: _("Anfrage"),
    PaperKind.OTHER: _("Sonstige"),
}
FILE_ROLE_LABELS = {
    FileRole.MAIN: pgettext_lazy("Rat", "Vorlage"),
    FileRole.ATTACHMENT: _("Anlage"),
    FileRole.INVITATION: _("Einladung"),
    FileRole.MINUTES: _("Niederschrift"),
}
TEXT_STATE_LABELS = {
    TextState.WAITING: _("noch nicht gelesen"),
    TextState.READ: _("gelesen"),
    TextState.SCANNED: _("nur ein Bild, ohne Text"),
    TextState.UNREADABLE: _("nicht lesbar"),
    TextState.TOO_LARGE: _("zu groß"),
    TextState.WITHDRAWN: _("zurückgezogen"),
}
MEETING_STATE_LABELS = {
    MeetingState.PLANNED: pgettext_lazy("Sitzung", "geplant"),
    MeetingState.INVITED: _("eingeladen"),
    MeetingState.HELD: _("hat stattgefunden"),
    MeetingState.CANCELLED: _("abgesagt"),
}
CONSULTATION_ROLE_LABELS = {
    ConsultationRole.HEARING: _("Anhörung"),
    ConsultationRole.ADVICE: _("Vorberatung"),
    ConsultationRole.DECISION: _("Entscheidung"),
    ConsultationRole.NOTE: _("Kenntnisnahme"),
    ConsultationRole.UNKNOWN: _("nicht angegeben"),
}
RESULT_LABELS = {
    Result.ADOPTED: pgettext_lazy("Rat", "beschlossen"),
    Result.ADOPTED_CHANGED: _("geändert beschlossen"),
    Result.REJECTED: pgettext_lazy("Rat", "abgelehnt"),
    Result.NOTED: _("zur Kenntnis genommen"),
    Result.REFERRED: _("verwiesen"),
    Result.POSTPONED: _("vertagt"),
    Result.WITHDRAWN: _("zurückgezogen"),
    Result.OTHER: _("anderes Ergebnis"),
    Result.OPEN: _("noch kein Ergebnis"),
}
TRACKED_KIND_LABELS = {
    TrackedKind.RESOLUTION: _("Beschluss"),
    TrackedKind.MOTION: _("Antrag"),
    TrackedKind.INQUIRY: _("Anfrage"),
    TrackedKind.PROMISE: _("Zusage"),
}
RESOLUTION_STATE_LABELS = {
    ResolutionState.OPEN: pgettext_lazy("Beschluss", "offen"),
    ResolutionState.IN_WORK: pgettext_lazy("Beschluss", "in Arbeit"),
    ResolutionState.DONE: pgettext_lazy("Beschluss", "erledigt"),
    ResolutionState.DROPPED: pgettext_lazy("Beschluss", "aufgegeben"),
}
CHECK_STATE_LABELS = {
    CheckState.DRAFT: pgettext_lazy("Prüfung", "in Arbeit"),
    CheckState.REVIEW: _("bei der Zweitprüfung"),
    CheckState.CO_SIGNING: _("in der Mitzeichnung"),
    CheckState.RETURNED: _("zurückgegeben"),
    CheckState.RELEASED: _("freigegeben"),
    CheckState.GIVEN_UP: _("eingestellt"),
}
CHECKLIST_STATE_LABELS = {
    ChecklistState.DRAFT: pgettext_lazy("Prüfschema", "Entwurf"),
    ChecklistState.PUBLISHED: pgettext_lazy("Prüfschema", "in Kraft"),
    ChecklistState.RETIRED: pgettext_lazy("Prüfschema", "abgelöst"),
}
STANDING_LABELS = {
    Standing.DRAFT: pgettext_lazy("Prüfschema", "Entwurf"),
    Standing.AHEAD: pgettext_lazy("Prüfschema", "kommt in Kraft"),
    Standing.IN_FORCE: pgettext_lazy("Prüfschema", "in Kraft"),
    Standing.REPLACED: pgettext_lazy("Prüfschema", "abgelöst"),
}
TARGET_KIND_LABELS = {
    TargetKind.GOAL: _("Ziel"),
    TargetKind.TASK: _("Zukunftsaufgabe"),
    TargetKind.CONCEPT: _("Konzept"),
    TargetKind.MEASURE: _("Maßnahme"),
    TargetKind.INDICATOR: _("Indikator"),
    TargetKind.AREA: _("Stadtteil"),
    TargetKind.DEPARTMENT: _("Amt"),
}
VERDICT_LABELS = {
    Verdict.OPEN: pgettext_lazy("Vorschlag", "offen"),
    Verdict.CONFIRMED: _("bestätigt"),
    Verdict.REJECTED: _("verworfen"),
}
CO_SIGN_STATE_LABELS = {
    CoSignState.ASKED: _("angefragt"),
    CoSignState.SIGNED: _("mitgezeichnet"),
    CoSignState.OBJECTED: _("widersprochen"),
    CoSignState.WAIVED: _("nicht betroffen"),
}
SEARCHED_LABELS = {Searched.PAPERS: _("Vorlagen"), Searched.RESOLUTIONS: _("Beschlüsse")}
