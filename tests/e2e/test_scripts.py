"""Stored script, tried in a real browser: whatever is typed wherever, nothing runs, leaves the site or breaks out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from playwright.sync_api import APIRequestContext, APIResponse, Browser, BrowserContext, Page

from tests.payloads import PAYLOADS

from .conftest import Server

PASSWORD = "correct horse battery"
# Whether anything of a text grew out of its part of the page.
ESCAPED = """() => [...document.querySelectorAll('.prose *, .summary *, .invitation *, .author-note *')]
    .filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position)).map(e => e.outerHTML)"""
ACTIVE = """() => [...document.querySelectorAll('*')].flatMap(e =>
    [...e.attributes].filter(a => /^on/i.test(a.name) || /^\\s*(javascript|data|vbscript):/i.test(a.value))
        .map(a => e.tagName + ' ' + a.name + '=' + a.value))"""


@dataclass
class Watch:
    """Writes down every dialog, every popup, every request that left the site, and every inline script refused."""

    context: BrowserContext
    url: str
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.on("request", lambda r: None if self._ours(r.url) else self.seen.append(f"request {r.url}"))
        self.page = self.context.new_page()
        self.page.on("popup", lambda popup: self.seen.append(f"popup {popup.url}"))
        self.page.on("dialog", lambda dialog: (self.seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("console", lambda m: self.seen.append(m.text) if "Content Security Policy" in m.text else None)

    def look(self, path: str) -> Page:
        answer = self.page.goto(path)
        assert answer
        assert answer.status < 500, path
        self.page.mouse.move(400, 400)
        assert self.page.evaluate(ACTIVE) == [], path
        assert self.page.evaluate(ESCAPED) == [], path
        assert self.seen == [], path
        assert self._ours(self.page.url), path
        return self.page

    def _ours(self, url: str) -> bool:
        return url.startswith((f"{self.url}/", "about:blank"))


class Typist:
    """Somebody who types payloads into every form, without a page in between."""

    def __init__(self, request: APIRequestContext, name: str) -> None:
        self.request = request
        self.tokened = ""
        fields = {"username": name, "password": PASSWORD, "password2": PASSWORD}
        assert self.send("/register", fields, page="/register").status == 303
        self.tokened = self._token("/account/password")

    def _token(self, page: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.request.get(page).text())
        assert found
        return found[1]

    def send(self, path: str, fields: dict[str, str], page: str = "") -> APIResponse:
        token = self.tokened or self._token(page)
        return self.request.post(path, form={"csrf_token": token, **fields}, max_redirects=0)

    def made(self, path: str, fields: dict[str, str]) -> str:
        """The address of what was made, or "" when the text was refused in so many words."""
        answer = self.send(path, fields)
        assert answer.status in (303, 422), (path, answer.status)
        return answer.headers.get("location", "") if answer.status == 303 else ""


@pytest.fixture
def contexts(browser: Browser, server: Server) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    pair = browser.new_context(base_url=server.url), browser.new_context(base_url=server.url)
    yield pair
    for context in pair:
        context.close()


def published(mara: Typist, payload: str) -> str:
    """A work and a chapter made of ``payload`` wherever something can be typed; "" when it is refused."""
    work = mara.made("/works/new", {"title": payload[:200], "summary": payload, "wishes_note": payload[:500]})
    work = work or mara.made("/works/new", {"title": "Plain", "summary": ""})
    notes = {"notes_before": payload, "notes_after": payload}
    chapter = {"title": payload[:200], "body": f"{payload}\n\nA line of text.", "publish": "1"}
    return mara.made(f"{work}/chapters/new", {**chapter, **notes}) or mara.made(
        f"{work}/chapters/new", {"title": "Plain", "body": "A line of text.", "publish": "1"}
    )


def test_nothing_typed_ever_runs(contexts: tuple[BrowserContext, BrowserContext], server: Server) -> None:
    assert len(PAYLOADS) >= 100
    mara, ben = Typist(contexts[0].request, "Mara"), Typist(contexts[1].request, "Ben")
    chapters = [published(mara, payload) for payload in PAYLOADS]
    reviews = [
        ben.made(f"{chapter}/reviews", {"body": f"{payload} and a word"})
        for chapter, payload in zip(chapters, PAYLOADS, strict=True)
    ]
    for review, payload in list(zip(reviews, PAYLOADS, strict=True))[::5]:
        if review:
            mara.made(f"{review}/reply", {"body": f"{payload} and an answer"})
            ben.made(f"{review}/edit", {"body": f"{payload} and a second thought"})
    watch = Watch(contexts[0], server.url)
    for chapter in chapters:
        watch.look(chapter)
    for chapter in chapters[::9]:
        watch.look(chapter.rsplit("/chapters", 1)[0])
        watch.look(f"{chapter}/edit")
    for review in filter(None, reviews[::9]):
        watch.look(review)
    for path in ("/", "/dashboard", "/dashboard?group=story", "/dashboard?group=craft"):
        watch.look(path)
    for payload in PAYLOADS[::6]:
        watch.look("/dashboard?" + urlencode({"q": payload[:150]}))
        watch.look("/login?" + urlencode({"next": payload, "draft": payload}))
    theirs = Watch(contexts[1], server.url)
    for path in ("/account/reviews", *chapters[::25]):
        theirs.look(path)


def test_no_payload_makes_a_name(browser: Browser, server: Server) -> None:
    context = browser.new_context(base_url=server.url)
    watch = Watch(context, server.url)
    for payload in PAYLOADS[::10]:
        watch.look("/register")
        watch.page.get_by_label("Name", exact=True).fill(payload)
        watch.page.get_by_label("Password", exact=True).fill(PASSWORD)
        watch.page.get_by_label("Password again").fill(PASSWORD)
        watch.page.get_by_role("button", name="Register").click()
        assert watch.seen == []
        assert watch.page.url.endswith("/register"), "an account was made of a payload"
    context.close()
