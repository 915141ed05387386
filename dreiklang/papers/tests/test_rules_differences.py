"""Two versions of a text compared."""

from hypothesis import given
from hypothesis import strategies as st

from dreiklang.papers.rules.differences import Fate, Paragraph, Words, difference

LINES = st.lists(
    st.sampled_from(["Der Rat beschließt.", "Der Rat stimmt zu.", "Kosten: 5 Euro", "Anlage 1", ""])
)


def test_a_changed_paragraph_shows_its_words():
    found = difference("Die Kosten betragen 1 Mio. Euro.", "Die Kosten betragen 2 Mio. Euro.")

    assert found.changed == 1
    assert found.paragraphs == (
        Paragraph(
            Fate.CHANGED,
            (
                Words(Fate.SAME, "Die Kosten betragen"),
                Words(Fate.REMOVED, "1"),
                Words(Fate.ADDED, "2"),
                Words(Fate.SAME, "Mio. Euro."),
            ),
        ),
    )


def test_a_new_paragraph_is_added_and_not_a_changed_one():
    found = difference("Eins bleibt hier.", "Eins bleibt hier.\nGanz anderes kommt hinzu.")

    assert (found.added, found.changed, found.removed) == (1, 0, 0)


def test_unchanged_paragraphs_far_from_a_change_are_counted():
    text = "\n".join(f"Absatz {n}" for n in range(10))

    found = difference(text, text + "\nNeu und länger")

    assert found.paragraphs[0] == 9
    assert [one.fate for one in found.paragraphs[1:]] == [Fate.SAME, Fate.ADDED]


def test_spaces_and_empty_lines_are_no_difference():
    assert difference("Eins\n\nZwei ", "Eins\nZwei").is_empty


@given(LINES, LINES)
def test_without_the_words_that_came_the_old_text_stands_there(old, new):
    old, new = [*old, "altes Ende"], [*new, "neuer Schluss"]

    found = difference("\n".join(old), "\n".join(new), context=99)

    assert _text(found, Fate.ADDED) == " ".join(" ".join(old).split())
    assert _text(found, Fate.REMOVED) == " ".join(" ".join(new).split())


def _text(found, without):
    paragraphs = [one for one in found.paragraphs if isinstance(one, Paragraph)]
    return " ".join(w.text for one in paragraphs for w in one.words if w.fate is not without)
