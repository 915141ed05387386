"""The coordinator changes a priority; everybody reads when and why."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

TRIGGER = "Neue Bevölkerungsprognose vom November"
REASON = "Bis 2032 kommen mehr Familien in die Gründerzeitviertel, als Wohnungen saniert werden."


def test_a_priority_changed_and_everybody_reads_why(
    site: str, page: Page, browser: Browser, log_in: Callable[[Page, str], None]
) -> None:
    log_in(page, "coordinator")
    page.goto(site + "/prioritaeten/")
    page.get_by_role("link", name="Rang ändern").first.click()
    page.get_by_label("Zukunftsaufgabe").select_option(label="2 Wohnen im Bestand")
    page.get_by_label("Neuer Rang").fill("1")
    page.get_by_label("Gilt ab").fill("2026-11-01")
    page.get_by_label("örtlicher Anlass", exact=True).check()
    page.get_by_label("Auslöser").fill(TRIGGER)
    page.get_by_label("Begründung").fill(REASON)
    page.locator("main form button[type=submit]").last.click()

    visitor = browser.new_context(locale="de-DE").new_page()
    visitor.goto(site + "/prioritaeten/")
    main = visitor.get_by_role("main")
    expect(main).to_contain_text(TRIGGER)
    expect(main).to_contain_text(REASON)
    visitor.goto(site + "/")
    expect(main).to_contain_text("Wohnen im Bestand rückt auf Rang 1")
    visitor.context.close()
