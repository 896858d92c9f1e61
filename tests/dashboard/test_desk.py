"""The desk as its author uses it in a browser without scripts."""

import csv
import html
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from feedback.remarks import export
from tests.conftest import Site, Visitor

ATTACK = "kill yourself, you talentless hack"
MIXED = "I loved this chapter so much!\n\nlayed -> laid\n\nWill there be more of Ilse?"


def send(visitor: Visitor, chapter: str, body: str, visibility: str = "public") -> str:
    """A review; its address."""
    answer = visitor.post(f"{chapter}/reviews", {"body": body, "visibility": visibility})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"]).split("#", 1)[0]


def sort_all(site: Site) -> None:
    """What the background process does, if the sorter leaves work to it."""
    from feedback.reviews import queue, sorters

    with site.app.app_context():
        while queue.sort_pending(site.db, sorters.sorter(), 50):
            pass


def kind(site: Site, text: str, kind_: str, stance: str = "neutral") -> int:
    """Make sure of a label, whatever the sorter of the day says; the remark's id."""
    found: int = site.db.value("SELECT id FROM remark WHERE text LIKE :text AND live = 1", text=f"%{text}%")
    site.db.change("UPDATE remark SET kind = :k, stance = :s WHERE id = :id", k=kind_, s=stance, id=found)
    return found


@pytest.fixture
def desk(site: Site, author: Visitor, reader: Visitor, chapter: str) -> dict[str, int]:
    """One mixed review and one attack; the remarks by name."""
    send(reader, chapter, MIXED)
    send(reader, chapter, ATTACK)
    sort_all(site)
    return {
        "loved": kind(site, "I loved", "reaction", "positive"),
        "typo": kind(site, "layed", "grammar", "negative"),
        "question": kind(site, "Will there", "question"),
        "attack": kind(site, "hack", "hostile", "negative"),
    }


@pytest.fixture
def surrounded(site: Site, reader: Visitor, chapter: str) -> None:
    """A review with an attack in it, and words around it that are filed as a reaction."""
    send(reader, chapter, f"Nobody wants this.\n\n{ATTACK}")
    sort_all(site)
    kind(site, "Nobody wants", "reaction", "negative")
    kind(site, "hack", "hostile", "negative")


def words(page: str) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", page)))


def unfolded(page: str) -> str:
    """What a page shows while nothing on it is opened."""
    return words(re.sub(r"(</summary>).*?(?=</details>)", r"\1", page, flags=re.DOTALL))


def hidden(page: str, form: str) -> dict[str, str | list[str]]:
    """The hidden fields of the form whose tag has ``form`` in it."""
    found = re.search(rf"<form[^>]*{form}[^>]*>(.*?)</form>", page, re.DOTALL)
    assert found, f"there is no form with {form}"
    return {
        html.unescape(name): html.unescape(value)
        for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', found[1])
    }


def undo(visitor: Visitor, page: str) -> str:
    fields = hidden(page, 'action="/dashboard/undo"')
    return visitor.post("/dashboard/undo", dict(fields), follow_redirects=True).text


# The letter


def test_a_first_desk_says_what_will_fill_it(author: Visitor, stranger: Visitor, work: str) -> None:
    assert f'href="{work}"' in author.get("/dashboard").text
    page = stranger.get("/dashboard").text
    assert "/works/new" in page
    assert "Begin a work" in page


def test_the_letter(author: Visitor, desk: dict[str, int]) -> None:
    page = author.get("/dashboard").text
    said = words(page)
    assert "So far: 2 reviews on 1 chapter." in said
    assert "What they loved 1 unread" in said
    assert "1 question waiting" in said
    assert "1 fix, by chapter" in said
    assert "1 message set aside: it looks like an attack. You needn't read it." in said
    assert "hack" not in page
    assert 'href="/works"' in page
    for query, name in (
        ("status=new&loved=1", "loved"), ("kind=question&status=new", "question"),
        ("group=craft&status=new&asks=1", "typo"),
    ):  # fmt: skip
        assert f'href="/dashboard?{html.escape(query)}"' in page
        shown = re.findall(r'id="remark-(\d+)"', author.get(f"/dashboard?{query}").text)
        assert shown == [str(desk[name])]


