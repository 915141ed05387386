"""Texts of papers as paragraphs and lists."""

from django import template

from dreiklang.papers.rules.reading_text import TextBlock, text_blocks

register = template.Library()


@register.inclusion_tag("papers/parts/text.html")
def reading_text(text: str) -> dict[str, tuple[TextBlock, ...]]:
    """The text in paragraphs and lists, where the lines of a PDF ended at its margin."""
    return {"blocks": text_blocks(text or "")}
