"""The door: what a person typed is normalised, measured and refused here, once, before anything else sees it."""

import re
import unicodedata

from feedback.errors import Invalid

MARKS_IN_A_ROW = 5
"""Combining marks kept on one letter. Pointed Hebrew and Tibetan stacks need five; Zalgo text starts above."""

USERNAME_LENGTH = (3, 30)

_SURROGATE = re.compile("[\ud800-\udfff]")
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# A tag character is only kept inside the flags of England, Scotland and Wales; anywhere else it hides text.
_UNWANTED = re.compile(
    "(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f)"
    "|[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u202a-\u202e\u2061-\u206f\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    "\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe-\U000dffff\U000efffe\U000effff\U000ffffe\U000fffff"
    "\U0010fffe\U0010ffff]"
)
# Zero-width characters that writing needs (word joiner in typeset chapters, joiners in emoji, Persian and Khmer).
_JOINERS = re.compile("([\u200b-\u200f\u2060]{2})[\u200b-\u200f\u2060]+")
_FILLERS = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def _ranges(categories: frozenset[str]) -> str:
    """The code points of these Unicode categories as the inside of a regular expression's class."""
    runs: list[tuple[int, int]] = []
    for point in (*range(0x300, 0x1F000), *range(0xE0100, 0xE01F0)):
        if unicodedata.category(chr(point)) not in categories:
            continue
        if runs and runs[-1][1] == point - 1:
            runs[-1] = (runs[-1][0], point)
        else:
            runs.append((point, point))
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in runs)


_MARK = _ranges(frozenset({"Mn", "Me"}))
_MANY_MARKS = re.compile(f"([{_MARK}]{{{MARKS_IN_A_ROW}}})[{_MARK}]+")
# Python's NFC sorts a run of marks by insertion, in quadratic time: runs are cut before it sees them.
_HUGE_RUN = re.compile(f"([{_MARK}]{{32}})[{_MARK}]+")
# Letters, punctuation, symbols and ideographs that NFC leaves alone and no mark is among: most of all prose.
_BEYOND_PLAIN = re.compile("[^\x00-\u02ff\u2002-\u2060\u2190-\u22ff\u3001-\u3029\u3400-\u9fff]")