def test_the_letter_tells_since_the_visit_before(site: Site, author: Visitor, desk: dict[str, int]) -> None:
    author.get("/dashboard")
    day = 24 * 3600
    site.db.change("UPDATE account SET desk_seen_at = desk_seen_at - :ago WHERE name = 'Mara'", ago=20 * day)
    site.db.change("UPDATE review SET submitted_at = submitted_at - :ago WHERE id = 1", ago=30 * day)
    page = words(author.get("/dashboard").text)
    assert re.search(r"Since \d+ \w+ \d{4}: 1 review on 1 chapter\.", page)
    # The same visit goes on: it still tells since then.
    assert words(author.get("/dashboard").text) == page


def test_what_was_set_aside_is_dealt_with_unread(site: Site, author: Visitor, desk: dict[str, int]) -> None:
    page = author.get("/dashboard").text
    for action in ("report", "hide"):
        fields = hidden(page, rf'action="/reviews/2/{action}"')
        answer = author.post(f"/reviews/2/{action}", dict(fields))
        assert (answer.status_code, answer.headers["Location"]) == (303, "/dashboard")
    assert site.db.value("SELECT reason FROM report") == "attack"
    assert site.db.value("SELECT state FROM review WHERE id = 2") == "hidden"
    assert "set aside" not in words(author.get("/dashboard").text).lower()


def test_advertising_is_said_to_be_that(site: Site, author: Visitor, desk: dict[str, int]) -> None:
    site.db.change("UPDATE remark SET why = 'it looks like advertising' WHERE kind = 'hostile'")
    page = author.get("/dashboard").text
    assert "it looks like advertising" in words(page)
    assert hidden(page, r'action="/reviews/2/report"')["reason"] == "spam"


def test_held_reviews_wait_in_the_letter(site: Site, author: Visitor, reader: Visitor, chapter: str) -> None:
    site.db.change("UPDATE work SET review_policy = 'hold_all'")
    send(reader, chapter, "Let me in, please.")
    sort_all(site)
    page = author.get("/dashboard").text
    assert "Let me in, please." in page
    assert '<button class="primary">Let it in</button>' in page
    assert "Let me in" not in author.get("/dashboard?sort=newest").text
    answer = author.post("/reviews/1/release", dict(hidden(page, 'action="/reviews/1/release"')))
    assert answer.headers["Location"] == "/dashboard"
    assert "Let me in, please." in author.get("/dashboard?sort=newest").text


def test_an_attack_among_what_was_held_is_folded(site: Site, author: Visitor, reader: Visitor, chapter: str) -> None:
    site.db.change("UPDATE work SET review_policy = 'hold_all'")
    send(reader, chapter, f"A fair point.\n\n{ATTACK}")
    sort_all(site)
    kind(site, "hack", "hostile", "negative")
    page = author.get("/dashboard").text
    assert "1 message set aside: it looks like an attack. You needn't read it." in words(page)
    assert "A fair point." not in unfolded(page)
    assert "<button>Let it in</button>" in page
    assert "hack" not in unfolded(page)
    assert "hack" in page


@pytest.mark.parametrize("policy", ["open", "hold_all"])
def test_what_is_not_sorted_yet_is_folded(
    site: Site, author: Visitor, reader: Visitor, chapter: str, policy: str
) -> None:
    site.db.change("UPDATE work SET review_policy = :policy", policy=policy)
    send(reader, chapter, "A thought.")
    site.db.change("DELETE FROM remark")
    site.db.change("UPDATE review SET sorted = 0")
    page = author.get("/dashboard").text
    assert ("Being read" in page) == (policy == "open")
    assert "Not sorted yet." in unfolded(page)
    assert "A thought." not in unfolded(page)
    assert "A thought." in page


def test_nothing_waits_is_not_said_above_what_was_held(
    site: Site, author: Visitor, reader: Visitor, chapter: str
) -> None:
    site.db.change("UPDATE work SET review_policy = 'hold_all'")
    send(reader, chapter, "Let me in, please.")
    assert "Nothing waits for you." not in author.get("/dashboard").text
    site.db.change("UPDATE review SET state = 'hidden'")
    site.db.change("DELETE FROM remark")
    assert "Nothing waits for you." in author.get("/dashboard").text


# Trays


def test_a_story_tray_shows_the_review_with_its_passage_lit(author: Visitor, desk: dict[str, int]) -> None:
    page = author.get("/dashboard?kind=reaction").text
    assert re.search(r"<mark>\s*I loved this chapter so much!\s*</mark>", page)
    assert "Will there be more of Ilse?" in page


