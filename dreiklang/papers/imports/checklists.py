"""Checklists from YAML or JSON, as cities exchange them and as we ship our example."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from dreiklang.papers.rules.checklist import ChecklistContent, Flaw, parse_checklist

LARGEST = 200_000
EXAMPLE = Path(__file__).parent.parent / "data" / "checklists" / "insek-beispiel.yaml"
_DEEPEST = 12


class _PlainLoader(yaml.SafeLoader):
    """YAML without anchors: a few lines of them could unfold to gigabytes, and no checklist needs them."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("alias")
        return super().compose_node(parent, index)


def read_checklist(text: str) -> tuple[ChecklistContent | None, list[Flaw]]:
    """The checklist in a YAML or JSON text, or None, with everything that is wrong with it.

    JSON is read as such first, since its errors are then named as JSON's.
    """
    if len(text) > LARGEST:
        return None, [Flaw("", "too_large", str(len(text)))]
    if not text.strip():
        return None, [Flaw("", "empty")]
    try:
        raw = _raw(text)
    except yaml.MarkedYAMLError as broken:
        line = broken.problem_mark.line + 1 if broken.problem_mark else 0
        return None, [Flaw(str(line), "broken_yaml")]
    except json.JSONDecodeError as broken:
        return None, [Flaw(str(broken.lineno), "broken_json")]
    except RecursionError:
        return None, [Flaw("", "too_deep")]
    except (yaml.YAMLError, ValueError):
        return None, [Flaw("", "broken_yaml")]
    if _is_deep(raw):
        return None, [Flaw("", "too_deep")]
    return parse_checklist(raw)


@cache
def example_text() -> str:
    """The example we ship, as its file says it."""
    return EXAMPLE.read_text(encoding="utf-8")


def _raw(text: str) -> Any:
    if text.lstrip().startswith(("{", "[")):
        return json.loads(text)
    return yaml.load(text, Loader=_PlainLoader)  # noqa: S506 (it is the safe loader, narrowed)


def _is_deep(raw: Any) -> bool:
    """Whether it is nested deeper than any checklist is."""
    level = [raw]
    for _depth in range(_DEEPEST):
        level = [child for one in level for child in _children(one)]
        if not level:
            return False
    return True


def _children(one: Any) -> Iterator[Any]:
    if isinstance(one, dict):
        yield from one.values()
    elif isinstance(one, list):
        yield from one
