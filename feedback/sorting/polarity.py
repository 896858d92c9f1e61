"""Polarity: whether a short remark plainly likes or dislikes something, from its words and what negates them.

A table of words that judge a text, not what happens in it ("boring", never "sad"). It speaks only where all of them
agree and nothing is asked: in remarks of a few words, and in what follows the "but" of a remark that first concedes
something ("I get that he is tired, but it dragged").
"""

import re
from collections.abc import Sequence

from feedback.sorting.reading import Reading

FEW_WORDS = 6
LONGEST_TURN = 14
"""Words after a "but" that are looked at; more of them say more than one thing."""

REACH = 2
"""How many words before a judging word a negation may stand."""

_WORDS = {
    "positive": "great good awesome amazing love loved excellent fantastic wonderful brilliant perfect beautiful"
    " best nice"
    " fun enjoyed superb lovely incredible cool hilarious epic liked enjoyable gorgeous splendid masterful"
    " delightful",
    "negative": "meh boring bored bland dull dragged drags dragging rushed disappointing disappointed disappointment"
    " underwhelming underwhelmed confusing cringe cringy cringey clunky stilted lame mediocre contrived repetitive"
    " tedious unreadable unrealistic unbelievable overwritten predictable forced jarring weak worst worse bad awful"
    " terrible poorly badly sloppy pointless generic nonsensical",
}
_SAYS = {word: stance for stance, words in _WORDS.items() for word in words.split()}
_OPPOSITE = {"positive": "negative", "negative": "positive"}
_NEGATING_WORDS = (
    "not never no hardly without less lacks lack nothing isn't wasn't aren't weren't don't didn't doesn't can't"
    " cannot"
    " couldn't wouldn't isnt wasnt dont didnt doesnt cant"
)
_NEGATES = frozenset(_NEGATING_WORDS.split())
_SETS_ASIDE = frozenset(("too", "if", "at", "mean", "could", "would", "should", "might", "hope", "hopefully"))
"""Words that take a judging word out of the count: "too perfect", "at best", "I mean, good", "would be nice"."""

_CONCEDES = re.compile(
    r"^\W*(?:i (?:get|understand|know|see|realize|appreciate|like|liked|love|loved|enjoyed)|while|although"
    r"|though|sure"
    r"|granted|it's|it is|this is|the \w+ (?:is|was))\b.*?,? but (?!(?:i (?:get|understand|know)|that's"
    r"|thats)\b)(?P<turn>.+)$",
    re.DOTALL,
)


def polarity(reading: Reading) -> str:
    """``positive`` or ``negative`` where the words of a remark leave no doubt, else ""."""
    if reading.asks:
        return ""
    if len(reading.words) <= FEW_WORDS:
        return _unanimous(reading.words)
    turn = _CONCEDES.match(reading.said)
    if turn is None:
        return ""
    words = reading.words[-len(Reading(turn["turn"]).words) :]
    return _unanimous(words) if len(words) <= LONGEST_TURN else ""


def _unanimous(words: Sequence[str]) -> str:
    found = {_said_by(words, at) for at, word in enumerate(words) if word in _SAYS}
    return found.pop() if len(found) == 1 else ""


def _said_by(words: Sequence[str], at: int) -> str:
    """What a judging word says after the words before it are heard."""
    if _SETS_ASIDE.intersection(words[:at]):
        return ""
    says = _SAYS[words[at]]
    return _OPPOSITE[says] if _NEGATES.intersection(words[max(0, at - REACH) : at]) else says
