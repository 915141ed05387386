"""The block "Bezug zum INSEK" goes over the clipboard into a word processor: with its headings and tables."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

READ = """async () => {
  const [item] = await navigator.clipboard.read();
  const found = {};
  for (const type of item.types) found[type] = await (await item.getType(type)).text();
  return found;
}"""
# As over http without TLS, where browsers have no such thing.
NO_CLIPBOARD = "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });"


@pytest.fixture
def block(person: Callable[[str], Page], site: str) -> Page:
    """The block of a released check."""
    page = person("department_editor")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.goto(site + "/arbeit/pruefungen/")
    finished = page.locator("section").filter(has=page.get_by_role("heading", name="Zuletzt freigegeben"))
    finished.get_by_role("link").first.click()
    page.get_by_role("link", name="Bezug zum INSEK").first.click()
    page.wait_for_url("**/bezug/")
    return page


def test_word_gets_headings_and_tables_and_an_editor_the_plain_text(block: Page) -> None:
    button = block.get_by_role("button", name="Für Word kopieren")
    button.click()

    expect(block.get_by_role("button", name="Kopiert")).to_be_visible()
    found = block.evaluate(READ)
    assert set(found) == {"text/html", "text/plain"}
    assert "<h2" in found["text/html"]
    assert 'border="1"' in found["text/html"]
    assert "<" not in found["text/plain"]


def test_only_the_text_is_copied_on_demand(block: Page) -> None:
    block.get_by_role("button", name="Nur Text kopieren").click()

    expect(block.get_by_role("button", name="Kopiert")).to_be_visible()
    assert set(block.evaluate(READ)) == {"text/plain"}


def test_without_https_it_is_copied_the_old_way(block: Page) -> None:
    address = block.url
    plain = block.context.new_page()
    plain.add_init_script(NO_CLIPBOARD)
    plain.goto(address)

    plain.get_by_role("button", name="Für Word kopieren").click()

    expect(plain.get_by_role("button", name="Kopiert")).to_be_visible()
    block.bring_to_front()
    found = block.evaluate(READ)
    assert "<h2" in found["text/html"]
    assert "<" not in found["text/plain"]


def test_the_html_can_be_taken_as_a_file(block: Page) -> None:
    with block.expect_download() as download:
        block.get_by_role("link", name="HTML-Datei").click()

    assert download.value.suggested_filename.startswith("bezug-zum-insek-pr-")
    assert download.value.suggested_filename.endswith(".html")
