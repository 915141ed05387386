"""The pages of an import: choose a kind, upload, match columns, try, take over, look back."""

from dreiklang.workspace.views.imports.begin import begin, start, template
from dreiklang.workspace.views.imports.columns import columns, discard
from dreiklang.workspace.views.imports.past import problems_csv, run, run_progress, runs
from dreiklang.workspace.views.imports.trial import correct, take_over, trial

__all__ = [
    "begin",
    "columns",
    "correct",
    "discard",
    "problems_csv",
    "run",
    "run_progress",
    "runs",
    "start",
    "take_over",
    "template",
    "trial",
]
