"""Reads the tables of worked examples in docs/rules, so that the documents cannot lie."""

from pathlib import Path

RULES = Path(__file__).resolve().parents[3] / "docs" / "rules"


def worked_example(name: str) -> list[dict[str, str]]:
    """The rows of the first table after the heading "Worked example", by column head."""
    text = (RULES / f"{name}.md").read_text(encoding="utf-8").split("## Worked example", 1)[1]
    rows = [line.strip().strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    head, _line, *body = [[cell.strip() for cell in row] for row in rows]
    assert body, "the worked example has no rows"
    return [dict(zip(head, row, strict=True)) for row in body]
