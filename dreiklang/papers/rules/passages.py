"""Text as it comes out of a file → text that can be read, and its passages.

Lines of a PDF break words ("Subsi-⏎diarität"), superscripts stand on lines of their own ("CO⏎2⏎-Relevanz").
"""

import re

# After these a hyphen at the end of a line belongs to the word: "Rad- und Fußwege".
_KEEPS_HYPHEN = re.compile(r"(?:und|oder|bzw|sowie|als|wie|bis|noch|zum|zur|statt|auch)\b")
_LINE_HYPHEN = re.compile(r"[-\u00ad][ \t]*(?:\n[ \t]*|\s*\f\s*)(?=\w)")
# A sentence that goes on over the page.
_GOES_ON = re.compile(r"(?<=[^.!?:;\s])\s*\f\s*(?=[a-zäöüß])")
_CO2 = re.compile(r"\bCO[ \t]*\n?[ \t]*[2₂](?!\d)(?:[ \t]*\n?[ \t]*(?=-))?")
_SUPERSCRIPT = re.compile(r"\n[ \t]*([23])[ \t]*\n(?=[ \t]*\S)")
_RAISED = {"2": "²", "3": "³"}

_NEW_ITEM = re.compile(r"\s*(?:[•▪■●◦‣►➢\uf0b7*–-]\s+|\(?\d{1,2}[.)]\s+\D|\(?[a-z]\)\s+|§\s*\d)")
_SENTENCE_END = re.compile(r"[.!?][\"”“«»)]*\s+(?=[\"„»(]*[A-ZÄÖÜ\d])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:ca|Nr|Abs|Art|Dr|Prof|bzw|vgl|inkl|rd|gem|sog|Dez|Str|St|Ziff|Anl|Mio|Mrd|Tsd|Kap|lfd|Hr|Fr|ggf|evtl|max|min"
    r"|mind|zzgl|abzgl|exkl|ff|Bd|Az|i\.H\.v|usw|etc|insb|einschl|Jan|Feb|Mär|Apr|Jun|Jul|Aug|Sept|Sep|Okt|Nov)"
    r"|\b[A-Za-zÄÖÜäöü]|(?<![.\d])\d{1,2})\.$"
)
_SHORT = 90


def mended(text: str) -> str:
    """The text with words whole again that the end of a line broke, and "CO2" and "m²" in one piece."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    text = _CO2.sub("CO2", text)
    text = _SUPERSCRIPT.sub(_superscript, text)
    return _LINE_HYPHEN.sub(_whole_word, text)


def _superscript(found: re.Match[str]) -> str:
    before = found.string[: found.start()].rstrip(" \t")[-2:]
    is_metre = before.endswith("m") and not before[:-1].isalpha()
    return f"{_RAISED[found[1]]} " if is_metre else found[0]


def _whole_word(found: re.Match[str]) -> str:
    """What stands between the two halves of a word: nothing, a hyphen that belongs to it, or the line's end again."""
    before, after = found.string[max(found.start() - 1, 0)], found.string[found.end()]
    if not before.isalnum():
        return found[0]
    if _KEEPS_HYPHEN.match(found.string, found.end()):
        return "- "
    return "" if before.isalpha() and after.islower() else "-"


def passages(text: str, *, longest: int = 600) -> tuple[str, ...]:
    """The passages of a text, in its order: whole sentences of one paragraph, at most about `longest` characters.

    A heading goes with what follows it; rows of figures are left out, since they say nothing by themselves.
    """
    made: list[str] = []
    heading = ""
    for paragraph in paragraphs(text):
        if _is_heading(paragraph):
            heading = f"{heading}\n{paragraph}".strip()[-2 * _SHORT :]
            continue
        for part in _parts(paragraph, longest):
            if not _is_prose(part):
                continue
            made.append(f"{heading}\n{part}" if heading else part)
            heading = ""
    if heading and _is_prose(heading):
        made.append(heading)
    return tuple(_gathered(made, longest))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, each as one line; also where a file has no empty lines between them."""
    found: list[list[str]] = [[]]
    lines = [
        " ".join(line.split()) for line in _GOES_ON.sub("\n", mended(text)).replace("\f", "\n\n").split("\n")
    ]
    full = _full_line(lines)
    for line in lines:
        if not line:
            found.append([])
            continue
        if found[-1] and (_NEW_ITEM.match(line) or _ends(found[-1][-1], line, full)):
            found.append([])
        found[-1].append(line)
    return tuple(" ".join(paragraph) for paragraph in found if paragraph)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of one paragraph, in its order."""
    found, begin = [], 0
    for end in _SENTENCE_END.finditer(text):
        if _ABBREVIATED.search(text[begin : end.start() + 1]):
            continue
        found.append(text[begin : end.end()].strip())
        begin = end.end()
    return (*found, text[begin:].strip()) if text[begin:].strip() else tuple(found)


def _full_line(lines: list[str]) -> int:
    """How long a line is that the margin broke."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _ends(line: str, following: str, full: int) -> bool:
    """Whether a paragraph ends with this line: it is shorter than the margin asked for."""
    if line.endswith((".", "!", "?", ":")):
        return len(line) < 0.75 * full
    return len(line) < 0.45 * full and not following[0].islower()


def _is_heading(paragraph: str) -> bool:
    return len(paragraph) <= _SHORT and not paragraph.endswith((".", "!", "?", ";", ","))


def _is_prose(part: str) -> bool:
    letters = sum(char.isalpha() for char in part)
    return letters >= 20 and letters > 0.5 * len(part.replace(" ", ""))


def _parts(paragraph: str, longest: int) -> list[str]:
    """The paragraph in parts of about equal length, none much longer than `longest`."""
    count = -(-len(paragraph) // longest)
    if count == 1:
        return [paragraph]
    wanted, parts, part = len(paragraph) / count, [], ""
    for sentence in sentences(paragraph):
        if part and len(part) + len(sentence) / 2 > wanted:
            parts.append(part)
            part = ""
        part = f"{part} {sentence}".strip()
    whole = [*parts, part] if part else parts
    return [piece for long in whole for piece in _cut_at_words(long, 2 * longest)]


def _cut_at_words(text: str, most: int) -> list[str]:
    """A sentence without an end (a table run together) is cut between words."""
    pieces = []
    while len(text) > most:
        at = text.rfind(" ", most // 2, most)
        at = at if at > 0 else most
        pieces.append(text[:at])
        text = text[at:].strip()
    return [*pieces, text]


def _gathered(parts: list[str], longest: int) -> list[str]:
    """Short passages together with their neighbours: a line of six words says too little by itself."""
    gathered: list[str] = []
    for part in parts:
        if (
            gathered
            and (len(part) < _SHORT or len(gathered[-1]) < _SHORT)
            and len(gathered[-1]) + len(part) < longest
        ):
            gathered[-1] = f"{gathered[-1]}\n{part}"
        else:
            gathered.append(part)
    return gathered
