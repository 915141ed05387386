"""The page of one measure and the record behind it."""

from dreiklang.measures.queries.page.kept import kept, measure_of
from dreiklang.measures.queries.page.records import MeasurePage, ReportRow
from dreiklang.measures.queries.page.whole import measure_page

__all__ = ["MeasurePage", "ReportRow", "kept", "measure_of", "measure_page"]
