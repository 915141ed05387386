"""What is read of indicators and their values; viewer first, nothing is written."""

from dreiklang.monitoring.queries.confidential import confidential_values
from dreiklang.monitoring.queries.datasets import state_of_dataset
from dreiklang.monitoring.queries.visibility import visible_indicators, visible_observations

__all__ = ["confidential_values", "state_of_dataset", "visible_indicators", "visible_observations"]
