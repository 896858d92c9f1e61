"""Every page, wide and narrow, light and dark, full and empty: nothing overflows, nothing is too faint to read.

The pictures are left in ``tests/e2e/shots`` to be looked at; FEEDBACK_PICTURES=1 also renews the one in the README.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from .conftest import Server

SHOTS = Path(__file__).parent / "shots"
README_PICTURE = Path(__file__).parent.parent.parent / "docs" / "desk.png"
DEMO_PASSWORD = "demo-reading-room"
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")

NOBODY = ("/", "/works/1", "/works/1/chapters/1", "/login", "/register", "/recover", "/reviews/1", "/no/such/page")
READER = (
    "/works/1/chapters/2",
    "/account",
    "/account/reviews",
    "/account/sessions",
    "/account/password",
    "/reviews/1",
)
AUTHOR = (
    "/dashboard",
    "/dashboard?group=craft",
    "/dashboard?group=story",
    "/dashboard?kind=grammar",
    "/dashboard?kind=hostile",
    "/dashboard?q=nothing+has+these+words",
    "/dashboard/taught",
    "/dashboard/taught/forget",
    "/works/1/edit",
    "/works/1/chapters/1/edit",
    "/works/1/delete",
)
MODERATOR = ("/moderation",)
EMPTY = (
    "/",
    "/works",
    "/works/new",
    "/dashboard",
    "/dashboard?kind=question",
    "/dashboard/taught",
    "/dashboard/taught/forget",
    "/account/reviews",
)

# Text whose contrast with the first opaque background behind it is under WCAG 2.2 AA: 4.5, or 3 for large text.
FAINT = """() => {
  const parse = (c) => (c.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length < 4 || c[3] === 1) return c;
    }
    return parse(getComputedStyle(document.documentElement).backgroundColor);
  };
  const faint = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walk.nextNode();) {
    const e = node.parentElement, style = getComputedStyle(e);
    const seen = node.data.trim() && e.checkVisibility({visibilityProperty: true});
    if (!seen || e.closest('.unseen, .visually-hidden, .skip, .spoiler, option')) continue;
    const [a, b] = [light(parse(style.color)), light(behind(e))].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5)) faint.push(`${node.data.trim().slice(0, 40)}: ${ratio.toFixed(2)}`);
  }
  return faint;
}"""
UNNAMED = """() => [...document.querySelectorAll('button, a[href], input:not([type=hidden]), select, textarea')]
  .filter(e => e.checkVisibility() && !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length
    || e.getAttribute('aria-labelledby') || e.title)).map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture(params=[(width, scheme) for width in WIDTHS for scheme in SCHEMES], ids=str)
def window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[tuple[BrowserContext, str]]:
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield context, f"{width}-{scheme}"
    context.close()


def log_in(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/login")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password").fill(DEMO_PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in").click()


def look(page: Page, base: str, path: str, label: str) -> Path:
    """Open a page, hold it to what every page must be, and keep its picture."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(base + path)
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} is wider than the window"
    assert page.evaluate(FAINT) == [], path
    assert page.evaluate(UNNAMED) == [], path
    assert page.locator("h1").count() == 1, f"{path} has not one heading"
    assert said == [], path
    name = path.strip("/").translate(str.maketrans("/?=&+", "-----")) or "home"
    target = SHOTS / f"{label}-{name}.png"
    page.screenshot(path=target, full_page=True)
    return target


def test_a_full_archive(window: tuple[BrowserContext, str], demo_server: Server) -> None:
    context, label = window
    for who, name, paths in (
        ("nobody", "", NOBODY),
        ("reader", "nightbus_nell", READER),
        ("author", "marit_o", AUTHOR),
        ("moderator", "nora_mod", MODERATOR),
    ):
        page = context.new_page()
        context.clear_cookies()
        if name:
            log_in(page, demo_server.url, name)
        if who == "author":
            for kind, to in (
                ("praise", "reaction"),
                ("hostile", "theory"),
                ("grammar", "prose"),
                ("praise", "praise"),
            ):
                file_elsewhere(page, demo_server.url, kind, to)
        for path in own(page, demo_server.url, paths) if who == "author" else paths:
            look(page, demo_server.url, path, f"{label}-{who}")
        if who == "author" and label == "1280-light":
            picture(page, demo_server.url)
        page.close()


def file_elsewhere(page: Page, base: str, kind: str, to: str) -> None:
    """File the first of a tray under another kind."""
    page.goto(f"{base}/dashboard?kind={kind}")
    page.locator(".refile summary").first.click()
    page.locator(".refile select").first.select_option(to)
    page.locator(".refile button").first.click()


def own(page: Page, base: str, paths: tuple[str, ...]) -> list[str]:
    """``paths`` with the number of a work of whoever is logged in."""
    page.goto(f"{base}/works")
    address = page.locator("main a[href^='/works/']:not([href='/works/new'])").first.get_attribute("href")
    assert address
    return [path.replace("/works/1", address) for path in paths]


def picture(page: Page, base: str) -> None:
    """The README's picture: the tray of an author's typos."""
    page.goto(f"{base}/dashboard?kind=grammar")
    shot = SHOTS / "desk.png"
    page.screenshot(path=shot)
    if os.environ.get("FEEDBACK_PICTURES"):
        README_PICTURE.parent.mkdir(exist_ok=True)
        shutil.copy(shot, README_PICTURE)
    assert README_PICTURE.exists(), "FEEDBACK_PICTURES=1 pytest tests/e2e/test_look.py makes the README's picture"


def test_an_empty_archive(window: tuple[BrowserContext, str], server: Server) -> None:
    context, label = window
    added = server.command("user", "add", "Mara", "--password-stdin", stdin=f"{DEMO_PASSWORD}\n")
    assert added.returncode == 0, added.stderr
    page = context.new_page()
    look(page, server.url, "/", f"{label}-empty-nobody")
    log_in(page, server.url, "Mara")
    for path in EMPTY:
        look(page, server.url, path, f"{label}-empty")
