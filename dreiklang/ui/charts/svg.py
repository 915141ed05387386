"""From the engine's SVG to a picture with words: for the page in CSS variables, for documents in plain colours."""

from xml.etree.ElementTree import Element, SubElement

from defusedxml import ElementTree

from dreiklang.ui.charts.palette import PATTERN_SHAPES, STAND_INS, VARIABLES

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_PAINT = ("fill", "stroke", "stop-color")


def for_page(raw: str, *, title: str, description: str, prefix: str) -> str:
    """The picture for an HTML page: colours follow light and dark, patterns are the page's own."""
    root = _prepared(raw, title, description, prefix)
    for element in root.iter():
        for name in _PAINT:
            paint = element.get(name, "").lower()
            if paint in STAND_INS:
                element.set(name, f"url(#{STAND_INS[paint]})")
            elif paint in VARIABLES:
                element.set(name, VARIABLES[paint])
    return _text(root)


def for_document(raw: str, *, title: str, description: str, prefix: str) -> str:
    """The picture for PDF and DOCX: plain colours, its own patterns inside."""
    root = _prepared(raw, title, description, prefix)
    used = set()
    for element in root.iter():
        for name in _PAINT:
            paint = element.get(name, "").lower()
            if paint in STAND_INS:
                used.add(STAND_INS[paint])
                element.set(name, f"url(#{prefix}-{STAND_INS[paint]})")
    if used:
        root.insert(2, _patterns(sorted(used), prefix))
    return _text(root)


def _prepared(raw: str, title: str, description: str, prefix: str) -> Element:
    """Without the engine's own ARIA, ids made unique, title and description at the root."""
    root: Element = ElementTree.fromstring(raw)
    for element in root.iter():
        for name in [n for n in element.attrib if n.startswith("aria-") or n in {"role", "class"}]:
            del element.attrib[name]
        _rename(element, prefix)
    words = [_words("title", title, f"{prefix}-title"), _words("desc", description, f"{prefix}-desc")]
    for place, element in enumerate(words):
        root.insert(place, element)
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}-title {prefix}-desc")
    root.set("focusable", "false")
    return root


def _rename(element: Element, prefix: str) -> None:
    """Ids and the references to them get the prefix, so that two charts on a page do not meet."""
    for name, value in list(element.attrib.items()):
        if name == "id":
            element.set(name, f"{prefix}-{value}")
        elif value.startswith("url(#"):
            element.set(name, f"url(#{prefix}-{value[5:]}")
        elif value.startswith("#") and name.endswith("href"):
            element.set(name, f"#{prefix}-{value[1:]}")


def _words(tag: str, text: str, identity: str) -> Element:
    element = Element(f"{{{SVG}}}{tag}", {"id": identity})
    element.text = text
    return element


def _patterns(names: list[str], prefix: str) -> Element:
    defs = Element(f"{{{SVG}}}defs")
    for name in names:
        attributes, shapes = PATTERN_SHAPES[name]
        box = {"id": f"{prefix}-{name}", "patternUnits": "userSpaceOnUse", **attributes}
        pattern = SubElement(defs, f"{{{SVG}}}pattern", box)
        for tag, shape in shapes:
            SubElement(pattern, f"{{{SVG}}}{tag}", shape)
    return defs


def _text(root: Element) -> str:
    text: str = ElementTree.tostring(root, encoding="unicode")
    # ElementTree invents prefixes; an SVG inside HTML must have none.
    return (
        text.replace("ns0:", "")
        .replace("xmlns:ns0=", "xmlns=")
        .replace("ns1:", "xlink:")
        .replace("xmlns:ns1=", "xmlns:xlink=")
    )
