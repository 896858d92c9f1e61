"""What an author types, pastes or uploads becomes the pages they meant."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback import paragraphs, sanitize, text
from feedback.errors import Invalid
from tests.sanitize.policy import CHAPTER, read

SERIAL = Path(__file__).parents[3] / "shared" / "serial"

LONG = "Nobody broke this line by hand, because it goes on and on until its thought is at an end, and then some more."
WRAPPED = (
    "It was the sort of morning on which the postman whistles, and the cat\n"
    "sits on the gatepost with the air of one who has bought the street at\n"
    "an auction and found the price to be a fair one."
)


ORNAMENTS = """
* * *|***|*|**|---|- - -|~~~|~|#|###|⁂|♦♦♦|___|===|—————|~*~*~|* \u00a0 *|• • •|-=-=-|———"""


@pytest.mark.parametrize("line", ORNAMENTS.strip().split("|"))
def test_an_ornament_is_a_scene_break(line):
    assert paragraphs.is_scene_break(line)
    for source in (f"a\n\n{line}\n\nb", f"a\n{line}\nb", f"a\n\n  {line}\n\nb", f"<p>a</p>\n<p>{line}</p>\n<p>b</p>"):
        assert sanitize.chapter_html(source).html == "<p>a</p>\n<hr>\n<p>b</p>"


@pytest.mark.parametrize(
    "line", ["...", ". . .", "…", "-", "--", "—", "?", "*sighs*", "1.", "-_-", "> x", "", " ", "o", "“—”"]
)
def test_what_may_be_text_is_no_scene_break(line):
    assert not paragraphs.is_scene_break(line)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        pytest.param(f"{LONG}\n{LONG}", f"<p>{LONG}</p>\n<p>{LONG}</p>", id="Word: lines of prose are paragraphs"),
        pytest.param(
            f"“Yes?”\n{LONG}\n“No.”", f"<p>“Yes?”</p>\n<p>{LONG}</p>\n<p>“No.”</p>", id="Word: short lines too"
        ),
        pytest.param(
            "“Yes?”\n“Sir?”\n“Go.”\n“No.”", "<p>“Yes?”</p>\n<p>“Sir?”</p>\n<p>“Go.”</p>\n<p>“No.”</p>", id="dialogue"
        ),
        pytest.param(WRAPPED, "<p>" + WRAPPED.replace("\n", " ") + "</p>", id="wrapped lines are joined"),
        pytest.param(
            "The moon was low,\nthe tide was slow\n\nand so\nwere we",
            "<p>The moon was low,<br>\nthe tide was slow</p>\n<p>and so<br>\nwere we</p>",
            id="verse keeps its lines",
        ),
        pytest.param(
            f"{LONG}\n\n> Dear sir,\n> I remain\n\n{LONG}",
            f"<p>{LONG}</p>\n<blockquote><p>Dear sir,<br>\nI remain</p></blockquote>\n<p>{LONG}</p>",
            id="a letter keeps its lines",
        ),
        pytest.param(f"{LONG}  \nshort", f"<p>{LONG}<br>\nshort</p>", id="two spaces ask for a line break"),
        pytest.param("- Hello.\n\n- Bye.", "<p>- Hello.</p>\n<p>- Bye.</p>", id="speech is no list"),
        pytest.param(
            f"- Hello.\n- Bye.\n{LONG}", f"<p>- Hello.</p>\n<p>- Bye.</p>\n<p>{LONG}</p>", id="speech from Word"
        ),
        pytest.param("1986. A year.\n\nx", "<p>1986. A year.</p>\n<p>x</p>", id="a year is no list"),
        pytest.param("- milk\n- eggs", "<ul><li>milk</li><li>eggs</li></ul>", id="a list"),
        pytest.param("* milk", "<ul><li>milk</li></ul>", id="a star is always a list"),
        pytest.param("# One\n\ntext", "<h2>One</h2>\n<p>text</p>", id="a heading"),
        pytest.param("### One\ntext", "<h3>One</h3>\n<p>text</p>", id="a heading without a blank line"),
        pytest.param("Part one\n---\ntext", "<p>Part one</p>\n<hr>\n<p>text</p>", id="no setext headings"),
        pytest.param("    He was indented.", "<p>He was indented.</p>", id="no indented code"),
        pytest.param("\tOne.\n\tTwo.\n\tThree.", "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>", id="indented paragraphs"),
        pytest.param("x<sup>2</sup> H<sub>2</sub>O", "<p>x<sup>2</sup> H<sub>2</sub>O</p>", id="sup and sub"),
        pytest.param("<h1>A</h1><h4>B</h4><p>c\nd</p>", "<h2>A</h2>\n<h3>B</h3>\n<p>c d</p>", id="headings as HTML"),
        pytest.param("a<hr>b", "<p>a</p>\n<hr>\n<p>b</p>", id="hr"),
        pytest.param("<div>a</div>\n<div>b</div>", "<p>a</p>\n<p>b</p>", id="divs"),
        pytest.param("a<br>b<br><br>c", "<p>a<br>\nb</p>\n<p>c</p>", id="breaks"),
        pytest.param("<center>***</center>a", "<hr>\n<p>a</p>", id="a centred scene break"),
        pytest.param("<pre>a\n b</pre>", "<p>a<br>\nb</p>", id="pre keeps lines"),
        pytest.param(
            "“Mr.\u00a0X” — ‘so’… apol\u2060—", "<p>“Mr.&nbsp;X” — ‘so’… apol\u2060—</p>", id="typography survives"
        ),
        pytest.param(
            "<i>He dreamt.\n\nStill.</i> Awake.",
            "<p><em>He dreamt.</em></p>\n<p><em>Still.</em> Awake.</p>",
            id="over",
        ),
    ],
)
def test_a_chapter_becomes(source, html):
    assert sanitize.chapter_html(source).html == html


