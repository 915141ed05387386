"""Indicators with their values, where these come from, and what they have to do with."""

from dreiklang.monitoring.models.catalogue import Catalogue, CatalogueEntry, OwnCatalogue, Resource
from dreiklang.monitoring.models.criteria import CriteriaSettings, Criterion, Rating
from dreiklang.monitoring.models.frame import FrameChange, FrameMeaning, WatchItem, WatchReview
from dreiklang.monitoring.models.grants import GrantLayout, GrantSheet
from dreiklang.monitoring.models.held import Confirmation, HeldValue
from dreiklang.monitoring.models.indicators import Break, Indicator, IndicatorVersion, Target
from dreiklang.monitoring.models.links import IndicatorGoal, IndicatorTask, MeasureIndicator
from dreiklang.monitoring.models.observations import ConfidentialValue, Observation
from dreiklang.monitoring.models.profiles import DistrictTrait
from dreiklang.monitoring.models.regions import Region
from dreiklang.monitoring.models.requests import DataRequest
from dreiklang.monitoring.models.sources import (
    Breakdown,
    Dataset,
    Delivery,
    Provider,
    Quantity,
    SourceFile,
)
from dreiklang.monitoring.models.suppression import SuppressionChange
from dreiklang.monitoring.models.surveys import (
    KeyStatement,
    KeyStatementGoal,
    KeyStatementTask,
    Question,
    QuestionSeries,
    Survey,
    SurveyResult,
)
from dreiklang.monitoring.models.uniform_set import MOST_CITIES, ComparedCity, SetSettings

__all__ = [
    "MOST_CITIES",
    "Break",
    "Breakdown",
    "Catalogue",
    "CatalogueEntry",
    "ComparedCity",
    "ConfidentialValue",
    "Confirmation",
    "CriteriaSettings",
    "Criterion",
    "DataRequest",
    "Dataset",
    "Delivery",
    "DistrictTrait",
    "FrameChange",
    "FrameMeaning",
    "GrantLayout",
    "GrantSheet",
    "HeldValue",
    "Indicator",
    "IndicatorGoal",
    "IndicatorTask",
    "IndicatorVersion",
    "KeyStatement",
    "KeyStatementGoal",
    "KeyStatementTask",
    "MeasureIndicator",
    "Observation",
    "OwnCatalogue",
    "Provider",
    "Quantity",
    "Question",
    "QuestionSeries",
    "Rating",
    "Region",
    "Resource",
    "SetSettings",
    "SourceFile",
    "SuppressionChange",
    "Survey",
    "SurveyResult",
    "Target",
    "WatchItem",
    "WatchReview",
]
