"""Language: the words of English that stand in every review, and so tell nothing about a remark."""

SHORTEST_REASON = 3
"""Letters of a word that may be shown as a reason."""

_ENGLISH_WORDS = (
    "the a an and or but of to in on at for with is was are were be been it its it's this that i you he she they we"
    " my your his her their our not no so if as do did does have has had can could would will should just what when"
    " how who why there from by about than then me him them us more very like all out up i'm don't is"
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
_SAYS_NOTHING = frozenset(_ENGLISH_WORDS.split()) | frozenset(_EMPTY_WORDS.split())
EVERYWHERE = _SAYS_NOTHING | frozenset(_EVERYWHERE_WORDS.split())
"""Small words and those that every review is made of."""


def says_something(term: str) -> bool:
    """Whether a term holds a word besides the small ones that stand in every sentence."""
    return any(word not in _SAYS_NOTHING for word in term.split())


def is_telling(word: str) -> bool:
    """Whether a single word, on its own, can be shown as the reason of a label.

    No number, no scrap of markup, and no word that stands in every review ("chapter", "people", "several").
    """
    return len(word) >= SHORTEST_REASON and word.replace("'", "").isalpha() and word not in EVERYWHERE