def test_a_craft_tray_shows_the_chapter_beside_it(
    site: Site, author: Visitor, desk: dict[str, int], chapter: str
) -> None:
    text: str = site.db.value("SELECT body_text FROM chapter_version")
    start = text.index("laid")
    site.db.change("DELETE FROM passage")
    site.db.change(
        """
        INSERT INTO passage (remark_id, position, quote, wrong_text, right_text, fixed, anchor, start_at, end_at,
            chapter_version)
        VALUES (:id, 0, 'layed', 'layed', 'laid', 'laid', 'moved', :start, :end, 1)
        """,
        id=desk["typo"],
        start=start,
        end=start + 4,
    )
    page = author.get("/dashboard?group=craft").text
    assert "her sister</span><mark>laid</mark><span>" in re.sub(r"\s*(</?(?:span|mark)>)\s*", r"\1", page)
    assert "<del>layed</del>" in page
    assert "<ins>laid</ins>" in page
    assert "looks fixed" not in page
    assert f'href="{chapter}"' in page
    assert 'href="/reviews/1"' in page
    site.db.change("UPDATE passage SET looks_fixed_in = 2")
    assert "→ laid looks fixed in version 2" in words(author.get("/dashboard?group=craft").text)


@pytest.mark.parametrize(("stance", "proposed"), [("negative", True), ("positive", False)])
def test_a_quoted_passage_that_is_gone_looks_fixed_where_something_was_asked(
    site: Site, author: Visitor, desk: dict[str, int], stance: str, proposed: bool
) -> None:
    kind(site, "layed", "prose", stance)
    site.db.change("DELETE FROM passage")
    site.db.change(
        """
        INSERT INTO passage (remark_id, position, quote, anchor, chapter_version, looks_fixed_in)
        VALUES (:id, 0, 'they rode over the hill', 'lost', 3, 3)
        """,
        id=desk["typo"],
    )
    page = words(author.get("/dashboard?kind=prose").text)
    assert ("looks fixed in version 3" in page) is proposed
    assert ("The passage quoted is not in the chapter." in page) is not proposed


def test_an_attack_is_folded_wherever_it_stands(author: Visitor, desk: dict[str, int]) -> None:
    for query in ("sort=newest", "sort=chapter", "kind=hostile", "q=hack"):
        page = author.get(f"/dashboard?{query}").text
        unfolded = re.sub(r"<details class=\"set-aside\">.*?</details>", "", page, flags=re.DOTALL)
        assert "hack" in page
        assert ATTACK not in unfolded


TRAYS_WITH_ATTACK = (
    "kind=hostile",
    "sort=newest",
    "sort=chapter",
    "reviewer=Ben",
    "q=hack",
    "kind=hostile&status=new",
)


@pytest.mark.parametrize("query", TRAYS_WITH_ATTACK)
def test_what_was_set_aside_can_be_dealt_with_unread_in_every_tray(
    site: Site, author: Visitor, desk: dict[str, int], query: str
) -> None:
    for action in ("report", "hide"):
        page = author.get(f"/dashboard?{query}").text
        assert page.count(f'action="/reviews/2/{action}"') == 1
        assert f'action="/reviews/1/{action}"' not in page
        fields = hidden(page, rf'action="/reviews/2/{action}"')
        answer = author.post(f"/reviews/2/{action}", dict(fields))
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/dashboard?{query}")
    assert site.db.value("SELECT reason FROM report") == "attack"
    page = author.get(f"/dashboard?{query}").text
    assert "Report unread" in page
    assert "Hide unread" not in page, "it is hidden already"


def test_a_mixed_review_can_be_dealt_with_beside_what_is_loved(
    site: Site, author: Visitor, reader: Visitor, chapter: str
) -> None:
    send(reader, chapter, f"I loved the mill.\n\n{ATTACK}")
    sort_all(site)
    kind(site, "I loved", "praise", "positive")
    kind(site, "hack", "hostile", "negative")
    page = author.get("/dashboard?kind=praise").text
    assert "hack" not in unfolded(page)
    assert "Report unread" in page
    assert "Hide unread" in page


@pytest.mark.parametrize(
    "back", ["desk?kind=hostile&x=//elsewhere.example", "desk?%0d%0aSet-Cookie:x", "desk?" + "a" * 9000]
)
def test_dealing_with_it_unread_leads_nowhere_but_to_the_desk(
    author: Visitor, desk: dict[str, int], back: str
) -> None:
    answer = author.post("/reviews/2/hide", {"back": back})
    assert answer.headers["Location"].startswith("/dashboard")
    assert len(answer.headers["Location"]) < 5000
    assert "\n" not in answer.headers["Location"]


