"""Two people edit one measure at once: the second sees both versions and loses nothing."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import watched

ADDRESS = "/massnahmen/V-07/bearbeiten/"
FIRST = "Der erste Satz steht schon da."
SECOND = "Der zweite Satz kam später."
PLACE = "Am Markt, gegenüber der Bücherei"


def test_the_second_sees_both_versions_and_loses_nothing(
    site: str, page: Page, browser: Browser, log_in: Callable[[Page, str], None]
) -> None:
    log_in(page, "coordinator")
    colleague = watched(browser.new_context(locale="de-DE").new_page())
    log_in(colleague, "lead")
    page.goto(site + ADDRESS)
    colleague.goto(site + ADDRESS)

    page.get_by_label("In einem Satz").fill(FIRST)
    page.get_by_role("button", name="Maßnahme speichern").click()
    expect(page.get_by_role("main")).to_contain_text(FIRST)
    colleague.get_by_label("In einem Satz").fill(SECOND)
    colleague.locator("input[name=place_words]").fill(PLACE)
    colleague.get_by_role("button", name="Maßnahme speichern").click()

    clash = colleague.get_by_role("alert").filter(has_text="inzwischen gespeichert")
    expect(clash).to_contain_text(FIRST)
    expect(clash).to_contain_text(SECOND)
    expect(colleague.get_by_label("In einem Satz")).to_have_value(SECOND)
    page.reload()
    expect(page.get_by_role("main")).to_contain_text(FIRST)
    colleague.get_by_role("button", name="Maßnahme speichern").click()
    expect(colleague.get_by_role("main")).to_contain_text(SECOND)
    expect(colleague.get_by_role("main")).to_contain_text(PLACE)
    colleague.context.close()


def test_a_draft_on_an_older_version_overwrites_nothing_unseen(
    site: str, page: Page, browser: Browser, log_in: Callable[[Page, str], None]
) -> None:
    address = "/massnahmen/V-08/bearbeiten/"
    log_in(page, "coordinator")
    page.goto(site + address)
    page.get_by_label("In einem Satz").fill(SECOND)
    page.close(run_before_unload=False)
    colleague = watched(browser.new_context(locale="de-DE").new_page())
    log_in(colleague, "lead")
    colleague.goto(site + address)
    colleague.get_by_label("In einem Satz").fill(FIRST)
    colleague.get_by_role("button", name="Maßnahme speichern").click()
    expect(colleague.get_by_role("main")).to_contain_text(FIRST)
    colleague.context.close()

    again = watched(page.context.new_page())
    again.goto(site + address)
    expect(again.get_by_label("In einem Satz")).to_have_value(SECOND)
    again.get_by_role("button", name="Maßnahme speichern").click()

    clash = again.get_by_role("alert").filter(has_text="inzwischen gespeichert")
    expect(clash).to_contain_text(FIRST)
    expect(clash).to_contain_text(SECOND)
    again.get_by_role("button", name="Maßnahme speichern").click()
    expect(again.get_by_role("main")).to_contain_text(SECOND)


def test_more_goals_than_two_fit_without_saving_in_between(
    site: str, page: Page, log_in: Callable[[Page, str], None]
) -> None:
    log_in(page, "coordinator")
    page.goto(site + "/massnahmen/V-09/bearbeiten/")
    goals = page.locator("[data-rows=ziel] select[name$=-goal]")
    before = goals.count()

    page.get_by_role("button", name="Noch ein Ziel").click()

    expect(goals).to_have_count(before + 1)
    free = [
        value for value in goals.last.locator("option").evaluate_all("all => all.map(o => o.value)") if value
    ]
    taken = {goals.nth(at).input_value() for at in range(before)}
    chosen = [value for value in free if value not in taken][:3]
    for at, value in zip(range(before - 2, before + 1), chosen, strict=True):
        goals.nth(at).select_option(value)
    page.get_by_role("button", name="Maßnahme speichern").click()
    page.goto(site + "/massnahmen/V-09/bearbeiten/")
    assert set(chosen) <= {goals.nth(at).input_value() for at in range(goals.count())}
