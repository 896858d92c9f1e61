"""How two words are kin: one a slip for the other, forms of one word, or words that do the same job.

Everything here takes words as `wording.fold` gives them: small letters, plain apostrophes.
"""

import re
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from feedback.sorting.wording import likeness


def _groups(*lines: str) -> dict[str, frozenset[str]]:
    """Each word of the lines with all the words it shares a line with."""
    together: dict[str, set[str]] = {}
    for line in lines:
        for word in line.split():
            together.setdefault(word, set()).update(line.split())
    return {word: frozenset(others) for word, others in together.items()}


CLASSES = {
    word: name
    for name, members in {
        "article": "a an the this that these those my your his her its our their some any no",
        "preposition": "of in on at to for from with by into onto off over under about as like than between out up",
        "verb": "be is are was were been being am has have had do does did can could will would should may might",
        "pronoun": "i you he it she we they me him them us who whom which what",
        "conjunction": "and or but nor so if when while because though although",
        "quantity": "much many more most less fewer few little",
    }.items()
    for word in members.split()
}
"""Small words by what they do in a sentence: one replaces another of its class more easily than any other."""

POINTING = frozenset({"this", "that", "these", "those"})
"""Articles that can also stand for a person or a thing, as "it" does."""

PERSONS = {
    word: name
    for name, members in {
        "I": "i me my mine myself",
        "we": "we us our ours ourselves",
        "you": "you your yours yourself",
        "he": "he him his himself",
        "she": "she her hers herself",
        "it": "it its itself",
        "they": "they them their theirs themselves",
    }.items()
    for word in members.split()
}

HOMOPHONES = _groups(
    "to too two",
    "there their they're theirs there's",
    "your you're yore",
    "its it's",
    "whose who's",
    "were where we're wear",
    "then than",
    "of have 've off",
    "know no now",
    "knew new",
    "hear here",
    "by buy bye",
    "for four fore",
    "one won",
    "right write rite",
    "threw through",
    "reign rain rein",
    "reigns rains reins",
    "past passed",
    "lead led",
    "lay lie lye",
    "pray prey",
    "peace piece",
    "peak peek pique",
    "sight site cite",
    "bare bear",
    "break brake",
    "wait weight",
    "weather whether wether",
    "waste waist",
    "week weak",
    "meat meet",
    "steal steel",
    "sole soul",
    "grate great",
    "hole whole",
    "hoard horde",
    "aloud allowed",
    "altar alter",
    "council counsel",
    "principle principal",
    "affect effect",
    "accept except",
    "lose loose",
    "breath breathe",
    "cloth clothe clothes",
    "who whom",
    "less fewer",
    "a an",
    "as has",
    "is his",
    "and an",
    "on in",
    "on one",
    "out our",
    "it if",
    "if of",
    "knight night",
    "not knot",
    "sea see",
    "son sun",
    "tail tale",
    "plain plane",
    "pail pale",
    "made maid",
    "mail male",
    "road rode rowed",
    "sword soared",
    "vain vein vane",
    "wring ring",
    "wrung rung",
    "wrap rap",
    "wreak reek",
)
"""Words taken for one another by ear or by habit. "sea" and "see" are here, "king" and "prince" are not."""