@pytest.mark.parametrize("back", ["", "elsewhere?desk", "//elsewhere.example"])
def test_what_was_not_sent_from_the_desk_leads_to_the_review(
    author: Visitor, desk: dict[str, int], back: str
) -> None:
    assert author.post("/reviews/2/hide", {"back": back}).headers["Location"] == "/reviews/2"


def test_a_reviews_own_page_is_folded_for_its_author_alone(
    site: Site, author: Visitor, reader: Visitor, stranger: Visitor, chapter: str, desk: dict[str, int]
) -> None:
    page = author.get("/reviews/2").text
    assert "hack" not in unfolded(page)
    assert "hack" in page
    assert "1 message set aside: it looks like an attack. You needn't read it." in words(page)
    for action in ("report", "hide"):
        assert hidden(page, rf'action="/reviews/2/{action}" *>')["back"] == "desk"
    for visitor in (reader, stranger):
        other = visitor.get("/reviews/2").text
        assert "hack" in unfolded(other)
        assert "set aside:" not in other
    assert "set-aside" not in author.get("/reviews/1").text
    assert "set-aside" not in author.get(chapter).text


@pytest.mark.usefixtures("surrounded")
def test_what_stands_around_an_attack_is_folded_where_it_was_set_aside(author: Visitor) -> None:
    assert "Nobody wants this." not in unfolded(author.get("/dashboard?kind=hostile").text)
    assert "Nobody wants this." in unfolded(author.get("/dashboard?kind=reaction").text)


def test_what_an_author_set_aside_by_hand_is_nobody_s_attack(
    author: Visitor, desk: dict[str, int], chapter: str
) -> None:
    author.post("/dashboard/triage", {"remark": str(desk["loved"]), "action": "kind:hostile"})
    for page in ("/dashboard", "/dashboard/taught", "/reviews/1"):
        assert "1 message that you set aside." in words(author.get(page).text)
    tray = author.get("/dashboard?kind=hostile&status=new").text
    assert 'href="/reviews/1/report"' in tray
    assert 'action="/reviews/1/report"' not in tray


@pytest.mark.usefixtures("surrounded")
def test_how_an_attack_was_read_shows_its_author_no_word_of_it(author: Visitor, reader: Visitor) -> None:
    page = author.get("/reviews/1").text
    shown = page[page.index('id="read"') :]
    assert "Nobody wants" not in shown
    assert "Nobody wants" in reader.get("/reviews/1").text
    assert "Nobody wants" not in unfolded(author.get("/reviews/1/report").text)


def test_doubt_is_said_and_no_percentage(site: Site, author: Visitor, desk: dict[str, int]) -> None:
    site.db.change("UPDATE remark SET unsure = 1, confidence = 0.41 WHERE id = :id", id=desk["loved"])
    page = words(author.get("/dashboard?unsure=1").text)
    assert "Check this label." in page
    assert "41" not in page
    assert "%" not in page


FORBIDDEN = re.compile(r"\b(remarks?|triage|hostile|off.topic|declined)\b", re.IGNORECASE)


def test_the_words_a_person_sees(author: Visitor, desk: dict[str, int]) -> None:
    addresses = (
        "/dashboard",
        "/dashboard?sort=newest",
        "/dashboard?status=declined",
        f"/dashboard/split?remark={desk['typo']}",
    )
    for address in addresses:
        assert not FORBIDDEN.search(words(author.get(address).text)), address


@pytest.mark.parametrize(
    "query",
    [
        "kind=nope", "work=x", "chapter=1", "before=zzz", "sort=best", "status=new&status=done", "q=" + "x" * 300,
        "since=never", "work=" + "9" * 30, "starred=2", "before=1&after=2",
    ],
)  # fmt: skip
def test_nonsense_is_named(author: Visitor, query: str) -> None:
    for path in ("/dashboard", "/dashboard/export.csv", "/dashboard/export.jsonl"):
        answer = author.get(f"{path}?{query}")
        assert answer.status_code == 400
        names = parse_qs(query)
        assert any(f"“{name}”" in answer.text for name in names) or "q" in names or "after" in names


