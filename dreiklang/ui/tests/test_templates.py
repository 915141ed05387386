"""The strict policy holds only when no template needs an exception from it."""

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(p for p in PACKAGE.rglob("templates/**/*.*") if p.suffix in {".html", ".svg", ".txt"})

FORBIDDEN = {
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "event attribute": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.I),
    "hx-on": re.compile(r"hx-on[:\s=]", re.I),
    "script address": re.compile(r"\bjs:|javascript:", re.I),
    "trigger filter": re.compile(r"hx-trigger=\"[^\"]*\[", re.I),
    "foreign file": re.compile(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"'](?:https?:)?//", re.I),
}


def breaches(text: str) -> list[str]:
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_template_needs_no_exception_from_the_policy(path):
    assert breaches(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "breach"),
    [
        ('<p style="color:red">', "inline style"),
        ("<style>p{}</style>", "inline style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<button type="button" onclick="x()">', "event attribute"),
        ('<button hx-on:click="x()">', "hx-on"),
        ('<button hx-vals="js:{a:1}">', "script address"),
        ("<input hx-trigger=\"keyup[key=='Enter']\">", "trigger filter"),
        ('<script src="https://cdn.example/x.js"></script>', "foreign file"),
    ],
)
def test_the_search_finds_what_it_looks_for(text, breach):
    assert breach in breaches(text)
