"""What a reader types in a review is what the author sees."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedback import sanitize
from feedback.errors import Invalid

LINK = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        pytest.param("great chapter!!", "<p>great chapter!!</p>", id="plain"),
        pytest.param("one\ntwo", "<p>one<br>\ntwo</p>", id="a newline is a new line"),
        pytest.param("one\n\ntwo", "<p>one</p>\n<p>two</p>", id="a blank line is a paragraph"),
        pytest.param("I <3 it", "<p>I &lt;3 it</p>", id="a heart"),
        pytest.param("<angle brackets> & co", "<p>&lt;angle brackets&gt; &amp; co</p>", id="not a tag"),
        pytest.param("<i mean it>", "<p>&lt;i mean it&gt;</p>", id="words after a tag's name"),
        pytest.param("a<b and c>d", "<p>a&lt;b and c&gt;d</p>", id="less and greater"),
        pytest.param(
            "<b>bold</b> <i>it</i>", "<p><strong>bold</strong> <em>it</em></p>", id="tags by their better names"
        ),
        pytest.param("<del>x</del>y", "<p><s>x</s>y</p>", id="struck"),
        pytest.param("<u>x</u> <font color=red>y</font>", "<p>x y</p>", id="known but not ours: unwrapped"),
        pytest.param("<q>Yes</q>", "<p>“Yes”</p>", id="q is its quotation marks"),
        pytest.param("a<script>x()</script>b", "<p>ab</p>", id="script goes whole"),
        pytest.param("a<!-- x -->b", "<p>ab</p>", id="a comment goes whole"),
        pytest.param("a <!-- b", "<p>a &lt;!-- b</p>", id="an endless comment is text"),
        pytest.param("a <script> b", "<p>a b</p>", id="an endless script keeps the text"),
        pytest.param("# no heading", "<p># no heading</p>", id="headings are off"),
        pytest.param("<h2>loud</h2>x", "<p>loud</p>\n<p>x</p>", id="headings are unwrapped"),
        pytest.param("a\n---\nb", "<p>a<br>\n---<br>\nb</p>", id="no rule, no setext"),
        pytest.param("a\n***\nb", "<p>a<br>\n***<br>\nb</p>", id="stars stay"),
        pytest.param("* * *", "<p>* * *</p>", id="stars apart are no lists"),
        pytest.param("    four spaces", "<p>four spaces</p>", id="no indented code"),
        pytest.param("~~~\na\n~~~", "<p>~~~<br>\na<br>\n~~~</p>", id="no fences"),
        pytest.param("> teh\nthe", "<blockquote><p>teh</p></blockquote>\n<p>the</p>", id="an answer is not quoted"),
        pytest.param("> a\n> b", "<blockquote><p>a<br>\nb</p></blockquote>", id="a quotation of two lines"),
        pytest.param("- a\n- b\nc", "<ul><li>a</li><li>b</li></ul>\n<p>c</p>", id="a list ends"),
        pytest.param("3. a\n5. b", '<ol><li value="3">a</li><li value="5">b</li></ol>', id="numbers are kept"),
        pytest.param("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>", id="usual numbers need no value"),
        pytest.param("-\n1.", "<p>-<br>\n1.</p>", id="bare markers are text"),
        pytest.param(">.< oh no", "<p>&gt;.&lt; oh no</p>", id="a face is no quotation"),
        pytest.param(r"¯\_(ツ)_/¯", r"<p>¯\_(ツ)_/¯</p>", id="a shrug keeps its arm"),
        pytest.param("s**t, f**king good", "<p>s**t, f**king good</p>", id="censored words"),
        pytest.param("defin**a**tely", "<p>defin<strong>a</strong>tely</p>", id="a letter in a word"),
        pytest.param(r"\*no\*", "<p>*no*</p>", id="escapes"),
        pytest.param("[x](https://a.example)", f'<p><a href="https://a.example" {LINK}>x</a></p>', id="a link"),
        pytest.param("[x](mailto:m@a.example)", f'<p><a href="mailto:m@a.example" {LINK}>x</a></p>', id="mail"),
        pytest.param("[x](javascript:1)", "<p>[x](javascript:1)</p>", id="a bad link stays text"),
        pytest.param("<a href=data:1>x</a>", "<p>x</p>", id="a bad address is left out"),
        pytest.param(
            "(see https://a.example/b_(c)).",
            f'<p>(see <a href="https://a.example/b_(c)" {LINK}>https://a.example/b_(c)</a>).</p>',
            id="a bare address, without what follows it",
        ),
        pytest.param(
            "<b>one\n\ntwo</b> three", "<p><strong>one</strong></p>\n<p><strong>two</strong> three</p>", id="over"
        ),
        pytest.param("<b><i>x</b>y</i>", "<p><strong><em>x</em></strong><em>y</em></p>", id="crossed tags"),
        pytest.param("<li>x", "<ul><li>x</li></ul>", id="an item without a list"),
        pytest.param("<ul>x<li>y</ul>", "<ul><li><p>x</p></li><li>y</li></ul>", id="a list with text in it"),
        pytest.param("<p>a<p>b", "<p>a</p>\n<p>b</p>", id="paragraphs without ends"),
        pytest.param("a<br><br>b", "<p>a</p>\n<p>b</p>", id="two breaks are a paragraph"),
        pytest.param("a<br>\nb", "<p>a<br>\nb</p>", id="a break and its newline are one"),
        pytest.param("<p>*x*\ny</p>", "<p>*x*<br>\ny</p>", id="inside a tag's paragraph HTML is meant"),
        pytest.param("`<b>`", "<p><code>&lt;b&gt;</code></p>", id="code shows tags"),
        pytest.param("`<p>` works", "<p><code>&lt;p&gt;</code> works</p>", id="code shows block tags"),
        pytest.param("x\u00a0y “z” — …", "<p>x&nbsp;y “z” — …</p>", id="typography"),
        pytest.param("a  b\tc", "<p>a b c</p>", id="runs of spaces"),
    ],
)
def test_a_review_becomes(source, html):
    assert sanitize.review_html(source).html == html


def test_marks():
    html = sanitize.review_html("*so* **good** ~~bad~~ `x`").html
    assert html == "<p><em>so</em> <strong>good</strong> <s>bad</s> <code>x</code></p>"


def test_an_image_is_a_link_behind_its_exclamation_mark():
    html = sanitize.review_html("![x](https://a.example/x.png)").html
    assert html == f'<p>!<a href="https://a.example/x.png" {LINK}>x</a></p>'


def test_a_reference_definition_stays_in_sight():
    assert "gone" in sanitize.review_html("[a]: https://x.example 'gone'").text


SPOILER = '<span class="spoiler" tabindex="0">'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("||he dies||", f"<p>{SPOILER}he dies</span></p>"),
        ("so || he *dies* || then", f"<p>so {SPOILER}he <em>dies</em> </span>then</p>"),
        ("||one\n\ntwo||", f"<p>{SPOILER}one</span></p>\n<p>{SPOILER}two</span></p>"),
        ("<p>||x||</p>", f"<p>{SPOILER}x</span></p>"),
        ("a || b", "<p>a || b</p>"),
        ("||a|| b || c", f"<p>{SPOILER}a</span> b || c</p>"),
        ("|||no|||", "<p>|||no|||</p>"),
        ("`a || b || c`", "<p><code>a || b || c</code></p>"),
        (r"\|\|x\|\|", "<p>||x||</p>"),
    ],
)
def test_spoilers(source, html):
    assert sanitize.review_html(source).html == html


def test_the_text_is_what_one_sees():
    rendered = sanitize.review_html("> teh *cat*\n\n- one\n- two\n\nso &amp; ||he [x](https://a.example)||\nend")
    assert rendered.text == "teh cat\n\none\ntwo\n\nso & he x\nend"


@pytest.mark.parametrize(
    "source", ["<b></b>", "<!-- x -->", "<p>&nbsp;</p>", "<script>x</script>", "&#8203;", "<i> </i>"]
)
def test_what_shows_nothing_is_refused(source):
    with pytest.raises(Invalid) as refused:
        sanitize.review_html(source)
    assert refused.value.field == "body"


def test_an_entity_cannot_bring_back_what_the_door_took_out():
    text = sanitize.review_html("a&#x202e;b&#0;c" + "&#x301;" * 50).text
    assert "\u202e" not in text
    assert "\x00" not in text
    assert text.count("\u0301") <= 5


def _has_much_markup(source: str) -> bool:
    """Whether one of the caps may be the reason for refusing it."""
    return sum(map(source.count, "*_~`|>-+.)")) > 20


# Letters that name no tag and no entity, among everything that means something to Markdown or HTML.
_LETTERS_AND_MARKS = st.text("xyzéß字 \n\t*_~`|[]()<>/\\&#+-.!:=\"'…“”0123456789", max_size=200)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


@pytest.mark.parametrize("render", [sanitize.review_html, sanitize.chapter_html], ids=["review", "chapter"])
@given(source=_LETTERS_AND_MARKS.filter(_letters))
@example(source="> x\ny\n- z\n\n    x\n1. y\n***z")
@example(source="x\n-\n- - y\n+ * z")
def test_no_letter_is_lost_and_none_changes_its_place(render, source):
    try:
        assert _letters(render(source).text) == _letters(source)
    except Invalid:
        assert _has_much_markup(source)


_TAGS = (
    "<p> </p> <b> </b> <i> <ul> <li> </ul> <ol> <blockquote> <div> </div> <br> <td> <span> </span> <h2> <hr> <a> </a>"
)


@given(st.lists(st.one_of(st.sampled_from(_TAGS.split()), st.text("xyz \n", min_size=1, max_size=5)), max_size=60))
def test_no_letter_between_tags_is_lost(pieces):
    typed = "".join(_letters(piece) for piece in pieces if not piece.startswith("<"))
    try:
        assert _letters(sanitize.review_html("".join(pieces)).text) == typed
    except Invalid:
        assert typed == "" or len(pieces) > 15
