"""What users start imports only what is installed for users: tools of developers are not there."""

import ast
import re
import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

PRODUCT = Path(__file__).resolve().parents[2] / "dreiklang"


def plain(name: str) -> str:
    """The name of a distribution in one spelling."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(distribution: str) -> set[str]:
    """What is installed with it for users, over all steps, with the extras that are asked for."""
    found, waiting = set[tuple[str, str]](), [(distribution, "")]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        try:
            lines = requires(one[0]) or []
        except PackageNotFoundError:
            continue
        for line in lines:
            asked = re.search(r"""extra == ['"]([^'"]+)""", line)
            if asked is None or asked[1] == one[1]:
                name, extras = re.match(r"([\w.-]+)\s*(?:\[([^]]*)])?", line).groups()  # type: ignore[union-attr]
                waiting += [(plain(name), extra.strip()) for extra in ("", *(extras or "").split(","))]
    return {name for name, _extra in found}


def imported(file: Path) -> set[str]:
    """The first word of each module that is imported when the file is."""
    found = set()
    for statement in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Import):
            found |= {one.name.partition(".")[0] for one in statement.names}
        elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            found.add(statement.module.partition(".")[0])
    return found


def test_the_product_imports_no_tool_of_developers() -> None:
    for_users, brought_by = needed("dreiklang"), packages_distributions()
    files = [one for one in PRODUCT.rglob("*.py") if "tests" not in one.parts]

    strange = {
        (str(file.relative_to(PRODUCT)), module)
        for file in files
        for module in imported(file) - sys.stdlib_module_names - {"dreiklang"}
        if not {plain(one) for one in brought_by.get(module, [])} & for_users
    }

    assert strange == set()
