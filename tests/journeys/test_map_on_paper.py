"""The map as a browser prints it: nothing cut off, nothing to press, in the ink of paper."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import watched

# Pixels of the bright accent of the dark screen, which paper does not bear.
BRIGHT = """canvas => {
  const {width, height} = canvas, dots = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  let found = 0;
  for (let at = 0; at < dots.length; at += 4) {
    if (dots[at + 3] > 200 && dots[at] < 80 && dots[at + 1] > 140 && dots[at + 2] > 160) found += 1;
  }
  return found;
}"""


def drawn(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("[data-map-drawn]").wait_for()


@pytest.mark.parametrize("address", ["/karte/", "/karte/eingebettet/"])
def test_a_sheet_shows_the_map_its_signs_and_its_day_and_no_buttons(
    site: str, page: Page, address: str
) -> None:
    drawn(page, site + address)

    page.emulate_media(media="print")
    page.set_viewport_size({"width": 673, "height": 950})

    frame = page.locator("[data-map-canvas]").bounding_box()
    picture = page.locator("[data-map-canvas] canvas").first.bounding_box()
    assert frame
    assert picture
    assert picture["width"] <= frame["width"]
    assert picture["height"] <= frame["height"]
    for control in ("Vergrößern", "Verkleinern", "Ganze Stadt"):
        expect(page.get_by_role("button", name=re.compile(control))).to_be_hidden()
    expect(page.locator(".ol-scale-line")).to_be_visible()
    expect(page.get_by_text("verzögert").last).to_be_visible()
    expect(page.get_by_text(re.compile(r"Stand \d+\.")).first).to_be_visible()
    expect(page.get_by_role("link", name="Ganze Seite mit Liste und Tabelle")).to_be_hidden()


def test_lists_beside_the_map_are_printed_to_their_end(site: str, page: Page) -> None:
    drawn(page, site + "/karte/")

    page.emulate_media(media="print")

    cut = page.locator(".u-map__lines").evaluate_all(
        "lists => lists.filter(one => one.scrollHeight > one.clientHeight + 1).length"
    )
    assert page.locator(".u-map__lines").count() > 1
    assert cut == 0
    expect(page.get_by_role("button", name=re.compile("^zeigen")).first).to_be_hidden()


def test_a_dark_screen_prints_in_the_ink_of_paper(site: str, browser: Browser) -> None:
    context = browser.new_context(locale="de-DE", color_scheme="dark")
    page = watched(context.new_page())
    drawn(page, site + "/karte/")
    canvas = page.locator("[data-map-canvas] canvas").first
    assert canvas.evaluate(BRIGHT) > 0

    page.emulate_media(media="print", color_scheme="dark")

    assert canvas.evaluate(BRIGHT) == 0
    page.emulate_media(media="screen", color_scheme="dark")
    assert canvas.evaluate(BRIGHT) > 0
    context.close()
