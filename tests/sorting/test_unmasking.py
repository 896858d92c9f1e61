"""Disguised words are read as they are meant; honest ones stay what they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.sorting.unmasking import unmasked

DISGUISED = [
    ("f*cking m0ron", "fucking moron"),
    ("f**k off, a**hole", "fuck off, asshole"),
    ("k y s", "kys"),
    ("K.Y.S", "KYS"),
    ("i-d-i-o-t", "idiot"),
    ("d i e  i n  a  f i r e", "die in a fire"),
    ("Y0u are tr4sh", "You are trash"),
    ("ki11 yours3lf", "ki11 yourself"),
    ("k1ll", "kill"),
    ("kiiill", "kill"),
    ("u r a looooser", "you are a loser"),
    ("your a joke", "you are a joke"),
    ("**you** are *such* a moron", "you are such a moron"),
    ("y\u043eu idi\u043et", "you idiot"),
    ("mo\u200bron", "moron"),
    ("Youre", "You are"),
]
HONEST = [
    "chapter 12, the 2nd part, at 3am", "ch4 was gr8", "T_T", "P.S. more of Ilse", "e.g. this", "5 stars", "$50",
    "zoe#1234", "@inky4paws", "https://mill.example/a1b", "100% sure", "so-so", "wow!!!", "R2D2", "Это мельница",
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), DISGUISED)
def test_disguised_words_are_made_plain(text: str, meant: str) -> None:
    assert unmasked(text) == meant


@pytest.mark.parametrize("text", HONEST)
def test_honest_words_stay(text: str) -> None:
    assert unmasked(text) == text


@given(st.text(max_size=200))
def test_no_text_is_too_much(text: str) -> None:
    assert isinstance(unmasked(text), str)
