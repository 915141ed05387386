"""What is read of indicators and their values; viewer first, nothing is written."""

from dreiklang.monitoring.queries.confidential import confidential_values
from dreiklang.monitoring.queries.datasets import state_of_dataset
from dreiklang.monitoring.queries.effects import OwnEffect, effects_beside, effects_of_measures
from dreiklang.monitoring.queries.hits import search
from dreiklang.monitoring.queries.labels import (
    indicator_choices,
    indicator_ids,
    indicator_labels,
    indicator_names,
)
from dreiklang.monitoring.queries.texts import indicator_text_count, indicator_texts
from dreiklang.monitoring.queries.visibility import visible_indicators, visible_observations

__all__ = [
    "OwnEffect",
    "confidential_values",
    "effects_beside",
    "effects_of_measures",
    "indicator_choices",
    "indicator_ids",
    "indicator_labels",
    "indicator_names",
    "indicator_text_count",
    "indicator_texts",
    "search",
    "state_of_dataset",
    "visible_indicators",
    "visible_observations",
]
