"""What a line is read in the light of: the chapter, the company it keeps, and the work left for its review."""

import re
from collections import Counter
from dataclasses import dataclass, field

from feedback.sorting import kinship, rewording
from feedback.sorting.chapter_text import ChapterText, squeeze
from feedback.sorting.places import exact_places
from feedback.sorting.rewording import Fit
from feedback.sorting.wording import fold, likeness

MOST_CELLS = 100_000
"""Cells of alignment tables that one review may fill, about 60 ms; afterwards answers are no longer fitted.
The longest list of typos at hand takes a tenth of it."""


READ_PER_CELL, COUNTED_PER_CELL = 800, 8
"""Characters of a chapter that are searched, or cut into words, in the time that one cell takes."""

LONG_WORD, SURELY_ALIKE = 7, 0.8
"""A long word this like another is the other mistyped; shorter ones are too often words of their own."""

IS_STAGE = re.compile(r"(?<!s)s$|ing$")
"""Words that may be what the reader does ("*sighs") are only taken for a slip of sound, not of spelling."""


@dataclass(slots=True)
class Context:
    """The surroundings of a review's lines; one for all of them, for they share its work.

    ``chapter`` is the text reviewed, where it is known. ``listed`` says that the line at hand stands in a list
    of fixes, so that less is asked of it. ``cells`` is the work left; counted, not timed, so that the same
    review always gives the same corrections.
    """

    chapter: ChapterText | None = None
    listed: bool = False
    cells: int = MOST_CELLS
    _stands: dict[str, bool] = field(default_factory=dict)
    _words: Counter[str] | None = None
    _fits: dict[tuple[str, str], Fit | None] = field(default_factory=dict)

    def fit(self, passage: str, proposal: str) -> Fit | None:
        """``proposal`` fitted into ``passage``, worked out once; None too when the work is used up."""
        pair = (passage, proposal)
        if pair not in self._fits:
            self.cells -= rewording.cells(passage, proposal)
            self._fits[pair] = rewording.fit(passage, proposal) if self.cells >= 0 else None
        return self._fits[pair]

    def stands(self, words: str) -> bool:
        """Whether the chapter is known and holds ``words`` as whole words; False too when the work is used up."""
        needle = squeeze(words)
        if not self.chapter or not needle:
            return False
        if needle not in self._stands:
            self.cells -= len(self.chapter.squeezed) // READ_PER_CELL
            self._stands[needle] = self.cells >= 0 and bool(exact_places(needle, self.chapter.squeezed))
        return self._stands[needle]

    def slip_for(self, word: str) -> str | None:
        """The word of the chapter that ``word`` corrects: it stands there once, and nothing else may be meant."""
        words, meant = self._counted(), fold(word)
        found = [other for other in kinship.HOMOPHONES.get(meant, ()) if other in words and other != meant]
        found = found or self._mistyped(words, meant)
        return found[0] if len(found) == 1 and words[found[0]] == 1 else None

    def _counted(self) -> Counter[str]:
        """How often each word stands in the chapter; nothing without one."""
        if self._words is None:
            text = self.chapter.squeezed if self.chapter else ""
            self.cells -= len(text) // COUNTED_PER_CELL
            self._words = Counter(re.findall(r"[^\W_]+(?:'[^\W_]+)*", text if self.cells >= 0 else ""))
        return self._words

    def _mistyped(self, words: Counter[str], meant: str) -> list[str]:
        """The words of the chapter that are ``meant`` mistyped, where it is long and nothing that a reader does."""
        self.cells -= len(words) // 2
        if len(meant) < LONG_WORD or IS_STAGE.search(meant) or self.cells < 0:
            return []
        near = (other for other in words if other[0] == meant[0] and abs(len(other) - len(meant)) <= 2)
        return [other for other in near if other != meant and likeness(other, meant) >= SURELY_ALIKE]
