"""A council member asks what became of a resolution; anybody reads the same of a public one."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

NUMBER = "B-021/2024"
TITLE = "Kornmarkt: Umbau vom Parkplatz zum Stadtplatz"
REPORT = "Die Nordhälfte wird im Advent nutzbar sein."


def test_a_council_member_finds_what_became_of_our_resolution(
    site: str, person: Callable[[str], Page]
) -> None:
    member = person("council_member")
    member.goto(site + "/arbeit/meine-sitzung/")
    main = member.get_by_role("main")
    expect(main).to_contain_text("Ausschuss für Stadtentwicklung, Bau und Verkehr")
    expect(main).to_contain_text("Nahverkehrsplan 2027 bis 2031")
    expect(main).to_contain_text("Für das INSEK von Belang")
    expect(main).not_to_contain_text("Stand der Verhandlungen")

    member.locator("input[name=q]").first.fill("Kornmarkt Stadtplatz")
    member.locator("input[name=q]").first.press("Enter")
    hit = member.get_by_role("listitem").filter(has_text=NUMBER)
    hit.get_by_role("link", name=TITLE).click()

    read_it(member)
    member.get_by_role("main").get_by_role("link", name="I-01").first.click()
    expect(member.get_by_role("main")).to_contain_text(NUMBER)


def test_anybody_reads_the_same_without_an_account(site: str, person: Callable[[str], Page]) -> None:
    visitor = person("")
    visitor.goto(site + "/beschluesse/?q=Kornmarkt")
    visitor.get_by_role("main").get_by_role("link", name=TITLE).click()

    read_it(visitor)
    expect(visitor.get_by_role("main")).not_to_contain_text("Sagen, was daraus wurde")


def read_it(page: Page) -> None:
    """State, report, office, money and measure of the resolution."""
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    everything = page.locator("body")
    for said in (NUMBER, "in Arbeit", REPORT, "Stadtplanungsamt", "6,4", "I-01", "21. März 2024"):
        expect(everything).to_contain_text(said)
