"""The subjects and their files, as the folders say it."""

import tomllib
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGE = REPOSITORY / "dreiklang"


def contract(name: str) -> dict[str, list[str]]:
    """One import contract from pyproject.toml."""
    tools = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    return next(each for each in tools["importlinter"]["contracts"] if each["id"] == name)


def levels() -> list[str]:
    """The folders of the package from top to bottom, as the contract orders them."""
    return [layer.strip("()") for layer in contract("subjects")["layers"]]


def subjects() -> list[str]:
    """The folders that hold a subject; `config`, `ui` and `core` serve all of them."""
    there = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    return [level for level in levels() if level in there - {"config", "ui", "core"}]


def source_files(pattern: str = "*.py") -> list[Path]:
    """Files we wrote ourselves: nothing vendored, nothing generated."""
    folders = (PACKAGE, REPOSITORY / "tests", REPOSITORY / "bench")
    files = [file for folder in folders for file in folder.rglob(pattern)]
    return sorted(file for file in files if not {"vendor", "static", "node_modules"} & set(file.parts))
