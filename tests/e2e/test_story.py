"""The whole story, clicked: publish, be told to log in, post without losing a word, read the desk, export."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import Server

PASSWORD = "correct horse battery"
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
REVIEW = """The ford scene made me hold my breath, I read it twice!

> her sister laid down the rope

laid down -> laid aside

Will Ilse go back for the mules?"""


class Person:
    """Somebody with a browser window."""

    def __init__(self, context: BrowserContext, name: str) -> None:
        self.page: Page = context.new_page()
        self.name = name

    def register(self) -> None:
        """Fill in the form that is on the page and go on past the recovery code."""
        self.page.get_by_label("Name", exact=True).fill(self.name)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.page.get_by_label("Password again").fill(PASSWORD)
        self.page.get_by_role("button", name="Register").click()
        expect(self.page.get_by_role("heading", name="Your recovery code")).to_be_visible()
        self.page.get_by_role("link", name="I have it, continue").click()


@pytest.fixture(
    params=[(WIDE, True), (WIDE, False), (PHONE, True), (PHONE, False)],
    ids=["wide", "wide, no script", "phone", "phone, no script"],
)
def people(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[tuple[Person, Person]]:
    """Mara, who writes, and Ben, who reads, each in a window of their own."""
    viewport, script = request.param
    contexts = [
        browser.new_context(base_url=server.url, viewport=viewport, java_script_enabled=script) for _ in range(2)
    ]
    yield Person(contexts[0], "Mara"), Person(contexts[1], "Ben")
    for context in contexts:
        context.close()


def publish(mara: Person) -> str:
    page = mara.page
    page.goto("/register")
    mara.register()
    page.goto("/works/new")
    page.get_by_label("Title").fill("The Salt Road")
    page.get_by_label("Corrections just to me").check()
    page.get_by_label("In your own words").fill("The fragments are on purpose.")
    page.get_by_role("button", name="Create work").click()
    page.get_by_role("link", name="New chapter").click()
    page.get_by_label("Title").fill("The Ford")
    page.get_by_label("Chapter", exact=True).fill(
        "The mules would not cross.\n\n“Leave them,” said Ilse, and her sister laid down the rope.\n\n* * *\n\nRain."
    )
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_text("This is a preview")).to_be_visible()
    expect(page.locator(".preview hr")).to_have_count(1)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="1. The Ford")).to_be_visible()
    return page.url


def until_read(desk: Page) -> None:
    """Look at the letter again and again until the review in it is in its trays."""
    for _ in range(100):
        desk.goto("/dashboard")
        if not desk.get_by_text("Being read").is_visible():
            return
        desk.wait_for_timeout(200)
    pytest.fail("the review was never sorted")


def test_the_whole_story(people: tuple[Person, Person], server: Server) -> None:
    mara, ben = people
    chapter = publish(mara)

    page = ben.page
    page.goto(chapter)
    expect(page.get_by_text("The fragments are on purpose.")).to_be_visible()
    expect(page.get_by_text("Be the first to tell Mara.")).to_be_visible()
    page.get_by_label("Your review").fill(REVIEW)
    page.get_by_role("button", name="log in (or register) to review").click()
    page.get_by_role("main").get_by_role("link", name="Register").click()
    ben.register()
    expect(page.get_by_text("Your words are here. Press Post.")).to_be_visible()
    expect(page.get_by_label("Your review")).to_have_value(REVIEW)
    page.get_by_role("button", name="Post", exact=True).click()
    posted = page.locator(".letter-body")
    expect(posted).to_contain_text("I read it twice!")
    expect(posted).to_contain_text("Will Ilse go back for the mules?")

    desk = mara.page
    desk.goto("/dashboard")
    expect(desk.get_by_role("main")).to_contain_text("1 review on 1 chapter")
    until_read(desk)
    desk.goto("/dashboard?kind=grammar")
    expect(desk.get_by_role("main")).to_contain_text("laid aside")
    desk.locator("input[name=remark]").first.check()
    desk.get_by_role("button", name="Done").first.click()
    expect(desk.get_by_role("button", name="Undo")).to_be_visible()
    desk.get_by_role("button", name="Undo").click()
    desk.goto("/dashboard?group=story")
    expect(desk.get_by_role("main")).to_contain_text("hold my breath")

    exported = desk.request.get("/dashboard/export.csv?rows=remarks")
    assert exported.ok
    assert "laid aside" in exported.text()

    page.reload()
    desk.goto(page.url)
    desk.get_by_label("Your reply").fill("She will. Thank you!")
    desk.get_by_role("button", name="Reply", exact=True).click()
    page.goto("/")
    expect(page.get_by_role("banner")).to_contain_text("1 new")
    page.goto("/account/reviews")
    expect(page.get_by_text("She will. Thank you!")).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("banner")).not_to_contain_text("1 new")
    stranger = ben.page.context.browser
    assert stranger
    fresh = stranger.new_context(base_url=server.url)
    opened = fresh.new_page()
    opened.goto(chapter)
    expect(opened.get_by_text("I read it twice!")).to_be_visible()
    expect(opened.get_by_text("She will. Thank you!")).to_be_visible()
    fresh.close()