def normalise(raw: str) -> str:
    """The form in which a person's text is kept (design rule 10). Doing it again changes nothing.

    LF newlines, NFC, no control, bidi-override, interlinear, tag or non-characters, no soft hyphens, at most
    five combining marks and two zero-width characters in a row; a lone surrogate becomes U+FFFD.
    """
    text = _NEWLINE.sub("\n", raw)
    if text.isascii():
        return _UNWANTED.sub("", text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _JOINERS.sub(r"\1", _UNWANTED.sub(r"\1", text))
    if not _BEYOND_PLAIN.search(text):
        return text
    text = unicodedata.normalize("NFC", _HUGE_RUN.sub(r"\1", text))
    return _MANY_MARKS.sub(r"\1", text)


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: only spaces, invisible characters and marks without a letter."""
    return all(unicodedata.category(char) in _INVISIBLE or char in _FILLERS for char in text)


_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"})


def block(raw: str | None, *, limit: int, field: str, what: str, required: bool = False) -> str:
    """A text of several lines, normalised, without blank lines around it.

    :param limit: the most code points it may have after that.
    :param field: the form field an error belongs to.
    :param what: what it is, as a sentence begins with it: "A review".
    :raises Invalid: it is over the limit, or it is required and there is nothing to see in it.
    """
    text = normalise(raw or "").rstrip()
    lines = text.lstrip()
    start = len(text) - len(lines)
    return _measured(text[text.rfind("\n", 0, start) + 1 :], limit, field, what, required)


def line(raw: str | None, *, limit: int, field: str, what: str, required: bool = False) -> str:
    """A text of one line, such as a title: newlines, tabs and runs of spaces become one space. Else as ``block``."""
    text = re.sub(r"[ \t\n]+", " ", normalise(raw or "")).strip()
    return _measured(text, limit, field, what, required)


def _measured(text: str, limit: int, field: str, what: str, required: bool) -> str:
    if is_blank(text):
        if required:
            raise Invalid(f"{what} needs at least a word.", field)
        return ""
    if len(text) > limit:
        raise Invalid(f"{what} can have {limit:,} characters; this has {len(text):,}.", field)
    return text


_WORD = re.compile(r"[^\W_]+(?:['’‐-][^\W_]+)*")


def words(text: str) -> int:
    """How many words a text has; "don't" and "half-truth" are one each."""
    return sum(1 for _ in _WORD.finditer(text))


# Scripts that are written together count as one (Unicode TR 39, "Japanese" and "Korean").
_WRITTEN_TOGETHER = dict.fromkeys(
    ("CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "BOPOMOFO", "HANGUL"), "EAST ASIAN"
)
_NO_SCRIPT = frozenset({"COMBINING", "MODIFIER", "MATHEMATICAL", "ARABIC-INDIC", "SCRIPT", "DOUBLE-STRUCK"})
# Clicks, phonetic letters and small capitals are Latin to Unicode and look like other letters to people; fillers and
# variation selectors are letters and marks to Unicode and look like nothing.
_ODD_LETTER = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
    "\u01c0-\u01c3\u0250-\u02af\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]"
)
_LOOK_ALIKES = str.maketrans("асеорхуѕіјһԁԛԝӏɑοαν", "aceopxysijhdqwlaoav")
_DIGITS_FOR_LETTERS = str.maketrans("0134578l", "oieastbi")
_NAME_SHAPE = re.compile(r"(?=_*[^\W_])\w(?:[.-]?\w)*")


def username(raw: str | None) -> tuple[str, str]:
    """A name as shown, and the key under which it is unique: NFKC and casefolded.

    A name that consists of nothing but letters looking like Latin ones has the key of the Latin name, so that
    the two can't stand side by side.

    :raises Invalid: (field ``username``) not 3-30 characters, letters of more than one script, or anything but
        letters, digits, underscores and, between them, single dots and hyphens.
    """
    name = unicodedata.normalize("NFKC", normalise(raw or "").strip())
    fewest, most = USERNAME_LENGTH
    if not fewest <= len(name) <= most:
        raise Invalid(f"A name has {fewest} to {most} characters; this has {len(name):,}.", "username")
    if not _NAME_SHAPE.fullmatch(_without_marks(name)) or not _letters_only(name):
        raise Invalid(
            "A name can have letters, digits, underscores and, between them, single dots or hyphens.", "username"
        )
    if len(_scripts(name)) > 1:
        raise Invalid("The letters of a name come from one alphabet; this mixes several.", "username")
    return name, _key(name)


def _without_marks(name: str) -> str:
    return "".join(char for char in name if not unicodedata.category(char).startswith("M"))


def _letters_only(name: str) -> bool:
    if _ODD_LETTER.search(name) or re.search(f"(?:^|[._-])[{_MARK}]|[{_MARK}]{{3}}", name):
        return False
    return all(char.isascii() or unicodedata.category(char)[0] in "LM" for char in name)


def _scripts(name: str) -> set[str]:
    """The scripts of a name's letters. Python has no such property; a character's Unicode name begins with it."""
    found = set()
    for char in name:
        if char in "._-0123456789":
            continue
        script = unicodedata.name(char, "COMBINING").split()[0]
        found.add(char if script in _NO_SCRIPT else _WRITTEN_TOGETHER.get(script, script))
    return found


def _key(name: str) -> str:
    key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    latin = key.translate(_LOOK_ALIKES)
    return latin if latin.isascii() else key


def at_a_glance(key: str) -> str:
    """What a hasty reader takes a name of this key for: marks and separators overlooked, ``4dm1n`` read as a word."""
    letters = _without_marks(unicodedata.normalize("NFD", key))
    return re.sub("[._-]", "", letters).translate(_DIGITS_FOR_LETTERS)
