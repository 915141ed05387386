"""What the components do in a real browser: drafts, undo, theme, filters; photographed in every setting."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PICTURES = Path(__file__).resolve().parents[2] / "screenshots"
SETTINGS = {
    "light": (1280, "light", "screen"),
    "dark": (1280, "dark", "screen"),
    "phone": (390, "light", "screen"),
    "phone-dark": (390, "dark", "screen"),
    "print": (794, "light", "print"),
}
pytestmark = pytest.mark.browser


@pytest.fixture
def gallery(page: Page, site: str) -> Page:
    page.goto(site + "/ui/gallerie/")
    page.wait_for_selector("html[data-ready]")
    return page


def test_what_was_typed_survives_a_closed_page_and_can_be_thrown_away(gallery: Page) -> None:
    gallery.get_by_label("Was hat sich geändert?").first.fill("Die Leitung ist verlegt.")
    gallery.get_by_label("Auenviertel").first.check()
    address = gallery.url
    gallery.on("dialog", lambda dialog: dialog.accept())
    gallery.goto("about:blank")
    gallery.goto(address)

    expect(gallery.get_by_label("Was hat sich geändert?").first).to_have_value("Die Leitung ist verlegt.")
    expect(gallery.get_by_label("Auenviertel").first).to_be_checked()
    gallery.get_by_role("button", name="Entwurf verwerfen").click()
    expect(gallery.get_by_label("Was hat sich geändert?").first).to_have_value("")


def test_a_saved_draft_is_cleared(gallery: Page) -> None:
    gallery.get_by_label("Was hat sich geändert?").first.fill("x")
    kept = "() => Object.keys(localStorage).filter((key) => key.startsWith('dreiklang-draft:'))"
    assert gallery.evaluate(kept) == ["dreiklang-draft:galerie"]
    gallery.on("dialog", lambda dialog: dialog.accept())

    gallery.goto(gallery.url + "?gesichert=galerie")
    gallery.wait_for_selector("html[data-ready]")

    assert gallery.evaluate(kept) == []


def test_leaving_with_unsaved_changes_asks_first(gallery: Page) -> None:
    asked = []
    gallery.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    gallery.get_by_label("Was hat sich geändert?").first.press_sequentially("x")

    gallery.goto("about:blank")

    assert asked == ["beforeunload"]


def test_the_offer_to_undo_counts_down_and_goes(page: Page, site: str) -> None:
    page.clock.install()
    page.goto(site + "/ui/gallerie/?gesagt=1")
    page.wait_for_selector("html[data-ready]")
    expect(page.get_by_role("button", name="Rückgängig machen")).to_be_visible()

    page.clock.run_for(20_000)
    left = int(page.locator("[data-undo-left]").inner_text())
    page.clock.run_for(61_000)

    assert 38 <= left <= 41
    expect(page.get_by_role("button", name="Rückgängig machen")).to_have_count(0)


def test_the_chosen_theme_stays(gallery: Page) -> None:
    gallery.get_by_role("button", name="Dunkle Darstellung").click()

    gallery.reload()

    expect(gallery.locator("html")).to_have_attribute("data-kern-theme", "dark")
    expect(gallery.get_by_role("button", name="Dunkle Darstellung")).to_have_attribute("aria-pressed", "true")


def test_a_filter_writes_itself_into_the_address_bar_and_keeps_the_focus(gallery: Page) -> None:
    gallery.evaluate("document.documentElement.dataset.same = 'page'")
    choice = gallery.locator("select[name=stand]")
    choice.focus()
    choice.select_option("delayed")

    expect(gallery.get_by_role("link", name="Stand: verzögert entfernen")).to_be_visible()
    assert gallery.url.endswith("?stand=delayed")
    assert gallery.locator("html").get_attribute("data-same") == "page"
    assert gallery.evaluate("document.activeElement.name") == "stand"
    gallery.get_by_role("link", name="Stand: verzögert entfernen").click()
    expect(gallery.get_by_role("link", name="Stand: verzögert entfernen")).to_have_count(0)


def test_filters_work_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(site + "/ui/gallerie/")
    page.locator("select[name=stand]").select_option("delayed")

    page.get_by_role("button", name="Filtern").click()

    expect(page.get_by_role("link", name="Stand: verzögert entfernen")).to_be_visible()
    context.close()


def test_the_voice_changes_the_top_line_and_not_the_page(gallery: Page) -> None:
    before = gallery.url
    citizens = gallery.evaluate("getComputedStyle(document.body).borderTopColor")

    gallery.get_by_role("button", name="Politik").click()

    assert gallery.url == before
    assert gallery.evaluate("getComputedStyle(document.body).borderTopColor") != citizens


def test_the_main_thing_is_one_key_away(gallery: Page) -> None:
    gallery.keyboard.press("Tab")
    gallery.keyboard.press("Enter")

    assert gallery.evaluate("document.activeElement.id") == "inhalt"


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_gallery_fits_its_paper_and_everybody_can_use_it(
    browser: Browser, site: str, setting: str
) -> None:
    width, scheme, media = SETTINGS[setting]
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="de-DE", bypass_csp=True
    )
    page = context.new_page()
    page.goto(site + "/ui/gallerie/")
    page.emulate_media(media=media, color_scheme=scheme)
    page.add_script_tag(path=AXE)
    page.evaluate("document.fonts.ready")
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"gallery-{setting}.png", full_page=True)

    found = page.evaluate("axe.run()")["violations"] if media == "screen" else []

    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.fonts.check('600 16px \"Fira Sans\"')")
    context.close()
