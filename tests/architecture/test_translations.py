"""Every German text has its English: complete, with the same placeholders, compiled."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import polib
import pytest

from tests.architecture.tree import PACKAGE

LOCALE = PACKAGE / "locale"
LANGUAGES = ("de", "en")
# Named and plain placeholders, percent signs, tags. Entities and quotes may differ between languages.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}|</?\w[^>]*>")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"), wrapwidth=0)


def compiled(language: str) -> polib.MOFile:
    return polib.mofile(str(LOCALE / language / "LC_MESSAGES" / "django.mo"))


def said(entry: polib.POEntry | polib.MOEntry) -> list[str]:
    """The translation, or its singular and plural."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def key(entry: polib.POEntry | polib.MOEntry) -> tuple[str, str, str]:
    return entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def differences(entry: polib.POEntry) -> list[str]:
    """Translations whose placeholders or tags differ from the German ones."""
    originals = [entry.msgid, entry.msgid_plural or entry.msgid]
    pairs = zip(originals, said(entry), strict=False)
    return [text for original, text in pairs if placeholders(original) != placeholders(text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_no_guess_is_left(language: str) -> None:
    po = catalogue(language)

    assert [entry.msgid for entry in po if not all(said(entry))] == []
    assert [entry.msgid for entry in po if entry.fuzzy] == []
    assert [entry.msgid for entry in po.obsolete_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_tags_are_the_same_in_both_languages(language: str) -> None:
    assert {entry.msgid: wrong for entry in catalogue(language) if (wrong := differences(entry))} == {}


def test_no_english_text_is_still_german() -> None:
    # Proper names, and German words an English reader has to type into a list, keep their umlauts.
    kept = re.compile(r"Württemberg|Thüringen|Förmlicher|verzögert|öffentlich|»|\(.*?\)")
    german = re.compile(r"[äöüßÄÖÜ„]|\b(?:und|nicht|wird|Sie|eine?|noch|keine?)\b")

    assert [
        text for entry in catalogue("en") for text in said(entry) if german.search(kept.sub("", text))
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_texts_are_in_step_with_the_written_ones(language: str) -> None:
    written = {key(entry): said(entry) for entry in catalogue(language)}
    binary = {key(entry): said(entry) for entry in compiled(language) if entry.msgid}

    assert binary == written, "run bin/translate"


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed; bin/test installs it")
def test_no_text_of_the_code_is_missing(tmp_path: Path) -> None:
    found = {key(entry) for entry in extracted(tmp_path)}

    assert sorted(key[1] for key in found - {key(entry) for entry in catalogue("en")}) == [], (
        "run bin/translate"
    )


def test_a_missing_placeholder_would_be_noticed() -> None:
    entry = polib.POEntry(msgid="%(n)s Tage", msgstr="days")

    assert differences(entry) == ["days"]


def extracted(folder: Path) -> polib.POFile:
    """What makemessages finds in a copy of the package, so that nothing in the checkout changes."""
    copy = folder / PACKAGE.name
    shutil.copytree(
        PACKAGE, copy, ignore=shutil.ignore_patterns("tests", "vendor", "static", "__pycache__", "*.mo")
    )
    (copy / "locale" / "en" / "LC_MESSAGES" / "django.po").unlink()
    command = (sys.executable, "-W", "ignore", "-m", "django", "makemessages")
    options = ("--locale", "en", "--no-wrap", "--no-location", "--settings", "django.conf.global_settings")
    subprocess.run((*command, *options), cwd=copy, env=dict(os.environ), check=True, capture_output=True)
    return polib.pofile(str(copy / "locale" / "en" / "LC_MESSAGES" / "django.po"))
