"""Cuts off what is printed on a paper and is not its text: front matter, route table, check header, running heads.

What a paper says must be compared without them: the header names its themes, and every paper's header is alike.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .forms import FormDescription, ReadForm, read_form
from .passages import mended, paragraphs

_PAGE_MARK = re.compile(
    r"^[ \t]*(?:[–—-]+[ \t]*\d{1,4}[ \t]*[–—-]+|-- \d+ of \d+ --|(?:Seite|Page)[ \t]*\d+(?:[ \t]*(?:von|of|/)[ \t]*\d+)?"
    r"|\d{1,4}[ \t]*(?:/|von)[ \t]*\d{1,4})[ \t]*$",
    re.MULTILINE,
)
_ROUTE_HEAD = re.compile(
    r"^[ \t]*(?:Beratungsfolge|Gremi(?:um|en)\b.*\b(?:Termin|Datum|Sitzung|Beratung).*)[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_ROLE = (
    r"(?P<role>Anhörung(?:en)?|Vorberat(?:ung|en)|Beratung|Behandlung|Entscheidung|Beschluss(?:fassung)?|Kenntnisnahme"
    r"|Empfehlung|Information|Einbringung|vertagt)"
)
_PLACE = rf"(?P<item>\d[\d.]*|-)?\s*(?P<public>öffentlich|nicht\s?öffentlich|nö|Ö|ö|N|n|O|x|-)?\s*{_ROLE}?$"
_ROUTE_ROW = re.compile(
    r"^(?P<committee>\S.{0,90}?)\s*(?:\d{1,2}\.\s*/\s*)*(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})\s*"
    + _PLACE
)
# What a row broke off before: "5 Ö Entscheidung" on a line of its own.
_REST_OF_ROW = re.compile("^" + _PLACE, re.IGNORECASE)
# A row that has no day yet says at least whether it is public, or what the committee does.
_DAYLESS_ROW = re.compile(rf"^(?P<committee>[A-ZÄÖÜ].{{0,90}}?)\s+(?P<public>Ö|N|ö|nö)?\s*{_ROLE}?$")
_AFTER_ROUTE = re.compile(
    r"(?:Kurzfassung|Zusammenfassung|Beschluss|Erläuterung|Sachverhalt|Begründung|Anfrage|Antrag)"
)
_EMPTY_ROW = re.compile(r"[☐☒][\s☐☒]*$")
_KIND = re.compile(
    r"\A\s*(?:\w*vorlage|Antrag|Anfrage|Änderungsantrag|Ergänzungsantrag|Stellungnahme zu[rm] \w+|Drucksache)[ \t]*\n",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"^[ \t]*(?:Kurzfassung|Zusammenfassung)[ \t]*:?[ \t]*$", re.MULTILINE)
# A line, or several where the first ones cannot be all: empty, or broken off in the middle of a name.
_UNFINISHED = re.compile(r"(?:[ \t]*\n|[^\n]*(?:\bund|\bfür|[-,])[ \t]*\n){0,2}[^\n]*")
_FRONT = 3_000  # the front matter stands in the first so many characters
_ROUTE_LINES = 30


@dataclass(frozen=True, slots=True)
class RouteLine:
    """One row of a printed route table; `is_public` is None where the row does not say."""

    committee: str
    held_on: date | None
    item: str = ""
    is_public: bool | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class CutText:
    """A paper's text in its parts: `body` is what it says, everything else was printed around it.

    `front` are the labels above the text with their words (number, office); `summary` the passage under "Kurzfassung",
    which is part of the body too, or empty.
    """

    body: str
    form: ReadForm | None = None
    route: tuple[RouteLine, ...] = ()
    front: tuple[tuple[str, str], ...] = ()
    summary: str = ""


def cut_header(text: str, *, forms: Sequence[FormDescription]) -> CutText:
    """The text in its parts. Where a form was found, its whole stretch is cut, wherever in the text it stands."""
    whole = mended(without_furniture(text, printed=[line for form in forms for line in form.furniture]))
    form = read_form(whole, forms=forms)
    above, below = (whole[: form.begin], whole[form.end :]) if form else (whole, "")
    above, front = _without_front(above, [label for each in forms for label in each.front])
    above, route = _without_route(above)
    return CutText(
        body=_tidy(f"{above}\n\n{below}"),
        form=form,
        route=route,
        front=front,
        summary=_summary(above, form is not None),
    )


def without_furniture(text: str, *, printed: Sequence[str] = ()) -> str:
    """The text without page numbers, running heads and the lines of `printed`; pages apart by a form feed."""
    text = _without_running_heads(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _PAGE_MARK.sub("\f", text)
    for line in printed:
        loose = r"\s+".join(re.escape(word) for word in line.split())
        text = re.sub(rf"^[ \t]*{loose}[ \t]*$", "", text, flags=re.MULTILINE)
    return text


def _without_running_heads(text: str) -> str:
    """Without the first and last lines that are the same on most pages, the outermost but for their numbers."""
    pages = text.split("\f")
    if len(pages) < 3:
        return text
    outer = [_outer_lines(page) for page in pages]
    counted = Counter(mark for marks in outer for mark in set(marks.values()))
    running = {mark for mark, count in counted.items() if count > 0.6 * len(pages)}
    kept = [
        "\n".join(line for line in page.split("\n") if marks.get(line) not in running)
        for page, marks in zip(pages, outer, strict=True)
    ]
    return "\f".join(kept)


def _outer_lines(page: str) -> dict[str, str]:
    """The two first and two last lines of a page, each with what makes it the same on another page."""
    lines = [line for line in page.split("\n") if line.strip()]
    if len(lines) <= 4:
        return {}
    second = {line: " ".join(line.split()) for line in (lines[1], lines[-2])}
    return second | {line: re.sub(r"\d+", "0", " ".join(line.split())) for line in (lines[0], lines[-1])}


def _without_route(text: str) -> tuple[str, tuple[RouteLine, ...]]:
    head = _ROUTE_HEAD.search(text, 0, _FRONT)
    if not head:
        return text, ()
    rows: list[RouteLine] = []
    waiting: list[str] = []  # a committee's name may take three lines
    end = place = head.end()
    for line in text[head.end() + 1 :].split("\n")[:_ROUTE_LINES]:
        place += len(line) + 1
        words = " ".join(line.split())
        if _AFTER_ROUTE.match(words):
            break
        if _is_added(words, rows, waiting):
            waiting, end = [], place
        elif _EMPTY_ROW.match(words):
            end = end if waiting else place
        elif words:
            waiting.append(words)
        if len(waiting) > 2:
            break
    return f"{text[: head.start()]}\n\n{text[end:]}", tuple(rows)


def _is_added(words: str, rows: list[RouteLine], waiting: list[str]) -> bool:
    """Whether the words end a row, which is added then: a new one, or the rest of the last."""
    row = _route_line(" ".join([*waiting, words]), words)
    if row:
        rows.append(row)
        return True
    rest = _REST_OF_ROW.match(words) if words and rows and not rows[-1].role else None
    if rest:
        rows[-1] = replace(rows[-1], role=rest["role"] or "", is_public=_is_public(rest["public"]))
    return rest is not None


def _route_line(row_words: str, line: str) -> RouteLine | None:
    """The row in these words, which end with this line; None if they are none (yet)."""
    row = _ROUTE_ROW.match(row_words)
    if row is None:
        row = _DAYLESS_ROW.match(line)
        if row is None or not (row["public"] or row["role"]):
            return None
        return RouteLine(row["committee"], None, "", _is_public(row["public"]), row["role"] or "")
    try:
        day = date(int(row["year"]), int(row["month"]), int(row["day"]))
    except ValueError:
        day = None
    item = (row["item"] or "").strip(".-")
    return RouteLine(row["committee"].strip(" |"), day, item, _is_public(row["public"]), row["role"] or "")


def _is_public(sign: str | None) -> bool | None:
    word = (sign or "").lower().replace(" ", "")
    return None if word in {"", "x", "-"} else word in {"ö", "o", "öffentlich"}


def _without_front(text: str, labels: Sequence[str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    found = []
    start, rest = _KIND.sub("", text[:_FRONT]), text[_FRONT:]
    for label in dict.fromkeys(labels):
        place = re.search(rf"(?<!\w){re.escape(label)}[ \t]*:[ \t]*", start)
        if not place:
            continue
        end = _end_of_value(start, place.end(), labels)
        found.append((label, " ".join(start[place.end() : end].split())))
        start = f"{start[: place.start()]}\n{start[end:]}"
    return start + rest, tuple(found)


def _end_of_value(text: str, begin: int, labels: Sequence[str]) -> int:
    """Where the words beside a label end: at the next label, at an empty line soon after, else with the line."""
    following = [place for label in labels if (place := text.find(f"{label}:", begin)) >= 0]
    empty = re.search(r"\n[ \t]*\n", text[begin : begin + 200])
    if empty and text.count("\n", begin, begin + empty.start()) <= 4:
        return min([begin + empty.start(), *following])
    line = _UNFINISHED.match(text, begin)
    return min([line.end() if line else begin, *following])


def _summary(above: str, has_form: bool) -> str:
    heading = _SUMMARY.search(above)
    return "\n".join(paragraphs(above[heading.end() :])) if heading and has_form else ""


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
