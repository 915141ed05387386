from hypothesis import given
from hypothesis import strategies as st

from dreiklang.ui.rules import ChangeKind, changed_fields, pieces


@given(st.text(), st.text())
def test_the_pieces_joined_are_the_texts_again(before, after):
    old, new = pieces(before, after)

    assert "".join(p.text for p in old) == before
    assert "".join(p.text for p in new) == after


@given(st.text(min_size=1))
def test_a_text_compared_with_itself_has_no_difference(text):
    assert all(p.kind is ChangeKind.SAME for p in pieces(text, text)[1])


def test_only_what_differs_is_marked():
    _old, new = pieces("Ausschreibung der Brücke", "Ausschreibung der Leitung")

    assert [p.text for p in new if p.kind is ChangeKind.ADDED] == ["Leitung"]


def test_fields_are_told_apart_by_what_happened():
    before = {"Titel": "A", "Hindernis": "", "Notiz": "x", "Phase": "Idee"}
    after = {"Titel": "A", "Hindernis": "Leitung", "Notiz": "", "Phase": "Umsetzung", "Neu": "1"}

    found = {f.label: f.kind for f in changed_fields(before, after)}

    assert found == {
        "Hindernis": ChangeKind.ADDED,
        "Notiz": ChangeKind.REMOVED,
        "Phase": ChangeKind.CHANGED,
        "Neu": ChangeKind.ADDED,
    }
