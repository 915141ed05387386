"""Measures, who answers for them, and their dated reports."""

from dreiklang.measures.models.involvement import Involvement, MeasurePartner, PartnerAccess, TeamMember
from dreiklang.measures.models.measure import (
    Brief,
    Dependency,
    Measure,
    MeasureArea,
    MeasureConcept,
    MeasureGoal,
    MeasureTask,
    Milestone,
)
from dreiklang.measures.models.reports import Report
from dreiklang.measures.models.rounds import Reminder, ReportingSettings, RestraintPeriod, Round

__all__ = [
    "Brief",
    "Dependency",
    "Involvement",
    "Measure",
    "MeasureArea",
    "MeasureConcept",
    "MeasureGoal",
    "MeasurePartner",
    "MeasureTask",
    "Milestone",
    "PartnerAccess",
    "Reminder",
    "Report",
    "ReportingSettings",
    "RestraintPeriod",
    "Round",
    "TeamMember",
]
