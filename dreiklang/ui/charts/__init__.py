"""Charts: one Vega-Lite specification gives the same picture for page, PDF and DOCX."""

from dreiklang.ui.charts.palette import PALETTE, pattern
from dreiklang.ui.charts.picture import Chart, ChartTable, chart

__all__ = ["PALETTE", "Chart", "ChartTable", "chart", "pattern"]
