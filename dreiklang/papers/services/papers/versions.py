"""The text of a paper, and what it was before."""

from dreiklang.papers.models import Paper, PaperVersion
from dreiklang.people.rules import Viewer


def keep_version(*, paper: Paper, text: str, by: Viewer, origin: str = "") -> PaperVersion | None:
    """Give the paper this text and keep it as its next version; None if nothing differs.

    For callers inside their own transaction; the paper is saved by them. Line ends are made plain.
    """
    text = "\n".join(text.splitlines())
    latest = PaperVersion.objects.filter(paper=paper).order_by("-number").first()
    paper.text = text
    if (latest is None and not text) or (
        latest is not None and (latest.text, latest.title) == (text, paper.title)
    ):
        return None
    return PaperVersion.objects.create(
        paper=paper,
        number=latest.number + 1 if latest else 1,
        title=paper.title,
        text=text,
        by_id=by.account_id,
        by_name=by.name,
        origin=origin,
    )