PROSE = [
    "The first. \nThe second one.",
    "“Yes?”\n“No,” he said.",
    "Ilse laughed.\nHer sister did not.\n***\nIt rained.\n***\nNobody came!",
    "“You saw it?”\n“I did.”\n“And?”\n\n* * *\n\n“And nothing.”",
    "She knocked.\nNo one answered.\nShe knocked again.\n\n* * *\n\nBy noon it rained.\nThe road was gone…",
    "She knocked.\nNo one answered.\n\n\n~~~\n\n\nBy noon it rained.",
    "* * *\n\nShe knocked.\nNo one answered.\n\n* * *",
    "# The Ford\n\nShe knocked.\nNo one answered.\n\n## Later\n\nShe left.\nIt rained.",
    "*She knocked.*\n<i>No one answered.</i>\n“Well.”",
    "She knocked.\nNo one answered.\n“Who’s there” —\nIt rained.\nShe left.",
    "- You saw it?\n- I did.",
    "彼は来た。\n「誰？」\n彼女は去った。",
]
NO_PROSE = [
    "The moon was low,\nthe tide was slow",
    "The moon was low,\nthe tide was slow\n\n* * *\n\nand so\nwere we.",
    "The moon was low,\nthe tide was slow,\n***\nand none of us\nhad anywhere to go.",
    "Ilse Varga,\n12 Mill Lane,\nHarrow.",
    "Ilse Varga\n12 Mill Lane",
    "Dear Ilse,\nthe mules are well.\nYours,\nM.",
    "It was late.\n\nThe moon was low.\nThe tide was slow.\n\nShe left.",
    "She knocked.  \nNo one answered.",
    "“Hush, hush\nmy dear",
]


@pytest.mark.parametrize("source", PROSE)
def test_short_lines_that_end_as_sentences_do_are_paragraphs(source):
    lines = [line for line in source.split("\n") if line.strip() and not paragraphs.is_scene_break(line)]
    html = sanitize.chapter_html(source).html
    assert "<br>" not in html
    assert len(re.findall("<p>|<h[23]>", html)) == len(lines)


