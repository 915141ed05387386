"""What follows from the tree of departments. It comes as child → parent, both by id."""

from collections.abc import Mapping


def below(parents: Mapping[int, int | None]) -> dict[int, frozenset[int]]:
    """Department → itself and everything below it."""
    children: dict[int, list[int]] = {}
    for child, parent in parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(child)

    def reach(start: int) -> frozenset[int]:
        found, waiting = {start}, [start]
        while waiting:
            new = [child for child in children.get(waiting.pop(), []) if child not in found]
            found.update(new)
            waiting.extend(new)
        return frozenset(found)

    return {department: reach(department) for department in parents}


def line_up(parents: Mapping[int, int | None], start: int) -> tuple[int, ...]:
    """The department and those above it, nearest first. A ring in the data ends the line."""
    line: list[int] = []
    here: int | None = start
    while here is not None and here not in line:
        line.append(here)
        here = parents.get(here)
    return tuple(line)


def would_loop(parents: Mapping[int, int | None], child: int, parent: int | None) -> bool:
    """Whether the child would come to stand above itself under that parent."""
    return parent is not None and child in line_up(parents, parent)
