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
# What axe tells by colours. A theme that moves and hides nothing can change nothing else.
OF_COLOURS = ("color-contrast", "link-in-text-block")
# Left out: fetching and reading all style sheets again before each run, for a rule (css-orientation-lock) that is off.
PRELOADED = {"assets": ["media"]}
BOXES = """() => Array.from(document.querySelectorAll("*"), element => {
    const {x, y, width, height} = element.getBoundingClientRect();
    return [x, y, width, height, element.checkVisibility({visibilityProperty: true})].join(" ");
}).join()"""
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
        excess = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        found += [f"{window}: {excess} px breiter als das Fenster"] if excess > 0 else []
        boxes = ""
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            before, boxes = boxes, page.evaluate(BOXES)
            found += [f"{window} {theme}: {one}" for one in violations(page, all_rules=boxes != before)]
    page.remove_listener("console", hear)
    page.remove_listener("pageerror", hear_error)
    return found + said


def violations(page: Page, *, all_rules: bool) -> list[str]:
    """What axe finds broken, by all its rules or by those about colours; most of its time goes into the others."""
    asked = {"resultTypes": ["violations"], "preload": PRELOADED}
    asked |= {} if all_rules else {"runOnly": OF_COLOURS}
    return [named(one) for one in page.evaluate("asked => axe.run(document, asked)", asked)["violations"]]


def named(violation: dict[str, Any]) -> str:
    """The rule that is broken, and where."""
    nodes = ", ".join(str(node["target"]) for node in violation["nodes"][:4])
    return f"{violation['id']}: {violation['help']} ({nodes})"
