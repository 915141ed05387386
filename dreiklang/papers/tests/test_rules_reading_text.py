"""Texts of files as a person reads them."""

from hypothesis import given
from hypothesis import strategies as st

from dreiklang.papers.rules.passages import mended
from dreiklang.papers.rules.reading_text import BlockKind, TextBlock, text_blocks

PRINTED = """Der Bauausschuss nimmt das Projekt gemäß den dargelegten Ausführungen zur Kennt-
nis und ermächtigt die Verwaltung, auf dieser Grundlage das Vorhaben in eigener
Zuständigkeit zu verwirklichen.

Zu bewerten sind
- der vorgesehene Ausführungszeitplan mit allen Abschnitten und deren Abhängigkeiten
  voneinander,
- die Gesamtkosten.
"""


def test_lines_of_a_paragraph_are_joined_and_points_become_a_list():
    blocks = text_blocks(PRINTED)

    assert [block.kind for block in blocks] == [BlockKind.PARAGRAPH, BlockKind.PARAGRAPH, BlockKind.BULLETS]
    assert blocks[0].lines[0].startswith("Der Bauausschuss nimmt das Projekt gemäß den dargelegten")
    assert "zur Kenntnis und ermächtigt" in blocks[0].lines[0]
    assert blocks[2].lines == (
        "der vorgesehene Ausführungszeitplan mit allen Abschnitten und deren Abhängigkeiten voneinander,",
        "die Gesamtkosten.",
    )


def test_what_somebody_wrote_line_by_line_keeps_its_lines():
    long = "Der Stadtrat beschließt den Radweg an der Nordstraße. " * 5

    blocks = text_blocks(
        f"Beschlussvorschlag für den Stadtrat der Stadt\n{long}\nDie Verwaltung berichtet im Mai über den Stand"
    )

    assert [block.lines[0][:18] for block in blocks] == [
        "Beschlussvorschlag",
        "Der Stadtrat besch",
        "Die Verwaltung ber",
    ]


def test_numbered_points_keep_their_numbers():
    blocks = text_blocks("1. Der Plan wird beschlossen.\n2. Die Mittel werden bereitgestellt.")

    assert [block.lines[0][:2] for block in blocks] == ["1.", "2."]


def test_a_dash_within_a_sentence_is_no_point():
    (block,) = text_blocks("Der Weg wird gebaut - wie geplant.")

    assert block == TextBlock(BlockKind.PARAGRAPH, ("Der Weg wird gebaut - wie geplant.",))


def test_no_text_has_no_blocks():
    assert text_blocks(" \n\f\n") == ()


@given(st.text(alphabet="abcÄß .-•\n\f1", max_size=300))
def test_no_letter_is_lost(text):
    shown = "".join(line for block in text_blocks(text) for line in block.lines)

    letters = [char for char in mended(text) if char.isalpha()]
    assert [char for char in shown if char.isalpha()] == letters
