"""A layout as somebody uploads it: text of YAML, read without trusting it."""

from typing import Any

import yaml

from .sheets import InvalidLayout, Layout, layout_from

LONGEST = 200_000


def layout_of_text(text: str) -> Layout:
    """The layout that the text is. Raises: InvalidLayout with the place: too long, no YAML, or no layout.

    References to other places of the text are refused: a few lines of them could stand for millions.
    """
    if len(text) > LONGEST:
        raise InvalidLayout("layout", "is too long")
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                raise InvalidLayout(_line(event.start_mark), "is a reference")
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as broken:
        raise InvalidLayout(_line(broken.problem_mark), "cannot be read as YAML") from broken
    except (yaml.YAMLError, RecursionError, ValueError) as broken:
        if isinstance(broken, InvalidLayout):
            raise
        raise InvalidLayout("layout", "cannot be read as YAML") from broken
    return layout_from(data)


def _line(mark: Any) -> str:
    return f"line {mark.line + 1}" if mark else "layout"