_VERBS = (
    "be is are was were been being am",
    "have has had having",
    "do does did done doing",
    "go goes went gone going",
    "get gets got gotten",
    "come came comes coming",
    "see saw seen sees",
    "say said says",
    "pay paid payed pays",
    "lay laid layed lays lain lie lies laying lying",
    "lead led leads",
    "rise rose risen rised rises",
    "raise raised",
    "give gave given gives",
    "take took taken takes",
    "make made makes",
    "know knew known knows",
    "think thought thinks",
    "bring brought brung brings",
    "buy bought",
    "catch caught catched",
    "teach taught teached",
    "tell told tells",
    "find found finds",
    "hold held holds",
    "keep kept keeps",
    "leave left leaves",
    "feel felt feels",
    "fall fell fallen falls",
    "run ran runs",
    "sit sat sits set",
    "stand stood stands",
    "speak spoke spoken speaks",
    "break broke broken breaks",
    "drink drank drunk drinks",
    "sing sang sung sings",
    "swim swam swum",
    "begin began begun begins",
    "write wrote written writes",
    "eat ate eaten eats",
    "throw threw thrown throws",
    "fly flew flown flies",
    "draw drew drawn draws",
    "grow grew grown grows",
    "blow blew blown",
    "wear wore worn wears",
    "tear tore torn tears",
    "swear swore sworn",
    "lose lost loses",
    "fight fought",
    "seek sought",
    "sleep slept",
    "sweep swept",
    "creep crept creeped",
    "leap leapt lept",
    "send sent sends",
    "spend spent",
    "build built",
    "sink sank sunk",
    "shrink shrank shrunk",
    "hang hung hanged",
    "strike struck",
    "stick stuck",
    "swing swung",
    "spin spun",
    "win won",
    "hide hid hidden",
    "bite bit bitten",
    "shake shook shaken",
    "wake woke woken waked",
    "freeze froze frozen",
    "choose chose chosen",
    "drive drove driven",
    "ride rode ridden",
    "forget forgot forgotten",
    "forgive forgave forgiven",
    "may might",
    "can could",
    "will would",
    "shall should",
)
"""Irregular verbs, each line from its present to its pasts."""

_OTHER_FORMS = (
    "foot feet",
    "tooth teeth",
    "goose geese gooses",
    "mouse mice",
    "child children",
    "good well better best",
    "bad worse worst",
    "i me my",
    "he him his",
    "she her hers",
    "they them their",
    "we us our",
    "who whom whose",
)

FORMS = _groups(*_VERBS, *_OTHER_FORMS)
"""Forms of one word that no ending tells."""

_PRESENTS = frozenset(
    [
        *("is", "are", "am", "has", "does", "goes"),
        *(base + end for line in _VERBS for base in line.split()[:1] for end in ("", "s")),
    ]
)

OPPOSITES = _groups(
    "good bad evil",
    "hero heroine villain zero",
    "love hate",
    "loves hates",
    "loved hated",
    "live die",
    "lives dies",
    "lived died",
    "alive dead",
    "happy sad",
    "friend foe fiend enemy",
    "friends foes fiends enemies",
    "king queen",
    "prince princess",
    "god goddess",
    "actor actress",
    "boy girl man woman",
    "men women",
    "brother sister",
    "mother father",
    "mom dad",
    "male female",
    "yes no",
    "win lose",
    "up down",
    "on off",
    "in out",
    "before after",
    "to from",
    "and or but",
    "with without",
    "always never",
    "ever never",
    "all none nothing",
    "here there",
    "black white",
    "hot cold",
    "old new young",
    "right wrong left",
    "true false",
    "day night",
    "light dark",
    "first last",
    "cat dog",
    "like dislike",
    "if when",
    "can't can",
    "more less",
)
"""Words that stand beside each other to be compared; nobody writes one by mistake for the other."""

_NO = (
    "not no never none nobody nothing nor neither nowhere without cannot dont cant wont didnt doesnt isnt wasnt arent"
    " werent couldnt wouldnt shouldnt havent hasnt hadnt aint"
)
_COUNTED = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand"
    " million first second third fourth fifth sixth seventh eighth ninth tenth last next ii iii iv v vi vii viii ix x"
)
_NEGATIONS, _ORDINALS = frozenset(_NO.split(" ")), frozenset(_COUNTED.split(" "))
_ENDINGS = (
    "ingly",
    "edly",
    "ing",
    "ied",
    "ies",
    "ily",
    "est",
    "ed",
    "er",
    "es",
    "ly",
    "'s",
    "s'",
    "s",
    "e",
    "y",
    "d",
)
_SHORT, _SHORT_ALIKE, _LONG_ALIKE = 4, 0.66, 0.7
_LEAST_LETTERS = 3


def is_slip(old: str, new: str) -> bool:
    """Whether a writer may have written ``old`` for ``new`` without meaning to."""
    if old == new or not old or not new or are_opposed(old, new):
        return False
    if letters(old) == letters(new):
        return True
    return is_form(old, new) or is_homophone(old, new) or is_misspelled(old, new)


