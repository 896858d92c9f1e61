"""The box in a real browser: words survive a dropped tab, quotes go in, and nothing stays for the next person."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Server, free_port

PASSWORD = "correct horse battery"
CHAPTER = "/works/1/chapters/1"
WORDS = "The mules made me laugh."


def register(page: Page, name: str, after: str = "/") -> None:
    page.goto(f"/register?next={after}")
    for field, value in (("username", name), ("password", PASSWORD), ("password2", PASSWORD)):
        page.fill(f"[name={field}]", value)
    page.click("main form button:not([name])")
    page.goto(after)


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with one chapter by Mara, once for all tests of this file."""
    server = Server(tmp_path_factory.mktemp("box") / "instance", free_port())
    server.start()
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    register(page, "Mara", "/works/new")
    page.fill("[name=title]", "The Salt Road")
    page.click("button.primary")
    page.goto("/works/1/chapters/new")
    page.fill("[name=title]", "The Ford")
    page.fill("[name=body]", "The mules would not cross.\n\nBy noon it rained.\n\n" + "Salt and rope.\n\n" * 80)
    page.locator("[name=publish]").last.click()
    context.close()
    yield server
    server.stop()


@pytest.fixture
def context(browser: Browser, site: Server) -> Iterator[BrowserContext]:
    """A browser of one's own, as wide as a phone."""
    made = browser.new_context(base_url=site.url, viewport={"width": 390, "height": 800})
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The chapter, read without a log-in."""
    made = context.new_page()
    made.goto(CHAPTER)
    return made


def kept(page: Page) -> int:
    """How many drafts the browser keeps."""
    found: int = page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('feedback:draft:')).length")
    return found


def select_first_paragraphs(page: Page) -> None:
    page.evaluate(
        """() => {
            const paragraphs = document.querySelectorAll("#chapter-text p");
            const range = document.createRange();
            range.setStart(paragraphs[0].firstChild, 4);
            range.setEnd(paragraphs[1].firstChild, 7);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )


def test_words_survive_a_dropped_tab(context: BrowserContext, page: Page) -> None:
    page.fill("[name=body]", WORDS)
    page.check("[name=visibility][value=author]")
    page.close()
    again = context.new_page()
    again.goto(CHAPTER)
    expect(again.locator("[name=body]")).to_have_value(WORDS)
    expect(again.locator("[name=visibility][value=author]")).to_be_checked()
    again.fill("[name=body]", "")
    assert kept(again) == 0


def test_words_typed_logged_out_are_posted_after_registering_and_then_forgotten(page: Page) -> None:
    page.fill("[name=body]", WORDS)
    page.click("text=log in (or register) to review")
    page.click("main a:has-text('egister')")
    for field, value in (("username", "Wendel"), ("password", PASSWORD), ("password2", PASSWORD)):
        page.fill(f"[name={field}]", value)
    page.click("main form button:not([name])")
    page.click("text=I have it, continue")
    page.wait_for_url(f"**{CHAPTER}#review")
    expect(page.locator("text=Your words are here. Press Post.")).to_be_visible()
    expect(page.locator("[name=body]")).to_have_value(WORDS)
    page.click("button:has-text('Post')")
    page.wait_for_url("**/reviews/*")
    assert kept(page) == 0
    page.goto(CHAPTER)
    expect(page.locator("[name=body]")).to_have_value("")


def test_what_could_not_be_posted_is_still_kept(page: Page) -> None:
    register(page, "Otto", CHAPTER)
    page.fill("[name=body]", "*a* " * 200)
    page.click("button:has-text('Post')")
    expect(page.locator("[role=alert]")).to_be_visible()
    assert kept(page) == 1


def test_logging_out_takes_the_words_along(page: Page) -> None:
    register(page, "Petra", CHAPTER)
    page.fill("[name=body]", WORDS)
    assert kept(page) == 1
    page.click("button:has-text('Log out')")
    page.goto(CHAPTER)
    expect(page.locator("[name=body]")).to_have_value("")
    assert kept(page) == 0


def test_a_session_that_ended_elsewhere_leaves_nothing_for_the_next_person(page: Page) -> None:
    register(page, "Quin", CHAPTER)
    page.fill("[name=body]", WORDS)
    page.context.clear_cookies()
    page.goto(CHAPTER)
    expect(page.locator("[name=body]")).to_have_value("")
    assert kept(page) == 0


def test_a_selected_passage_is_quoted_in_the_box(page: Page) -> None:
    page.fill("[name=body]", "I loved this:")
    expect(page.locator(".quote-button")).to_be_hidden()
    select_first_paragraphs(page)
    page.click(".quote-button")
    quoted = "I loved this:\n\n> mules would not cross.\n> By noon\n\n"
    expect(page.locator("[name=body]")).to_have_value(quoted)
    expect(page.locator("[name=body]")).to_be_focused()
    expect(page.locator(".quote-button")).to_be_hidden()
    page.keyboard.type("Poor things.")
    expect(page.locator("[name=body]")).to_have_value(quoted + "Poor things.")


def test_what_is_selected_outside_of_the_chapter_is_not_offered(page: Page) -> None:
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.box h2'))")
    expect(page.locator(".quote-button")).to_be_hidden()


def test_on_a_phone_a_link_jumps_to_the_box(page: Page) -> None:
    page.click(".jump a")
    expect(page.locator("[name=body]")).to_be_in_viewport()


def test_everything_works_without_scripts(browser: Browser, site: Server) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    register(page, "Rosa", CHAPTER)
    page.fill("[name=body]", "> By noon it rained.\n\nPoor mules.")
    page.click("button:has-text('Post')")
    page.wait_for_url("**/reviews/*")
    expect(page.locator(".letter blockquote")).to_have_text("By noon it rained.")
    context.close()
