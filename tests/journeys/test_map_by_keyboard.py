"""A citizen uses the map by keyboard alone: at a desk and on a narrow window, without a pointer and with a checker."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import watched
from tests.journeys.looking import THEMES, WINDOWS, named


@pytest.fixture(params=list(WINDOWS))
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Fails on script errors and on violations of the content policy."""
    context = browser.new_context(viewport=WINDOWS[request.param], locale="de-DE", reduced_motion="reduce")
    yield watched(context.new_page())
    context.close()


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-map-drawn]").wait_for()
    page.locator("[data-map-list]:not([aria-busy]) button").first.wait_for()


def tab_until(page: Page, what: str, *, most: int = 60) -> None:
    """Tab, as somebody does who looks for it; never reaching it fails."""
    for _ in range(most):
        if page.evaluate("(what) => document.activeElement?.matches(what) ?? false", what):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {what}")


def test_a_citizen_finds_a_measure_on_the_map_by_keyboard_alone(site: str, page: Page) -> None:
    opened(page, site + "/karte/")

    # Past the map by its own skip link.
    tab_until(page, ".u-map__skip")
    page.keyboard.press("Enter")
    expect(page.locator("#karte-liste")).to_be_focused()
    page.keyboard.press("Tab")
    items = page.locator("[data-map-list] button")
    expect(items.first).to_be_focused()

    # Arrows walk the list, which is one stop for Tab.
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(items.nth(2)).to_be_focused()
    page.keyboard.press("End")
    expect(items.last).to_be_focused()
    page.keyboard.press("Home")

    # Enter opens the card, the address keeps it, the list says which one it is.
    chosen = items.first.get_attribute("data-key") or ""
    page.keyboard.press("Enter")
    card = page.locator("[data-map-card]")
    expect(card).to_be_focused()
    expect(card.get_by_role("link", name="Ganze Seite")).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape(f"auswahl={chosen}")))
    expect(page.locator(f'[data-key="{chosen}"]')).to_have_attribute("aria-current", "true")

    # Escape leads back to where she was, and the card is gone.
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator(f'[data-key="{chosen}"]')).to_be_focused()
    expect(page).not_to_have_url(re.compile("auswahl="))

    # And on to the page of the measure.
    page.keyboard.press("Enter")
    expect(card).to_be_focused()
    tab_until(page, "[data-map-card] .u-btn--primary", most=6)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/massnahmen/"))

    # The back button comes back to the map with what was open.
    page.go_back()
    expect(page.locator("[data-map-card]")).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape(f"auswahl={chosen}")))


def test_the_map_moves_by_keys_and_the_list_follows(site: str, page: Page) -> None:
    opened(page, site + "/karte/")
    count = page.locator("[data-map-count]")
    all_of_them = count.inner_text()

    tab_until(page, "[data-map-canvas]")
    for _ in range(3):
        # Read before the key: the address may have changed by the time one asks.
        before = page.evaluate("location.search")
        page.keyboard.press("+")
        page.wait_for_function("(known) => location.search !== known", arg=before)
    page.locator("[data-map-list]:not([aria-busy]) button").first.wait_for()
    expect(count).not_to_have_text(all_of_them)
    expect(page).to_have_url(re.compile(r"ort=5\d\.\d+,1\d\.\d+&massstab=\d+"))

    # A deep link shows the same part to somebody else.
    shown = count.inner_text()
    address = page.url
    opened(page, address)
    expect(count).to_have_text(shown)


def test_filters_and_years_work_by_keyboard_and_stay_in_the_address(site: str, page: Page) -> None:
    opened(page, site + "/karte/")
    sentence = page.locator("#karte-satz")

    tab_until(page, "[data-map-year]")
    page.keyboard.press("ArrowRight")
    expect(sentence).to_contain_text("in Arbeit.")
    expect(page.locator(".u-map__banner")).to_contain_text("Die Karte ist gefiltert.")
    expect(page).to_have_url(re.compile(r"jahr=20\d\d"))
    in_a_year = sentence.inner_text()

    page.go_back()
    expect(sentence).to_contain_text("in allen Jahren.")
    page.go_forward()
    expect(sentence).to_have_text(re.compile(re.escape(in_a_year.splitlines()[0][:30])))


def test_what_has_no_place_is_listed_beside_and_counted(site: str, page: Page) -> None:
    opened(page, site + "/karte/")

    total = int(re.search(r"^(\d+) Maßnahmen", page.locator("#karte-satz").inner_text())[1])
    on_map = len(page.evaluate("() => fetch('/karte/daten/massnahmen.json').then((a) => a.json())")["rows"])
    heading = page.get_by_role("heading", name=re.compile("Maßnahmen ohne Ort auf der Karte")).inner_text()

    assert int(heading.rsplit(" ", 1)[1]) == total - on_map


def test_the_drawn_map_with_its_card_is_accessible_as_far_as_a_checker_sees(
    site: str, looker: Callable[[str], BrowserContext]
) -> None:
    """Of what the canvas shows it sees nothing: docs/handbuch/karte.md says how that is tested by hand.

    The pages as they come are looked at with all others (`test_pages_public`).
    """
    page = looker("").new_page()
    opened(page, site + "/karte/?jahr=2026&auswahl=massnahmen:I-01")
    page.locator("[data-map-card] .u-btn--primary").wait_for()

    found = []
    for window, size in WINDOWS.items():
        page.set_viewport_size(size)
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
            found += [f"{window} {theme}: {named(one)}" for one in result["violations"]]

    assert found == []


def test_the_embedded_page_may_be_framed_and_no_other(site: str, page: Page) -> None:
    framed = page.goto(site + "/karte/eingebettet/")
    assert framed is not None
    page.locator("[data-map-drawn]").wait_for()
    bare = page.goto(site + "/karte/")
    assert bare is not None

    assert "frame-ancestors 'none'" not in framed.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in bare.headers["content-security-policy"]
    assert "x-frame-options" not in framed.headers


def test_a_map_nobody_moved_fits_its_frame_anew(site: str, browser: Browser) -> None:
    """A turned phone, a window made wide, a sheet of paper: the whole city, not what was left of it."""
    narrow, wide = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
    context = browser.new_context(viewport=wide, locale="de-DE")
    page = watched(context.new_page())
    opened(page, site + "/karte/")
    scale = page.locator(".ol-scale-line-inner")
    first = scale.inner_text()

    page.set_viewport_size(narrow)
    expect(scale).not_to_have_text(first)
    page.set_viewport_size(wide)

    expect(scale).to_have_text(first)
    context.close()
