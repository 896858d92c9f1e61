"""The door: text is normalised once, measured, and refused in one sentence."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedback import text
from feedback.errors import Invalid

_ANYTHING = st.one_of(
    st.text(st.characters(), max_size=80),
    st.text(st.characters(categories=["Mn", "Me", "Cf", "Cc", "Cs", "Zs", "Lo", "Mc"]), max_size=80),
    st.text(
        "a\u0301\u0316\u200d\u200b\u2060\ufe0f\r\n\u0085\ud83d\ude00\U0001f3f4\U000e0067\U000e007f\u1100\u1161\u11a8",
        max_size=80,
    ),
)


@given(_ANYTHING)
@example("e\u0301" + "\u0301" * 6)
@example("\u1100\u202e\u1161")
def test_normalising_twice_is_normalising_once(raw):
    once = text.normalise(raw)
    assert text.normalise(once) == once


@given(_ANYTHING)
def test_what_comes_through_the_door_is_clean(raw):
    clean = text.normalise(raw)
    assert unicodedata.is_normalized("NFC", clean)
    assert "\r" not in clean
    categories = [unicodedata.category(char) for char in clean]
    assert "Cs" not in categories
    assert all(char in "\t\n" for char, category in zip(clean, categories, strict=True) if category == "Cc")
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\ufeff\ufffe\uffff")
    run = longest = 0
    for category in categories:
        run = run + 1 if category in ("Mn", "Me") else 0
        longest = max(longest, run)
    assert longest <= text.MARKS_IN_A_ROW


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Po", "Sc", "Sm"]), max_size=80))
def test_no_visible_character_is_lost(raw):
    assert text.normalise(raw) == unicodedata.normalize("NFC", raw)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("a\r\nb\rc", "a\nb\nc", id="newlines"),
        pytest.param("a\u2028b\x0bc\x0cd\x85e", "a\nb\nc\nd\ne", id="odd newlines"),
        pytest.param("a\x00b\x07c\x1b[31md\x7f", "abc[31md", id="control characters"),
        pytest.param("a\tb", "a\tb", id="tabs stay"),
        pytest.param("cafe\u0301", "café", id="NFC"),
        pytest.param("\u202egnp.exe\u202c \u2066x\u2069", "gnp.exe x", id="bidi overrides and isolates"),
        pytest.param("\u05d0\u200e!", "\u05d0\u200e!", id="a direction mark stays"),
        pytest.param("a" + "\u0301" * 50, "á" + "\u0301" * 5, id="fifty marks on a letter"),
        pytest.param("\ud83d\ude00", "😀", id="a pair of surrogates"),
        pytest.param("a\ud800b", "a\ufffdb", id="a lone surrogate"),
        pytest.param("👩‍👩‍👧 ❤️‍🔥", "👩‍👩‍👧 ❤️‍🔥", id="joined emoji"),
        pytest.param(
            "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", None, id="England's flag"
        ),
        pytest.param("a\U000e0068\U000e0069b", "ab", id="tag characters that hide text"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="a Persian non-joiner"),
        pytest.param("apol\u2060—\u2060\u00a0…", "apol\u2060—\u2060\u00a0…", id="word joiners and hard spaces"),
        pytest.param("a" + "\u200b" * 9 + "b", "a\u200b\u200bb", id="zero-width padding"),
        pytest.param("\ufeffa\u00adb", "ab", id="byte order mark and soft hyphen"),
        pytest.param("“It’s” — ‘so’…", "“It’s” — ‘so’…", id="typography"),
    ],
)
def test_normalise(raw, clean):
    assert text.normalise(raw) == (raw if clean is None else clean)


def test_normalising_takes_linear_time_even_on_unsorted_marks():
    """Python's own NFC would need minutes for this one."""
    assert len(text.normalise("x" + "\u0301\u0316" * 250_000)) == 1 + text.MARKS_IN_A_ROW


@pytest.mark.parametrize(
    "blank", ["", " \n\t", "\u200b\u2060\u200d", "\u00a0\u3000", "\u2800\u3164", "\u0301", "\ufe0f"]
)
def test_blank(blank):
    assert text.is_blank(blank)


@pytest.mark.parametrize("seen", ["a", ".", "♥", "  \u200bx", "\ufffd", "字"])
def test_not_blank(seen):
    assert not text.is_blank(seen)


def _block(raw, required=True, limit=10):
    return text.block(raw, limit=limit, field="body", what="A review", required=required)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("words", "words"),
        ("\n \n  words \n\n", "  words"),
        ("a\r\nb", "a\nb"),
        ("x" * 10, "x" * 10),
        ("  " + "x" * 8 + "   ", "  " + "x" * 8),
        ("e\u0301" * 10, "é" * 10),
    ],
)
def test_block(raw, kept):
    assert _block(raw) == kept


