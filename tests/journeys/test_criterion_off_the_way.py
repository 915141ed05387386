"""A criterion is rated off the way: not without a reason, not in public before its release; then pages say it in words."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.looking import named

TEXT = "Schulwege sind sicher mit dem Rad"
REASON = "Zwei der fünf gefährlichen Kreuzungen sind noch nicht umgebaut."
GOAL = "5.2"
OFFICE = "66.1"
PERSON = "Lena Kirsch"

Look = Callable[[str], BrowserContext]


def test_a_criterion_is_rated_off_the_way_and_pages_say_it_in_words(site: str, looker: Look) -> None:
    coordinator = looker("coordinator").new_page()
    lead = looker("lead").new_page()
    citizen = looker("").new_page()

    writes_it_down(coordinator, site)
    is_not_taken_without_a_reason(lead, site)
    is_preliminary(lead)
    is_not_public_yet(citizen, site)
    is_released(coordinator, site)
    is_said_on_the_page_of_the_goal(citizen, site)
    is_said_on_the_focus_page(coordinator, site)
    is_given_up(coordinator)


def look(page: Page) -> None:
    """The page as it stands now is accessible."""
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    assert [named(one) for one in found["violations"]] == []


def writes_it_down(page: Page, site: str) -> None:
    """The coordinator says by what the goal is measured, and who rates it."""
    page.goto(f"{site}/ziele/{GOAL}/kriterien/")
    page.get_by_role("link", name="Kriterium anlegen").click()
    page.get_by_label("Kriterium", exact=True).fill(TEXT)
    choose(page, "department_id", OFFICE)
    choose(page, "responsible_id", PERSON)
    page.locator("select[name=visibility]").select_option("public")
    look(page)
    page.get_by_role("button", name="Speichern").click()
    expect(card(page)).to_contain_text("nicht bewertet")
    look(page)


def choose(page: Page, name: str, words: str) -> None:
    field = page.locator(f"select[name={name}]")
    field.select_option(field.locator("option", has_text=words).first.get_attribute("value"))


def card(page: Page) -> Locator:
    return page.get_by_role("article", name=TEXT)


def is_not_taken_without_a_reason(page: Page, site: str) -> None:
    """Whoever is to rate is asked on her focus page; a state alone is no rating."""
    page.goto(f"{site}/arbeit/?alles=1")
    item = page.get_by_role("listitem").filter(has_text=TEXT)
    expect(item).to_contain_text("Dieses Kriterium hat noch niemand bewertet.")
    item.get_by_role("link", name="Bewerten").click()
    expect(page.get_by_role("complementary")).to_contain_text("Die Zahlen von heute")
    page.get_by_label("vom Weg ab").check()
    page.get_by_role("button", name="Bewertung festhalten").click()
    expect(page.get_by_text("Ohne Begründung gilt keine Bewertung.").first).to_be_visible()
    expect(page.get_by_label("vom Weg ab")).to_be_checked()
    look(page)


def is_preliminary(page: Page) -> None:
    page.get_by_label("Begründung").fill(REASON)
    page.get_by_role("button", name="Bewertung festhalten").click()
    expect(card(page)).to_contain_text("vorläufig")
    expect(card(page)).to_contain_text(REASON)
    look(page)


def is_not_public_yet(page: Page, site: str) -> None:
    page.goto(f"{site}/ziele/{GOAL}/kriterien/")
    expect(card(page)).to_contain_text("nicht bewertet")
    expect(page.locator("body")).not_to_contain_text(REASON)
    look(page)


def is_released(page: Page, site: str) -> None:
    page.goto(f"{site}/arbeit/?alles=1")
    waits = page.get_by_role("listitem").filter(has_text=TEXT).filter(has_text="wartet auf Ihre Freigabe")
    waits.get_by_role("link", name="Prüfen").click()
    card(page).get_by_role("button", name="Bewertung freigeben").click()
    expect(page.get_by_text("Bewertung freigegeben.")).to_be_visible()
    expect(card(page)).not_to_contain_text("vorläufig")


def is_said_on_the_page_of_the_goal(page: Page, site: str) -> None:
    """In words, and with who, when and why on the page behind."""
    page.goto(f"{site}/ziele/{GOAL}/")
    panel = page.locator("#kriterien")
    expect(panel.get_by_role("listitem").filter(has_text=TEXT)).to_contain_text("vom Weg ab")
    look(page)
    panel.get_by_role("link", name=TEXT).click()
    expect(card(page)).to_contain_text(REASON)
    expect(card(page)).to_contain_text("Abteilung Verkehrswege")
    expect(card(page)).not_to_contain_text(PERSON)
    look(page)


def is_said_on_the_focus_page(page: Page, site: str) -> None:
    page.goto(f"{site}/arbeit/?alles=1")
    item = page.get_by_role("listitem").filter(has_text=TEXT)
    expect(item).to_contain_text(f"Vom Weg ab: {REASON}")
    look(page)


def is_given_up(page: Page) -> None:
    """The town is as it was for whoever comes after: what was said stays to be read, nobody is asked any more."""
    page.get_by_role("link", name=TEXT).click()
    card(page).get_by_role("link", name="Aufgeben").click()
    page.get_by_label("Begründung").fill("Nur zur Probe.")
    look(page)
    page.get_by_role("button", name="Aufgeben").click()
    expect(card(page)).to_contain_text("Nur zur Probe.")