@pytest.mark.parametrize("source", NO_PROSE)
def test_verse_and_addresses_keep_their_lines(source):
    assert len(re.findall("<br>", sanitize.chapter_html(source).html)) == len(
        re.findall(r"[^\n*]\n(?=[^\n*])", source)
    )


@pytest.mark.parametrize("source", PROSE[:2])
def test_in_a_review_a_line_is_a_line(source):
    assert sanitize.review_html(source).html.count("<br>") == 1


@pytest.mark.parametrize("line", ['"' * 200_000, "!" + "'" * 200_000, "!'" * 100_000, "</i>" * 20_000, " " * 200_000])
def test_looking_for_the_end_of_a_sentence_is_bounded(line):
    paragraphs.laid_out(f"{line}x\n{line}x\n{line}x", chapter=True)


KINDS_OF_LINES = (
    *(
        "",
        "",
        "She ran",
        "  indented",
        "- one",
        "  - two",
        "   more of it",
        "* three",
        "1. four",
        "> five",
        ">",
        "# Six",
    ),
    *("a  ", "\tTab", "- ", "***", "> - seven", "    far in", "- No.", "<b>so", "</b> it", "\u00a0", " "),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(KINDS_OF_LINES), max_size=30))
def test_where_a_long_text_is_cut_into_pieces_makes_no_difference(lines):
    source = text.normalise("Begin\n" + "\n".join(lines))
    made = []
    for piece in (1, 2, 5, 1_000):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(paragraphs, "PIECE", piece)
            made.append(sanitize.chapter_html(source).html)
    assert len(set(made)) == 1, made


def test_scene_breaks_do_not_count_as_text():
    assert sanitize.chapter_html("a\n\n* * *\n\nb").text == "a\n\nb"
    with pytest.raises(Invalid):
        sanitize.chapter_html("* * *\n\n***")


@pytest.mark.skipif(not SERIAL.is_dir(), reason="the real serial is not beside this checkout")
@pytest.mark.parametrize("number", range(1, 9))
def test_a_real_chapter_keeps_every_word_and_paragraph(number):
    page = (SERIAL / f"chapter-{number}.xhtml").read_text("utf-8")
    body = page[page.index("<body") : page.index("</body>") + 7]
    rendered = sanitize.chapter_html(text.normalise(body))
    assert read(rendered.html, CHAPTER).wrong == []
    shown = re.sub(r"\s+", " ", re.sub("<[^>]*>", "", body.replace("<br/>", " "))).strip(" ")
    assert re.sub(r"\s+", "", rendered.text) == re.sub(r"\s+", "", shown)
    assert rendered.html.count("<p>") == body.count("<p")
    assert rendered.html.count("<hr>") == body.count("<hr")
    assert sanitize.chapter_html(text.normalise(page)).html == rendered.html


@pytest.mark.skipif(not SERIAL.is_dir(), reason="the real serial is not beside this checkout")
@pytest.mark.parametrize("number", range(1, 9))
def test_a_real_chapter_pasted_as_plain_text_has_the_same_paragraphs(number):
    page = (SERIAL / f"chapter-{number}.xhtml").read_text("utf-8")
    typeset = sanitize.chapter_html(text.normalise(page)).text
    as_typed = [sanitize.chapter_html(typeset), sanitize.chapter_html(re.sub("\n+", "\n", typeset))]
    words = [" ".join(paragraph.split("\n")) for paragraph in typeset.split("\n\n")]
    assert [" ".join(p.split("\n")) for p in as_typed[0].text.split("\n\n")] == words
    assert re.sub(r"\n+", "\n", as_typed[1].text) == re.sub(r"\n+", "\n", typeset)
    assert as_typed[1].html.count("<p>") >= typeset.count("\n\n") * 0.98
