"""A lead sees what is due, confirms in one click, takes it back, and reports a change."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

LATE = "Ein Kabel liegt anders als im Plan."
NOTE = "Der Bau ruht bis zum Frühjahr, weil ein Kabel verlegt werden muss."


def test_still_true_takes_one_click_and_can_be_taken_back(
    site: str, page: Page, log_in: Callable[[Page, str], None]
) -> None:
    log_in(page, "lead")
    page.goto(site + "/arbeit/")
    item = page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Stimmt noch")).first
    title = item.locator(".u-due__what").inner_text()
    address = item.get_by_role("link").first.get_attribute("href")

    item.get_by_role("button", name="Stimmt noch").click()

    expect(page.get_by_role("button", name="Rückgängig")).to_be_visible()
    expect(page.get_by_role("main").locator(".u-due")).not_to_contain_text(title)
    page.get_by_role("button", name="Rückgängig").click()
    page.goto(site + str(address))
    expect(page.get_by_role("main")).to_contain_text("Zurückgenommen am")


def test_a_change_takes_one_form_and_nothing_is_overwritten(
    site: str, page: Page, browser: Browser, log_in: Callable[[Page, str], None]
) -> None:
    log_in(page, "lead")
    page.goto(site + "/massnahmen/V-03/")
    before = page.locator("table").filter(has_text="Phase").first.locator("tbody tr").count()
    page.goto(site + "/massnahmen/V-03/bericht/")

    page.get_by_label("Umsetzung", exact=True).check()
    page.get_by_label("steht still", exact=True).check()
    page.get_by_label("Was hindert?").fill(LATE)
    page.get_by_label("Notiz für die Öffentlichkeit").fill(NOTE)
    page.get_by_role("button", name="Bericht abgeben").click()

    main = page.get_by_role("main")
    expect(main).to_contain_text("steht still")
    expect(main).to_contain_text(LATE)
    assert page.locator("table").filter(has_text="Phase").first.locator("tbody tr").count() == before + 1
    visitor = browser.new_context(locale="de-DE").new_page()
    visitor.goto(site + "/massnahmen/V-03/")
    expect(visitor.get_by_role("main")).to_contain_text("steht still")
    expect(visitor.get_by_role("main")).not_to_contain_text(LATE)
    expect(visitor.get_by_role("main")).not_to_contain_text(NOTE)
    visitor.context.close()


def test_a_double_click_makes_one_report(site: str, page: Page, log_in: Callable[[Page, str], None]) -> None:
    log_in(page, "coordinator")
    page.goto(site + "/massnahmen/H-03/")
    before = page.locator("table").filter(has_text="Phase").first.locator("tbody tr").count()
    page.goto(site + "/massnahmen/H-03/bericht/")
    page.wait_for_selector("html[data-ready]")

    page.get_by_role("button", name="Bericht abgeben").dblclick()

    page.wait_for_url("**/massnahmen/H-03/")
    assert page.locator("table").filter(has_text="Phase").first.locator("tbody tr").count() == before + 1
