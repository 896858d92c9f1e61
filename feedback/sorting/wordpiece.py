"""WordPiece: from text to the numbers the encoder reads.

Our own hundred lines instead of the ``tokenizers`` wheel, which pulls a hub client and its network code into
an application that must never fetch anything. Follows BERT's uncased tokenizer (Devlin et al., 2018): lower
case, accents stripped, punctuation split off, then the longest known piece first. One addition: an emoji is
read by its Unicode name, so that "loudly crying face" means something to a model that never saw the sign.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LONGEST_WORD = 60
"""Longer words are one unknown piece: nobody writes them, and the search below is quadratic in them."""

_WORDS = re.compile(r"\w+|[^\w\s]", re.UNICODE)


def _emoji_name(char: str) -> str:
    if ord(char) < 0x2190 or unicodedata.category(char) not in ("So", "Sk"):
        return char
    return f" {unicodedata.name(char, '').lower()} "


def _is_ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"


def _spell_out(char: str) -> str:
    if char < "\u0300":
        return char
    if unicodedata.category(char) == "Mn":
        return ""
    if _is_ideograph(char):
        return f" {char} "
    return _emoji_name(char)


def words(text: str) -> list[str]:
    """``text`` as BERT's basic tokenizer splits it: lower-case words and single marks."""
    plain = text.lower()
    if not plain.isascii():
        plain = "".join(map(_spell_out, unicodedata.normalize("NFD", plain)))
    return [part for word in _WORDS.findall(plain) for part in _parts(word)]


def _parts(word: str) -> Iterable[str]:
    return word.replace("_", " _ ").split() if "_" in word else (word,)


class WordPiece:
    """Turns text into piece numbers of one vocabulary (a list of pieces, "##" marking a continuation)."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.ids = {piece: number for number, piece in enumerate(vocabulary)}
        self.unknown, self.cls, self.sep = (self.ids[piece] for piece in ("[UNK]", "[CLS]", "[SEP]"))
        self._word = lru_cache(maxsize=20_000)(self._split)

    def encode(self, text: str) -> list[int]:
        """The piece numbers of ``text``, without any special piece. Never raises; linear in the text."""
        return [number for word in words(text) for number in self._word(word)]

    def _split(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return (self.unknown,)
        pieces: list[int] = []
        start = 0
        while start < len(word):
            number, start = self._longest(word, start)
            if number is None:
                return (self.unknown,)
            pieces.append(number)
        return tuple(pieces)

    def _longest(self, word: str, start: int) -> tuple[int | None, int]:
        prefix = "##" if start else ""
        for end in range(len(word), start, -1):
            number = self.ids.get(prefix + word[start:end])
            if number is not None:
                return number, end
        return None, start
