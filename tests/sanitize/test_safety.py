"""Nothing that a person types becomes anything but the few tags of the policy."""

import re
import threading
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedback import sanitize, text
from feedback.errors import Invalid
from tests.payloads import PAYLOADS
from tests.sanitize.policy import CHAPTER, REVIEW, read, squeezed

RENDERERS = [
    pytest.param(sanitize.review_html, REVIEW, id="review"),
    pytest.param(sanitize.note_html, REVIEW, id="note"),
    pytest.param(sanitize.chapter_html, CHAPTER, id="chapter"),
]

_PIECES = """
    <p> </p> <b> </b> <i> </i> <ul> <ol> <li> </li> </ul> <blockquote> </blockquote> <br> <hr> <h2> </h1> <s> <code>
    </code> <sup> <q> </q> <div> </div> <td> <a> </a> <script> </script> <style> <!-- --> <svg> <math> <pre> < > & " '
    ` `` * ** _ ~~ || | [ ] ( ) ]( \\ > - + 1. 2) # ## ![ &lt; &#60; &#x202e; &amp; *** --- a b <3
    <a/href="https://x.y/"> <a/href=javascript:1> https://x.y/ [x](https://x.y)"""
_SOUP = st.lists(
    st.one_of(
        st.sampled_from(_PIECES.split()),
        st.sampled_from([" ", "\n", "\n\n", "\t", "  \n", "    "]),
        st.sampled_from(PAYLOADS),
        st.text(max_size=8),
    ),
    max_size=40,
).map("".join)


def test_there_are_enough_payloads_and_each_once():
    assert len(PAYLOADS) >= 100
    assert len(PAYLOADS) == len(set(PAYLOADS))


def _attempt(render, source):
    """What a person would get to see: the text rendered, or nothing where it is refused."""
    try:
        return render(text.normalise(source))
    except Invalid:
        return sanitize.Rendered("", "")


@pytest.mark.parametrize(("render", "allowed"), RENDERERS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_harmless(render, allowed, payload):
    for source in (payload, f"Nice {payload} chapter", f"<p>{payload}</p>", f"> {payload}\n\n- {payload}"):
        assert read(_attempt(render, source).html, allowed).wrong == []


@pytest.mark.parametrize(("render", "allowed"), RENDERERS)
@given(raw=st.one_of(_SOUP, st.text(max_size=300)))
@example(raw="<a/href=https://x.y/>\n\n<li>||**x")
@example(raw="[a](https://x.y/')")
def test_any_text_becomes_well_formed_html_within_the_policy(render, allowed, raw):
    rendered = _attempt(render, raw)
    page = read(rendered.html, allowed)
    assert page.wrong == []
    assert page.deepest <= 21
    assert squeezed("".join(page.seen)) == squeezed(rendered.text)


@given(_SOUP)
def test_the_locks_find_nothing_to_take_away(raw):
    rendered = _attempt(sanitize.review_html, raw)
    again = read(sanitize._nh3(sanitize._REVIEW_TAGS).clean(rendered.html), REVIEW)
    assert squeezed("".join(again.seen)) == squeezed(rendered.text)


@pytest.mark.parametrize(
    ("tag", "name", "value", "stays"),
    [
        ("a", "href", "https://x.example/a?b=c#d", True),
        ("a", "href", "HTTP://x.example", True),
        ("a", "href", "mailto:m@x.example", True),
        ("a", "href", "mailto:m@x.example?cc=all@x.example", False),
        ("a", "href", "javascript:1", False),
        ("a", "href", "data:1", False),
        ("a", "href", "ftp://x.example", False),
        ("a", "href", "//x.example", False),
        ("a", "href", "https://a@x.example", False),
        ("a", "href", "https://x.example/\nb", False),
        ("a", "href", "https://" + "x" * 2000, False),
        ("a", "rel", "nofollow ugc noopener", True),
        ("a", "rel", "opener", False),
        ("a", "title", "x", False),
        ("p", "style", "color:red", False),
        ("span", "class", "spoiler", True),
        ("span", "class", "modal", False),
        ("li", "value", "3", True),
        ("li", "value", "-3", False),
    ],
)
def test_our_own_filter_for_attributes(tag, name, value, stays):
    assert sanitize._may_stay(tag, name, value) is stays


@pytest.mark.parametrize(
    "tampered", ['<p onclick="alert(1)">x</p>', '<p><a href="javascript:1">x</a></p>', "<svg>x</svg>"]
)
def test_each_lock_holds_when_the_one_before_it_fails(tampered):
    assert read(sanitize._bleached(tampered), REVIEW).wrong in ([], ["a link without rel"])
    assert read(sanitize._nh3(sanitize._REVIEW_TAGS).clean(tampered), REVIEW).wrong == []


def test_one_module_imports_bleach_and_it_is_the_sanitizer():
    package = Path(sanitize.__file__).parent
    importers = [
        path for path in package.rglob("*.py") if re.search(r"^\s*(?:import|from) bleach", path.read_text(), re.M)
    ]
    assert importers == [package / "sanitize.py"]


def test_threads_do_not_mix_each_others_texts():
    wrong: list[str] = []

    def work(name: str) -> None:
        source = f"<b>{name}</b> [{name}](https://{name}.example) *{name}*"
        expected = sanitize.review_html(source)
        wrong.extend(name for _ in range(100) if sanitize.review_html(source) != expected)
        wrong.extend(name for _ in range(1) if f"https://{name}.example" not in expected.html)

    threads = [threading.Thread(target=work, args=(f"t{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
