"""Work is bounded before it starts: what is too much gets one clear sentence (design rule 11)."""

import re

import pytest

from feedback import sanitize, text
from feedback.errors import Invalid

REVIEW_OUTPUT = 100 * 1024


@pytest.mark.parametrize(
    ("source", "about"),
    [
        pytest.param("<b>x</b>" * 101, "tags", id="typed tags"),
        pytest.param("<span>x</span>" * 101, "tags", id="tags that would be unwrapped"),
        pytest.param("*a* " * 101, "tags", id="Markdown's marks"),
        pytest.param("`a` " * 101, "tags", id="code"),
        pytest.param("||a|| " * 51, "tags", id="spoilers"),
        pytest.param("https://a.example/ " * 51, "links", id="bare addresses"),
        pytest.param("[a](https://a.example) " * 51, "links", id="links"),
        pytest.param("> " * 21 + "x", "deep", id="quotations"),
        pytest.param("- " * 21 + "x", "deep", id="lists"),
        pytest.param("<blockquote>" * 21 + "x", "deep", id="typed quotations"),
        pytest.param("<ul><li>" * 11 + "x", "deep", id="typed lists"),
        pytest.param("<b>x<i>" * 11 + "x", "deep", id="ways within ways"),
        pytest.param("".join("  " * n + "- x\n" for n in range(25)), None, id="lists by indent end up flat"),
        pytest.param("<b><i><s><code>" + "x\n\n" * 3000, "long", id="ways over paragraphs"),
        pytest.param("x" * 20_001, "20,000", id="length"),
    ],
)
def test_a_review_with_too_much_is_refused_in_a_sentence(source, about):
    if about is None:
        assert sanitize.review_html(source).text.count("x") == 25
        return
    with pytest.raises(Invalid) as refused:
        sanitize.review_html(source)
    assert about in refused.value.message
    assert refused.value.field == "body"
    assert refused.value.message.endswith((".",))


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<b>x</b> " * 100, id="a hundred tags"),
        pytest.param("https://a.example/ " * 50, id="fifty links"),
        pytest.param("> " * 18 + "x", id="deep quotations"),
        pytest.param("> teh cat *sat*\n\nthe\n\n" * 40, id="forty typo fixes"),
        pytest.param("- teh -> the\n" * 300, id="three hundred typo fixes as a list"),
        pytest.param("a\n" * 5000, id="five thousand lines"),
        pytest.param("a\n\n" * 3333, id="three thousand paragraphs"),
        pytest.param("x" * 10_000, id="one long word"),
        pytest.param("&" * 10_000, id="everything escaped"),
        pytest.param("<" * 10_000, id="nothing but less-than"),
    ],
)
def test_an_honest_long_review_is_taken(source):
    rendered = sanitize.review_html(text.normalise(source).strip())
    assert len(rendered.html) <= REVIEW_OUTPUT


@pytest.mark.parametrize(
    ("source", "about"),
    [
        pytest.param("a\n" * 100_001, "lines", id="lines"),
        pytest.param("- a\n" * 32_001, "lists", id="items"),
        pytest.param("> a\n# b\n1. c\n" * 10_667, "lists", id="marked lines"),
        pytest.param("*a* " * 40_000, "marks", id="marks"),
        pytest.param("x<br>" * 25_001, "tags", id="tags"),
        pytest.param("https://a.example/ " * 1001, "links", id="links"),
        pytest.param("<blockquote>" * 21 + "x", "deep", id="nesting"),
        pytest.param("x" * 600_001, "600,000", id="length"),
    ],
)
def test_a_chapter_with_too_much_is_refused_in_a_sentence(source, about):
    with pytest.raises(Invalid) as refused:
        sanitize.chapter_html(source, "body")
    assert about in refused.value.message


@pytest.mark.slow
@pytest.mark.parametrize(
    ("piece", "tag"),
    [
        ('"No," she said.\n', "<p>"),
        ('"No," she said.\n\n', "<p>"),
        ("She ran.\n", "<p>"),
        ("abcdefgh\n", "<br>"),
        ("abcdefgh\n\n", "<p>"),
        ("- No, she said.\n", "<p>"),
        ("> abc defg hi jk\n\n", "<blockquote>"),
        ("# abc defg hi jk\n", "<h2>"),
        ("- abc defg hi jk\n", "<li>"),
    ],
)
def test_the_longest_chapter_may_be_all_short_lines(piece, tag):
    lines = 500_000 // len(piece)
    source = text.block(piece * lines, limit=500_000, field="body", what="A chapter")
    rendered = sanitize.chapter_html(source)
    assert rendered.html.count(tag) == lines - (tag == "<br>")
    assert re.sub(r"\s|^(>|-|#)", "", piece) * lines == re.sub(r"\s", "", rendered.text).replace("-", "")


@pytest.mark.parametrize("field", ["summary", "notes_before"])
def test_the_error_names_the_field_it_is_told(field):
    with pytest.raises(Invalid) as refused:
        sanitize.note_html("<b>x</b>" * 101, field)
    assert refused.value.field == field
