"""Foreign: whether a remark is in another language than English, the one the sorter has learned.

Text in another language is not guessed at: it is marked as one to check. Letters of another script settle it.
Among Latin letters a remark must show that it is English: its words are looked up among those that reviews are made
of and in the model's public vocabulary, in which hardly a whole word of another language stands. Where a short remark
shows nothing either way, the rest of the review decides.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from feedback.sorting.cues import single_words
from feedback.sorting.language import EVERYWHERE
from feedback.sorting.reading import Reading

VOCABULARY = Path(__file__).with_name("model") / "vocabulary.txt"
MOST_WORDS = 60
"""Words of a remark that are looked up; a longer one has shown its language by then."""

ENOUGH_STRANGE = 3
"""From this many unknown words on a remark can be foreign without one known to be of another language."""

_OTHER_WORDS = (
    "el la los las un una unos que del y es por para con lo muy pero como está más mi tu su yo te le les des et"
    " est ta tes ses leur dans pour avec pas ce cette je il elle nous vous mais très plus qui sur au aux une der"
    " das und ist nicht ich du er sie wir ihr ein eine mit auf für von zu den dem auch aber sehr wie os um uma não"
    " é com muito eu ele ela mas foi ao da na nos gli di che è non sono per questo questa molto het een van niet"
    " zijn maar ook ett och är inte jag det som på til og jeg ikke bu ve bir çok için nie się jest że ale jak ang"
    " ng mga sa ko hindi ako yang dan ini itu saya tidak mon ton votre était suite trop bien aussi j'ai c'est ça"
    " svp magnifique génial merci beaucoup chapitre histoire encanta gracias muchas capítulo capitulo historia"
    " bueno buena excelente genial odio adoro adorei obrigado obrigada capitolo grazie mille bravissima bravissimo"
    " bello bella danke vielen kapitel geschichte toll wunderbar großartig super schön gut hasse dich mir kommt"
    " wann noch leuk mooi verhaal hoofdstuk geweldig bedankt wat tack mycket bra takk kapitlet fantastisk kiitos"
    " luku hyvä tarina dziękuję rozdział bardzo czekam teşekkürler bölüm güzel harika terima kasih bagus banget"
    " cerita salamat po ganda kwento cảm ơn truyện hay köszönöm děkuji mulțumesc spasibo cuando sigue así incrível"
    " esse pelo kita aku kamu mahal rất quá za ne"
)
_EITHER_WORDS = "super war hay gut plus don die no me es bra wat suite fur cam sale var mas com mi ve"
"""Words that are English and something else; they show nothing."""

_LOAN_WORDS = (
    "bravo encore voila touche cliche deja vu naive cafe fiance fiancee senorita ciao kudos schadenfreude"
    " doppelganger tsundere kawaii baka sensei senpai isekai manga anime otaku"
)
_CRIES = (
    "lol omg wtf lmao rofl pls plz plzz thx ty tysm ur u r luv gr8 ngl tbh imo imho idk ikr smh brb fave fav otp"
    " mc ch chap chaps fic fics ffs af tho cuz coz gonna wanna gotta kinda sorta dunno yall y'all ok okay yep nope"
    " nah yeah ya yay woot woo hehe heh ha meh ugh oof noice yeet poggers pog smol bestie gg op bamf rip typo"
    " typos dis dat da em im ive dont cant wont didnt doesnt isnt updaet chapt feels sooo pew asap hype teh gurl"
)
_OTHERS = frozenset(_OTHER_WORDS.split()) - frozenset(_EITHER_WORDS.split())
_LOANS = frozenset(_LOAN_WORDS.split())
_EITHER = frozenset(_EITHER_WORDS.split())
_ENDINGS = re.compile(r"(?:'?s|es|ed|d|ing|er|ers|ly|ness|y|ish|less|in|n't|'ll|'d|'re|'ve|'m)$")
_ELIDED = re.compile(r"(?:j|c|l|qu|n|d|m|t|s)'[aeiouhéèêàâî]\w")
_NAME = re.compile(r"(?<=[a-z,;&/\"(] )[A-Z][\w'’-]+|(?<=[a-z,;&/])[A-Z][\w'’-]+")
_CRY = re.compile(r"[^aeiouy]{3,}|(?:(.{1,2})\1+.?)")
"""No vowel, or nothing but the same again: a sound, not a word."""


_THRICE = re.compile(r"(\w)\1{2,}")
_DRAWN_OUT = re.compile(r"(.)\1")


@dataclass(frozen=True, slots=True)
class Shown:
    """How many words of a remark are English, of another language, and neither."""

    english: int
    other: int
    strange: int


def foreign(readings: Sequence[Reading]) -> list[bool]:
    """For each remark of a review, whether the reader's own words seem to be in another language than English."""
    shown = [_shown(reading) for reading in readings]
    whole = Shown(*(sum(getattr(each, name) for each in shown) for name in Shown.__slots__))
    return [_other_script(reading) or _is_foreign(each, whole) for reading, each in zip(readings, shown, strict=True)]


