import pytest
from hypothesis import given
from hypothesis import strategies as st

from dreiklang.goals.rules.links import WrittenLink, read_links, write_links
from dreiklang.goals.rules.values import LinkSign


def test_a_link_is_read_with_all_its_parts() -> None:
    assert read_links("!5.2 - (3): Zerschneidet den Grünzug; hilft nur dem Rad.") == [
        WrittenLink("5.2", LinkSign.HINDERS, 3, "Zerschneidet den Grünzug; hilft nur dem Rad.", is_main=True)
    ]


def test_a_bare_number_supports_lightly() -> None:
    assert read_links("5.2|Z-7") == [WrittenLink("5.2"), WrittenLink("Z-7")]


def test_a_title_may_stand_for_the_number() -> None:
    assert read_links("Sicher mit dem Rad + (2)") == [WrittenLink("Sicher mit dem Rad", LinkSign.SUPPORTS, 2)]


def test_an_empty_cell_has_no_links() -> None:
    assert read_links(" | ") == []


@pytest.mark.parametrize("text", ["5.2 (4)", "5.2 (0): x", ": nur ein Grund"])
def test_what_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_links(text)


words = st.text(st.characters(whitelist_categories=("L", "N")), min_size=1, max_size=12)


@given(
    st.lists(
        st.builds(
            WrittenLink,
            words,
            st.sampled_from(LinkSign),
            st.integers(1, 3),
            words | st.just(""),
            st.booleans(),
        ),
        max_size=5,
    )
)
def test_what_is_written_is_read_again(links: list[WrittenLink]) -> None:
    assert read_links(write_links(links)) == links
