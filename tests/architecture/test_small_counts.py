"""Small counts are named where they are kept, moved and guarded, and nowhere else."""

import re

from tests.architecture.tree import PACKAGE

NAMED = re.compile(
    r"ConfidentialValue|monitoring_confidentialvalue|confidential__|\.confidential\b(?! import)"
)
MONITORING = PACKAGE / "monitoring"
# Where the table is made, read and written; the histories name it to leave it out.
AT_HOME = {
    MONITORING / "models" / "__init__.py",
    MONITORING / "models" / "observations.py",
    MONITORING / "queries" / "confidential.py",
    PACKAGE / "workspace" / "queries" / "history.py",
}
SERVICES = MONITORING / "services" / "suppression"
# Observations are put in, changed and hidden by these; whoever else wrote them would pass by the hiding.
WRITES = re.compile(
    r"(?:Observation\.objects|observations)\.(?:bulk_)?(?:create|update|delete|get_or_create|update_or_create)\("
    r"|(?:INTO|UPDATE|FROM) monitoring_observation\b(?! AS (?:there|past|behind|now))",
)
WRITERS = {MONITORING / "services" / "bulk.py"}


def code() -> dict[str, str]:
    """All code, templates and statements we run, by path; no tests, no migrations."""
    files = [file for ending in ("*.py", "*.html", "*.sql") for file in PACKAGE.rglob(ending)]
    return {
        str(file): file.read_text(encoding="utf-8")
        for file in sorted(files)
        if not {"tests", "migrations", "vendor"} & set(file.parts)
    }


def test_nobody_names_the_table_of_small_counts_but_who_guards_it() -> None:
    at_home = {str(file) for file in AT_HOME} | {str(file) for file in SERVICES.rglob("*.py")}

    elsewhere = {
        path: NAMED.findall(_without_docstrings(text))
        for path, text in code().items()
        if path not in at_home and NAMED.search(_without_docstrings(text))
    }

    assert elsewhere == {}


def test_nobody_writes_observations_but_who_hides_small_counts_after_it() -> None:
    writers = {str(file) for file in WRITERS} | {str(file) for file in SERVICES.rglob("*.py")}

    elsewhere = {
        path: WRITES.findall(text)
        for path, text in code().items()
        if path not in writers
        and re.search(r"Observation|monitoring_observation", text)
        and WRITES.search(text)
    }

    assert elsewhere == {}


def _without_docstrings(text: str) -> str:
    return re.sub(r'"""(?!\s*(?:INSERT|UPDATE|SELECT|DELETE|WITH)).*?"""', "", text, flags=re.DOTALL)
