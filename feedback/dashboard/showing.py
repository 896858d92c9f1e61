"""How a review's words are shown on the desk: plain text in pieces, some of them lit, some folded.

The pieces are text, never markup; a template escapes them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from feedback.remarks.aside import all_look_like
from feedback.remarks.shapes import Remark


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a review. ``look`` is "" (plain), ``lit`` (what the tray is about) or ``aside`` (folded).

    ``remark_id`` is 0 for a plain piece; ``reason`` says what a folded one looks like.
    """

    text: str
    look: str = ""
    remark_id: int = 0
    reason: str = ""


def pieces(source: str, lit: Iterable[Remark], aside: Iterable[Remark] = ()) -> list[Piece]:
    """The whole of a review, with the remarks of the tray lit and the spans set aside folded.

    :param aside: the remarks to fold. They stay folded if they are in the tray, too.
    """
    looks = {remark.id: (remark, Piece("", "lit", remark.id)) for remark in lit}
    looks |= {remark.id: (remark, Piece("", "aside", remark.id, all_look_like([remark]))) for remark in aside}
    # After an edit that is not sorted yet, remarks are of the text before; they are not forced onto other words.
    spans = [
        (remark.start, remark.end, piece)
        for remark, piece in looks.values()
        if source[remark.start : remark.end] == remark.text
    ]
    cut = list(_cut(source, sorted(spans, key=lambda span: span[:2])))
    if all(piece.look == "lit" or not piece.text.strip() for piece in cut):
        # To light everything is to light nothing.
        return [replace(piece, look="") for piece in cut]
    return cut


def guarded(source: str, aside: Sequence[Remark]) -> list[Piece]:
    """The whole of a review, in one fold if anything in it was set aside.

    What stands around an attack is seldom kind. If any of it looks like one, the fold says so.
    """
    if not aside:
        return [Piece(source)]
    return [Piece(source, "aside", aside[0].id, all_look_like(aside))]


def _cut(source: str, spans: Sequence[tuple[int, int, Piece]]) -> Iterator[Piece]:
    at = 0
    for start, end, piece in spans:
        if start < at:
            continue
        if start > at:
            yield Piece(source[at:start])
        yield Piece(source[start:end], piece.look, piece.remark_id, piece.reason)
        at = end
    if at < len(source):
        yield Piece(source[at:])