@pytest.mark.parametrize("query", ["work=1", "work=1&chapter=1", "work=99", "work=1&q=layed"])
def test_anothers_work_is_not_there(stranger: Visitor, desk: dict[str, int], query: str) -> None:
    for path in ("/dashboard", "/dashboard/export.csv", "/dashboard/export.jsonl"):
        assert stranger.get(f"{path}?{query}").status_code == 404


def test_a_chapter_that_is_not_there(author: Visitor, desk: dict[str, int]) -> None:
    assert author.get("/dashboard?work=1&chapter=2").status_code == 404


def test_nothing_of_anothers_desk_is_shown(
    stranger: Visitor, moderator: Visitor, reader: Visitor, desk: dict[str, int]
) -> None:
    for visitor in (stranger, moderator, reader):
        for path in (
            "/dashboard",
            "/dashboard?sort=newest",
            "/dashboard?q=layed",
            "/dashboard/export.csv?rows=reviews",
        ):
            assert "layed" not in visitor.get(path).text.replace("q=layed", "").replace('value="layed"', "").replace(
                "“layed”", ""
            )


def test_the_page_makes_as_many_queries_for_many_as_for_few(
    site: Site, author: Visitor, reader: Visitor, desk: dict[str, int], chapter: str
) -> None:
    def queries(path: str) -> int:
        made: list[str] = []
        pool = site.app.extensions["feedback"]["pool"]
        pool.connection().conn.set_trace_callback(made.append)
        assert author.get(path).status_code == 200
        pool.connection().conn.set_trace_callback(None)
        # What begins with two dashes, the search index asks of its own tables.
        return len([sql for sql in made if not sql.startswith("--")])

    paths = (
        "/dashboard", "/dashboard?sort=newest", "/dashboard?group=craft", "/dashboard?q=chapter", "/dashboard/taught",
    )  # fmt: skip
    author.post("/dashboard/triage", {"remark": str(desk["loved"]), "action": "kind:reaction"})
    for path in paths:
        author.get(path)
    few = [queries(path) for path in paths]
    for n in range(12):
        send(reader, chapter, f"{MIXED} Number {n}.")
    sort_all(site)
    author.post(
        "/dashboard/triage", {"all_matching": "1", "group": "story", "cutoff": "999", "action": "kind:praise"}
    )
    author.get("/dashboard/taught")
    assert [queries(path) for path in paths] == few


def test_no_answer_of_the_desk_is_stored(author: Visitor, desk: dict[str, int]) -> None:
    for path in ("/dashboard", "/dashboard?sort=newest", "/dashboard/export.csv", "/dashboard/export.jsonl"):
        assert author.get(path).headers["Cache-Control"] == "no-store"


# Changes


def test_one_change_and_its_undo(site: Site, author: Visitor, desk: dict[str, int]) -> None:
    def status() -> str:
        return str(site.db.value("SELECT status FROM remark WHERE id = :id", id=desk["typo"]))

    tray = "/dashboard?group=craft&status=new"
    fields = hidden(author.get(tray).text, 'class="actions remark-actions"')
    answer = author.post("/dashboard/triage", {**fields, "remark": str(desk["typo"]), "action": "todo"})
    assert answer.status_code == 303
    back = urlsplit(answer.headers["Location"])
    assert (back.path, parse_qs(back.query)) == ("/dashboard", {"group": ["craft"], "status": ["new"]})
    assert status() == "todo"
    page = author.get(answer.headers["Location"]).text
    assert "1 put on your list." in words(page)
    assert hidden(page, 'action="/dashboard/undo"')["spot"] == str(desk["typo"])
    assert "Undone: 1 as before." in words(undo(author, page))
    assert status() == "new"
    assert "That was undone already." in words(undo(author, page))
    assert 'action="/dashboard/undo"' not in author.get(tray).text


def test_an_undo_comes_back_where_it_was(author: Visitor, desk: dict[str, int]) -> None:
    tray = "/dashboard?group=craft&status=new"
    fields = hidden(author.get(tray).text, 'class="actions remark-actions"')
    page = author.post("/dashboard/triage", {**fields, "action": "done"}, follow_redirects=True).text
    answer = author.post("/dashboard/undo", dict(hidden(page, 'action="/dashboard/undo"')))
    assert answer.headers["Location"] == f"{tray}#remark-{desk['typo']}"


