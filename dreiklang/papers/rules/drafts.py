"""A draft or a paper as it is compared: title, lead and body, without what was printed around them."""

from collections.abc import Sequence

from dreiklang.core.nearness import Text
from dreiklang.papers.rules.forms import FormDescription
from dreiklang.papers.rules.header import cut_header
from dreiklang.papers.rules.passages import passages

# About as much as the encoder takes in at once, and a reader at a glance.
LONGEST = 350
MOST_PASSAGES = 300
MOST_FACETS = 12


def draft_text(*, title: str, text: str, forms: Sequence[FormDescription]) -> Text:
    """The text with its printed header cut off: its ticks and themes must not answer the question.

    The lead is the passage printed as its summary; without one, all is body. Passages follow the text's order.
    """
    cut = cut_header(text, forms=forms)
    lead = passages(cut.summary, longest=LONGEST)
    # The body holds the summary too, there under its heading.
    body = [one for one in passages(cut.body, longest=LONGEST) if not any(said in one for said in lead)]
    return Text(" ".join(title.split()), body=tuple(body[: MOST_PASSAGES - len(lead)]), lead=lead)


def target_text(parts: Sequence[str]) -> Text:
    """What a goal, concept or measure says of itself: its title, then its other texts in passages."""
    title, *others = parts
    facets = [piece for other in others for piece in passages(other, longest=LONGEST) or _short(other)]
    return Text(title, body=tuple(facets[: MOST_FACETS - 1]))


def _short(text: str) -> tuple[str, ...]:
    """A few words are no passage, yet they may be all there is."""
    words = " ".join(text.split())
    return (words,) if words else ()