def _other_script(reading: Reading) -> bool:
    letters = [char for char in reading.said[:400] if char.isalpha()]
    return sum(char > "\u02af" for char in letters) * 3 > len(letters)


def _is_foreign(shown: Shown, whole: Shown) -> bool:
    """What a remark shows itself, and where that is nothing, what the whole review shows."""
    strange = shown.other + shown.strange
    if shown.other and strange >= 2 * shown.english:
        return True
    in_company = whole.other + whole.strange > 2 * whole.english
    if shown.strange >= ENOUGH_STRANGE and strange > 2 * shown.english:
        return in_company or whole.english <= 2 * shown.strange
    return in_company and shown.english == 0 and strange > 0 and (whole.other > 0 or whole.strange > 1)


def _shown(reading: Reading) -> Shown:
    names = {name.lower().replace("’", "'") for name in _NAME.findall(reading.text[:2000])}
    words = [word for word in reading.words[:MOST_WORDS] if word.replace("'", "").replace("-", "").isalpha()]
    skipped = names | _drawn_out(reading.said[:2000])
    told = [_told(word) for word in words if word not in skipped or word in _OTHERS]
    return Shown(told.count("english"), told.count("other"), told.count("strange"))


def _drawn_out(said: str) -> set[str]:
    """The words of which a letter stands three times or more, as `Reading.words` squeezes them: cries."""
    if not _THRICE.search(said):
        return set()
    return {_THRICE.sub(r"\1\1", word) for word in re.findall(r"\w+", said) if _THRICE.search(word)}


def _told(word: str) -> str:
    """What one word shows: ``english``, ``other``, ``strange`` (no word that is known), or ``nothing``."""
    if word in _EITHER:
        return "nothing"
    if word in _OTHERS or _ELIDED.match(word):
        return "other"
    if _is_english(word) or _without_accents(word) in _LOANS:
        return "english"
    return "nothing" if len(word) < 3 or _CRY.fullmatch(word) else "strange"


def _is_english(word: str) -> bool:
    known = _known()
    if word in known or _DRAWN_OUT.sub(r"\1", word) in known:
        return True
    if "-" in word:
        return any(part in known for part in word.split("-"))
    stem = _ENDINGS.sub("", word)
    return len(stem) >= 3 and (stem in known or stem + "e" in known or stem[:-1] in known)


def _without_accents(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


@cache
def _known() -> frozenset[str]:
    """Every word known to be English."""
    common = EVERYWHERE | single_words() | _LOANS | frozenset(_CRIES.split())
    vocabulary = (word.rstrip() for word in VOCABULARY.read_text(encoding="utf-8").splitlines())
    return common | frozenset(word for word in vocabulary if word.isalpha() and len(word) > 2) - _OTHERS
