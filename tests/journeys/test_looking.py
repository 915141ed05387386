"""Looking at pages finds what is wrong: else every look at ours would mean nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route

from tests.journeys.looking import OF_COLOURS, complaints

ADDRESS = "http://klarenbrueck.example/"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
PAGE = """<!doctype html><html lang="de"><head><title>Seite</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/a.css"></head><body><main><h1>Seite</h1>{}</main></body></html>"""
STYLE = """body { background: #fff; color: #000; margin: 0 }
.note { color: #888; font-size: 24px }
@media (prefers-color-scheme: dark) {
  body { background: #777 } .note, .short { color: #000 } .pale { color: #888 }
  .told { background: #222; color: #fff } .told a { color: #ccc; text-decoration: none }
  .night { display: block; width: 30px; height: 30px }
}
@media (prefers-color-scheme: light) { .night { display: none } }
.wide { width: 500px }
.roll { overflow-x: auto; white-space: nowrap }
@media (max-width: 500px) {
  .faint { color: #aaa } .short b { display: none } .note { font-size: 16px }
  @media (prefers-color-scheme: dark) { .dusk { color: #999 } }
}"""
FLAWS = {
    '<p class="pale">Im Dunkeln grau auf grau</p>': ("1280 dark: color-contrast",),
    '<p class="told">Im Dunkeln ist <a href="/">der Verweis</a> vom Text nicht zu unterscheiden</p>': (
        "1280 dark: link-in-text-block",
    ),
    '<a class="night" href="/"></a>': ("1280 dark: link-name",),
    '<a href="/"></a>': ("1280 light: link-name",),
    '<p class="faint">Schmal ist es blass</p>': ("390 light: color-contrast",),
    '<p class="dusk">Schmal und dunkel grau auf grau</p>': ("390 dark: color-contrast",),
    '<p class="note">Groß genug und schmal zu klein</p>': ("390 light: color-contrast",),
    '<p><a class="short" href="/"><b>Mehr</b></a></p>': ("390 light: link-name",),
    f'<div class="roll">{"Eine Zeile, die breiter als das schmale Fenster ist und rollt. " * 2}</div>': (
        "390 light: scrollable-region-focusable",
    ),
    '<p class="wide">Breit</p>': ("390: 110 px breiter als das Fenster",),
    '<p style="margin: 0">Mit Stil</p>': ("Applying inline style violates",),
    '<script src="/a.js"></script>': ("Uncaught broken is not defined",),
    "<p>Ohne Fehler</p>": (),
}


@pytest.mark.parametrize(("flaw", "expected"), FLAWS.items())
def test_a_flaw_is_found_where_it_is_seen(
    looker: Callable[[str], BrowserContext], flaw: str, expected: tuple[str, ...]
) -> None:
    page = looker("").new_page()
    page.route("**/*", lambda route: answer(route, PAGE.format(flaw)))

    found = complaints(page, ADDRESS)

    assert [one for one in found if not one.startswith(expected or "-")] == []
    assert len(found) >= len(expected)


def test_the_other_theme_is_asked_for_every_rule_that_reads_colours(
    looker: Callable[[str], BrowserContext],
) -> None:
    page = looker("").new_page()
    page.route("**/*", lambda route: answer(route, PAGE.format("")))
    page.goto(ADDRESS)

    asked = page.evaluate("""async () => {
        const {passes, violations, incomplete, inapplicable} = await axe.run();
        const run = [...passes, ...violations, ...incomplete, ...inapplicable];
        return run.filter(rule => rule.tags.includes("cat.color")).map(rule => rule.id);
    }""")

    assert set(asked) == set(OF_COLOURS)


def test_no_rule_that_is_asked_reads_style_sheets(looker: Callable[[str], BrowserContext]) -> None:
    page = looker("").new_page()
    page.route("**/*", lambda route: answer(route, PAGE.format("")))
    page.goto(ADDRESS)

    asked = page.evaluate("""async () => {
        const {passes, violations, incomplete, inapplicable} = await axe.run();
        const run = [...passes, ...violations, ...incomplete, ...inapplicable].map(rule => rule.id);
        return axe._audit.rules.filter(rule => rule.preload && run.includes(rule.id)).map(rule => rule.id);
    }""")

    # It looks at the length of sounds and films, which are fetched for it.
    assert asked == ["no-autoplay-audio"]


def test_another_answer_than_expected_is_a_complaint(looker: Callable[[str], BrowserContext]) -> None:
    page = looker("").new_page()
    page.route("**/*", lambda route: answer(route, PAGE.format("")))

    assert complaints(page, ADDRESS, status=404) == ["antwortet mit 200"]


def answer(route: Route, page: str) -> None:
    """The page with its style and script, as a server would give them."""
    if route.request.url.endswith(".js"):
        route.fulfill(body="broken()", content_type="text/javascript")
    elif route.request.url.endswith(".css"):
        route.fulfill(body=STYLE, content_type="text/css")
    else:
        route.fulfill(body=page, content_type="text/html", headers={"Content-Security-Policy": POLICY})
