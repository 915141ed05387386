"""Proposals for a draft: made by the worker, judged by people."""

from dreiklang.papers.services.proposals.kept import bring_up_to_date
from dreiklang.papers.services.proposals.proposing import propose, read_texts
from dreiklang.papers.services.proposals.verdicts import CannotDecide, ask_again, decide, name_target

__all__ = ["CannotDecide", "ask_again", "bring_up_to_date", "decide", "name_target", "propose", "read_texts"]
