"""Real chapters, real comments: a serial is published, many readers review it, its author works through it all.

Reads the shared data beside the checkout and is skipped, with the reason, where there is none.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from feedback.remarks import export
from feedback.reviews import queue, sorters
from feedback.sorting.kinds import KINDS

from .conftest import Site, Visitor, shared

READERS = 24
CHAPTERS = 8

pytestmark = pytest.mark.slow


def chapter_body(number: int) -> str:
    xhtml = shared(f"serial/chapter-{number}.xhtml").read_text(encoding="utf-8")
    inside = re.search(r"<body[^>]*>(.*)</body>", xhtml, re.S)
    assert inside
    return inside[1]


def comments() -> list[str]:
    lines = shared("remarks/dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [text for line in lines if 0 < len(text := json.loads(line)["text"]) <= 10_000]


@pytest.fixture
def serial(site: Site, author: Visitor) -> str:
    """Mara's serial of eight real chapters: its address."""
    work = author.post("/works/new", {"title": "A serial", "summary": "", "wishes": "all"}).headers["Location"]
    for number in range(1, CHAPTERS + 1):
        answer = author.post(
            f"{work}/chapters/new", {"title": f"Chapter {number}", "body": chapter_body(number), "publish": "1"}
        )
        assert answer.status_code == 303, answer.text
    return str(work)


def submit_all(site: Site, serial: str, texts: list[str]) -> dict[str, str]:
    """Every text as a review, by readers in turn, on chapters in turn: address -> text."""
    readers = [site.join(f"reader{n}") for n in range(READERS)]
    tokens = [reader.token() for reader in readers]
    sent = {}
    for n, text in enumerate(texts):
        answer = readers[n % READERS].post(
            f"{serial}/chapters/{n % CHAPTERS + 1}/reviews", {"body": text}, token=tokens[n % READERS]
        )
        assert answer.status_code == 303, (answer.status_code, text[:80])
        sent[answer.headers["Location"]] = text
    while queue.sort_pending(site.db, sorters.sorter(), limit=100):
        pass
    return sent


def tray(author: Visitor, query: str) -> Iterator[str]:
    """All pages of one tray, following the link to older rows."""
    path: str | None = f"/dashboard?{query}"
    while path:
        page = author.get(path)
        assert page.status_code == 200, path
        yield page.text
        found = re.search(r'href="([^"]+)"[^>]*rel="next"|rel="next"[^>]*href="([^"]+)"', page.text)
        path = (found[1] or found[2]).replace("&amp;", "&") if found else None


def exported(author: Visitor, query: str) -> list[dict[str, str]]:
    answer = author.get(f"/dashboard/export.csv?{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def test_an_author_works_through_real_comments(site: Site, author: Visitor, serial: str) -> None:
    texts = comments()
    sent = submit_all(site, serial, texts)
    assert len(sent) == len(texts)

    letter = author.get("/dashboard")
    assert letter.status_code == 200
    assert f"{len(texts)} reviews" in letter.text

    remarks = exported(author, "rows=remarks")
    reviews = exported(author, "rows=reviews")
    assert len(reviews) == len(sent)
    by_id = {row["review_id"]: row for row in reviews}
    for address, text in sent.items():
        stored = export.unguarded(by_id[address.rsplit("/", 1)[1]]["text"])
        assert "".join(stored.split()) == "".join(site_normal(text).split())
    for row in remarks:
        whole = export.unguarded(by_id[row["review_id"]]["text"])
        assert export.unguarded(row["text"]) in whole

    kinds = Counter(row["kind"] for row in remarks)
    for kind, count in kinds.items():
        ids = {
            found
            for page in tray(author, f"kind={kind}")
            for found in re.findall(r'name="remark" value="(\d+)"', page)
        }
        assert len(ids) == count, KINDS[kind].label

    answer = author.post(
        "/dashboard/triage", {"kind": "grammar", "all_matching": "1", "action": "done", "cutoff": "99999999"}
    )
    assert answer.status_code == 303
    assert {row["status"] for row in exported(author, "rows=remarks&kind=grammar")} == {"done"}
    undo = re.search(r'name="token" value="([^"]+)"', author.get("/dashboard?kind=grammar").text)
    assert undo, "the desk offers no undo"
    assert author.post("/dashboard/undo", {"token": undo[1]}).status_code == 303
    assert {row["status"] for row in exported(author, "rows=remarks&kind=grammar")} == {"new"}

    for address in list(sent)[::40]:
        assert author.get(address).status_code == 200


def site_normal(text: str) -> str:
    from feedback.text import normalise

    return normalise(text)
