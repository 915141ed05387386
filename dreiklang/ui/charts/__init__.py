"""Charts: one Vega-Lite specification gives the same picture for page, PDF and DOCX."""

from dreiklang.ui.charts.chart import Chart, ChartTable, chart
from dreiklang.ui.charts.palette import PALETTE, pattern

__all__ = ["PALETTE", "Chart", "ChartTable", "chart", "pattern"]
