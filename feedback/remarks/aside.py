"""What was set aside, in words: whether it looks like an attack or like advertising, or its author set it aside."""

from collections.abc import Iterable, Sequence

from feedback.remarks.shapes import Remark

ADVERTISING = ("advertis", "of their own")
"""Words of the sorter's reasons by which what was set aside is told to be advertising."""

ATTACK = "an attack"
BY_HAND = "by hand"
"""Filed under Set aside by the author of the work: nobody else says what it looks like."""


def looks_like(reasons: Sequence[str], sorted_by: str) -> str:
    """What something set aside looks like, as the desk says it; `BY_HAND` for what the sorter did not set aside."""
    if sorted_by != "auto":
        return BY_HAND
    advert = any(word in reason for reason in reasons for word in ADVERTISING)
    return "advertising" if advert else ATTACK


def all_look_like(aside: Iterable[Remark]) -> str:
    """What a review looks like for what was set aside in it: the worst that any of that does, "" for nothing."""
    found = {looks_like(remark.why, remark.sorted_by) for remark in aside}
    return next((looks for looks in (ATTACK, "advertising", BY_HAND) if looks in found), "")
