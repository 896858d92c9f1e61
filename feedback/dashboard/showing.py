"""How a review's words are shown on the desk: plain text in pieces, some of them lit, some folded.

The pieces are text, never markup; a template escapes them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feedback.remarks.shapes import Remark

ADVERTISING = ("advertis", "of their own")
"""Words of the sorter's reasons by which what was set aside is told to be advertising."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a review. ``look`` is "" (plain), ``lit`` (what the tray is about) or ``aside`` (folded).

    ``remark_id`` is that of a lit piece, else 0; ``reason`` says what a folded one looks like.
    """

    text: str
    look: str = ""
    remark_id: int = 0
    reason: str = ""


def pieces(source: str, lit: Iterable[Remark], aside: Iterable[tuple[int, int, str]] = ()) -> list[Piece]:
    """The whole of a review, with the remarks of the tray lit and the spans set aside folded.

    :param aside: (start, end, reasons) of each span to fold. It stays folded if it is lit, too.
    """
    spans: list[tuple[int, int, Piece]] = [
        (start, end, Piece("", "aside", reason=looks_like(why.split("\n")))) for start, end, why in aside
    ]
    folded = {(start, end) for start, end, _ in spans}
    spans += [
        (remark.start, remark.end, Piece("", "lit", remark.id))
        for remark in lit
        if (remark.start, remark.end) not in folded
    ]
    return list(_cut(source, sorted(spans, key=lambda span: span[:2])))


def _cut(source: str, spans: Sequence[tuple[int, int, Piece]]) -> Iterator[Piece]:
    at = 0
    for start, end, piece in spans:
        # An edit that is not sorted yet leaves spans of the text before; they are not forced onto this one.
        if start < at or end > len(source):
            continue
        if start > at:
            yield Piece(source[at:start])
        yield Piece(source[start:end], piece.look, piece.remark_id, piece.reason)
        at = end
    if at < len(source):
        yield Piece(source[at:])


def looks_like(reasons: Sequence[str]) -> str:
    """What something set aside looks like, as the desk says it."""
    advert = any(word in reason for reason in reasons for word in ADVERTISING)
    return "advertising" if advert else "an attack"
