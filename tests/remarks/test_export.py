"""Exports: exactly what the filters show, and every character back."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedback.errors import NotFound
from feedback.remarks import export
from feedback.remarks.filter import Filter
from tests.remarks.conftest import ADA, BEN, CLEO, MARA, Archive, make_archive, remark_at, typo, walk

BASE = "https://desk.example"


def export_bytes(archive: Archive, wanted: Filter = Filter(), rows: str = "remarks", fmt: str = "csv") -> bytes:
    made = export.pieces(archive.db.path, MARA, wanted, rows=rows, fmt=fmt, base_url=BASE)
    return b"".join(piece for piece, _ in made)


def read_csv(raw: bytes) -> list[dict[str, str]]:
    table = csv.DictReader(io.StringIO(raw.decode("utf-8"), newline=""))
    return [{name: export.unguarded(cell) for name, cell in row.items()} for row in table]


def test_remarks_as_csv(archive: Archive) -> None:
    source = "I loved it. layed should be laid."
    row = archive.bare_review(source)
    archive.file(row, [remark_at(source, "I loved it."), typo(source, "layed should be laid.")])
    raw = export_bytes(archive)
    assert raw.split(b"\r\n")[0].decode() == (
        "remark_id,review_id,work,chapter,chapter_title,reviewer,submitted_at,kind,stance,confidence,sorted_by,"
        "status,starred,text,quote,wrong,right,anchor,url"
    )
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n") == 3
    loved, mend = read_csv(raw)
    assert mend == {
        "remark_id": "2", "review_id": "1", "work": "The Salt Road", "chapter": "1", "chapter_title": "The Ford",
        "reviewer": "Ben", "submitted_at": "2023-11-14T22:13:20Z", "kind": "grammar", "stance": "negative",
        "confidence": "0.8", "sorted_by": "auto", "status": "new", "starred": "0", "text": "layed should be laid.",
        "quote": "layed", "wrong": "layed", "right": "laid", "anchor": "exact", "url": f"{BASE}/reviews/1",
    }  # fmt: skip
    assert (loved["text"], loved["quote"], loved["anchor"]) == ("I loved it.", "", "")


def test_reviews_as_csv(archive: Archive) -> None:
    row = archive.review([("plot", "negative"), ("praise", "positive"), ("plot", "neutral")], state="hidden")
    archive.db.change("UPDATE review SET edited_at = 1700000061")
    archive.db.change(
        "INSERT INTO reply (review_id, reader_id, visibility, source, html, policy_version, created_at)"
        " VALUES (1, 3, 'public', '+1', 'x', 1, 0)"
    )
    raw = export_bytes(archive, Filter(kinds=("praise",)), "reviews")
    assert raw.split(b"\r\n")[0].decode() == (
        "review_id,work,chapter,chapter_title,reviewer,submitted_at,edited_at,state,visibility,kinds,words,text,reply,url"
    )
    (only,) = read_csv(raw)
    assert only == {
        "review_id": "1", "work": "The Salt Road", "chapter": "1", "chapter_title": "The Ford", "reviewer": "Ben",
        "submitted_at": "2023-11-14T22:13:20Z", "edited_at": "2023-11-14T22:14:21Z", "state": "hidden",
        "visibility": "public", "kinds": "plot;praise", "words": "3", "text": row.source, "reply": "+1",
        "url": f"{BASE}/reviews/1",
    }  # fmt: skip
    assert export_bytes(archive, Filter(kinds=("theory",)), "reviews").count(b"\n") == 1


def test_json_lines_have_the_same_rows_unguarded(archive: Archive) -> None:
    archive.review(texts=["=1+1"])
    archive.review(texts=["“é” 😂"])
    lines = export_bytes(archive, fmt="jsonl").decode().splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["“é” 😂", "=1+1"]
    first = json.loads(lines[0])
    assert list(first) == [column.name for column in export.REMARKS]
    assert (first["remark_id"], first["quote"], first["starred"]) == (2, None, 0)
    (review, _) = (json.loads(line) for line in export_bytes(archive, rows="reviews", fmt="jsonl").splitlines())
    assert (review["kinds"], review["edited_at"]) == ("praise", None)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=SUM(A1)", "'=SUM(A1)"),
        ("+1", "'+1"),
        ("-> that", "'-> that"),
        ("@Mara", "'@Mara"),
        ("\tx", "'\tx"),
        ("'=x", "''=x"),
        ("''@x", "'''@x"),
        ("'tis", "'tis"),
        ("'", "'"),
        ("plain", "plain"),
        (" =x", " =x"),
    ],
)
def test_no_cell_begins_like_a_formula(archive: Archive, cell: str, written: str) -> None:
    archive.review(texts=[cell])
    (row,) = csv.DictReader(io.StringIO(export_bytes(archive).decode(), newline=""))
    assert row["text"] == written
    assert export.unguarded(written) == cell


beginnings = st.sampled_from(["", "=", "+", "-", "@", "\t", "\r", "'", "''", "'=", "\n", '"', ",", ";"])
cells = st.builds(str.__add__, beginnings, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))


@settings(max_examples=60, deadline=None)
@given(st.lists(cells.filter(bool), min_size=1, max_size=3))
@example(["\r=", "'\t'", "a\r\nb"])
def test_text_comes_back_exactly(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    archive = make_archive(Path(tmp_path_factory.mktemp("csv")))
    for text in texts:
        archive.db.change("UPDATE work SET title = :title WHERE id = 1", title=text[:200])
        archive.review(texts=[text])
    back = read_csv(export_bytes(archive, Filter(sort="oldest")))
    assert [row["text"] for row in back] == texts
    assert {row["work"] for row in back} == {texts[-1][:200]}
    reviews = read_csv(export_bytes(archive, Filter(sort="oldest"), "reviews"))
    assert [row["text"] for row in reviews] == texts
    archive.db.close()


WAYS = [
    Filter(), Filter(sort="oldest"), Filter(sort="chapter"), Filter(group="craft"), Filter(q="sentence"),
    Filter(q="sentence", sort="chapter"), Filter(reviewer="Cleo"), Filter(reviewer="Cleo", sort="chapter"),
    Filter(work=1), Filter(work=1, chapter=2), Filter(status="done"), Filter(q="sentence", reviewer="Ben"),
]  # fmt: skip


@pytest.mark.parametrize("wanted", WAYS, ids=lambda wanted: repr(dict(wanted.to_query())))
@pytest.mark.parametrize("batch", [1, 3, 400])
def test_every_row_once_in_order_and_nobody_elses(
    archive: Archive, wanted: Filter, batch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "BATCH", batch)
    for n, state in enumerate(["published", "hidden", "published", "held", "withdrawn", "removed", "published"]):
        labels = [("plot", "negative"), ("praise", "positive")]
        archive.review(labels, chapter=5 - n % 5, reader=(BEN, CLEO)[n % 2], state=state, at=1_700_000_000 + n)
    archive.review(chapter=6, texts=["sentence of Ada"])
    archive.db.change("UPDATE remark SET status = 'done' WHERE id IN (2, 3)")
    shown = [entry.remark for page in walk(archive, wanted, 2) for entry in page]
    got = read_csv(export_bytes(archive, wanted))
    assert [int(row["remark_id"]) for row in got] == [remark.id for remark in shown]
    reviews = [int(row["review_id"]) for row in read_csv(export_bytes(archive, wanted, "reviews"))]
    assert reviews == list(dict.fromkeys(remark.review_id for remark in shown))


def test_a_review_that_is_withdrawn_while_it_is_read_is_not_exported(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [archive.review(), archive.review()]
    letters = export._letters

    def withdrawn_first(*args: Any) -> list[export.Record]:
        archive.set_state(rows[0], "withdrawn")
        return letters(*args)

    monkeypatch.setattr(export, "_letters", withdrawn_first)
    assert [row["review_id"] for row in read_csv(export_bytes(archive, rows="reviews"))] == ["2"]


def test_writing_goes_on_while_an_export_is_read(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "BATCH", 2)
    archive.review([("praise", "positive")] * 6)
    made = export.pieces(archive.db.path, MARA, Filter(sort="oldest"), rows="remarks", fmt="csv", base_url=BASE)
    rows = 0
    for _, n in made:
        rows += n
        # A read that lasted would hold the log back; so the log can be emptied between any two pieces.
        archive.db.change("UPDATE health SET probed_at = probed_at + 1")
        busy, _, _ = archive.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert busy == 0
    assert rows == 6


def test_write_for_the_command_line(archive: Archive) -> None:
    archive.review([("praise", "positive")] * 3, chapter=6)
    out, seen = io.BytesIO(), list[int]()
    wanted = Filter(work=3)
    n = export.write(archive.db, wanted, rows="remarks", fmt="csv", base_url=BASE, out=out, progress=seen.append)
    assert (n, seen[-1]) == (3, 3)
    assert len(read_csv(out.getvalue())) == 3
    with pytest.raises(NotFound):
        export.write(
            archive.db, Filter(work=9), rows="remarks", fmt="csv", base_url=BASE, out=out, progress=seen.append
        )
    assert archive.db.value("SELECT author_id FROM work WHERE id = 3") == ADA


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Salt Road", "feedback-the-salt-road-remarks-2023-11-14.csv"),
        ('Été "x"\r\n/..', "feedback-ete-x-remarks-2023-11-14.csv"),
        ("物語", "feedback-work-1-remarks-2023-11-14.csv"),
    ],
)
def test_the_files_name(archive: Archive, title: str, name: str) -> None:
    archive.db.change("UPDATE work SET title = :title", title=title)
    assert export.file_name(archive.db, Filter(work=1), rows="remarks", fmt="csv", now=archive.now) == name
