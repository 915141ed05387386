"""A citizen finds out what became of a measure, and sees when a priority changed and why."""

from playwright.sync_api import Page, expect


def test_a_citizen_finds_out_what_became_of_a_measure(site: str, page: Page) -> None:
    page.goto(site + "/")
    page.get_by_role("searchbox").fill("Kornmarkt")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Kornmarkt: vom Parkplatz zum Stadtplatz").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Kornmarkt")
    expect(page.get_by_role("main")).to_contain_text("Umsetzung")
    expect(page.get_by_role("main")).not_to_contain_text("@klarenbrueck.example")


def test_search_finds_parts_of_words(site: str, page: Page) -> None:
    page.goto(site + "/suche/?q=verkehr")

    expect(page.get_by_role("main")).to_contain_text("Radverkehr")


def test_a_citizen_sees_when_a_priority_changed_and_why(site: str, page: Page) -> None:
    page.goto(site + "/")
    page.get_by_role("link", name="Wann und warum sich die Rangfolge änderte").click()

    expect(page.get_by_role("main")).to_contain_text("Stadt am Wasser")
    expect(page.get_by_role("main")).to_contain_text("Hochwasser")
