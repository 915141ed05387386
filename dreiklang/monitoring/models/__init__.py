"""Indicators with their values, where these come from, and what they have to do with."""

from dreiklang.monitoring.models.criteria import CriteriaSettings, Criterion, Rating
from dreiklang.monitoring.models.indicators import Break, Indicator, IndicatorVersion, Target
from dreiklang.monitoring.models.links import IndicatorGoal, IndicatorTask, MeasureIndicator
from dreiklang.monitoring.models.observations import ConfidentialValue, Observation
from dreiklang.monitoring.models.profiles import DistrictTrait
from dreiklang.monitoring.models.regions import Region
from dreiklang.monitoring.models.sources import (
    Breakdown,
    Dataset,
    Delivery,
    Provider,
    Quantity,
    SourceFile,
)
from dreiklang.monitoring.models.uniform_set import MOST_CITIES, ComparedCity, SetSettings

__all__ = [
    "MOST_CITIES",
    "Break",
    "Breakdown",
    "ComparedCity",
    "ConfidentialValue",
    "CriteriaSettings",
    "Criterion",
    "Dataset",
    "Delivery",
    "DistrictTrait",
    "Indicator",
    "IndicatorGoal",
    "IndicatorTask",
    "IndicatorVersion",
    "MeasureIndicator",
    "Observation",
    "Provider",
    "Quantity",
    "Rating",
    "Region",
    "SetSettings",
    "SourceFile",
    "Target",
]
