"""Abuse is not swearing: what of a review is set aside, because it attacks a person or advertises."""

import re
from collections.abc import Sequence

from feedback.sorting.adverts import find_adverts
from feedback.sorting.attacks import BARE, JEER, RULES, Rule
from feedback.sorting.insults import pattern
from feedback.sorting.meant import is_meant
from feedback.sorting.reading import Reading
from feedback.sorting.shapes import Finding
from feedback.sorting.unmasking import unmasked

_SPEECH = re.compile(r"\"[^\"\n]{1,400}\"|(?<!\w)'[^'\n]{2,400}'(?!\w)")
"""Words between quotation marks are a character's, or somebody else's."""


def find_abuse(read: Sequence[Reading]) -> list[Finding | None]:
    """For each remark of a review, given in order, the reason to set it aside, or ``None``."""
    return [attack or advert for attack, advert in zip(find_attacks(read), find_adverts(read), strict=True)]


def find_attacks(read: Sequence[Reading]) -> list[Finding | None]:
    """For each remark of a review the reason to set it aside as an attack, or ``None``.

    Quoted words of the story are never held against a reader. A bare insult counts beside an attack or a jeer.
    """
    said = [_SPEECH.sub(" ", unmasked(reading.cased)) for reading in read]
    found = [_find(text, said[at - 1] if at else "") for at, text in enumerate(said)]
    return [finding or _in_company(said, found, at) for at, finding in enumerate(found)]


def _find(said: str, before: str) -> Finding | None:
    return next((Finding(rule.name, "attack", rule.why) for rule in RULES if _fits(rule, said, before)), None)


def _fits(rule: Rule, said: str, before: str) -> bool:
    matches = (match for way in rule.ways for match in pattern(way).finditer(said))
    return any(is_meant(rule, match, said, before) for match in matches)


def _in_company(said: Sequence[str], found: Sequence[Finding | None], at: int) -> Finding | None:
    if len(said[at]) > 80 or not pattern(BARE).search(said[at]):
        return None
    beside = [*range(max(0, at - 1), at), *range(at + 1, min(len(said), at + 2))]
    if any(found[other] or pattern(JEER).search(said[other]) for other in beside):
        return Finding("insulted", "attack", "it calls somebody names")
    return None
