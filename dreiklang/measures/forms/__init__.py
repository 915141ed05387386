"""Forms of measures: what was typed becomes drafts for the services."""

from dreiklang.measures.forms.edit import GoalLinkForm, GoalLinks, MeasureForm, measure_values
from dreiklang.measures.forms.filters import FilterForm
from dreiklang.measures.forms.parts import (
    BriefForm,
    MilestoneForm,
    Milestones,
    OfficeForm,
    Offices,
    PartnerAccessForm,
    PartnerForm,
    Partners,
    Team,
    TeamForm,
    access_formset,
)
from dreiklang.measures.forms.reports import ReportForm
from dreiklang.measures.forms.rounds import MergeForm, RestraintForm, RoundForm, SettingsForm

__all__ = [
    "BriefForm",
    "FilterForm",
    "GoalLinkForm",
    "GoalLinks",
    "MeasureForm",
    "MergeForm",
    "MilestoneForm",
    "Milestones",
    "OfficeForm",
    "Offices",
    "PartnerAccessForm",
    "PartnerForm",
    "Partners",
    "ReportForm",
    "RestraintForm",
    "RoundForm",
    "SettingsForm",
    "Team",
    "TeamForm",
    "access_formset",
    "measure_values",
]
