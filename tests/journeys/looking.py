"""A page in a real browser: it answers, is silent, fits the window and is accessible, in both windows and themes."""

from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import ConsoleMessage, Page, ViewportSize

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
WINDOWS: dict[str, ViewportSize] = {
    "1280": {"width": 1280, "height": 900},
    "390": {"width": 390, "height": 844},
}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
# What axe tells by colours; most of its time goes into the first.
OF_COLOURS = ("color-contrast", "link-in-text-block")
# Left out: fetching and reading all style sheets again before each run, for a rule (css-orientation-lock) that is off.
PRELOADED = {"assets": ["media"]}
# What axe can tell depends on what is shown, what scrolls and which colours it has. `shown` and `coloured` say
# whether any of this was not there in an earlier look at the same page: else the answers are known.
LOOK = """() => {
    const known = window.lookedAt ??= {shown: new Set(), coloured: new WeakMap()};
    let shown = "", coloured = false;
    for (const element of document.querySelectorAll("*")) {
        const style = getComputedStyle(element), box = element.getBoundingClientRect();
        const isShown = element.checkVisibility({visibilityProperty: true});
        const isAway = box.width < 2 || box.height < 2 || box.right <= 0 || box.bottom + scrollY <= 0;
        const excess = Math.max(element.scrollWidth - element.clientWidth, element.scrollHeight - element.clientHeight);
        const scrolls = excess > 0 && /auto|scroll/.test(style.overflow);
        shown += element.tagName + (isShown ? isAway ? "away" : scrolls ? "scrolls" : "shown" : "hidden");
        const size = parseFloat(style.fontSize), isBold = style.fontWeight >= 700;
        const colours = [
            style.color, style.backgroundColor, style.backgroundImage, style.opacity, style.textShadow,
            style.textDecorationLine, element.tagName === "A" && style.borderBottomStyle, isBold, size >= 24 || (isBold && size >= 18.66),
        ].join();
        const before = known.coloured.get(element) ?? new Set();
        if (isShown && !before.has(colours)) {
            coloured = true;
            known.coloured.set(element, before.add(colours));
        }
    }
    const isNew = !known.shown.has(shown);
    known.shown.add(shown);
    return {shown: isNew, coloured, excess: document.documentElement.scrollWidth - window.innerWidth};
}"""
BROKEN = ("Content Security Policy", "Uncaught")


def complaints(page: Page, address: str, *, status: int = 200) -> list[str]:
    """What is wrong with the page, each with the window and theme it was seen in.

    The page is loaded once, under its own content policy; axe is there before its scripts are (`looker`).
    """
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and any(word in message.text for word in BROKEN):
            said.append(message.text)

    def hear_error(error: Exception) -> None:
        said.append(f"Uncaught {error}")

    page.on("console", hear)
    page.on("pageerror", hear_error)
    answer = page.goto(address)
    found = [] if answer and answer.status == status else [f"antwortet mit {answer and answer.status}"]
    for window, size in WINDOWS.items():
        page.set_viewport_size(size)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            look = page.evaluate(LOOK)
            if look["excess"] > 0 and theme == THEMES[0]:
                found.append(f"{window}: {look['excess']} px breiter als das Fenster")
            found += [f"{window} {theme}: {one}" for one in violations(page, look)]
    page.remove_listener("console", hear)
    page.remove_listener("pageerror", hear_error)
    return found + said


def violations(page: Page, look: dict[str, Any]) -> list[str]:
    """What axe finds broken, by the rules whose answers this look can have changed."""
    if not look["shown"] and not look["coloured"]:
        return []
    asked: dict[str, Any] = {"resultTypes": ["violations"], "preload": PRELOADED}
    if not look["shown"]:
        asked["runOnly"] = OF_COLOURS
    elif not look["coloured"]:
        asked["rules"] = {rule: {"enabled": False} for rule in OF_COLOURS}
    return [named(one) for one in page.evaluate("asked => axe.run(document, asked)", asked)["violations"]]


def named(violation: dict[str, Any]) -> str:
    """The rule that is broken, and where."""
    nodes = ", ".join(str(node["target"]) for node in violation["nodes"][:4])
    return f"{violation['id']}: {violation['help']} ({nodes})"