def test_nothing_selected_leads_back_to_the_desk(author: Visitor, desk: dict[str, int]) -> None:
    answer = author.post("/dashboard/triage", {"action": "done"})
    assert answer.status_code == 400
    assert "Please select at least one." in answer.text
    assert '<a href="/dashboard">Back to your desk</a>' in answer.text


def test_several_at_once_say_what_could_not_be_done(author: Visitor, desk: dict[str, int]) -> None:
    ids = [str(desk[name]) for name in ("typo", "question", "loved")]
    page = author.post("/dashboard/triage", {"remark": ids, "action": "decline"}, follow_redirects=True).text
    assert "2 left as they are." in words(page)
    assert "1 message asks for nothing, so it stays as read or unread." in words(page)


def test_all_that_match_but_nothing_that_came_later(
    site: Site, author: Visitor, reader: Visitor, desk: dict[str, int], chapter: str
) -> None:
    fields = hidden(author.get("/dashboard?status=new").text, 'id="bulk"')
    assert fields["status"] == "new"
    send(reader, chapter, "Thank you!")
    sort_all(site)
    author.post("/dashboard/triage", {**fields, "all_matching": "1", "action": "done"})
    left = site.db.rows("SELECT id FROM remark WHERE status = 'new'")
    assert [row["id"] > int(str(fields["cutoff"])) for row in left] == [True]


def test_filing_elsewhere(site: Site, author: Visitor, desk: dict[str, int]) -> None:
    for data in ({"action": "kind:theory"}, {"action": "kind", "to": "plot"}):
        page = author.post("/dashboard/triage", {"remark": str(desk["loved"]), **data}, follow_redirects=True)
        assert "1 filed under" in words(page.text)
    row = site.db.row("SELECT kind, sorted_by FROM remark WHERE id = :id", id=desk["loved"])
    assert row
    assert tuple(row) == ("plot", "author")


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"remark": "1", "action": "explode"}, "action"),
        ({"remark": "x", "action": "done"}, "remark"),
        ({"remark": "9" * 30, "action": "done"}, "remark"),
        ({"action": "done"}, "remark"),
        ({"remark": ["1"] * 600, "action": "done"}, "remark"),
        ({"all_matching": "1", "action": "done"}, "cutoff"),
        ({"all_matching": "1", "cutoff": "x", "action": "done"}, "cutoff"),
        ({"all_matching": "1", "cutoff": "9", "kind": "nope", "action": "done"}, "kind"),
    ],
)
def test_a_change_that_makes_no_sense(
    author: Visitor, desk: dict[str, int], data: dict[str, str], named: str
) -> None:
    answer = author.post("/dashboard/triage", data)
    assert answer.status_code == 400
    assert f'data-parameter="{named}"' in answer.text
    shown = re.sub(r"<[^>]*>", " ", answer.text)
    assert not re.search(r"\bremark|\baddress|\bcutoff|\btriage", shown), "a form was sent, and nobody says remark"


def test_a_change_of_what_is_not_there(author: Visitor, desk: dict[str, int]) -> None:
    assert author.post("/dashboard/triage", {"remark": "999", "action": "done"}).status_code == 404


@pytest.mark.parametrize("form", ["split", "join"])
@pytest.mark.parametrize("remark", ["", "x", "1.5", ["1", "2"]])
def test_cutting_what_makes_no_sense(author: Visitor, desk: dict[str, int], form: str, remark: object) -> None:
    answer = author.post(f"/dashboard/{form}", {"remark": remark, "at": "3"})
    assert answer.status_code == 400
    assert 'data-parameter="remark"' in answer.text
    assert "one of the messages on your desk" in answer.text


def test_nobody_else_changes_anything(site: Site, stranger: Visitor, reader: Visitor, desk: dict[str, int]) -> None:
    before = [tuple(row) for row in site.db.rows("SELECT * FROM remark")]
    for visitor in (stranger, reader):
        for name in desk:
            remark = str(desk[name])
            assert visitor.post("/dashboard/triage", {"remark": remark, "action": "done"}).status_code == 404
            assert visitor.post("/dashboard/split", {"remark": remark, "at": "3"}).status_code == 404
            assert visitor.post("/dashboard/join", {"remark": remark}).status_code == 404
            assert visitor.get(f"/dashboard/split?remark={remark}").status_code == 404
        everything = {"all_matching": "1", "cutoff": "999999", "action": "done"}
        assert visitor.post("/dashboard/triage", everything).status_code == 404
    assert [tuple(row) for row in site.db.rows("SELECT * FROM remark")] == before


