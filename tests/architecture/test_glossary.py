"""docs/glossary.md is the dictionary between the German of the departments and the English of the code."""

import re
from dataclasses import dataclass

import pytest
from django.apps import apps

from tests.architecture.tree import REPOSITORY, subjects

GLOSSARY = REPOSITORY / "docs" / "glossary.md"
# Words of a class name that belong to the craft and not to the domain.
CRAFT = {
    "link",
    "event",
    "draft",
    "version",
    "setting",
    "settings",
    "kind",
    "state",
    "number",
    "mapping",
    "entry",
}


@dataclass(frozen=True)
class Term:
    german: str
    english: str


def terms() -> list[Term]:
    """The rows of the glossary's tables, in their order; first column German, second English."""
    rows = re.findall(r"^\|([^|\n]+)\|([^|\n]+)\|", GLOSSARY.read_text(encoding="utf-8"), re.M)
    cells = [Term(german.strip(" *`"), english.strip(" *`")) for german, english in rows]
    return [term for term in cells if set(term.german) - set("-: ") and term.german != "Deutsch"]


def test_every_term_stands_in_both_languages() -> None:
    assert terms(), "the glossary has a table: | Deutsch | English | …"
    assert [term for term in terms() if not term.german or not term.english] == []


def test_no_english_name_stands_twice() -> None:
    english = [term.english.lower() for term in terms()]

    assert sorted({word for word in english if english.count(word) > 1}) == []


def test_terms_of_every_readme_stand_in_the_glossary() -> None:
    known = {f"{term.german} {term.english}".lower().replace("_", " ") for term in terms()}
    missing = [
        f"{file.relative_to(REPOSITORY)}: {pair}"
        for file in sorted((REPOSITORY / "dreiklang").glob("*/README.md"))
        for pair in terms_of_readme(file.read_text(encoding="utf-8"))
        if pair.lower().replace("_", " ") not in known
    ]

    assert missing == []


def terms_of_readme(text: str) -> list[str]:
    """What stands after "**Terms.**" in a subject's README: German and English word, pairs parted by a dot."""
    found = re.search(r"\*\*Terms\.?\*\*(.*?)(?:\n\n|\Z)", text, re.S)
    return [" ".join(pair.split()).strip(" .") for pair in found[1].split("·")] if found else []


@pytest.mark.parametrize("subject", subjects())
def test_every_noun_of_a_model_stands_in_the_glossary(subject: str) -> None:
    known = {word for term in terms() for word in re.findall(r"[a-z]+", term.english.lower())} | CRAFT
    own = [model for model in apps.get_models() if model._meta.app_label == subject]
    nouns = {
        word.lower()
        for model in own
        if not hasattr(model, "pgh_id")  # history tables repeat the name of what they follow
        for word in re.findall(r"[A-Z][a-z]+", model.__name__)
    }

    assert sorted(noun for noun in nouns if not {noun, noun + "s"} & known) == []
