"""What was set aside, in words: whether it looks like an attack or like advertising."""

from collections.abc import Iterable, Sequence

from feedback.remarks.shapes import Remark

ADVERTISING = ("advertis", "of their own")
"""Words of the sorter's reasons by which what was set aside is told to be advertising."""

ATTACK = "an attack"


def looks_like(reasons: Sequence[str]) -> str:
    """What something set aside looks like, as the desk says it."""
    advert = any(word in reason for reason in reasons for word in ADVERTISING)
    return "advertising" if advert else ATTACK


def all_look_like(aside: Iterable[Remark]) -> str:
    """What a review looks like for what was set aside in it: an attack if any of that does, "" for nothing."""
    found = {looks_like(remark.why) for remark in aside}
    return ATTACK if ATTACK in found else next(iter(found), "")
