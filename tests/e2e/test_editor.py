"""The author's forms in a real browser: unsaved words survive, and choosing one kind means choosing kind by kind."""

import itertools
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Server, free_port

PASSWORD = "correct horse battery"
_NUMBERS = itertools.count(1)


def register(page: Page, name: str) -> None:
    page.goto("/register")
    for field, value in (("username", name), ("password", PASSWORD), ("password2", PASSWORD)):
        page.fill(f"[name={field}]", value)
    page.click("main form button:not([name])")


def log_out(page: Page) -> None:
    page.goto("/")
    page.click("text=Log out")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("editor") / "instance", free_port())
    running.start()
    yield running
    running.stop()


@pytest.fixture
def page(browser: Browser, archive: Server) -> Iterator[Page]:
    """Mara, in a browser of her own for each test, with a new work open."""
    context = browser.new_context(base_url=archive.url)
    opened = context.new_page()
    register(opened, f"Mara_{next(_NUMBERS)}")
    opened.goto("/works/new")
    opened.fill("[name=title]", "The Salt Road")
    opened.click("button.primary")
    yield opened
    context.close()


def type_words(page: Page, body: str) -> None:
    page.fill("[name=title]", "The Ford")
    page.fill("[name=body]", body)
    # A reload is a page hidden: what was typed last is stored then.
    page.reload()


def test_unsaved_words_come_back_when_asked(page: Page) -> None:
    page.goto(f"{page.url}/chapters/new")
    type_words(page, "The mules would not cross.\n\nBy noon it rained.")
    assert page.input_value("[name=body]") == ""
    page.click("text=Bring them back")
    assert page.input_value("[name=title]") == "The Ford"
    assert page.input_value("[name=body]") == "The mules would not cross.\n\nBy noon it rained."
    expect(page.locator("#unsaved")).to_be_hidden()


def test_forgotten_words_stay_away(page: Page) -> None:
    page.goto(f"{page.url}/chapters/new")
    type_words(page, "Not this.")
    page.click("text=Forget them")
    page.reload()
    expect(page.locator("#unsaved")).to_be_hidden()


def test_saved_words_are_not_offered_again(page: Page) -> None:
    editor = f"{page.url}/chapters/new"
    page.goto(editor)
    page.fill("[name=title]", "The Ford")
    page.fill("[name=body]", "Once.  \n\n")
    page.click("text=Save draft")
    chapter = page.url
    page.goto(editor)
    expect(page.locator("#unsaved")).to_be_hidden()
    page.goto(f"{chapter}/edit")
    page.fill("[name=body]", "Twice.  \n\n")
    page.click("text=Save draft")
    page.goto(f"{chapter}/edit")
    assert page.input_value("[name=body]") == "Twice."
    expect(page.locator("#unsaved")).to_be_hidden()


def test_a_preview_loses_nothing(page: Page) -> None:
    page.goto(f"{page.url}/chapters/new")
    page.fill("[name=title]", "The Ford")
    page.fill("[name=body]", "The *mules*.")
    page.click("text=Preview")
    expect(page.locator(".preview em")).to_have_text("mules")
    expect(page.locator("#unsaved")).to_be_hidden()
    page.goto(page.url)
    page.click("text=Bring them back")
    assert page.input_value("[name=body]") == "The *mules*."


def test_words_survive_an_ended_session_but_are_not_shown_to_the_next_person(page: Page) -> None:
    editor = f"{page.url}/chapters/new"
    page.goto(editor)
    type_words(page, "Mine alone.")
    kept = "Object.keys(localStorage).filter(name => name.startsWith('feedback:chapter:')).length"
    assert page.evaluate(kept) == 1
    log_out(page)
    register(page, "Stranger")
    page.goto("/works/new")
    page.fill("[name=title]", "Another")
    page.click("button.primary")
    page.goto(f"{page.url}/chapters/new")
    expect(page.locator("#unsaved")).to_be_hidden()
    assert page.evaluate(kept) == 0


def test_choosing_for_one_kind_picks_kind_by_kind(page: Page) -> None:
    page.goto(f"{page.url}/edit")
    page.click("text=Fine-tune")
    page.select_option("[name=wishes-grammar]", "private")
    expect(page.locator("[name=wishes][value=custom]")).to_be_checked()
    page.click("button.primary")
    expect(page.locator(".invitation")).to_contain_text("Typos: yes please, just to Mara_")
