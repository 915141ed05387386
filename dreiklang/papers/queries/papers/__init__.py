"""Papers: lists, pages, what they touch, what is new."""

from dreiklang.papers.queries.papers.choices import FilterLists, filter_lists, paper_choices
from dreiklang.papers.queries.papers.lines import (
    SORTS,
    found_ids,
    paper_count,
    paper_lines,
    paper_total,
    papers_of,
)
from dreiklang.papers.queries.papers.news import latest_changes, search
from dreiklang.papers.queries.papers.page import (
    FileBytes,
    FileRow,
    PaperPage,
    kept_paper,
    paper_of,
    paper_page,
    uploaded_file,
)
from dreiklang.papers.queries.papers.rulings import Rulings, rulings
from dreiklang.papers.queries.papers.steps import routes
from dreiklang.papers.queries.papers.touched import Touched, labels_of, name_of, touched_by
from dreiklang.papers.queries.papers.versions import VersionRow, two_versions, versions

__all__ = [
    "SORTS",
    "FileBytes",
    "FileRow",
    "FilterLists",
    "PaperPage",
    "Rulings",
    "Touched",
    "VersionRow",
    "filter_lists",
    "found_ids",
    "kept_paper",
    "labels_of",
    "latest_changes",
    "name_of",
    "paper_choices",
    "paper_count",
    "paper_lines",
    "paper_of",
    "paper_page",
    "paper_total",
    "papers_of",
    "routes",
    "rulings",
    "search",
    "touched_by",
    "two_versions",
    "uploaded_file",
    "versions",
]
