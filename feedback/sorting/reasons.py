"""Reasons: why a remark was filed as it was, in words an author understands.

What is named is what spoke for the kind in the linear part of the model, the more telling first: the reader's words;
the form that nearly settles it (a question, capitals); a neighbour of the same kind; weaker words; the rest of the
form (its length and place). Only where nothing at all spoke it says that it is how the remark is put.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from feedback.sorting.cues import kind_votes, stance_votes
from feedback.sorting.kinds import KINDS
from feedback.sorting.language import is_telling, says_something
from feedback.sorting.polarity import polarity
from feedback.sorting.reading import Reading

SPEAKS = 0.25
"""A word or a form that moves a kind's score by at least this much, against the other kinds, is a reason."""

WHISPERS = 0.06
"""One that moves it by this much is named where there is none better."""

MOST_NAMED = 3
FEW_WORDS = 6
TYPICAL_WORDS = 12
"""A remark of so many words is neither short nor long; its length speaks for nothing."""

HOW_PUT = ("how it is put, and what stands around it",)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What spoke for a kind in the linear part, strongest first: the remark's own words and the names of its
    `features.shape`, each with how much it moved the score. ``agrees``: that part leans to the kind as a whole."""

    words: tuple[tuple[str, float], ...] = ()
    shape: tuple[tuple[str, float], ...] = ()
    agrees: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """How a number of `features.shape` is called, when ``holds``; a ``telling`` one goes before the neighbours."""

    name: str
    words: str
    telling: bool = False
    holds: Callable[[Reading], bool] = lambda _: True


FORMS = (
    Form("mark ?", "it asks something", True),
    Form("mark !", "it is called out, with an exclamation mark", True),
    Form("bare quotation", "it shows a passage without a word about it", True),
    Form("quotation", "it answers a quotation", True),
    Form("capitals", "it is in capital letters", True, lambda reading: _capitals(reading) > 0.5),
    Form("mark http", "it holds a link", True),
    Form("list mark", "it stands in a list"),
    Form('mark "', "it quotes some words"),
    Form("mark *", "it marks words with asterisks"),
    Form("mark /", "it sets words beside each other with a slash"),
    Form("mark ->", "it has an arrow"),
    Form("mark (", "it has an aside in brackets"),
    Form("mark ...", "it trails off"),
    Form("words", "it is only a few words long", holds=lambda reading: len(reading.words) <= FEW_WORDS),
    Form("words", "it is short", holds=lambda reading: FEW_WORDS < len(reading.words) <= TYPICAL_WORDS),
    Form(
        "words", "it is a whole thought, not a short cheer", holds=lambda reading: len(reading.words) > TYPICAL_WORDS
    ),
    Form("alone", "it is all that this review says"),
    Form("first", "the review opens with it", holds=lambda reading: reading.count > 1),
    Form("last", "the review ends with it", holds=lambda reading: reading.count > 1),
    Form("from end", "it stands early in the review", holds=lambda reading: reading.index * 3 < reading.count - 3),
    Form("place", "it stands late in the review", holds=lambda reading: reading.index * 3 > reading.count * 2),
    Form("remarks", "it is one of many points", holds=lambda reading: reading.count > 4),
)
_LIKING = {"positive": ("it says that it was liked",), "negative": ("it says that it was not liked",)}
_TONES = {
    "cues positive": "it sounds pleased",
    "cues negative": "it sounds displeased",
    "cues suggestion": "it suggests something",
}


def telling(reading: Reading, kind: str, evidence: Evidence) -> tuple[str, ...]:
    """The words or the form that plainly speak for ``kind``; `HOW_PUT` where none does."""
    learned = [word for word, lean in evidence.words if evidence.agrees and lean >= SPEAKS]
    named = _apart((*kind_votes(reading.phrases).words.get(kind, ()), *learned))
    return _by_words(named) or tuple(_forms(reading, evidence, SPEAKS, telling=True))[:1] or HOW_PUT


def faint(reading: Reading, evidence: Evidence) -> tuple[str, ...]:
    """What else spoke for the kind, be it ever so little; `HOW_PUT` where nothing did."""
    if not reading.words and not reading.quoted:
        return ("there are no words in it",)
    words = _by_words(_apart([word for word, _ in evidence.words]))
    found = [*_tones(reading, evidence), *_forms(reading, evidence, WHISPERS, telling=False)]
    return words or tuple(found[:2]) or _LIKING.get(polarity(reading), HOW_PUT)


def in_company(kind: str, before: str, after: str) -> tuple[str, ...]:
    """The reason that a neighbour gives a remark of ``kind``; ``before`` and ``after`` are the neighbours' kinds."""
    label = KINDS[kind].label
    if kind == before == after:
        return (f"what stands before and after it is {label} too",)
    if kind in (before, after):
        return (f"what stands {'before' if kind == before else 'after'} it is {label} too",)
    return HOW_PUT


def _apart(words: Sequence[str]) -> list[str]:
    """The first few of ``words`` that say something, no two overlapping."""
    named: list[str] = []
    for term in words:
        if _is_shown(term) and not {word for name in named for word in name.split()} & set(term.split()):
            named.append(term)
    return named[:MOST_NAMED]


def _is_shown(term: str) -> bool:
    """Whether a word, or several that belong together, mean something when they are named alone."""
    return says_something(term) if " " in term else is_telling(term)


def _by_words(words: Sequence[str]) -> tuple[str, ...]:
    return (f"words like {_quoted(words)}",) if words else ()


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def _forms(reading: Reading, evidence: Evidence, least: float, *, telling: bool) -> list[str]:
    """How the forms that moved the score by ``least`` are called, strongest first; ``telling`` ones alone, or all."""
    strong = [name for name, lean in evidence.shape if lean >= least]
    fit = [(strong.index(form.name), form) for form in FORMS if form.name in strong and form.holds(reading)]
    return [form.words for _, form in sorted(fit, key=lambda pair: pair[0]) if form.telling or not telling]


def _tones(reading: Reading, evidence: Evidence) -> list[str]:
    """The tone, where it moved the score."""
    moved = {name for name, lean in evidence.shape if lean >= WHISPERS}
    votes = stance_votes(reading.phrases).words
    return [
        f"{says} ({_quoted(words[:2])})"
        for name, says in _TONES.items()
        if name in moved and (words := votes.get(name[5:]))
    ]


def _capitals(reading: Reading) -> float:
    letters = [char for char in reading.text[:400] if char.isalpha()]
    return sum(map(str.isupper, letters)) / len(letters) if len(letters) > 3 else 0.0
