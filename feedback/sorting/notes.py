"""Reading what a note asks for: "'X' should be 'Y'", "remove 'X'", "Y instead of X", "missing space".

A note is first turned into a skeleton in which every quoted or emphasised stretch is one numbered mark, so
that the patterns of `phrases` can read like the sentences people write.
"""

import re
from dataclasses import dataclass

from feedback.sorting.phrases import BARE_CHANGES, CHANGES, CUE, EVERYDAY, PROPOSALS
from feedback.sorting.wording import QUOTES, likeness, plain

LONGEST_NOTE = 600
"""Characters of a note that are read: more is an essay."""

PAIR = 2
ALIKE = 0.66
"""Two bare words at least this alike can be a slip and its correction."""

FRAGMENT = re.compile(
    r'"(?P<double>[^"\n]{1,400})"|(?<!\w)\'(?P<single>[^\'\n]{1,80}(?:\'\w[^\'\n]{0,80}){0,4})\'(?!\w)'
    r"|\*\*\*?(?P<bold>[^*\n]{1,200})\*\*\*?|(?<![\w*])\*(?P<italic>[^*\s][^*\n]{0,200})\*(?![\w*])"
    r"|(?<![\w_])_(?P<under>[^_\n]{1,200})_(?![\w_])|(?<![\w_])__(?P<heavy>[^_\n]{1,200})__(?![\w_])"
    r"|`(?P<code>[^`\n]{1,200})`|\[(?P<bracket>[^\]\[\n]{1,60})\](?!\()"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A note with its quoted stretches taken out: what was between them, and they."""

    skeleton: str
    fragments: tuple[str, ...]

    def __getitem__(self, mark: str) -> str:
        """The words behind a mark of the skeleton; a bare word is itself."""
        return self.fragments[int(mark[1:-1])] if mark.startswith("«") else mark


def read(text: str) -> Note:
    """``text`` as a skeleton and its fragments."""
    fragments: list[str] = []

    def taken(match: re.Match[str]) -> str:
        fragments.append(plain(next(filter(None, match.groups()))))
        return f"«{len(fragments) - 1}»"

    skeleton = FRAGMENT.sub(taken, text[:LONGEST_NOTE].translate(QUOTES).replace("«", "<").replace("»", ">"))
    return Note(" ".join(skeleton.split()), tuple(fragments))


def changes(note: Note) -> list[tuple[str, str]]:
    """The ``(wrong, right)`` words a note names in quotation marks, in order; one for each sentence form."""
    if len(note.fragments) < PAIR:
        return []
    found: list[tuple[int, str, str]] = []
    taken: set[str] = set()
    for pattern in CHANGES:
        for match in pattern.finditer(note.skeleton):
            wrong, right = match["wrong"], match["right"]
            if wrong in taken or right in taken:
                continue
            taken |= {wrong, right}
            found.append((match.start(), note[wrong], note[right]))
    return [(wrong, right) for _, wrong, right in sorted(found)]


def bare_changes(note: Note) -> list[tuple[str, str]]:
    """The ``(wrong, right)`` words a note may name without quotation marks; the caller must check them."""
    if not CUE.search(note.skeleton):
        return []
    return [
        (note[match["wrong"]], note[match["right"]])
        for pattern in BARE_CHANGES
        for match in pattern.finditer(note.skeleton)
    ]


def proposes(text: str) -> bool:
    """Whether a note puts forward words of its own ("is this meant to be 'diagonally'?")."""
    note = read(text)
    return bool(note.fragments) and any(pattern.search(note.skeleton) for pattern in PROPOSALS)


def are_alike(wrong: str, right: str) -> bool:
    """Whether two bare words can be a slip and its correction ("wierd", "weird"), not "they" and "fine"."""
    if min(len(wrong), len(right)) < 3 or wrong.casefold() == right.casefold():
        return False
    return likeness(wrong, right) >= ALIKE and not {wrong.lower(), right.lower()} <= EVERYDAY
