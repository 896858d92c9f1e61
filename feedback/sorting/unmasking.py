"""Unmasking: rude words as they are meant, however they are disguised.

Who attacks knows of filters: ``m0ron``, ``f*cking``, ``k y s``, ``i.d.i.o.t``, ``kiiill``, ``u r``. The rules on
abuse read a text in which these are plain words, contractions are written out, and capitals are as they were.
"""

import re
import unicodedata

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LOOKALIKES = str.maketrans("аеорсухіѕԁјАЕОРСУХІЅЈКМТНВ", "aeopcyxisdjAEOPCYXISJKMTHB")
_MIXED_SCRIPTS = re.compile(r"\w{0,20}(?:[A-Za-z][\u0400-\u052f]|[\u0400-\u052f][A-Za-z])\w{0,20}")

_LEET = str.maketrans("013457@$!|", "oieastasil")
_LEET_WORD = re.compile(r"(?<![\w@#$/.:])[a-z0-9$!|][a-z0-9@$!|]*[a-z0-9@$](?![\w@#])", re.IGNORECASE)
_NOT_LEET = re.compile(r"\d+(?:st|nd|rd|th|s|k|m|am|pm|x|d)?|[a-z]{1,4}\d+", re.IGNORECASE)

_MASKED = (
    "fuck fucks fucked fucker fuckers fucking motherfucker motherfucking shit shits shitty bullshit piss bitch "
    "bitches cunt cunts ass asses asshole assholes arse arsehole bastard bastards dick dickhead cock prick pussy "
    "whore slut sluts moron morons moronic idiot idiots idiotic stupid dumb dumbass retard retards retarded trash "
    "loser losers ugly hate die kill suicide hang rape raped raping"
)
"""Words that people mask with marks in place of letters. Slurs are known to their own rule."""

_MASK = re.compile(r"(?<![\w*])[a-z](?=[a-z]*[*#%@$!_-])[a-z*#%@$!_-]{1,15}(?![\w*])", re.IGNORECASE)
_MARK = re.compile(r"[*#%@$!_-]")
_SPACED = re.compile(r"(?<![\w'.])(?!u r )[a-z]([ .*_-])[a-z](?:\1[a-z])+(?![\w'])", re.IGNORECASE)
_SPACED_WORDS = re.compile(r"\b[a-z](?: [a-z])+(?:  +[a-z](?: [a-z])*)+\b", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<!\w)[*_~\\]+(?=\w)|(?<=[\w.,!?])[*_~\\]+(?!\w)")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)

_SHORT = {
    "u": "you", "ya": "you", "yu": "you", "yuo": "you", "ye": "you", "yall": "you all", "y'all": "you all",
    "youre": "you are", "you're": "you are", "ure": "you are", "u're": "you are", "ya're": "you are",
    "urself": "yourself", "yourselves": "yourself", "urselves": "yourself", "yaself": "yourself",
    "yoself": "yourself", "youself": "yourself", "yourslef": "yourself",
    "i'm": "i am", "im": "i am", "i'll": "i will", "i'd": "i would", "ive": "i have", "i've": "i have",
    "we're": "we are", "we'll": "we will", "we'd": "we would", "they're": "they are", "theyre": "they are",
    "they'll": "they will", "you'll": "you will", "youll": "you will", "you'd": "you would", "youd": "you would",
    "you've": "you have", "youve": "you have", "who's": "who is", "whos": "who is", "what's": "what is",
    "whats": "what is", "author's": "author is", "writer's": "writer is", "someone's": "someone is",
    "gonna": "going to", "gunna": "going to", "wanna": "want to", "gotta": "got to", "shoulda": "should have",
    "should've": "should have", "cant": "can't", "cannot": "can't", "dont": "don't", "doesnt": "doesn't",
    "didnt": "didn't", "isnt": "isn't", "arent": "aren't", "wont": "won't", "shouldnt": "shouldn't",
    "wouldnt": "wouldn't", "plz": "please", "pls": "please", "sum1": "someone", "ppl": "people",
    "ffs": "fuck", "stfu": "shut the fuck up", "gtfo": "get the fuck out", "gfy": "go fuck yourself",
    "foad": "fuck off and die", "diaf": "die in a fire", "pos": "piece of shit", "tf": "fuck", "fkn": "fucking",
    "fking": "fucking", "fcking": "fucking", "fuckin": "fucking", "fukin": "fucking", "fuk": "fuck", "fck": "fuck",
    "fcuk": "fuck", "phuck": "fuck", "fuq": "fuck", "biatch": "bitch", "btch": "bitch",
    "effing": "fucking", "goddam": "goddamn", "autor": "author", "auther": "author", "righter": "writer",
}  # fmt: skip
_SHORTENED = re.compile(
    rf"(?<![\w'@#])(?:{'|'.join(sorted(map(re.escape, _SHORT), key=len, reverse=True))})(?![\w'])", re.IGNORECASE
)
_R = re.compile(r"\b(you|they|we) r\b", re.IGNORECASE)
_YOUR_FOR_YOU_ARE = re.compile(
    r"\b(?:your|ur)(?= (?:an?|such|just|so|nothing|the worst|literally|really|not|truly|all|both) )", re.IGNORECASE
)
_SPACE = re.compile(r"[ \t\r\f\v]+")


def unmasked(text: str) -> str:
    """``text`` with disguised words made plain and contractions written out; its length may change."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    text = _MIXED_SCRIPTS.sub(lambda match: match[0].translate(_LOOKALIKES), text)
    text = _SPACED_WORDS.sub(_joined, text)
    text = _SPACED.sub(lambda match: match[0].replace(match[1], ""), text)
    if _MARK.search(text):
        text = _MASK.sub(_unmask, text)
    text = _LEET_WORD.sub(_unleet, _EMPHASIS.sub("", text))
    text = _DRAWN_OUT.sub(lambda match: match[1] * (2 if match[1] in "lLsS" else 1), text)
    text = _SHORTENED.sub(_written_out, text)
    return _SPACE.sub(" ", _YOUR_FOR_YOU_ARE.sub("you are", _R.sub(r"\1 are", text)))


def _joined(match: re.Match[str]) -> str:
    return " ".join(word.replace(" ", "") for word in re.split(" {2,}", match[0]))


def _unmask(match: re.Match[str]) -> str:
    """The first word of the list that a masked one can be, else what stands there."""
    masked = match[0].rstrip("!_-")
    if not _MARK.search(masked):
        return match[0]
    meant = re.compile(_MARK.sub(".", masked), re.IGNORECASE)
    loose = re.compile(re.sub(r"[*#%@$!_-]{2,}", ".{1,5}", masked).replace("*", ".").replace("-", "."), re.IGNORECASE)
    word = next((word for pattern in (meant, loose) for word in _MASKED.split() if pattern.fullmatch(word)), None)
    return match[0] if word is None else word + match[0][len(masked) :]


def _unleet(match: re.Match[str]) -> str:
    word = match[0]
    if _NOT_LEET.fullmatch(word) or not any(map(str.isalpha, word)):
        return word
    return word.replace("11", "ll").translate(_LEET)


def _written_out(match: re.Match[str]) -> str:
    """What is short for, with a capital where it had one: a sentence may begin with it."""
    full = _SHORT[match[0].lower()]
    return full[0].upper() + full[1:] if match[0][0].isupper() else full
