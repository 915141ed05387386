import pytest

from dreiklang.places.rules.arms import MOST_BYTES, arms_type

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("content", "kind"), [(PNG + b"x", "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg")]
)
def test_pictures_are_known_by_their_first_bytes(content: bytes, kind: str) -> None:
    assert arms_type(content) == kind


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"GIF89a", b" " + PNG]
)
def test_anything_else_is_no_picture_of_arms(content: bytes) -> None:
    assert arms_type(content) == ""


def test_the_largest_picture_is_taken_and_one_byte_more_is_not() -> None:
    largest = PNG + b"x" * (MOST_BYTES - len(PNG))

    assert arms_type(largest) == "image/png"
    assert arms_type(largest + b"x") == ""
