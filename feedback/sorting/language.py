"""Language: whether a remark is in the language the sorter has learned, English.

Text in another language is not guessed at: it is marked as one to check. Letters of another script settle it;
among Latin letters the small words do, since no sentence of five words goes without one.
"""

from feedback.sorting.reading import Reading

FEWEST_WORDS = 4
"""Shorter remarks in Latin letters are taken for English: names, cries and loan words look like any language."""

SHORTEST_REASON = 3
"""Letters of a word that may be shown as a reason."""

_ENGLISH_WORDS = (
    "the a an and or but of to in on at for with is was are were be been it its it's this that i you he she they we"
    " my your his her their our not no so if as do did does have has had can could would will should just what when"
    " how who why there from by about than then me him them us more very like all out up i'm don't is"
)
_OTHER_WORDS = (
    "el la los las un una unos que de del y en es por para con no se lo muy pero como está más mi tu su yo me te le"
    " les des et est dans pour avec pas ce cette je il elle nous vous mais très plus qui sur au aux une"
    " der die das und ist nicht ich du er sie wir ihr ein eine mit auf für von zu den dem auch aber sehr wie"
    " o os as um uma não é com muito eu ele ela mas foi ao da na nos gli di che è non sono per questo questa molto"
    " het een van niet je zijn maar ook ett och är inte jag det som på til og jeg ikke men bu ve bir çok için"
    " nie się jest że ale jak to z ang ng mga sa ko hindi ako yang dan ini itu saya tidak"
)
_EMPTY_WORDS = (
    "after before also now one two make made only being other both said go going into over way thing things really so"
    " much well even still too any some every own same such through while once again here first last get got"
    " let's that's they're i'd i've i'll you're he's she's don't didn't doesn't isn't wasn't can't"
)
_EVERYWHERE_WORDS = (
    "wouldn't couldn't shouldn't won't haven't hasn't hadn't aren't weren't there's here's what's who's you've"
    " we've they've we're see use used using many few several times set put long back end ever never quite"
    " rather else though although because since until without instead between against around however regardless"
    " something anything everything nothing someone anyone everyone everybody nobody people person one's stuff"
    " part sort kind lot bit way able know knows told tell say says said go goes gone come comes came gets give"
    " gave given take takes took look looks looking want wants need needs needed keep kept think thinking"
    " thought read reading actually certain certainly chapter chapters book story fic large full open next"
    " current three two four year years day days week weeks month months"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_SAYS_NOTHING = _ENGLISH | frozenset(_EMPTY_WORDS.split())
_EVERYWHERE = _SAYS_NOTHING | frozenset(_EVERYWHERE_WORDS.split())
_OTHERS = frozenset(_OTHER_WORDS.split())


def is_foreign(reading: Reading) -> bool:
    """Whether the reader's own words seem to be in another language than English."""
    letters = [char for char in reading.said[:400] if char.isalpha()]
    if sum(char > "\u02af" for char in letters) * 3 > len(letters):
        return True
    words = reading.words[:60]
    if len(words) < FEWEST_WORDS:
        return False
    english = sum(word in _ENGLISH for word in words)
    others = sum(word in _OTHERS for word in words)
    return others >= 2 and others > 2 * english - sum(word in _ENGLISH and word in _OTHERS for word in words)


def says_something(term: str) -> bool:
    """Whether a term holds a word besides the small ones that stand in every sentence."""
    return any(word not in _SAYS_NOTHING for word in term.split())


def is_telling(word: str) -> bool:
    """Whether a single word, on its own, can be shown as the reason of a label.

    No number, no scrap of markup, and no word that stands in every review ("chapter", "people", "several").
    """
    return len(word) >= SHORTEST_REASON and word.replace("'", "").isalpha() and word not in _EVERYWHERE