@pytest.mark.parametrize("raw", [None, "", " \n ", "\u200b\u200b", "\u202e\u2066", "\x00"])
def test_a_block_that_must_have_words(raw):
    assert _block(raw, required=False) == ""
    with pytest.raises(Invalid) as refused:
        _block(raw)
    assert (refused.value.message, refused.value.field) == ("A review needs at least a word.", "body")


def test_a_block_over_its_limit_says_by_how_much():
    with pytest.raises(Invalid) as refused:
        _block("x" * 10_412, limit=10_000)
    assert refused.value.message == "A review can have 10,000 characters; this has 10,412."


def test_a_line_has_no_newlines():
    assert text.line(" a\r\nb\t c ", limit=9, field="title", what="A title", required=True) == "a b c"
    with pytest.raises(Invalid):
        text.line("\n\n", limit=9, field="title", what="A title", required=True)


@pytest.mark.parametrize(
    ("raw", "name", "key"),
    [
        ("Ann", "Ann", "ann"),
        (" Ann ", "Ann", "ann"),
        ("xX_Ann_Xx", "xX_Ann_Xx", "xx_ann_xx"),
        ("a.b-c_d", "a.b-c_d", "a.b-c_d"),
        ("user123", "user123", "user123"),
        ("2018", "2018", "2018"),
        ("ＡＢＣ", "ABC", "abc"),
        ("𝐚𝐛𝐜", "abc", "abc"),
        ("Straße", "Straße", "strasse"),
        ("Zoe\u0308", "Zoë", "zoë"),
        ("Мария", "Мария", "мария"),
        ("さくら花", "さくら花", "さくら花"),
        ("김철수", "김철수", "김철수"),
        ("हिन्दी", "हिन्दी", "हिन्दी"),
        ("مريم", "مريم", "مريم"),
        ("สวัสดี", "สวัสดี", "สวัสดี"),
        ("x" * 30, "x" * 30, "x" * 30),
    ],
)
def test_a_name_and_its_key(raw, name, key):
    assert text.username(raw) == (name, key)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(None, id="nothing"),
        pytest.param("ab", id="too short"),
        pytest.param("x" * 31, id="too long"),
        pytest.param("a b c", id="spaces"),
        pytest.param("аdmin", id="Cyrillic a among Latin"),
        pytest.param("ρaul", id="Greek rho among Latin"),
        pytest.param("ann\u200b", id="zero width space"),
        pytest.param("a\u2060nn", id="word joiner"),
        pytest.param("ann\u200d", id="joiner"),
        pytest.param("\u3164\u3164\u3164", id="Hangul fillers"),
        pytest.param("\u2800\u2800\u2800", id="blank braille"),
        pytest.param("ann\ufe0f", id="variation selector"),
        pytest.param("a\u0301\u0301\u0301nn", id="stacked accents"),
        pytest.param("___", id="no letter"),
        pytest.param("a..b", id="two dots"),
        pytest.param(".ann", id="a dot first"),
        pytest.param("ann-", id="a hyphen last"),
        pytest.param("ann/../", id="slashes"),
        pytest.param("<b>ann", id="markup"),
        pytest.param("😀😀😀", id="emoji"),
        pytest.param("ɑnn", id="a phonetic letter"),
        pytest.param("annǃ", id="a click that looks like an exclamation mark"),
        pytest.param("ʼann", id="a modifier letter"),
        pytest.param("ann\nbob", id="newline"),
        pytest.param("=cmd", id="a formula"),
    ],
)
def test_a_name_that_cannot_be_had(raw):
    with pytest.raises(Invalid) as refused:
        text.username(raw)
    assert refused.value.field == "username"


def test_a_name_made_of_look_alikes_cannot_stand_beside_the_latin_one():
    assert text.username("роса")[1] == text.username("Poca")[1]
    assert text.username("ann")[1] == text.username("ANN")[1]


@given(_ANYTHING)
def test_a_key_is_the_key_of_its_own_name(raw):
    try:
        name, key = text.username(raw)
    except Invalid:
        return
    assert text.username(name) == (name, key)
    assert 3 <= len(name) <= 30


@pytest.mark.parametrize(
    ("written", "count"),
    [("", 0), ("one", 1), ("Don’t half-do it -- ever.", 4), ("a_b c\nd", 4), ("…!?", 0)],
)
def test_words(written, count):
    assert text.words(written) == count