def is_homophone(old: str, new: str) -> bool:
    """Whether two words are mixed up by ear."""
    return new in HOMOPHONES.get(old, ())


def is_form(old: str, new: str) -> bool:
    """Whether two words are forms of one ("go", "went"; "hen", "hens")."""
    if new in FORMS.get(old, ()) or old.partition("'")[0] == new.partition("'")[0]:
        return True
    return min(len(old), len(new)) >= _LEAST_LETTERS and _stem(old) == _stem(new)


def is_misspelled(old: str, new: str) -> bool:
    """Whether two words are spelled so alike that one is the other mistyped; a new first letter makes a new word."""
    if min(len(old), len(new)) < _LEAST_LETTERS or {old, new} <= CLASSES.keys():
        return False
    least = _SHORT_ALIKE if max(len(old), len(new)) <= _SHORT else _LONG_ALIKE
    return likeness(old, new) >= least and _begin_alike(old, new)


def _begin_alike(old: str, new: str) -> bool:
    if old[0] == new[0] or old[1:] == new or new[1:] == old:
        return True
    return old[:2] == new[1::-1]


def are_opposed(old: str, new: str) -> bool:
    """Whether the change is one of meaning: other person, other number, a "not" more or less, an opposite."""
    if old == new or is_homophone(old, new):
        return False
    if is_number(old) and is_number(new):
        return True
    persons = PERSONS.get(old), PERSONS.get(new)
    if None not in persons and persons[0] != persons[1]:
        return True
    return is_negation(old) != is_negation(new) or new in OPPOSITES.get(old, ())


def is_negation(word: str) -> bool:
    """Whether ``word`` says no."""
    return word in _NEGATIONS or word.endswith("n't")


def is_number(word: str) -> bool:
    """Whether ``word`` counts or ranks: digits, a numeral, "third", "IV", a rank's letter."""
    counts = {word, word.removesuffix("th"), word.removesuffix("ieth") + "y"} & _ORDINALS
    return bool(counts) or any(map(str.isdigit, word)) or (len(word) == 1 and word not in "aio")


def is_small(word: str) -> bool:
    """Whether ``word`` only holds a sentence together."""
    return word in CLASSES


def is_small_change(old: str, new: str) -> bool:
    """Whether one small word takes the place of another that does the same job, and is not its opposite."""
    jobs = {CLASSES.get(old, ""), CLASSES.get(new, "")} - ({"article"} if {old, new} & POINTING else set())
    return is_small(old) and is_small(new) and len(jobs) <= 1 and not are_opposed(old, new)


def is_letter_off(old: str, new: str) -> bool:
    """Whether two small words differ by one letter put in or left out ("the", "he")."""
    if not (is_small(old) and is_small(new)) or are_opposed(old, new):
        return False
    return min(len(old), len(new)) > 1 and Indel.distance(old, new) == 1


def are_reordered(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether two runs of words are the same words in another order."""
    return len(old) > 1 and list(old) != list(new) and sorted(old) == sorted(new)


def letters(word: str) -> str:
    """``word`` without the marks in it."""
    return re.sub(r"[^\w]", "", word)


def is_retold(old: str, new: str) -> bool:
    """Whether ``old`` is a verb's past and ``new`` its present ("slept", "sleeps"; "marched", "marching")."""
    if old.endswith("ed") and new in _presents(old):
        return True
    return new in FORMS.get(old, ()) and new in _PRESENTS and old not in _PRESENTS and not old.endswith("ing")


def _presents(past: str) -> set[str]:
    """What a regular past ("stopped", "smiled") may be the past of, also with an "s"."""
    bases = {past[:-1], past[:-2], past[:-3], past[:-3] + "y"}
    return {base + ending for base in bases for ending in ("", "s", "ing")} | {past[:-3] + "ies"}


def _stem(word: str) -> str:
    """``word`` without its endings; crude, for it only answers whether two words share one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_LETTERS:
            word = word.removesuffix(ending)
            break
    return word[:-1] if word[-1:] == word[-2:-1] else word.removesuffix("i")