def test_an_undo_is_ones_own(author: Visitor, stranger: Visitor, desk: dict[str, int]) -> None:
    page = author.post(
        "/dashboard/triage", {"remark": str(desk["typo"]), "action": "done"}, follow_redirects=True
    ).text
    token = hidden(page, 'action="/dashboard/undo"')["token"]
    assert stranger.post("/dashboard/undo", {"token": token}).status_code == 404
    assert "Undone" in words(undo(author, page))


@pytest.mark.parametrize(
    ("back", "spot", "location"),
    [
        ("https://evil.example/", "", "/dashboard"),
        ("//evil.example", "7", "/dashboard#remark-7"),
        ("kind=plot&before=x", "<b>", "/dashboard"),
        ("kind=praise&before=9", "12", "/dashboard?kind=praise&before=9#remark-12"),
        ("q=a%26b%3Dc&x=y\r\nSet-Cookie:+a", "", "/dashboard?q=a%26b%3Dc"),
    ],
)
def test_back_leads_only_to_a_tray(
    author: Visitor, desk: dict[str, int], back: str, spot: str, location: str
) -> None:
    answer = author.post(
        "/dashboard/triage", {"remark": str(desk["typo"]), "action": "done", "back": back, "spot": spot}
    )
    assert answer.headers["Location"] == location


def test_cutting_and_joining(site: Site, author: Visitor, desk: dict[str, int]) -> None:
    page = author.get(f"/dashboard/split?remark={desk['loved']}&back=kind%3Dreaction").text
    places = re.findall(r'name="at" value="(\d+)"', page)
    answer = author.post("/dashboard/split", {"remark": str(desk["loved"]), "at": places[0], "back": "kind=reaction"})
    assert answer.status_code == 303
    assert urlsplit(answer.headers["Location"]).query == "kind=reaction"
    texts = "SELECT text FROM remark WHERE live = 1 AND review_id = 1 ORDER BY start_at"
    assert [row["text"] for row in site.db.rows(texts)][:2] == ["I", "loved this chapter so much!"]
    first: int = site.db.value("SELECT id FROM remark WHERE live = 1 AND text = 'I'")
    page = author.post("/dashboard/join", {"remark": str(first)}, follow_redirects=True).text
    assert site.db.rows(texts)[0]["text"] == "I loved this chapter so much!"
    assert "Undone: 1 as before." in words(undo(author, page))
    assert site.db.rows(texts)[0]["text"] == "I"


def test_a_cut_outside_is_said(author: Visitor, desk: dict[str, int]) -> None:
    page = author.post("/dashboard/split", {"remark": str(desk["loved"]), "at": "0"}, follow_redirects=True).text
    assert "There has to be something on both sides of the cut." in words(page)


# Exports


def test_the_export_is_what_the_tray_shows(site: Site, author: Visitor, desk: dict[str, int]) -> None:
    answer = author.get("/dashboard/export.csv?work=1&group=craft&rows=remarks")
    assert answer.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert re.fullmatch(
        r'attachment; filename="feedback-the-salt-road-remarks-\d{4}-\d\d-\d\d\.csv"',
        answer.headers["Content-Disposition"],
    )
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert [row["remark_id"] for row in rows] == [str(desk["typo"])]
    assert rows[0]["url"] == f"{site.config['base_url']}/reviews/1"
    whole = author.get("/dashboard/export.csv?group=craft&rows=reviews").text
    (review,) = csv.DictReader(io.StringIO(whole, newline=""))
    assert export.unguarded(review["text"]) == MIXED


@pytest.mark.parametrize("query", ["rows=letters", "rows=remarks&rows=reviews"])
def test_rows_that_there_are_not(author: Visitor, query: str) -> None:
    answer = author.get(f"/dashboard/export.csv?{query}")
    assert (answer.status_code, "“rows”" in answer.text) == (400, True)


def test_what_left_the_desk_is_in_no_export(site: Site, author: Visitor, desk: dict[str, int]) -> None:
    for state in ("held", "withdrawn", "removed"):
        site.db.change("UPDATE review SET state = :state WHERE id = 1", state=state)
        for query in ("rows=remarks", "rows=reviews", "rows=reviews&q=layed"):
            assert "layed" not in author.get(f"/dashboard/export.csv?{query}").text
        for path in ("/dashboard?sort=newest", "/dashboard?kind=grammar"):
            assert "layed" not in author.get(path).text
