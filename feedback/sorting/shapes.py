"""What sorting returns: plain frozen data, ready for JSON, a database row or a page."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a quote stands in one version of a chapter's plain text.

    ``state`` is ``exact``, ``moved``, ``ambiguous`` or ``lost``; ``start`` and ``end`` are code point offsets
    into that text, ``None`` when the place is ambiguous or lost.
    """

    state: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A grammar remark's concrete change.

    ``quote`` is the passage as the reader showed it ("" when they gave only the corrected text), ``fixed``
    the passage after the change, ``wrong`` and ``right`` the words that differ ("" for an insertion or a
    deletion). ``fixed``, ``wrong`` and ``right`` are ``None`` where the reader did not say. ``anchor`` is
    ``None`` when no chapter text was given.
    """

    quote: str
    fixed: str | None
    wrong: str | None
    right: str | None
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a remark is set aside: ``name`` of the rule, ``what`` it is (``attack`` or ``advert``), and the reason."""

    name: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class SortedRemark:
    """One span of a review that does one job.

    ``start`` and ``end`` are code point offsets into the text as given and ``text`` is exactly that slice.
    ``confidence`` is a calibrated probability in 0..1; ``unsure`` says that a person should check the kind;
    ``why`` holds short reasons in an author's words. ``source`` names what decided (``rule`` or ``model``).
    """

    start: int
    end: int
    text: str
    kind: str
    stance: str
    confidence: float
    unsure: bool
    why: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    quote_anchor: Anchor | None = None
    source: str = "rule"

    def as_dict(self) -> dict[str, Any]:
        """The JSON form that ``feedback sort`` prints."""
        row = asdict(self)
        del row["source"], row["quote_anchor"]
        row["why"] = list(self.why)
        row["corrections"] = [asdict(correction) for correction in self.corrections]
        return row
